"""Accounts, sign-ins, comments and what goes with them: ordinary tables, outside the log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of people."""
    _accounts()
    _comments()
    op.create_table("proofs", _text("nonce", primary_key=True))


def _text(name: str, nullable: bool = False, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, **more)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True)


def _of(name: str, table: str, nullable: bool = False, **more: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.{name}"), nullable=nullable, **more)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _accounts() -> None:
    op.create_table(
        "accounts",
        _number("account"),
        _text("name"),
        _text("key", unique=True),
        _text("role"),
        _text("password"),
        _text("made"),
        _flag("disabled"),
    )
    op.create_table(
        "sessions",
        _text("token", primary_key=True),
        _of("account", "accounts", index=True),
        _text("made"),
        _text("used"),
    )
    op.create_table(
        "drafts",
        _of("account", "accounts", primary_key=True, autoincrement=False),
        _text("page", primary_key=True),
        _text("field", primary_key=True),
        _text("words"),
        _text("saved"),
    )


def _comments() -> None:
    op.create_table(
        "comments",
        _number("comment"),
        _text("id", unique=True),
        _text("about", index=True),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        _of("account", "accounts", nullable=True),
        _text("name", nullable=True),
        _text("words", nullable=True),
        _text("written", index=True),
        _text("state", index=True),
        _text("reason", nullable=True),
        _text("sender", nullable=True),
        _text("once", unique=True),
    )
    op.create_table(
        "proposals",
        _of("comment", "comments", primary_key=True, autoincrement=False),
        _text("claim"),
        _text("field"),
        _text("value"),
        _text("words", nullable=True),
        _flag("credit"),
        _text("decision", nullable=True),
        _text("declined", nullable=True),
    )
    op.create_table(
        "moderations",
        _number("moderation"),
        _of("comment", "comments", index=True),
        _text("by"),
        _text("at"),
        _text("state"),
        _text("reason", nullable=True),
    )
    op.create_table(
        "blocks",
        _number("block"),
        _text("kind"),
        _text("value"),
        _text("reason"),
        _text("by"),
        _text("made"),
        sa.UniqueConstraint("kind", "value"),
    )
