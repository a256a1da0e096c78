"""What the site counts beforehand, computed from the log; ``upgrading.py`` fills it for older records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The order of lists, how many incidents have each value, and what changed with which entry."""
    op.add_column("incidents", sa.Column("latest", sa.Text, nullable=False, server_default=""))
    op.add_column("incidents", sa.Column("speakers", sa.Text, nullable=False, server_default="[]"))
    op.create_index("incidents_latest", "incidents", ["latest", "first_told", "id"])
    op.create_table(
        "facet_values",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("incidents", sa.Integer, nullable=False),
        sa.Column("label", sa.Text),
    )
    op.create_table(
        "incident_changes",
        sa.Column("incident", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("entry", sa.Integer, nullable=False, index=True),
    )
