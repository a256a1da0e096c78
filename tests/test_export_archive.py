"""The pages of a record as a web archive, read again."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import html
from logs import COURIER, first_reading
from typer.testing import CliRunner

from dateline.cli import app
from dateline.export.archive import held, write_archive
from dateline.ingest.files import open_inputs
from dateline.record.record import Record
from dateline.types import Page

FETCHED = "2031-05-04T10:00:00Z"
PAGES = (
    Page("https://wire.example/1", html(1), "text/html; charset=utf-8", FETCHED),
    Page("folder/raid one.html", html(2), None),
)


def fill(record: Record) -> list[str]:
    """The ids of articles that are added with their pages, and one without."""
    readings = first_reading(), first_reading(COURIER), first_reading("https://other.example/3")
    return [record.add(*each).article for each in zip(readings, (*PAGES, None), strict=True)]


def test_pages_go_out_as_they_came_in(target: str, tmp_path: Path) -> None:
    file = tmp_path / "pages.warc.gz"
    with Record.open(target) as record:
        fill(record)
        assert write_archive(record, file) == 2
        dates = [added for _, added in held(record)]
    found = list(open_inputs([str(file)]))
    assert [(page.address, page.content, page.media_type) for page in found if isinstance(page, Page)] == [
        (page.address, page.content, page.media_type) for page in PAGES
    ]
    assert [page.fetched for page in found if isinstance(page, Page)] == [
        FETCHED,
        dates[1].replace("+00:00", "Z"),
    ]
    again = tmp_path / "again.warc.gz"
    with Record.open(target) as record:
        write_archive(record, again)
    assert again.read_bytes() == file.read_bytes()


def test_an_erased_page_stays_out(target: str, tmp_path: Path) -> None:
    with Record.open(target) as record:
        first, *_ = fill(record)
        record.redact(first, "Ana", "asked for")
        assert [page.address for page, _ in held(record)] == [PAGES[1].address]
        assert write_archive(record, tmp_path / "pages.warc.gz") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["pages.warc.gz"], "2 pages"),
        (["pages.csv", "--view", "pages"], "give the file the suffix .warc.gz"),
        (["pages.warc.gz", "--type", "ASSAULT"], "pages is exported whole"),
    ],
)
def test_the_command_knows_pages_by_the_suffix(
    empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("record.db").write_bytes(empty_file.read_bytes())
    with Record.open("record.db") as record:
        fill(record)
    result = CliRunner().invoke(app, ["export", *arguments, "--record", "record.db"])
    assert told in result.output + str(result.exception)
