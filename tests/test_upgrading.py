"""The steps make the tables that the code knows, in either database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from databases import Cluster
from logs import COURIER, article, claims, first_reading, read, report, tie
from readings import RESOLVED
from sqlalchemy import Connection, MetaData, insert, select, text

from dateline.errors import RecordError
from dateline.record import migrations, schema
from dateline.record.engine import open_engine, writing
from dateline.record.projection import index
from dateline.record.record import Record
from dateline.record.schema import metadata
from dateline.record.search import Wanted
from dateline.record.upgrading import HEAD, upgrade
from dateline.types import Page

FIRST = "0001"


def test_the_steps_lead_to_the_schema(target: str) -> None:
    engine = open_engine(target, create=False)
    with engine.connect() as connection:
        # The site's tables are held to their own declarations, in tests/test_*_tables.py.
        ours = {"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}
        differences = compare_metadata(MigrationContext.configure(connection, opts=ours), metadata)
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    named = [getattr(each[-1], "name", str(each)) for each in differences]
    # Full text is each database's own; contents are numbered where they lie in parts by month.
    assert [name for name in named if not name.startswith("claim_search") and name != "number"] == []
    assert found == HEAD


def test_the_head_is_the_last_step() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_tables_of_a_newer_version_are_refused(target: str) -> None:
    engine = open_engine(target, create=False)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordError, match=r"newer version \(9999\); install a newer Dateline"):
        upgrade(engine)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where there is no record yet, once in either database."""
    if request.param == "sqlite":
        yield str(tmp_path / "first.db")
        return
    started: Cluster = request.getfixturevalue("postgresql")
    with started.database() as url:
        yield url


@pytest.fixture
def filled(empty_file: Path) -> Iterator[Record]:
    """A record of now with something of everything: pages, a revision, people's decisions, a redaction."""
    with Record.open(empty_file.with_name("filled.db"), create=True) as record:
        killed, denied, _ = claims(first_reading())
        record.add(first_reading(), Page("page.html", b"<p>"), vectors=[b"1", b"2", b"3"])
        record.add(first_reading(COURIER))
        record.add(RESOLVED)
        revised = article(
            text="Gunmen killed seven guards at the Merovar post on Tuesday, the ministry said."
        )
        record.add(read(revised, [report(revised.text, "killed")]))
        record.decide(tie(killed, denied, "different", "Ana", reason="seen"))
        gone = record.add(first_reading("https://gone.example/")).article
        record.redact(gone, "Ana", "asked for")
        yield record
    empty_file.with_name("filled.db").unlink()


def as_of_the_first_version(record: Record, target: str) -> None:
    """What a record holds, in the tables of the first version."""
    engine = open_engine(target, create=True)
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__path__[0])))
    with writing(engine) as connection, record.reading() as now:
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
        first = MetaData()
        first.reflect(connection)
        for table in (*schema.LOG, *schema.WORDS, *schema.COMPUTED):
            if table.name in first.tables:
                _copy(now, connection, table.name, first)
        numbers = now.execute(select(schema.claim_words.c.claim)).scalars().all()
        index(connection, record.shelf.claims(now, numbers))
    engine.dispose()


def _copy(now: Connection, then: Connection, name: str, first: MetaData) -> None:
    """The rows of a table of now in the columns that it had then."""
    columns = [column.name for column in first.tables[name].columns]
    rows = now.execute(select(*(metadata.tables[name].c[column] for column in columns))).mappings().all()
    if rows:
        then.execute(insert(first.tables[name]), [dict(row) for row in rows])


def test_a_record_of_the_first_version_is_read_and_goes_on(blank: str, filled: Record) -> None:
    as_of_the_first_version(filled, blank)
    with Record.open(blank) as record:
        assert record.digest() == filled.digest()
        assert record.entries() == filled.entries()
        assert record.stranded() == filled.stranded()
        wanted = [
            Wanted(),
            Wanted(query="guards"),
            Wanted(type="ASSAULT", place="Ostrel"),
            Wanted(actor="Front"),
        ]
        for each in wanted:
            assert record.find(each) == filled.find(each), each
        for told in filled.find(Wanted()):
            assert record.incident(told.id) == filled.incident(told.id)
        assert record.reading_of(claims(first_reading())[0].citation.article)
        later = replace(first_reading("https://later.example/"), model="m2")
        assert record.add(later).outcome == "new" and record.add(first_reading()).outcome == "known"
