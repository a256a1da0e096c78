"""The steps make the tables that the code knows, in either database."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from dateline.errors import RecordError
from dateline.record.engine import open_engine, writing
from dateline.record.migrations import versions
from dateline.record.schema import metadata
from dateline.record.upgrading import HEAD, upgrade


def test_the_steps_lead_to_the_schema(target: str) -> None:
    engine = open_engine(target, create=False)
    with engine.connect() as connection:
        # The site's tables are held to their own declarations, in tests/test_*_tables.py.
        ours = {"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}
        differences = compare_metadata(MigrationContext.configure(connection, opts=ours), metadata)
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()
    assert [each for each in differences if not each[1].name.startswith("claim_search")] == []
    assert found == HEAD


def test_the_head_is_the_last_step() -> None:
    steps = sorted(path.stem for path in Path(versions.__path__[0]).glob("r*.py"))
    assert steps[-1] == f"r{HEAD}"


def test_tables_of_a_newer_version_are_refused(target: str) -> None:
    engine = open_engine(target, create=False)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordError, match=r"newer version \(9999\); install a newer Dateline"):
        upgrade(engine)
    engine.dispose()
