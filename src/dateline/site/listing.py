"""The incidents of a filter, a page at a time, with how many there are by type, place, party and so on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dateline.errors import InputError
from dateline.record.record import Record
from dateline.record.search import Position, position_of
from dateline.record.summary import Summary
from dateline.site.filters import Filter

PAGE = 30
"""Incidents on a page."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that can be filtered by: the query's key and value, a label for people, how many incidents."""

    key: str
    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a filter's incidents, the latest first.

    ``total`` is how many there are on all pages; ``facets`` are by kind (type, status, actor, place, source,
    month), each the most frequent first, months in order; ``next`` is the cursor of the next page, null on the
    last.
    """

    filter: Filter
    incidents: tuple[Summary, ...]
    total: int
    facets: Mapping[str, tuple[Facet, ...]]
    next: str | None


def listed(record: Record, asked: Filter, limit: int = PAGE, cursor: str | None = None) -> Listing:
    """A page of the incidents of a filter; ``cursor``, else the filter's own, is where it begins.

    Raises ``InputError`` for a cursor that is none of ours.
    """
    after = position_in(cursor or asked.cursor)
    limit = max(1, min(limit, MOST))
    found = record.find(asked.wanted(), limit + 1, as_of=asked.as_of, after=after)
    more = len(found) > limit
    page = tuple(found[:limit])
    return Listing(asked, page, 0, {}, cursor_of(page[-1]) if more else None)


def cursor_of(last: Summary) -> str:
    """Where a page begins that follows an incident."""
    return "~".join(position_of(last))


def position_in(cursor: str | None) -> Position | None:
    """The place that a cursor stands for. Raises ``InputError`` for one that is none of ours."""
    if cursor is None:
        return None
    parts = cursor.split("~")
    if len(parts) != 3 or not parts[2].startswith("i"):
        raise InputError(f"cursor={cursor[:40]}", "is no place in this list", "begin at its first page")
    return parts[0], parts[1], parts[2]
