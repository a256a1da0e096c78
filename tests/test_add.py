"""``dateline add`` with a faked reader; the record is a real one."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from logs import COURIER, first_reading
from typer.testing import CliRunner, Result

from dateline import cli
from dateline.commands.add import paired
from dateline.errors import InputError
from dateline.pipeline import Item, Options, Read
from dateline.record.record import Record
from dateline.show import jsonl
from dateline.show.jsonl import Printed
from dateline.types import Article, Page, Reading


@contextmanager
def fake_pipeline(_: Options) -> Iterator[Read]:
    def read(item: Item) -> Reading:
        if isinstance(item, Printed):
            return item.reading()
        if isinstance(item, Article):
            raise InputError(item.id, "no article text was found", "give a page")
        return first_reading(f"https://pages.example/{Path(item.address).name}")

    yield read


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    monkeypatch.setattr("dateline.pipeline.pipeline", fake_pipeline)
    monkeypatch.setenv("DATELINE_RECORD", str(tmp_path / "record.db"))
    for name in ("one", "two"):
        (tmp_path / f"{name}.html").write_text(f"<p>{name}")
    readings = first_reading(), first_reading(COURIER, model="m2")
    (tmp_path / "read.jsonl").write_text("".join(map(jsonl.line, readings)))
    monkeypatch.chdir(tmp_path)
    return CliRunner()


def invoke(run: CliRunner, *inputs: str) -> Result:
    return run.invoke(cli.app, ["add", *inputs])


def test_articles_are_added_with_their_pages_a_line_each(run: CliRunner) -> None:
    result = invoke(run, "one.html", "two.html")
    first, second, last = result.stdout.splitlines()
    assert first.startswith("new       a") and "3 reports, 0 links" in first
    assert last == "2 articles: 2 new" and result.exit_code == 0
    with Record.open("record.db") as record:
        assert record.page_of(second.split()[1]) == b"<p>two"


def test_lines_that_read_printed_are_added_as_they_are(run: CliRunner) -> None:
    result = invoke(run, "read.jsonl")
    assert result.stdout.splitlines()[-1] == "2 articles: 2 new"
    again = invoke(run, "read.jsonl", "one.html")
    assert [line.split()[0] for line in again.stdout.splitlines()] == ["known", "known", "new", "3"]
    assert again.stdout.splitlines()[-1] == "3 articles: 1 new, 2 known"
    with Record.open("record.db") as record:
        assert [entry.model for entry in record.entries()] == ["m1", "m2", "m1"]


def numbered(count: int) -> str:
    """Lines of so many articles."""
    return "".join(jsonl.line(first_reading(f"https://pages.example/{number}")) for number in range(count))


def test_what_is_known_is_passed_over_without_decoding_or_writing(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke(run, "read.jsonl")

    def refused(*_: object) -> None:
        raise AssertionError("asked for")

    monkeypatch.setattr(Printed, "reading", refused)
    monkeypatch.setattr(Record, "_writing", refused)
    result = invoke(run, "read.jsonl", "read.jsonl")
    known = [line for line in result.stdout.splitlines() if line.startswith("known     a")]
    assert len(known) == 4 and known[0].endswith("0 reports, 0 links      https://wire.example/post")
    assert result.stdout.splitlines()[-1] == "4 articles: 4 known" and result.exit_code == 0


def test_the_record_is_asked_about_many_lines_at_once(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("many.jsonl").write_text(numbered(40))
    invoke(run, "many.jsonl")
    known, asked = Record.known, []

    def counted(self: Record, ids: Iterable[str]) -> set[str]:
        asked.append(list(ids))
        return known(self, asked[-1])

    monkeypatch.setattr(Record, "known", counted)
    assert invoke(run, "many.jsonl").stdout.splitlines()[-1] == "40 articles: 40 known"
    assert [len(ids) for ids in asked] == [1, 2, 4, 8, 16, 9]


def test_known_and_new_lines_keep_their_order(run: CliRunner) -> None:
    lines = numbered(12).splitlines(keepends=True)
    Path("some.jsonl").write_text("".join(lines[:3] + lines[5:9]))
    invoke(run, "some.jsonl")
    Path("many.jsonl").write_text("".join(lines))
    result = invoke(run, "many.jsonl", "one.html", "many.jsonl")
    outcomes = [line.split()[0] for line in result.stdout.splitlines()]
    known = ["known"] * 3 + ["new"] * 2 + ["known"] * 4 + ["new"] * 3
    assert outcomes == [*known, "new", *["known"] * 12, "25"]
    ids = [line.split()[1] for line in result.stdout.splitlines()]
    assert ids[:12] == ids[13:25]


def test_a_known_reading_in_other_json_is_known_as_well(run: CliRunner) -> None:
    invoke(run, "read.jsonl")
    Path("spaced.jsonl").write_text(json.dumps(jsonl.encode(first_reading()), separators=(" ,", " :")))
    assert invoke(run, "spaced.jsonl").stdout.splitlines()[-1] == "1 article: 1 known"


def test_of_a_known_line_of_which_less_is_wanted_the_rest_is_asked_about(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke(run, "read.jsonl")
    less = replace(first_reading(), events=())
    monkeypatch.setattr(Printed, "reading", lambda _: less)
    assert invoke(run, "read.jsonl").stdout.splitlines()[-1] == "2 articles: 2 known"
    result = invoke(run, "read.jsonl", "--min-confidence", "0.99")
    assert result.stdout.splitlines()[-1] == "2 articles: 1 read again, 1 known"


def test_a_page_that_the_same_code_read_is_not_read_again(run: CliRunner) -> None:
    def outcomes(*options: str) -> list[str]:
        lines = invoke(run, "one.html", "two.html", *options).stdout.splitlines()
        return [line.split()[0] for line in lines[:-1]]

    assert outcomes() == ["new", "new"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Record, "add", None)
        assert outcomes() == ["known", "known"]
    Path("two.html").write_text("<p>two, revised")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dateline.pipeline.pipeline", again)
        assert outcomes() == ["known", "reread"]
        assert outcomes("--any-language") == [
            "reread",
            "known",
        ]
        assert outcomes("--any-language") == ["known", "known"]


@contextmanager
def again(_: Options) -> Iterator[Read]:
    """Another model."""
    with fake_pipeline(_) as read:
        yield lambda item: replace(read(item), model="m2")


def test_a_failed_input_is_told_and_the_others_are_added(run: CliRunner, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"id": "x", "text": "…"}\n{"schema": "dateline.reading/1"}\n')
    result = invoke(run, "bad.jsonl", "one.html")
    assert "dateline: x: no article text was found; give a page" in result.stderr
    assert "bad.jsonl:2: its schema is 'dateline.reading/1'" in result.stderr
    assert result.stdout.splitlines()[-1] == "1 article: 1 new" and result.exit_code == 1


def test_items_stay_with_what_was_read_in_them() -> None:
    pages: list[Item] = [Page(str(number), b"") for number in range(3)]

    def outcomes(items: object) -> Iterator[Reading]:
        ahead = list(items)  # type: ignore[call-overload]
        for item in ahead:
            yield replace(first_reading(), model=item.address)

    assert [(item.address, out.model) for item, out in paired(outcomes, pages)] == [  # type: ignore[union-attr]
        ("0", "0"),
        ("1", "1"),
        ("2", "2"),
    ]


def test_asked_to_stop_it_finishes_the_article_at_hand(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = Record.add

    def interrupted(*arguments: Any, **named: Any) -> Any:
        os.kill(os.getpid(), signal.SIGTERM)
        return add(*arguments, **named)

    with monkeypatch.context() as patch:
        patch.setattr(Record, "add", interrupted)
        result = invoke(run, "one.html", "two.html")
    assert result.exit_code == 128 + signal.SIGTERM
    assert result.stdout.splitlines()[-1] == "1 article: 1 new"
    assert result.stderr == "dateline: stopped by SIGTERM; to go on, run the command again\n"
    with Record.open("record.db") as record:
        assert len(record.entries()) == 1


def test_a_redacted_article_stays_out(run: CliRunner) -> None:
    name = invoke(run, "one.html").stdout.split()[1]
    with Record.open("record.db") as record:
        record.redact(name, "Ana", "asked for")
    reading = replace(first_reading("https://pages.example/one.html"), model="m2")
    Path("again.jsonl").write_text(json.dumps(jsonl.encode(reading)))
    assert "1 redacted before and left out" in invoke(run, "again.jsonl").stdout
