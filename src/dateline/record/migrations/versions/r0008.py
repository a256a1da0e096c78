"""What articles say is in answer to what, by claim; the values that are shown, by how many have them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dateline.record.packing import unpack_json

revision = "0008"
down_revision = "0007"

AT_ONCE = 5000
"""Claims whose words are read at once."""


def upgrade() -> None:
    """Make table and index, and fill the table from the words of the claims that there are."""
    op.create_table(
        "answers",
        sa.Column("claim", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("other", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_index("answers_other", "answers", ["other"])
    shown = sa.text("label IS NOT NULL")
    op.create_index(
        "facet_values_shown",
        "facet_values",
        ["kind", "incidents"],
        sqlite_where=shown,
        postgresql_where=shown,
    )
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """Each report that names others of its reading answers the first report of each."""
    answers = sa.table("answers", sa.column("claim"), sa.column("other"))
    words = sa.text(
        "SELECT claims.claim, reading, data FROM claims JOIN claim_words ON claim_words.claim = claims.claim"
        " WHERE claims.claim > :last ORDER BY claims.claim LIMIT :most"
    )
    first: dict[tuple[int, str], int] = {}
    said: list[tuple[int, int, str]] = []
    last = 0
    while rows := connection.execute(words, {"last": last, "most": AT_ONCE}).all():
        last = rows[-1].claim
        for row in rows:
            event = unpack_json(bytes(row.data))["event"]
            first.setdefault((row.reading, event["incident"]), row.claim)
            said += [(row.claim, row.reading, label) for label in event["answers"]]
    pairs = {(claim, first[of, label]) for claim, of, label in said if (of, label) in first}
    if pairs:
        connection.execute(sa.insert(answers), [{"claim": one, "other": other} for one, other in pairs])
