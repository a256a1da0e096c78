"""Keys of claims and articles in the order of publication; what decisions are about, found by these."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the keys' tables anew, empty: no linker was shipped so far, and ``dateline relink`` fills them."""
    for name in ("claim", "article"):
        op.drop_table(f"{name}_keys")
        op.create_table(
            f"{name}_keys",
            sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column("turn", sa.BigInteger, primary_key=True, autoincrement=False),
            sa.Column(name, sa.Integer, primary_key=True, autoincrement=False),
        )
        op.create_index(f"{name}_keys_{name}", f"{name}_keys", [name])
    op.create_index("decision_ends_decision", "decision_ends", ["decision"])
