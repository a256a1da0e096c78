"""When a page was fetched, and what made a reading of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns, unknown for what is there."""
    op.add_column("pages", sa.Column("fetched", sa.Text))
    op.add_column("readings", sa.Column("made_by", sa.Text))
