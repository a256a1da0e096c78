from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dateline.record.engine import open_engine
from dateline.site.people.tables import metadata


def test_the_step_makes_the_tables(target: str) -> None:
    engine = open_engine(target, create=False)
    ours = {"include_name": lambda name, kind, _: kind != "table" or name in metadata.tables}
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=ours), metadata)
    engine.dispose()
    assert differences == []
