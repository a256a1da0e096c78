"""Finding incidents: by time, place, party, type, status and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select, text

from dateline.record import schema
from dateline.record.projection import search_words
from dateline.record.summary import Summary, summary
from dateline.record.times import LAST
from dateline.types import Incident

PARTIES = ("actor", "recipient")
PLACES = ("place", "country")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What incidents are asked for; null asks nothing.

    ``since`` and ``until`` are days: of what happened where that is told, else of publication.
    ``place`` and ``actor`` are words of a name, a code or an id; ``query`` words of a sentence,
    together where they stand in quotation marks. ``source`` is an outlet; ``box`` are west, south, east
    and north in degrees, west beyond east over the date line.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    actor: str | None = None
    type: str | None = None
    status: str | None = None
    query: str | None = None
    source: str | None = None
    box: tuple[float, float, float, float] | None = None

    def facets(self) -> list[tuple[tuple[str, ...], str, bool]]:
        """Kinds of values with the value asked for, and whether a part of it will do."""
        asked = (
            (PLACES, self.place, True),
            (PARTIES, self.actor, True),
            (("type",), self.type, False),
            (("status",), self.status, False),
            (("publisher",), self.source, False),
        )
        return [(kinds, " ".join(v.casefold().split()), part) for kinds, v, part in asked if v]


def phrases(query: str) -> list[str]:
    """The words of a query, those in quotation marks together."""
    found = re.findall(r'"([^"]*)"|(\S+)', query)
    return [phrase.strip('"') for pair in found for phrase in pair if re.search(r"\w", phrase)]


Position = tuple[str, str, str]
"""Where an incident stands in the order of a list: its latest day, when it was first told, its id."""


def position_of(brief: Summary) -> Position:
    """Where an incident stands in the order of a list."""
    return _latest(brief), brief.first_told, brief.id


def found(
    connection: Connection, wanted: Wanted, limit: int | None = None, after: Position | None = None
) -> list[Summary]:
    """The incidents that are wanted, the latest first, from behind a position on; their facets left out."""
    table = schema.incidents
    query: Select[Any] = select(table).where(*conditions(connection, wanted))
    if after is not None:
        query = query.where(_behind(after))
    query = query.order_by(LATEST.desc(), table.c.first_told.desc(), table.c.id).limit(limit)
    return [summary_of(row) for row in connection.execute(query)]


LATEST: ColumnElement[str] = func.coalesce(
    schema.incidents.c.last_day, func.nullif(schema.incidents.c.first_told, LAST), ""
)
"""The last day of an incident, else when it was first told, empty when neither is known."""


def _behind(after: Position) -> ColumnElement[bool]:
    day, told, identity = after
    columns = schema.incidents.c
    same_day = (columns.first_told < told) | ((columns.first_told == told) & (columns.id > identity))
    return (LATEST < day) | ((LATEST == day) & same_day)


def conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What holds of the incidents that are wanted."""
    asked = [*_days(wanted), *map(_facet, wanted.facets()), *_within(wanted)]
    if wanted.query is not None:
        asked.append(schema.incidents.c.incident.in_(_searched(connection, wanted.query)))
    return asked


def _within(wanted: Wanted) -> list[ColumnElement[bool]]:
    """An incident is in a box when the middle of its place is."""
    if wanted.box is None:
        return []
    west, south, east, north = wanted.box
    columns = schema.incidents.c
    across = (columns.lon >= west) & (columns.lon <= east)
    if west > east:
        across = (columns.lon >= west) | (columns.lon <= east)
    return [columns.lat >= south, columns.lat <= north, across]


def _days(wanted: Wanted) -> list[ColumnElement[bool]]:
    """An incident is in the time asked for when its days, or else its publication, overlap it."""
    columns = schema.incidents.c
    told = or_(columns.first_day.is_not(None), columns.last_day.is_not(None))
    conditions: list[ColumnElement[bool]] = []
    if wanted.since:
        unknown = or_(told, columns.last_told >= wanted.since)
        conditions.append((func.coalesce(columns.last_day, LAST) >= wanted.since) & unknown)
    if wanted.until:
        day = func.substr(columns.first_told, 1, len(wanted.until))
        unknown = or_(told, day <= wanted.until)
        conditions.append((func.coalesce(columns.first_day, "") <= wanted.until) & unknown)
    return conditions


