"""A record's tables, brought to the form that this version knows."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from dateline.errors import RecordError
from dateline.record.engine import retrying, writing

HEAD = "0010"
"""The latest step in ``migrations/versions``."""


def upgrade(engine: Engine) -> None:
    """Make the tables, or bring older ones up to date.

    Raises ``RecordError`` for tables of a newer version.
    """
    if retrying(lambda: revision(engine)) != HEAD:
        retrying(lambda: _run(engine))


def revision(engine: Engine) -> str | None:
    """The step that the tables are at, null when there are none."""
    with engine.connect() as connection:
        return _revision_of(connection)


def _revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _run(engine: Engine) -> None:
    # Here, as Alembic takes a while to import and is not needed when the tables are up to date.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from dateline.record.projection import recompute

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    with writing(engine) as connection:
        found = _revision_of(connection)
        if found is not None and found not in known:
            raise RecordError(
                f"the record has tables of a newer version ({found}); install a newer Dateline to use it"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if found is not None:
            recompute(connection)
