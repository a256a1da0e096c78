"""That the tables are what the pure function says is tested with the record; here, what is touched."""

from __future__ import annotations

from logs import COURIER, claims, first_reading, tie
from readings import RESOLVED
from sqlalchemy import select

from dateline.record import schema
from dateline.record.projection import components, rows_of, search_words
from dateline.record.record import Record

KILLED = claims(first_reading())[0]
KILLED_TOO = claims(first_reading(COURIER))[0]


def test_only_what_an_entry_touches_is_written_anew(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(RESOLVED)
        record.add(first_reading(COURIER))
        record.decide(tie(KILLED, KILLED_TOO))
        with record.reading() as connection:
            entries = connection.execute(select(schema.incidents.c.entry)).scalars().all()
    assert sorted(entries) == [1, 2, 2, 2, 3, 4]


def test_what_was_ever_tied_is_one_component(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        record.decide(tie(KILLED, KILLED_TOO))
        record.decide(tie(KILLED, KILLED_TOO, "different", "Ana"))
        assert record.incident(KILLED.id) != record.incident(KILLED_TOO.id)
        with record.reading() as connection:
            rows = rows_of(connection, [KILLED.id, KILLED_TOO.id])
            assert len(rows) == 2 and len(set(components(connection, rows).values())) == 1


def test_a_claim_is_found_by_its_sentence_its_headline_and_its_names() -> None:
    words = search_words(claims(RESOLVED)[4])
    assert "shelling two villages" in words and "Minister vows answer" in words and "Army of Merovar" in words
