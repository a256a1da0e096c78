"""Finding incidents: by time, place, party, type, status and words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select, text, tuple_
from sqlalchemy.sql.util import ClauseAdapter

from dateline.record import schema
from dateline.record.facets import folded
from dateline.record.loading import SOME, chunks
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
    together where they stand in quotation marks. ``source`` is an outlet, ``sector`` one of a party;
    ``box`` are west, south, east and north in degrees, west beyond east over the date line.
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
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A value asked for among the kinds of values in ``facets.py``: just this, or words that begin so."""

    kinds: tuple[str, ...]
    value: str
    exact: bool = True


def terms(wanted: Wanted, known: Callable[[str, str], bool]) -> list[Term]:
    """What is asked of the values of incidents.

    An id of a party and the code of a country mean just that where an incident has them, as ``known`` (kind,
    value) tells; else ``actor`` and ``place`` are words that a name has.
    """
    found = []
    for kinds, exact, words in ((PARTIES, "party", wanted.actor), (PLACES, "country", wanted.place)):
        if words:
            value = folded(words)
            found.append(Term((exact,), value) if known(exact, value) else Term(kinds, value, exact=False))
    for kind in ("sector", "type", "status"):
        if value := getattr(wanted, kind):
            found.append(Term((kind,), folded(value)))
    return [*found, Term(("publisher",), folded(wanted.source))] if wanted.source else found


def has_words(value: str, words: str) -> bool:
    """Whether a name has a word that begins so, or more words."""
    return any(f"{before}{words}" in f" {value}" for before in BEFORE)


BEFORE = (" ", "-", "’", "(")
"""What stands before a word in a name."""
AT_MOST = 5_000
"""Names that a query asks for one by one. What has more is looked for among all names once more."""


def phrases(query: str) -> list[str]:
    """The words of a query, those in quotation marks together."""
    found = re.findall(r'"([^"]*)"|(\S+)', query)
    return [phrase.strip('"') for pair in found for phrase in pair if re.search(r"\w", phrase)]


Position = tuple[str, str, str]
"""Where an incident stands in the order of a list: its latest day, when it was first told, its id."""


def position_of(brief: Summary) -> Position:
    """Where an incident stands in the order of a list."""
    return brief.latest, brief.first_told, brief.id


def found(
    connection: Connection, wanted: Wanted, limit: int | None = None, after: Position | None = None
) -> list[Summary]:
    """The incidents that are wanted, the latest first, from behind a position on; their facets left out."""
    asked = [_with(connection, term) for term in terms(wanted, knowing(connection))]
    query = select(schema.incidents).where(*_but_for_values(connection, wanted))
    fewest = min((each.incidents for each in asked), default=0)
    if limit is not None and fewest > OFTEN:
        near = latest(select(schema.incidents), _enough(connection, limit, fewest), after).subquery()
        having_all = latest(query.where(*(each.condition() for each in asked)), limit)
        told = _listed(connection, ClauseAdapter(near).traverse(having_all))
        if len(told) == limit:
            return told
    query = query.where(*(each.condition(gathered=True) for each in asked))
    return _listed(connection, latest(query, limit, after))


OFTEN = 5_000
"""Incidents with a value up to which they are looked up by it. What more have is looked for among the latest
ones first: a list need not sort all of them. PostgreSQL cannot tell which is better, as each name is rare."""
MOST_LOOKED_THROUGH = 20_000
"""How many of the latest these are at most: beyond, looking up is no slower."""
MANY = 100_000
"""Incidents with a value up to which PostgreSQL has their numbers first. Else it may go through all incidents
from the latest on, as if they came evenly, to the end for a name that was in the news years ago."""


