"""Subscriptions, their deliveries, tokens for programs: ordinary tables, outside the log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables, and have incidents found by their last change."""
    op.create_index("ix_incidents_entry", "incidents", ["entry"])
    op.create_table(
        "subscriptions",
        sa.Column("subscription", sa.Integer, primary_key=True),
        _text("id", unique=True),
        _text("kind"),
        _text("target", index=True),
        _text("view"),
        _text("pace"),
        _text("state"),
        _text("account", nullable=True, index=True),
        _text("secret", nullable=True),
        _text("made"),
        sa.Column("told", sa.Integer, nullable=False),
        _text("due", index=True),
        _text("failing", nullable=True),
        _text("reason", nullable=True),
    )
    of = sa.ForeignKey("subscriptions.subscription")
    op.create_table(
        "deliveries",
        sa.Column("delivery", sa.Integer, primary_key=True),
        _text("id", unique=True),
        sa.Column("subscription", sa.Integer, of, nullable=False, index=True),
        _text("kind"),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer, nullable=False),
        _text("incidents"),
        _text("made"),
        _text("due"),
        sa.Column("attempts", sa.Integer, nullable=False),
        _text("leased", nullable=True),
        _text("done", nullable=True, index=True),
        _text("outcome", nullable=True),
    )
    names = (_text("account", index=True), _text("name"), _text("made"))
    op.create_table("api_tokens", sa.Column("token", sa.Text, primary_key=True, nullable=False), *names)


def _text(
    name: str, nullable: bool = False, unique: bool | None = None, index: bool | None = None
) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, unique=unique, index=index)
