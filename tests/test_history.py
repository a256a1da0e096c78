"""The latest entries are those at the end of the whole log, as far as they are asked for."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from logs import COURIER, TEXT, WIRE, article, claims, first_reading, read, report, tie
from test_stranded import STEPS, take

from dateline.record import history
from dateline.record.record import Record
from dateline.types import Decision, Entry, Reading

KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, *_ = claims(first_reading(COURIER))
DAYS = (None, "2024-03-11", "2024-03-12", "2024-03-13", "2100-01-01")


@settings(deadline=None, max_examples=10)
@given(steps=STEPS, limit=st.integers(1, 5), day=st.sampled_from(DAYS), picks=st.sets(st.integers(0, 99)))
def test_they_are_the_end_of_the_log(
    empty_file: Path, steps: list[Reading], limit: int, day: str | None, picks: set[int]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Record.open(shutil.copy(empty_file, folder)) as record,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(history, "AT_ONCE", 2)
        record.add(first_reading(published="2024-03-12T11:00:00+00:00"))
        for step in steps:
            take(record, step)
        whole = record.entries(as_of=day)
        assert record.latest(limit, as_of=day) == whole[-limit:]
        ends = [claim.id for entry in whole for claim in entry.claims]
        ends += [entry.citation.article for entry in whole if entry.citation]
        ids = {ends[pick % len(ends)] for pick in picks if ends}
        with record.reading() as connection:
            found = history.latest(connection, record.shelf, limit, concerning=ids, as_of=day)
        assert found == [each for each in whole if history.concerns(each, ids)][-limit:]


def test_of_an_incident_s_history_nothing_else_is_loaded(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        record.decide(tie(KILLED, KILLED_TOO, "same", "Ana", reason="one raid"))
        for number in range(5):
            record.add(first_reading(f"https://other.example/{number}"))
        asked: list[int] = []
        entries_at = history.entries_at

        def noted(connection: object, shelf: object, times: dict[int, str]) -> object:
            asked.extend(times)
            return entries_at(connection, shelf, times)  # type: ignore[arg-type]

        monkeypatch.setattr(history, "entries_at", noted)
        found = record.latest(20, record.incident(KILLED.id).id)
        assert [each.number for each in found] == asked == [1, 2, 3]
        monkeypatch.setattr(history, "AT_ONCE", 2)
        asked.clear()
        assert [each.number for each in record.latest(3)] == [6, 7, 8] and asked == [7, 8, 5, 6]
        assert record.latest(3, recorded="2000") == []
        then = record.entries()[0].recorded
        assert record.latest(9, recorded=then[:10]) == record.entries(recorded=then[:10])


def test_of_a_revised_article_the_first_text_counts_from_its_publication(target: str) -> None:
    published = "2024-03-12T11:00:00+00:00"
    revised = article(WIRE, TEXT + " Later more.", published=published, modified="2024-03-14T11:00:00+00:00")
    with Record.open(target) as record, pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "AT_ONCE", 1)
        record.add(first_reading(published=published))
        record.add(read(revised, [report(revised.text, "killed")]))
        for day in ("2024-03-12", "2024-03-14"):
            assert record.latest(1, as_of=day) == record.entries(as_of=day)[-1:]
        assert [each.number for each in record.latest(2, as_of="2024-03-12")] == [1]


def test_an_entry_concerns_what_it_added_and_what_it_decided() -> None:
    added = Entry(1, "2024-04-01", KILLED.citation, "r1", "m1", (KILLED, DENIED), ("c8",))
    decided = Entry(2, "2024-04-01", decisions=(Decision("same", "Ana", ("c1",), ("c2",)),))
    for name in (KILLED.id, KILLED.citation.article, "c8"):
        assert history.concerns(added, {name}) and not history.concerns(decided, {name})
    assert history.concerns(decided, {"c2"})
