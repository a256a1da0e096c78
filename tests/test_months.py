"""What weighs lies in parts by month in PostgreSQL, and is one table to whoever asks."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from databases import Cluster, server_programs
from logs import COURIER, WIRE, claims, first_reading
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dateline.record import months
from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.types import Page

LATER = "https://later.example/"


@pytest.fixture
def record(postgresql: Cluster, empty_database: str) -> Iterator[Record]:
    with postgresql.database(empty_database) as url, Record.open(url) as record:
        yield record


def begin(record: Record, month: str) -> None:
    with writing(record.engine) as connection:
        months.begin(connection, month)


def parts(record: Record, table: str = "claim_words") -> dict[str, int]:
    """The parts of a table in their order, with how many rows each has."""
    with record.engine.connect() as connection:
        query = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = to_regclass(:table)"
        names = connection.execute(text(query), {"table": table}).scalars().all()
        return {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in sorted(names)
        }


def long_ago(record: Record) -> None:
    """As if all parts had been made in a month long gone by."""
    with record.engine.begin() as connection:
        for table in months.PARTED:
            (part,) = parts(record, table)
            connection.execute(text(f"ALTER TABLE {part} RENAME TO {table}_2001_01"))


def test_what_comes_in_a_month_lies_in_its_part(record: Record) -> None:
    record.add(first_reading(), Page(WIRE, b"<p>"))
    begin(record, "9999_01")
    begin(record, "9999_02")  # nothing was recorded in the month before
    record.add(first_reading(COURIER))
    for table in ("claim_words", "claim_search"):
        assert list(parts(record, table).values()) == [3, 3]
    old, new = parts(record, "contents").items()
    assert (old[1], new) == (3, ("contents_9999_02", 1))  # both have the same text


def test_the_parts_are_one_record(record: Record) -> None:
    record.add(first_reading(), Page(WIRE, b"<p>"))
    whole = record.digest(), record.find(Wanted(query="guards"))
    begin(record, "9999_01")
    assert (record.digest(), record.find(Wanted(query="guards"))) == whole
    assert record.add(first_reading()).outcome == "known"
    told = record.add(first_reading(COURIER)).article
    assert len(record.find(Wanted(query="guards"))) == 2
    assert record.reading_of(told) == first_reading(COURIER)
    first = claims(first_reading())[0].citation.article
    assert record.page_of(first) == b"<p>"
    record.redact(first, "Ana", "asked for")
    assert record.reading_of(first) is None and record.reading_of(told) == first_reading(COURIER)


@pytest.mark.parametrize("table", months.KEPT)
@pytest.mark.parametrize("act", ["UPDATE {} SET data = data", "DELETE FROM {}", "TRUNCATE {}"])
def test_no_part_is_changed(record: Record, table: str, act: str) -> None:
    record.add(first_reading())
    begin(record, "9999_01")
    record.add(first_reading(LATER))
    for part in parts(record, table):
        with pytest.raises(DBAPIError, match="only a redaction"), record.engine.begin() as connection:
            connection.execute(text(act.format(part)))


def test_who_writes_first_in_a_month_makes_its_parts(record: Record) -> None:
    record.add(first_reading())
    long_ago(record)
    record.add(first_reading(COURIER))
    old, new = parts(record)
    assert old == "claim_words_2001_01" and parts(record) == {old: 3, new: 3}
    record.add(first_reading(LATER))
    assert parts(record) == {old: 3, new: 6}


def test_nobody_waits_for_who_reads_them(record: Record) -> None:
    record.add(first_reading())
    long_ago(record)
    with record.engine.connect() as reader:
        reader.execute(text("SELECT data FROM claim_words")).all()
        record.add(first_reading(COURIER))
        assert parts(record) == {"claim_words_2001_01": 6}
    record.add(first_reading(LATER))
    assert list(parts(record).values()) == [6, 3]


def test_a_claim_is_looked_for_in_its_month_alone(record: Record) -> None:
    record.add(first_reading())
    begin(record, "9999_01")
    record.add(first_reading(COURIER))
    old, new = parts(record)
    with record.engine.connect() as connection:
        plan = connection.execute(text("EXPLAIN SELECT data FROM claim_words WHERE claim IN (5, 6)"))
        told = "\n".join(plan.scalars())
    assert new in told and old not in told


def test_a_dump_is_a_backup(record: Record, postgresql: Cluster) -> None:
    record.add(first_reading(), Page(WIRE, b"<p>"))
    begin(record, "9999_01")
    record.add(first_reading(COURIER))
    programs, name = server_programs(), record.engine.url.database
    assert programs is not None and name is not None
    command = [str(programs / "pg_dump"), postgresql.url(name)]
    dump = subprocess.run(command, capture_output=True, check=True)
    with postgresql.database() as copy:
        restore = [str(programs / "psql"), "-q", "-v", "ON_ERROR_STOP=1", copy]
        subprocess.run(restore, input=dump.stdout, capture_output=True, check=True)
        with Record.open(copy) as restored:
            assert (restored.digest(), parts(restored)) == (record.digest(), parts(record))
            restored.add(first_reading(LATER))
            assert list(parts(restored).values()) == [3, 6]
            with pytest.raises(DBAPIError, match="only a redaction"), restored.engine.begin() as connection:
                connection.execute(text("DELETE FROM contents"))
