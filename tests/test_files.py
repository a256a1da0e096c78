"""Inputs become pages, articles or errors, in order."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
from newsstand import site

from dateline.errors import InputError
from dateline.ingest import files
from dateline.ingest.files import open_inputs
from dateline.types import Article, Page

HTML = b"<html><body><p>Talks went on.</p></body></html>"


def test_a_directory_is_walked_in_sorted_order(tmp_path: Path) -> None:
    for name in ("b/two.html", "a.txt", "b/one.HTM", ".hidden.html", "picture.png", "c.html.gz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(HTML) if name.endswith(".gz") else HTML)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    pages = [item for item in open_inputs([str(tmp_path)]) if isinstance(item, Page)]
    assert [Path(page.address).relative_to(tmp_path).as_posix() for page in pages] == [
        "a.txt",
        "b/one.HTM",
        "b/two.html",
        "c.html.gz",
    ]
    assert {page.content for page in pages} == {HTML}
    assert [page.media_type for page in pages] == ["text/plain", "text/html", "text/html", "text/html"]


def test_a_directory_without_pages_is_named(tmp_path: Path) -> None:
    (error,) = open_inputs([str(tmp_path)])
    assert isinstance(error, InputError) and "holds no pages" in str(error)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.html", b" \n", "empty"),
        ("large.html", b"x" * (files.MAX_BYTES + 1), "larger than 20 MB"),
        ("broken.html.gz", b"\x1f\x8bnot a deflated stream", "cannot be read"),
        ("bomb.html.gz", gzip.compress(b"x" * (files.MAX_BYTES + 1)), "larger than 20 MB"),
        ("empty.jsonl", b"\n\n", "empty"),
    ],
)
def test_a_broken_file_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    broken, good = tmp_path / name, tmp_path / "good.html"
    broken.write_bytes(content)
    good.write_bytes(HTML)
    error, page = open_inputs([str(broken), str(good)])
    assert isinstance(error, InputError) and isinstance(page, Page)
    assert error.name == str(broken) and reason in error.reason and error.remedy
    assert "\n" not in str(error)


def test_a_missing_file_is_named() -> None:
    (error,) = open_inputs(["no/such/page.html"])
    assert isinstance(error, InputError) and error.reason == "no such file"


def standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_standard_input_is_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, HTML)
    assert list(open_inputs(["-"])) == [Page("-", HTML)]


def test_standard_input_may_be_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b'\n{"id": "a", "text": "Talks went on."}\n')
    (article,) = open_inputs(["-"])
    assert isinstance(article, Article) and article.id == "a"


def test_an_id_is_known_across_files(tmp_path: Path) -> None:
    paths = [tmp_path / "one.jsonl", tmp_path / "two.jsonl"]
    for path in paths:
        path.write_text('{"id": "a", "text": "Talks went on."}\n')
    article, error = open_inputs([str(path) for path in paths])
    assert isinstance(article, Article) and isinstance(error, InputError)
    assert error.name == f"{paths[1]}:1" and f"{paths[0]}:1" in error.reason


def test_an_address_of_the_web_is_fetched_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<p>one")
    with site() as here:
        address = here.page("/story")
        inputs = [str(tmp_path / "a.html"), address, here.base + "/none"]
        first, page, none = open_inputs(inputs, allow_private=True)
        (refused,) = open_inputs([address])
    assert isinstance(first, Page) and isinstance(page, Page)
    assert (page.address, page.media_type) == (address, "text/html") and page.fetched
    assert isinstance(none, InputError) and "no such page (404)" in none.reason
    assert isinstance(refused, InputError) and "not on the public internet" in refused.reason
