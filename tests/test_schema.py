"""The schema itself keeps the log: in either database every change and deletion is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from logs import claims, first_reading
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from dateline.record.record import Record
from dateline.record.schema import COMPUTED, LOG, WORDS, metadata
from dateline.types import Decision, Page

KILLED, DENIED, _ = claims(first_reading())


@pytest.fixture
def connection(target: str) -> Iterator[Connection]:
    with Record.open(target) as record:
        record.add(first_reading(), Page("https://wire.example/post", b"<p>"))
        record.decide(Decision("different", "Ana", (KILLED.id,), (DENIED.id,), "seen"))
        with record.engine.connect() as connection:
            yield connection


def refused(connection: Connection, statement: str) -> str:
    with pytest.raises(DBAPIError) as error, connection.begin():
        connection.execute(text(statement))
    return str(error.value.orig)


@pytest.mark.parametrize("table", [table.name for table in LOG if table.name != "erasures"])
def test_the_log_is_append_only(connection: Connection, table: str) -> None:
    column = next(iter(metadata.tables[table].columns)).name
    told = "the log is append-only"
    assert told in refused(connection, f"UPDATE {table} SET {column} = {column}")
    assert told in refused(connection, f"DELETE FROM {table}")
    if connection.dialect.name == "sqlite":
        assert told in refused(connection, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    else:
        assert told in refused(connection, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", [table.name for table in WORDS])
def test_words_go_by_redaction_alone(connection: Connection, table: str) -> None:
    column = next(iter(metadata.tables[table].columns)).name
    told = "only a redaction erases words"
    assert told in refused(connection, f"UPDATE {table} SET {column} = {column}")
    assert told in refused(connection, f"DELETE FROM {table}")


def test_every_table_is_of_one_kind() -> None:
    kinds = [table.name for table in (*LOG, *WORDS, *COMPUTED)]
    assert sorted(kinds) == sorted(metadata.tables)


def test_references_hold(connection: Connection) -> None:
    values = "(9, 'c9', 99, 0, 'AID', 0, 1)"
    assert "foreign key" in refused(connection, f"INSERT INTO claims VALUES {values}").lower()
