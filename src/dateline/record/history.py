"""The latest entries of the log that are asked for. What comes before them is not loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select

from dateline.record import schema
from dateline.record.holdings import as_of as known_on
from dateline.record.loading import SOME, Shelf, by_then, chunks, entries_at
from dateline.types import Entry

AT_ONCE = 100
"""Entries that are looked at in one step, from the last one backwards."""


def latest(
    connection: Connection,
    shelf: Shelf,
    limit: int,
    *,
    concerning: set[str] | None = None,
    as_of: str | None = None,
    recorded: str | None = None,
) -> list[Entry]:
    """The last entries, at most ``limit``, in the order of the log.

    ``concerning`` are claims and articles of which an entry must have added, or decided about, any; null
    for all entries. ``as_of`` and ``recorded`` are as ``Record.entries`` takes them.
    """
    found: list[Entry] = []
    for times in _backwards(connection, concerning, recorded):
        told: Iterable[Entry] = entries_at(connection, shelf, times)
        if as_of is not None:
            told = list(told)
            told = known_on(told, as_of, _first_texts(connection, told))
        found = [each for each in told if concerning is None or concerns(each, concerning)] + found
        if len(found) >= limit:
            break
    return found[-limit:]


def concerns(each: Entry, ids: set[str]) -> bool:
    """Whether an entry has added, or decided about, any of some claims and articles."""
    added = {claim.id for claim in each.claims} | {*each.erased}
    if each.citation is not None:
        added.add(each.citation.article)
    return bool(ids & added) or any(ids & {*d.subject, *d.object} for d in each.decisions)


def _backwards(
    connection: Connection, concerning: set[str] | None, recorded: str | None
) -> Iterator[dict[int, str]]:
    """The numbers of entries with their times, some in a step, the last ones first, each step in order."""
    log = schema.log.c
    query = by_then(select(log.entry, log.recorded), recorded).order_by(log.entry.desc())
    if concerning is not None:
        for some in chunks(sorted(_touching(connection, concerning), reverse=True), AT_ONCE):
            yield _in_order(connection.execute(query.where(log.entry.in_(some))).all())
        return
    rows = connection.execute(query.limit(AT_ONCE)).all()
    while rows:
        yield _in_order(rows)
        rows = connection.execute(query.where(log.entry < rows[-1].entry).limit(AT_ONCE)).all()


def _in_order(rows: Iterable[Row[Any]]) -> dict[int, str]:
    return {row.entry: row.recorded for row in reversed(list(rows))}


def _touching(connection: Connection, ids: set[str]) -> set[int]:
    """The entries that may concern any of some claims and articles."""
    found: set[int] = set()
    for some in chunks(ids):
        for query in _TOUCHING:
            found |= set(connection.execute(query, {"some": some}).scalars())
    return found


_TOUCHING = (
    select(schema.readings.c.entry).join(schema.claims).where(schema.claims.c.id.in_(SOME)),
    select(schema.readings.c.entry).join(schema.articles).where(schema.articles.c.id.in_(SOME)),
    select(schema.decisions.c.entry)
    .join(schema.decision_ends, schema.decision_ends.c.decision == schema.decisions.c.decision)
    .where(schema.decision_ends.c.target.in_(SOME)),
)


def _first_texts(connection: Connection, entries: Iterable[Entry]) -> dict[str, str]:
    """The first article that was ever added at each address of some entries."""
    articles = schema.articles.c
    found: dict[str, str] = {}
    for some in chunks({each.citation.address for each in entries if each.citation}):
        first = (
            select(func.min(articles.article)).where(articles.address.in_(some)).group_by(articles.address)
        )
        rows = connection.execute(select(articles.address, articles.id).where(articles.article.in_(first)))
        found |= {row.address: row.id for row in rows}
    return found
