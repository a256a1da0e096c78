"""Second factors with their recovery codes, and tries counted for all processes: outside the log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "second_factors",
        _account(primary_key=True, autoincrement=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code", sa.Text, primary_key=True, nullable=False),
        _account(index=True),
    )
    op.create_table(
        "tries",
        sa.Column("who", sa.Text, primary_key=True, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("until", sa.Text, nullable=False, index=True),
    )


def _account(**more: Any) -> sa.Column[int]:
    return sa.Column("account", sa.Integer, sa.ForeignKey("accounts.account"), nullable=False, **more)
