"""The incidents of a filter, a page at a time, with how many there are by type, place, party and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, func, or_, select

from dateline.errors import InputError
from dateline.record import schema
from dateline.record.counting import Tally, tallied
from dateline.record.facets import folded
from dateline.record.past import incidents_on
from dateline.record.record import Record
from dateline.record.search import Position, among, position_of
from dateline.record.summary import Summary
from dateline.site import titles, wording
from dateline.site.filters import Filter

PAGE = 30
"""Incidents on a page."""
MOST = 200
SHOWN = 12
"""Values of a facet that are offered."""
KINDS = {
    "type": "type",
    "sector": "sector",
    "party": "actor",
    "place": "place",
    "publisher": "source",
    "status": "status",
}
"""The record's kinds of values, in the order of the page, with the key of the query for each."""
LABELS: dict[str, Callable[[str], str]] = {
    "type": lambda label: wording.TYPES.get(label, label),
    "status": lambda label: wording.STATUSES.get(label, label),
    "sector": wording.sector,
}
UPPER = ("type", "sector")
"""Kinds whose values the query has in capitals."""


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

    ``total`` is how many there are on all pages; ``facets`` are by the query's key (type, sector, actor,
    place, source, status), each the most frequent first. ``months`` tells how many there are in each month,
    whatever days are asked for; ``cells`` how many in each square of the map ("-34 18", its south-western
    corner), whatever part of it is, whose sides are ``side`` degrees. ``next`` is the cursor of the next
    page, null on the last.
    """

    filter: Filter
    incidents: tuple[Summary, ...]
    total: int
    facets: Mapping[str, tuple[Facet, ...]]
    months: Mapping[str, int]
    cells: Mapping[str, int]
    side: int
    next: str | None


def listed(
    connection: Connection, record: Record, asked: Filter, limit: int = PAGE, cursor: str | None = None
) -> Listing:
    """A page of the incidents of a filter; ``cursor``, else the filter's own, is where it begins.

    Raises ``InputError`` for a cursor that is none of ours.
    """
    kinds, wanted = (*KINDS, "month", "cell"), asked.wanted()
    if asked.as_of is None:
        page, after = paged(connection, record, asked, limit, cursor)
        counted = record.sets.counted(connection, wanted, kinds)
    else:
        known = incidents_on(connection, record.shelf, asked.as_of)
        page, after = _page(partial(among, known, wanted), asked, limit, cursor)
        counted = tallied(among(known, wanted), kinds)
    return Listing(
        filter=asked,
        incidents=page,
        total=counted.total,
        facets={key: _facets(asked, kind, counted.values[kind]) for kind, key in KINDS.items()},
        months={each.value: each.incidents for each in counted.values["month"]},
        cells={each.value: each.incidents for each in counted.values["cell"]},
        side=counted.side,
        next=after,
    )


Page = tuple[tuple[Summary, ...], str | None]
"""Incidents, and the cursor of the page that follows."""


def paged(
    connection: Connection, record: Record, asked: Filter, limit: int = PAGE, cursor: str | None = None
) -> Page:
    """A page of the incidents of a filter without counts."""
    if asked.as_of is None:
        return _page(partial(record.sets.first, connection, asked.wanted()), asked, limit, cursor)
    known = incidents_on(connection, record.shelf, asked.as_of)
    return _page(partial(among, known, asked.wanted()), asked, limit, cursor)


def _page(
    find: Callable[[int, Position | None], Sequence[Summary]], asked: Filter, limit: int, cursor: str | None
) -> Page:
    limit = max(1, min(limit, MOST))
    found = find(limit + 1, position_in(cursor or asked.cursor))
    page = tuple(found[:limit])
    return page, cursor_of(position_of(page[-1])) if len(found) > limit else None


def _facets(asked: Filter, kind: str, tallies: tuple[Tally, ...]) -> tuple[Facet, ...]:
    """The most frequent values of a kind, and the chosen one wherever it stands."""
    key = KINDS[kind]
    chosen = getattr(asked, key)
    label = LABELS.get(kind, str)
    found = []
    for place, tally in enumerate(tallies):
        value = tally.value.upper() if kind in UPPER else tally.value
        is_chosen = chosen is not None and value.casefold() == chosen.casefold()
        if place < SHOWN or is_chosen:
            found.append(Facet(key, value, label(tally.label), tally.incidents, is_chosen))
    return tuple(found)


def shown(connection: Connection, asked: Filter) -> dict[str, str]:
    """By key, the labels of what is asked for among the values that are shown to the public."""
    columns = schema.facet_values.c
    found: dict[str, str] = {}
    for key, kinds in titles.TYPED.items():
        if value := folded(getattr(asked, key) or ""):
            fits = or_(columns.value == value, func.lower(columns.label) == value)
            query = select(columns.label).where(columns.kind.in_(kinds), columns.label.is_not(None), fits)
            label = connection.execute(query.order_by(columns.incidents.desc())).scalars().first()
            if label is not None:
                found[key] = label
    return found


def cursor_of(last: Position) -> str:
    """The cursor of what follows an incident."""
    return "~".join(last)


def position_in(cursor: str | None) -> Position | None:
    """Where a cursor stands. Raises ``InputError`` for one that is none of ours."""
    if cursor is None:
        return None
    parts = cursor.split("~")
    if len(parts) != 3 or not parts[2].startswith("i"):
        raise InputError(f"cursor={cursor[:40]}", "is no place in this list", "begin at its first page")
    return parts[0], parts[1], parts[2]