def _enough(connection: Connection, limit: int, incidents: int) -> int:
    """Among how many of the latest so many stand that have what ``incidents`` have, if it comes evenly."""
    greatest = connection.execute(select(func.max(schema.incidents.c.incident))).scalar_one()
    return int(min(limit * greatest // incidents, MOST_LOOKED_THROUGH))


def _listed(connection: Connection, query: Select[Any]) -> list[Summary]:
    return [summary_of(row) for row in connection.execute(query)]


def latest(query: Select[Any], limit: int | None = None, after: Position | None = None) -> Select[Any]:
    """A query for incidents in the order of lists, the latest first, from behind a position on."""
    if after is not None:
        query = query.where(tuple_(*POSITION) < tuple_(*after))
    return query.order_by(*(column.desc() for column in POSITION)).limit(limit)


POSITION = (schema.incidents.c.latest, schema.incidents.c.first_told, schema.incidents.c.id)
"""The columns of a position."""


def in_brief(connection: Connection, identities: Sequence[str]) -> list[Summary]:
    """Those incidents of now that have some ids, in no order; their facets left out."""
    return [
        summary_of(row)
        for some in chunks(identities)
        for row in connection.execute(_IN_BRIEF, {"some": some}).all()
    ]


_IN_BRIEF = select(schema.incidents).where(schema.incidents.c.id.in_(SOME))


def conditions(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What holds of the incidents that are wanted."""
    asked = terms(wanted, knowing(connection))
    return [*_but_for_values(connection, wanted), *(_with(connection, term).condition() for term in asked)]


def _but_for_values(connection: Connection, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What holds of them besides the values that they have."""
    asked = [*_days(wanted), *_within(wanted)]
    if wanted.query is not None:
        asked.append(schema.incidents.c.incident.in_(_searched(connection, wanted.query)))
    return asked


def knowing(connection: Connection) -> Callable[[str, str], bool]:
    """Whether any incident has a value of a kind."""
    columns = schema.facet_values.c

    def known(kind: str, value: str) -> bool:
        there = select(columns.kind).where(columns.kind == kind, columns.value == value)
        return connection.execute(there).first() is not None

    return known


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


class _Having(NamedTuple):
    """The incidents that have a value, by number or by a query for these, and how many there are.

    ``few`` when these are all there are, and no more than ``MANY``.
    """

    those: list[int] | Select[int]
    incidents: int
    few: bool = True

    def condition(self, *, gathered: bool = False) -> ColumnElement[bool]:
        """What holds of them; ``gathered`` when PostgreSQL is to have all their numbers first."""
        if gathered and self.few and isinstance(self.those, Select):
            all_of_them = self.those.cte().prefix_with("MATERIALIZED", dialect="postgresql")
            return schema.incidents.c.incident.in_(select(all_of_them.c.incident))
        return schema.incidents.c.incident.in_(self.those)


def _with(connection: Connection, term: Term) -> _Having:
    """Looked up beforehand where they are few enough: see ``OFTEN``."""
    values = schema.facet_values.c
    those = values.kind.in_(term.kinds), values.value == term.value if term.exact else _is_named(term)
    rows = connection.execute(select(values.value, values.incidents).where(*those).limit(AT_MOST + 1)).all()
    names, incidents = sorted({row.value for row in rows}), sum(row.incidents for row in rows)
    if len(rows) > AT_MOST:
        return _Having(having(term), incidents, few=False)
    query = having(term) if term.exact else having_one_of(term.kinds, names)
    if incidents <= OFTEN:
        return _Having(sorted(set(connection.scalars(query))), incidents)
    return _Having(query, incidents, few=incidents <= MANY)


def having(term: Term) -> Select[int]:
    """The numbers of the incidents that have a value."""
    columns = schema.facets.c
    values = schema.facet_values.c
    named = select(values.value).where(values.kind.in_(term.kinds), _is_named(term))
    value = columns.value == term.value if term.exact else columns.value.in_(named)
    return select(columns.incident).where(columns.kind.in_(term.kinds), value)


def having_one_of(kinds: Sequence[str], names: Sequence[str]) -> Select[int]:
    """The numbers of the incidents that have one of some values."""
    columns = schema.facets.c
    return select(columns.incident).where(columns.kind.in_(kinds), columns.value.in_(names))


def _is_named(term: Term) -> ColumnElement[bool]:
    """What holds of a name that has some words."""
    value = schema.facet_values.c.value
    begins = (value.contains(f"{before}{term.value}", autoescape=True) for before in BEFORE)
    named = or_(value.startswith(term.value, autoescape=True), *begins)
    # Most names have not even the letters: one comparison for these instead of five.
    return value.contains(term.value, autoescape=True) & named


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
    speakers = tuple(json.loads(row.speakers))
    tolls: dict[str, Any] = {
        role: tuple(getattr(row, f"{role}_{bound}") for bound in ("low", "best", "high"))
        for role in ("killed", "injured")
    }
    return Summary(
        **{name: getattr(row, name) for name in (*plain, *more)}, **tolls, speakers=speakers, facets={}
    )


def among(
    incidents: Iterable[Incident], wanted: Wanted, limit: int | None = None, after: Position | None = None
) -> list[Summary]:
    """As ``found``, among incidents at hand, such as those of a past day."""
    told = [(incident, summary(incident)) for incident in incidents]
    values = {pair for _, brief in told for pair in brief.facets}
    asked = terms(wanted, lambda *pair: pair in values)
    matching = [brief for incident, brief in told if _matches(incident, brief, wanted, asked)]
    matching.sort(key=position_of, reverse=True)
    if after is not None:
        matching = [brief for brief in matching if position_of(brief) < after]
    return matching[:limit]


def _matches(incident: Incident, brief: Summary, wanted: Wanted, asked: Iterable[Term]) -> bool:
    told = brief.first_day is not None or brief.last_day is not None
    since, until = wanted.since or "", wanted.until or LAST
    last = brief.last_day or LAST if told else brief.last_told
    first = brief.first_day or "" if told else brief.first_told[: len(until)]
    if last < since or (wanted.until is not None and first > until):
        return False
    if wanted.box is not None and not _in_box(brief, wanted.box):
        return False
    if not all(has(brief, term) for term in asked):
        return False
    return wanted.query is None or any(_has_words(search_words(c), wanted.query) for c in incident.claims)


def has(brief: Summary, term: Term) -> bool:
    """Whether an incident has a value."""
    values = (value for kind, value in brief.facets if kind in term.kinds)
    return any(value == term.value if term.exact else has_words(value, term.value) for value in values)


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