def _facet(asked: tuple[tuple[str, ...], str, bool]) -> ColumnElement[bool]:
    kinds, value, part = asked
    columns = schema.facets.c
    same = columns.value.contains(value, autoescape=True) if part else columns.value == value
    return schema.incidents.c.incident.in_(select(columns.incident).where(columns.kind.in_(kinds), same))


def _searched(connection: Connection, query: str) -> Any:
    """The incidents of the claims whose words match."""
    member = schema.membership.c
    if connection.dialect.name == "sqlite":
        matching = text("SELECT rowid FROM claim_search WHERE claim_search MATCH :words")
        words = " ".join(f'"{phrase}"' for phrase in phrases(query)) or '""'
        matching = matching.bindparams(words=words)
    else:
        terms = [f"phraseto_tsquery('simple', :w{n})" for n, _ in enumerate(phrases(query))]
        match = " && ".join(terms) or "''::tsquery"
        matching = text(f"SELECT claim FROM claim_search WHERE words @@ ({match})")
        matching = matching.bindparams(**{f"w{n}": phrase for n, phrase in enumerate(phrases(query))})
    return select(member.incident).where(member.live, member.claim.in_(matching))


def summary_of(row: Row[Any]) -> Summary:
    """The summary of a row of ``incidents``, its facets left out."""
    plain = ("id", "claims", "articles", "origins", "first_day", "last_day", "first_told", "last_told")
    more = ("lat", "lon", "radius_km", "disputed", "kind", "place", "headline")
    tolls: dict[str, Any] = {
        role: tuple(getattr(row, f"{role}_{bound}") for bound in ("low", "best", "high"))
        for role in ("killed", "injured")
    }
    return Summary(**{name: getattr(row, name) for name in (*plain, *more)}, **tolls, facets=frozenset())


def among(
    incidents: Iterable[Incident], wanted: Wanted, limit: int | None = None, after: Position | None = None
) -> list[Summary]:
    """As ``found``, among incidents at hand, such as those of a past day."""
    told = [(incident, summary(incident)) for incident in incidents]
    matching = [brief for incident, brief in told if _matches(incident, brief, wanted)]
    matching.sort(key=lambda brief: brief.id)
    matching.sort(key=lambda brief: (_latest(brief), brief.first_told), reverse=True)
    if after is not None:
        matching = [brief for brief in matching if _follows(position_of(brief), after)]
    return matching[:limit]


def _follows(here: Position, there: Position) -> bool:
    return here[:2] < there[:2] or (here[:2] == there[:2] and here[2] > there[2])


def _latest(brief: Summary) -> str:
    return brief.last_day or ("" if brief.first_told == LAST else brief.first_told)


def _matches(incident: Incident, brief: Summary, wanted: Wanted) -> bool:
    told = brief.first_day is not None or brief.last_day is not None
    since, until = wanted.since or "", wanted.until or LAST
    last = brief.last_day or LAST if told else brief.last_told
    first = brief.first_day or "" if told else brief.first_told[: len(until)]
    if last < since or (wanted.until is not None and first > until):
        return False
    if wanted.box is not None and not _in_box(brief, wanted.box):
        return False
    for kinds, value, part in wanted.facets():
        values = [each for kind, each in brief.facets if kind in kinds]
        if not (any(value in each for each in values) if part else value in values):
            return False
    return wanted.query is None or any(_has_words(search_words(c), wanted.query) for c in incident.claims)


def _in_box(brief: Summary, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    if brief.lat is None or brief.lon is None:
        return False
    across = west <= brief.lon <= east if west <= east else brief.lon >= west or brief.lon <= east
    return across and south <= brief.lat <= north


def _has_words(text: str, query: str) -> bool:
    words = _words(text)
    asked = [_words(phrase) for phrase in phrases(query)]
    return bool(asked) and all(_run(words, phrase) for phrase in asked)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _run(words: Sequence[str], phrase: Sequence[str]) -> bool:
    length = len(phrase)
    return any(list(words[n : n + length]) == list(phrase) for n in range(len(words) - length + 1))
