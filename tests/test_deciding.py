"""Values corrected, incidents merged and split, decisions taken back; nobody decides over another."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from logs import COURIER, TEXT, claims, first_reading

from dateline.errors import RecordError
from dateline.record import deciding
from dateline.record.deciding import Overtaken, decided_since, last_entry
from dateline.record.record import Record

KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, DENIED_TOO, _ = claims(first_reading(COURIER))


@pytest.fixture
def record(tmp_path: Path, empty_file: Path) -> Iterator[Record]:
    with Record.open(shutil.copy(empty_file, tmp_path / "record.db")) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        yield record


def seen(record: Record) -> int:
    with record.reading() as connection:
        return last_entry(connection)


def place_of(record: Record) -> list[str]:
    (claim,) = (claim for claim in record.incident(KILLED.id).claims if claim.id == KILLED.id)
    return [filler.text for filler in claim.event.place]


def test_words_are_taken_where_they_were_chosen(record: Record) -> None:
    start = TEXT.index("Ostrel")
    deciding.correct(record, KILLED.id, "place", "Ostrel", None, "Ana", "why", at=[(start, start + 6)])
    assert place_of(record) == ["Ostrel"]
    start = TEXT.rindex("The")
    both = [(start, start + 8), (0, 6)]
    deciding.correct(record, KILLED.id, "place", "anything", None, "Ana", "why", at=both)
    assert place_of(record) == ["The army", "Gunmen"]
    with pytest.raises(RecordError, match="no words from 5 to 9999"):
        deciding.correct(record, KILLED.id, "place", "x", None, "Ana", "why", at=[(5, 9999)])


def test_who_was_overtaken_sees_it_and_decides_once_more(record: Record) -> None:
    """Two analysts on one event lose nothing."""
    before = seen(record)
    deciding.correct(record, KILLED.id, "status", "future", None, "Ana", "plans only", seen=before)
    with pytest.raises(Overtaken, match="Ana decided about this meanwhile") as error:
        deciding.correct(record, KILLED.id, "status", "negated", None, "Mo", "denied", seen=before)
    assert [(d.by, d.field, d.reason) for d in error.value.decisions] == [("Ana", "status", "plans only")]
    deciding.correct(record, KILLED.id, "status", "negated", None, "Mo", "denied", seen=seen(record))
    log = [(d.by, d.reason) for entry in record.entries() for d in entry.decisions]
    assert log == [("Ana", "plans only"), ("Mo", "denied")]
    deciding.correct(record, DENIED.id, "status", "actual", None, "Ana", "other event", seen=before)


def test_merging_and_splitting_may_be_overtaken_too(record: Record) -> None:
    before = seen(record)
    merged = deciding.merge(record, [KILLED.id, KILLED_TOO.id], "Ana", "one raid", before)
    assert len(merged.claims) == 4
    with pytest.raises(Overtaken):
        deciding.split(record, merged.id, [KILLED_TOO.id], "Mo", "another", before)
    now = deciding.split(record, merged.id, [KILLED_TOO.id], "Mo", "another", seen(record))
    assert len(now) == 2
    with pytest.raises(Overtaken):
        deciding.judge(record, "same", KILLED.id, KILLED_TOO.id, "Ana", "it is", before)
    deciding.judge(record, "unsure", KILLED.id, KILLED_TOO.id, "Ana", "who knows")
    with pytest.raises(RecordError, match="name some of its claims"):
        deciding.split(record, KILLED.id, [], "Mo", "none")


def test_what_was_taken_back_counts_as_decided(record: Record) -> None:
    before = seen(record)
    deciding.split(record, KILLED.id, [DENIED.id], "Ana", "apart")
    decision = record.entries()[-1].decisions[0].id
    assert deciding.undo(record, decision[:9], "Ana", "a slip") == decision
    with record.reading() as connection:
        assert [d.kind for d in decided_since(connection, [KILLED.id], before)] == ["different", "withdrawal"]
        assert decided_since(connection, [SHELLED.id], before) == []
