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
    together where they stand in quotation marks.
    """

    since: str | None = None
    until: str | None = None
    place: str | None = None
    actor: str | None = None
    type: str | None = None
    status: str | None = None
    query: str | None = None

    def facets(self) -> list[tuple[tuple[str, ...], str, bool]]:
        """Kinds of values with the value asked for, and whether a part of it will do."""
        asked = (
            (PLACES, self.place, True),
            (PARTIES, self.actor, True),
            (("type",), self.type, False),
            (("status",), self.status, False),
        )
        return [(kinds, " ".join(v.casefold().split()), part) for kinds, v, part in asked if v]


def phrases(query: str) -> list[str]:
    """The words of a query, those in quotation marks together."""
    found = re.findall(r'"([^"]*)"|(\S+)', query)
    return [phrase.strip('"') for pair in found for phrase in pair if re.search(r"\w", phrase)]


def found(connection: Connection, wanted: Wanted, limit: int | None = None) -> list[Summary]:
    """The incidents that are wanted, the latest first, their facets left out."""
    table = schema.incidents
    query: Select[Any] = select(table).where(*_days(wanted), *map(_facet, wanted.facets()))
    if wanted.query is not None:
        query = query.where(table.c.incident.in_(_searched(connection, wanted.query)))
    day = func.coalesce(table.c.last_day, func.nullif(table.c.first_told, LAST), "")
    query = query.order_by(day.desc(), table.c.first_told.desc(), table.c.id).limit(limit)
    return [_summary(row) for row in connection.execute(query)]


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


def _summary(row: Row[Any]) -> Summary:
    plain = ("id", "claims", "articles", "origins", "first_day", "last_day", "first_told", "last_told")
    more = ("lat", "lon", "radius_km", "disputed", "kind", "place", "headline")
    tolls: dict[str, Any] = {
        role: tuple(getattr(row, f"{role}_{bound}") for bound in ("low", "best", "high"))
        for role in ("killed", "injured")
    }
    return Summary(**{name: getattr(row, name) for name in (*plain, *more)}, **tolls, facets=frozenset())


def among(incidents: Iterable[Incident], wanted: Wanted, limit: int | None = None) -> list[Summary]:
    """As ``found``, among incidents at hand, such as those of a past day."""
    told = [(incident, summary(incident)) for incident in incidents]
    matching = [brief for incident, brief in told if _matches(incident, brief, wanted)]
    matching.sort(key=lambda brief: brief.id)
    matching.sort(key=lambda brief: (_latest(brief), brief.first_told), reverse=True)
    return matching[:limit]


def _latest(brief: Summary) -> str:
    return brief.last_day or ("" if brief.first_told == LAST else brief.first_told)


def _matches(incident: Incident, brief: Summary, wanted: Wanted) -> bool:
    told = brief.first_day is not None or brief.last_day is not None
    since, until = wanted.since or "", wanted.until or LAST
    last = brief.last_day or LAST if told else brief.last_told
    first = brief.first_day or "" if told else brief.first_told[: len(until)]
    if last < since or (wanted.until is not None and first > until):
        return False
    for kinds, value, part in wanted.facets():
        values = [each for kind, each in brief.facets if kind in kinds]
        if not (any(value in each for each in values) if part else value in values):
            return False
    return wanted.query is None or any(_has_words(search_words(c), wanted.query) for c in incident.claims)


def _has_words(text: str, query: str) -> bool:
    words = _words(text)
    asked = [_words(phrase) for phrase in phrases(query)]
    return bool(asked) and all(_run(words, phrase) for phrase in asked)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _run(words: Sequence[str], phrase: Sequence[str]) -> bool:
    length = len(phrase)
    return any(list(words[n : n + length]) == list(phrase) for n in range(len(words) - length + 1))
