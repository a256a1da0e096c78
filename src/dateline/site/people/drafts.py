"""What somebody who is signed in has typed and not sent yet, kept on the server besides the browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from dateline.site.people.moments import now
from dateline.site.people.tables import drafts

LONGEST = 20_000
"""Signs kept of a field."""
MOST = 500
"""Fields kept of an account; the ones not touched longest go first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in a page's field, and when it was typed."""

    words: str
    saved: str


def save(connection: Connection, account: int, page: str, fields: Mapping[str, str]) -> None:
    """Keep what stands in a page's fields; of an empty one nothing is kept."""
    of_page = drafts.c.account == account, drafts.c.page == page
    connection.execute(delete(drafts).where(*of_page, drafts.c.field.in_(list(fields))))
    rows = [
        {"account": account, "page": page, "field": field, "words": words[:LONGEST], "saved": now()}
        for field, words in fields.items()
        if words
    ]
    if rows:
        connection.execute(insert(drafts), rows)
    _clear(connection, account)


def _clear(connection: Connection, account: int) -> None:
    """Take away the oldest of what is too much."""
    own = drafts.c.account == account
    many = connection.execute(select(func.count()).select_from(drafts).where(own)).scalar_one()
    if many > MOST:
        query = select(drafts.c.page, drafts.c.field).where(own).order_by(drafts.c.saved)
        for row in connection.execute(query.limit(many - MOST)).all():
            connection.execute(
                delete(drafts).where(own, drafts.c.page == row.page, drafts.c.field == row.field)
            )


def of_page(connection: Connection, account: int, page: str) -> dict[str, Draft]:
    """What is kept of a page's fields."""
    query = select(drafts).where(drafts.c.account == account, drafts.c.page == page)
    return {row.field: Draft(row.words, row.saved) for row in connection.execute(query)}


def discard(connection: Connection, account: int, page: str) -> None:
    """Keep nothing of a page: it was sent, or is not wanted."""
    connection.execute(delete(drafts).where(drafts.c.account == account, drafts.c.page == page))
