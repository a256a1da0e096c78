"""Subscriptions and their deliveries: ordinary tables, outside the log."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing yet."""
