from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from logs import COURIER, TEXT, article, claims, first_reading, read, report, tie

from dateline.record import deciding
from dateline.record.record import Record
from dateline.site.people import queues
from dateline.types import Decision, Reading

KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, DENIED_TOO, SHELLED_TOO = claims(first_reading(COURIER))


def doubted() -> Reading:
    """The first reading, sure of its last event alone."""
    told = first_reading()
    sure = (0.2, 0.4, 0.9)
    events = tuple(replace(e, confidence=c) for e, c in zip(told.events, sure, strict=True))
    return replace(told, events=events)


@pytest.fixture
def record(tmp_path: Path, empty_file: Path) -> Iterator[Record]:
    with Record.open(shutil.copy(empty_file, tmp_path / "record.db")) as record:
        record.add(doubted())
        record.add(first_reading(COURIER))
        yield record


def links(record: Record, below: int | None = None) -> list[tuple[str, str]]:
    with record.reading() as connection:
        found, _ = queues.unsure_links(connection, record.shelf, below)
    return [(doubt.one.id, doubt.other.id) for doubt in found]


def events(record: Record, below: int | None = None) -> list[str]:
    with record.reading() as connection:
        found, _ = queues.doubtful_events(connection, record.shelf, below)
    return [claim.id for claim in found]


def unsure(one: str, other: str) -> Decision:
    return Decision("unsure", "linker", (one,), (other,), "near in time", 0.5)


def test_doubts_wait_until_a_person_settles_them(record: Record) -> None:
    record.decide(unsure(KILLED.id, KILLED_TOO.id))
    record.decide(unsure(SHELLED.id, SHELLED_TOO.id))
    assert links(record) == [(SHELLED.id, SHELLED_TOO.id), (KILLED.id, KILLED_TOO.id)]
    assert links(record, below=2) == [(KILLED.id, KILLED_TOO.id)]
    deciding.judge(record, "different", SHELLED.id, SHELLED_TOO.id, "Ana", "no")
    assert links(record) == [(KILLED.id, KILLED_TOO.id)]
    record.decide(tie(DENIED, DENIED_TOO))
    assert links(record) == []


def test_a_person_may_be_as_unsure(record: Record) -> None:
    record.decide(unsure(KILLED.id, KILLED_TOO.id))
    deciding.judge(record, "unsure", KILLED.id, KILLED_TOO.id, "Ana", "cannot tell")
    assert links(record) == []


def test_the_least_sure_events_come_first(record: Record) -> None:
    assert events(record) == [KILLED.id, DENIED.id]
    deciding.correct(record, KILLED.id, "type", "ASSAULT", None, "Ana", "clear")
    assert events(record) == [DENIED.id]
    assert events(record, below=1) == []


def test_decisions_without_claims_come_latest_first(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (KILLED, SHELLED):
        deciding.correct(record, each.id, "killed", "3-5", "six", "Ana", "bounds")
    record.add(read(article(), [report(TEXT, "denied")], model="m2"))
    monkeypatch.setattr(queues, "AT_ONCE", 1)
    with record.reading() as connection:
        (first,), below = queues.without_claims(connection, record.shelf)
        (second,), end = queues.without_claims(connection, record.shelf, below)
    assert [left.stranded.gone[0].id for left in (first, second)] == [SHELLED.id, KILLED.id]
    assert (first.value, below, end) == ("3-5 (six)", first.stranded.number, None)


def test_a_queue_goes_on_where_it_ended(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "LOOKED_AT", 4)
    with record.reading() as connection:
        first, below = queues.doubtful_events(connection, record.shelf)
        rest, end = queues.doubtful_events(connection, record.shelf, below)
    assert ([c.id for c in first], [c.id for c in rest], end) == ([], [KILLED.id, DENIED.id], None)


def test_so_many_of_a_queue_are_shown_at_once(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "AT_ONCE", 1)
    with record.reading() as connection:
        first, below = queues.doubtful_events(connection, record.shelf)
        rest, end = queues.doubtful_events(connection, record.shelf, below)
    assert ([c.id for c in first], [c.id for c in rest], end) == ([DENIED.id], [KILLED.id], None)
