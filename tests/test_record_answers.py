from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from logs import COURIER, first_reading
from sqlalchemy import Connection, select

from dateline.record import answers, schema
from dateline.record.migrations.versions import r0008
from dateline.record.projection import components
from dateline.record.record import Record


def pairs(connection: Connection) -> set[tuple[int, int]]:
    rows = connection.execute(select(schema.answers.c.claim, schema.answers.c.other))
    return {(row.claim, row.other) for row in rows}


def test_what_a_reading_says_answers_what_is_kept_by_claim(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        with record.reading() as connection:
            assert pairs(connection) == {(3, 1), (6, 4)}
            placed = components(connection, range(1, 7))
            assert answers.beside(connection, {placed[1]}) == {placed[3]}
            assert answers.beside(connection, {placed[6]}) == {placed[4]}
            assert answers.beside(connection, set()) == set()
            assert answers.between(connection, [placed[1], placed[3], placed[6]]) == {placed[1], placed[3]}


def test_what_is_read_no_more_answers_nothing(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(model="m2"))
        with record.reading() as connection:
            placed = components(connection, range(1, 7))
            assert answers.beside(connection, {placed[4]}) == {placed[6]}


def test_an_older_record_is_filled_with_the_same(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with Record.open(path) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        with record.engine.begin() as connection:
            kept = pairs(connection)
            connection.execute(sa.text("DROP TABLE answers"))
            connection.execute(sa.text("DROP INDEX facet_values_shown"))
            with Operations.context(MigrationContext.configure(connection)):
                r0008.upgrade()
            assert pairs(connection) == kept != set()
