"""A record exported as a log and imported into an empty one, in either database."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from logs import COURIER, TEXT, WIRE, article, claims, first_reading, read, report, tie
from readings import RESOLVED
from test_record import Alike, is_the_pure_function

from dateline.errors import InputError, RecordError
from dateline.export.importing import import_log
from dateline.export.log import write_log
from dateline.record.ids import article_id, decision_id
from dateline.record.record import Record
from dateline.types import Decision, Page

OTHER = first_reading(COURIER, publisher="Courier", published="2024-03-12T12:00:00+00:00")
HERALD = "https://herald.example/post"
KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, *_ = claims(OTHER)


def filled(record: Record) -> None:
    """All that can be in a log: copies, people's decisions, re-reading, revision, withdrawals."""
    record.add(
        first_reading(), Page(WIRE, b"<p>\xff", "text/html", "2031-05-04T10:00:00Z"), Alike(), [b"\x01"] * 3
    )
    record.add(OTHER, linker=Alike())
    record.add(RESOLVED, Page("https://courier.example/orlin-raid", b"raid"))
    merge = tie(KILLED, DENIED, "same", "Ana", reason="one “raid”\u2028")
    split = Decision("different", "Ben", (SHELLED.id,), (KILLED_TOO.id,), "another \ud800 day")
    record.decide(merge, split)
    record.decide(Decision("withdrawal", "Ben", (SHELLED.id,), (), "", supersedes=(decision_id(split),)))
    fixed = Decision("correction", "Ana", (KILLED.id,), (), "seen", None, "status", json.dumps("future"))
    record.decide(fixed)
    text = TEXT.replace("six", "nine")
    record.add(read(article(WIRE, text), [report(text, "killed")]), linker=Alike())
    record.add(read(article(WIRE), [report(TEXT, "killed six")], model="m2"), linker=Alike())


def redacted(record: Record) -> None:
    """Besides, an article erased whose text stays with a copy, and one erased for good."""
    filled(record)
    herald = first_reading(HERALD, publisher="Herald")
    record.add(herald, Page(HERALD, b"gone"), Alike())
    record.redact(article_id(herald.article), "Ana", "at their wish")
    lone = read(article("https://lone.example/", "A lone report."), [report("A lone report.", "report")])
    record.add(lone, linker=Alike())
    record.redact(article_id(lone.article), "Ben", "an error")
    record.add(first_reading("https://post.example/", publisher="Post"), linker=Alike())


@pytest.mark.parametrize("fill", [Record.entries, redacted])
def test_an_imported_log_is_the_same_record(
    target: str, tmp_path: Path, fill: Callable[[Record], None]
) -> None:
    path, again = tmp_path / "log.jsonl", tmp_path / "again.jsonl"
    with Record.open(tmp_path / "first.db", create=True) as record:
        fill(record)
        write_log(record, path)
        with Record.open(target, create=True) as made:
            assert import_log(made, path) == len(record.entries())
            assert made.digest() == record.digest()
            assert made.placed() == record.placed()
            kept = [
                replace(e, claims=tuple(replace(c, vector=b"") for c in e.claims)) for e in record.entries()
            ]
            assert made.entries() == kept
            assert made.stranded() == record.stranded()
            is_the_pure_function(made)
            for entry in record.entries():
                if entry.citation is not None:
                    name = entry.citation.article
                    assert made.reading_of(name) == record.reading_of(name)
                    assert made.page_of(name) == record.page_of(name)
                    assert made.capture_of(name) == record.capture_of(name)
            write_log(made, again)
            assert again.read_bytes() == path.read_bytes()


def test_what_is_added_later_is_linked_with_what_was_imported(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with Record.open(tmp_path / "first.db", create=True) as record:
        record.add(first_reading(), linker=Alike())
        write_log(record, path)
    with Record.open(tmp_path / "second.db", create=True) as record:
        import_log(record, path, Alike())
        assert record.add(OTHER, linker=Alike()).links == 4
    with Record.open(tmp_path / "third.db", create=True) as record:
        import_log(record, path)
        assert record.add(OTHER, linker=Alike()).links == 0


def test_a_redacted_article_stays_out(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    with Record.open(tmp_path / "first.db", create=True) as record:
        redacted(record)
        write_log(record, path)
        assert "A lone report" not in path.read_text("utf-8")
    with Record.open(tmp_path / "second.db", create=True) as record:
        import_log(record, path)
        assert record.add(first_reading(HERALD, "m2", publisher="Herald")).outcome == "redacted"
        with pytest.raises(RecordError, match=r"has entries already; name a new one by --record"):
            import_log(record, path)


def broken(line: str, **changes: object) -> str:
    return json.dumps(json.loads(line) | changes)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda _: "{", "log.jsonl:2: Expecting"),
        (lambda _: "[]", "is no line of dateline.log/1"),
        (lambda line: broken(line, schema="dateline.reading/2"), "is no line of dateline.log/1"),
        (lambda line: broken(line, entry=1), "entry 1 comes after entry 1"),
        (lambda line: line.replace('"recorded"', '"at"'), "has no 'recorded'"),
        (lambda line: line.replace("six guards", "ten guards"), "the reading is not what its digest r"),
        (
            lambda line: line.replace("dateline.reading/2", "dateline.reading/9"),
            "its schema is 'dateline.read",
        ),
        (lambda line: line.replace(b64(b"raid"), b64(b"rain")), "is not what its digest says"),
    ],
)
def test_a_line_that_is_none_is_named_and_nothing_goes_in(
    tmp_path: Path, change: Callable[[str], str], told: str
) -> None:
    path = tmp_path / "log.jsonl"
    with Record.open(tmp_path / "first.db", create=True) as record:
        record.add(RESOLVED)
        record.add(first_reading(), Page(WIRE, b"raid"))
        write_log(record, path)
    first, second = path.read_text("utf-8").splitlines()
    path.write_text(f"{first}\n{change(second)}\n", "utf-8")
    with Record.open(tmp_path / "second.db", create=True) as record:
        with pytest.raises(InputError, match=told):
            import_log(record, path)
        assert record.entries() == []


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_bytes(b"\xff\xfe")
    with Record.open(tmp_path / "record.db", create=True) as record:
        for name in ("log.jsonl", "none.jsonl"):
            with pytest.raises(InputError, match=rf"{name}: cannot be read .*; give a log"):
                import_log(record, tmp_path / name)


def b64(content: bytes) -> str:
    return b64encode(content).decode()
