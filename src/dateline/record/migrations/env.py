"""Run by Alembic, which finds it by its name: the steps on the connection that it is handed."""

from __future__ import annotations

from alembic import context

from dateline.record.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
