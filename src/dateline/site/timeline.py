"""Timeline and map in step: when and where, with what is uncertain drawn as wide as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from sqlalchemy import Connection
from starlette.responses import Response

from dateline.errors import InputError
from dateline.record.loading import Shelf
from dateline.record.lookup import in_answer
from dateline.record.record import Record
from dateline.record.search import in_brief
from dateline.record.summary import Summary
from dateline.site import titles, wording
from dateline.site.filters import Filter
from dateline.site.listing import paged
from dateline.site.publishing import published_view

router = APIRouter()

PAGE = 60
"""Incidents on a page."""
WIDE = 1000
"""Units of the time axis."""
ROW = 52
"""Units of a row's height."""
GUTTER = 56
"""Units of the width of the gutter in which answers are drawn."""
OUTLIERS = 0.06
"""The part of the incidents that may begin before the axis does: their bars are cut off."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The days of the time axis, as ordinals."""

    first: int
    last: int

    def at(self, ordinal: int) -> float:
        """Where a day begins, in units from the left; days before the axis lie on its left end."""
        part = (ordinal - self.first) / (self.last + 1 - self.first)
        return round(max(0.0, min(1.0, part)) * WIDE, 1)

    def ticks(self) -> list[str]:
        """Days to write under the axis, each once."""
        days = sorted({self.first, (self.first + self.last) // 2, self.last})
        return [wording.day(date.fromordinal(each).isoformat()) for each in days]


@dataclass(frozen=True, slots=True)
class Bar:
    """The interval of an incident on the axis; ends that are not told, or lie before it, are open."""

    x: float
    width: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An incident with its bar; null when no day of it is told."""

    brief: Summary
    bar: Bar | None


@router.get("/timeline")
def timeline(request: Request) -> Response:
    """The incidents of a filter by time and place."""
    return published_view(request, "timeline.html", told)


def told(
    connection: Connection, record: Record, asked: Filter, faults: tuple[InputError, ...]
) -> dict[str, Any]:
    """What the page shows of a filter."""
    try:
        page, after = paged(connection, record, asked, PAGE)
    except InputError as fault:
        asked, faults = asked.but(), (*faults, fault)
        page, after = paged(connection, record, asked, PAGE)
    dated = sorted((each for each in page if _days(each)), key=lambda each: (_days(each), each.id))
    axis = axis_of(dated)
    rows = [Row(each, bar(each, axis)) for each in dated]
    answered = answers(connection, record.shelf, [each.id for each in page])
    return {
        "asked": asked,
        "faults": faults,
        "rows": rows,
        "axis": axis,
        "arcs": arcs(rows, answered),
        "causes": causes(connection, answered),
        "undated": [each for each in page if not _days(each)],
        "unplaced": [each for each in page if each.lat is None],
        "places": [place(each) for each in page if each.lat is not None],
        "next": after,
        "view_query": asked.but().query(),
        "view_title": titles.view(asked.but()) if asked.but().query() else "",
    }


def _days(brief: Summary) -> tuple[int, int] | None:
    """The first and last day told, as ordinals; the one that is told stands for one that is not."""
    first, last = brief.first_day or brief.last_day, brief.last_day or brief.first_day
    if first is None or last is None:
        return None
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


def axis_of(dated: Sequence[Summary]) -> Axis | None:
    """An axis over the days of most of the incidents; null when none has any."""
    days = [told for told in map(_days, dated) if told]
    if not days:
        return None
    firsts = sorted(first for first, _ in days)
    first = firsts[int(len(firsts) * OUTLIERS)]
    return Axis(first, max(max(last for _, last in days), first))


def bar(brief: Summary, axis: Axis | None) -> Bar | None:
    """The bar of an incident."""
    days = _days(brief)
    if days is None or axis is None:
        return None
    left, right = axis.at(days[0]), axis.at(days[1] + 1)
    return Bar(
        x=left,
        width=max(right - left, 5.0),
        open_start=brief.first_day is None or days[0] < axis.first,
        open_end=brief.last_day is None,
    )


def answers(connection: Connection, shelf: Shelf, ids: Sequence[str]) -> list[tuple[str, str, str]]:
    """Which of the incidents are in answer to which, of these or not, with the reason."""
    return [
        (each.id, answer.incident, next((d.reason for d in answer.decisions if d.reason), ""))
        for each in in_answer(connection, shelf, ids)
        for answer in each.answers
    ]


def causes(connection: Connection, answered: Sequence[tuple[str, str, str]]) -> dict[str, list[str]]:
    """By incident, the words of those that it is in answer to."""
    briefs = {each.id: each for each in in_brief(connection, sorted({other for _, other, _ in answered}))}
    told: dict[str, list[str]] = {}
    for one, other, _ in answered:
        if other in briefs:
            told.setdefault(one, []).append(briefs[other].headline)
    return told


def arcs(rows: Sequence[Row], answered: Iterable[tuple[str, str, str]]) -> Markup:
    """The answers as arcs in the gutter, each from an incident that is answered to the one that answers it.

    One that answers what is not among the rows has an arrow from the left edge.
    """
    places = {row.brief.id: place for place, row in enumerate(rows)}
    drawn = Markup("").join(
        _arc(places[one], places.get(other), reason) for one, other, reason in answered if one in places
    )
    if not drawn:
        return Markup("")
    return Markup(
        '<svg class="arcs" viewBox="0 0 {wide} {tall}" width="{wide}" height="{tall}" aria-hidden="true">'
        "{drawn}</svg>"
    ).format(wide=GUTTER, tall=len(rows) * ROW, drawn=drawn)


def _arc(one: int, other: int | None, reason: str) -> Markup:
    end, edge = one * ROW + ROW // 2, GUTTER - 3
    path = f"M2 {end} L{edge} {end}"
    if other is not None:
        start, deep = other * ROW + ROW // 2, max(4, GUTTER - 12 - 6 * abs(one - other))
        path = f"M{edge} {start} C {deep} {start}, {deep} {end}, {edge} {end}"
    return Markup(
        "<g><title>in answer to{reason}</title>"
        '<path d="{path}"/>'
        '<path class="head" d="M{back} {above} L{edge} {end} L{back} {below}"/></g>'
    ).format(
        reason=f": {reason}" if reason else "",
        path=path,
        edge=edge,
        back=GUTTER - 10,
        end=end,
        above=end - 4,
        below=end + 4,
    )


def place(brief: Summary) -> Mapping[str, object]:
    """What the map needs of an incident."""
    return {
        "id": brief.id,
        "lat": brief.lat,
        "lon": brief.lon,
        "radius": brief.radius_km,
        "tenor": wording.tenor(brief.kind),
        "label": f"{wording.kind(brief.kind)}, {brief.place}, {wording.when(brief)}",
    }
