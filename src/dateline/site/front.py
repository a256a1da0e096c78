"""The front page: what happened, the latest first, and what it can be filtered by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import Response

from dateline.errors import InputError
from dateline.record.record import Record
from dateline.record.summary import Summary
from dateline.site import glyphs, titles, wording
from dateline.site.faces.views import other_face
from dateline.site.filters import KEYS, Filter
from dateline.site.listing import Listing, listed, shown
from dateline.site.publishing import published_view

router = APIRouter()

FACETS = {
    "type": "What",
    "sector": "Who, by kind",
    "actor": "Who, by name",
    "place": "Where",
    "source": "Told by",
    "status": "Whether it happened",
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day over its incidents: its number, the rest of it, and all of it in words."""

    number: str
    rest: str
    spoken: str


@router.get("/")
def front(request: Request) -> Response:
    """What happened, as far as the query asks for it."""
    other = other_face(request)
    if other is not None:
        return other
    return published_view(request, "front.html", told)


def told(
    connection: Connection, record: Record, asked: Filter, faults: tuple[InputError, ...]
) -> dict[str, Any]:
    """What the page shows of a filter."""
    listing, faults = page_of(connection, record, asked, faults)
    asked = listing.filter
    row = glyphs.months(listing.months, asked)
    nothing = not asked.query() and not listing.total
    return {
        "asked": asked,
        "listing": listing,
        "faults": faults,
        "days": list(by_day(listing.incidents)),
        "brush": glyphs.brush(row, asked),
        "facet_titles": FACETS,
        "chips": chips(listing),
        "nothing_yet": nothing,
        "lede": lede(listing),
        "unplaced": unplaced(listing),
        "view_query": asked.but().query(),
        "feed_title": titles.feed(asked.but(), shown(connection, asked)),
        "view_title": titles.view(asked.but()) if asked.but().query() else "",
    }


def page_of(
    connection: Connection, record: Record, asked: Filter, faults: tuple[InputError, ...]
) -> tuple[Listing, tuple[InputError, ...]]:
    """A page of the listing; a cursor that is none of ours is named and left out."""
    try:
        return listed(connection, record, asked), faults
    except InputError as fault:
        return listed(connection, record, asked.but()), (*faults, fault)


def by_day(found: Iterable[Summary]) -> Iterable[tuple[Day, list[Summary]]]:
    """Incidents under the day that they are listed by."""
    for told, briefs in groupby(found, key=lambda brief: brief.latest[:10]):
        yield day(told), list(briefs)


def day(told: str) -> Day:
    """A day to stand over its incidents; an empty one is unknown."""
    parts = wording.day(told).split(" ")
    if len(parts) != 3:
        return Day("?", "no day told", "no day told")
    return Day(parts[0], f"{parts[1]} {parts[2]}", wording.day(told))


def lede(listing: Listing) -> str:
    """How many incidents there are, in a sentence."""
    if not listing.total:
        return "no incidents"
    number = f"{listing.total:,} incident{'' if listing.total == 1 else 's'}"
    asked = listing.filter.but().query()
    return f"{number}, the latest first" if not asked else f"{number} with all that is asked for"


def unplaced(listing: Listing) -> str:
    """How many incidents the map cannot show."""
    if listing.filter.box:
        return ""
    number = listing.total - sum(listing.cells.values())
    return f"{number:,} {'has' if number == 1 else 'have'} no known place." if number > 0 else ""


def chips(listing: Listing) -> list[tuple[str, Filter]]:
    """What is asked for, each with the filter that is left without it."""
    asked = listing.filter
    labels = {each.key: each.label for some in listing.facets.values() for each in some if each.chosen}
    told = []
    for key in KEYS:
        value = getattr(asked, key)
        if key != "cursor" and value is not None:
            alone = Filter(**{key: value})
            told.append((labels.get(key) or titles.view(alone), asked.but(**{key: None})))
    return told
