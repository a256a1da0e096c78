"""Accounts, sign-ins, comments and what goes with them: ordinary tables, outside the log."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Nothing yet."""
