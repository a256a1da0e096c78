"""The incidents of now, kept in tables: computed anew only for what an entry touches.

Claims that any "same" has ever tied together are one component, whoever told them apart since. What a
component falls into depends on its own claims and decisions alone, so that after an entry the components
it touches are taken from the log, arranged by the pure function of ``incidents.py``, and written back.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from dateline.record import answers, schema
from dateline.record.appending import clean, next_number, put
from dateline.record.decisions import implied, standing
from dateline.record.holdings import Holdings, revised, successors
from dateline.record.incidents import ABOUT_ARTICLES, Arrangement, arranged, assembled
from dateline.record.loading import SOME, Shelf, chunks
from dateline.record.origins import roots
from dateline.record.partition import Groups
from dateline.record.summary import Summary, summary
from dateline.types import Actor, Citation, Claim, Decision, Incident, Place

COPIES = ("copy", "not-copy")


def touch(
    connection: Connection,
    shelf: Shelf,
    entry: int,
    *,
    added: Mapping[int, Claim] = MappingProxyType({}),
    live: bool = True,
    gone: Sequence[int] = (),
    decisions: Sequence[Decision] = (),
) -> None:
    """Bring the tables up to date after an entry.

    ``added`` are the claims of a new reading by their numbers, ``live`` is whether they are of now;
    ``gone`` are the numbers of those that no longer are, ``decisions`` all that were appended.
    """
    touched = joined(connection, shelf, added=added, live=live, gone=gone, decisions=decisions)
    refresh(connection, shelf, entry, touched)


def joined(
    connection: Connection,
    shelf: Shelf,
    *,
    added: Mapping[int, Claim] = MappingProxyType({}),
    live: bool = True,
    gone: Sequence[int] = (),
    decisions: Sequence[Decision] = (),
) -> set[int]:
    """Bring the components up to date, and give those whose incidents are to be computed anew."""
    for some in chunks(gone):
        rows = schema.membership.c.claim.in_(some)
        connection.execute(update(schema.membership).where(rows).values(live=False))
    new = [{"claim": n, "component": n, "incident": None, "live": live} for n in added]
    put(connection, schema.membership, new)
    index(connection, added)
    answers.keep(connection, added)
    ties = _ties(connection, shelf, added, decisions)
    ends = rows_of(connection, ends_of(connection, decisions))
    ends |= rows_of_articles(connection, recopied(connection, shelf, decisions))
    return merge(connection, ties, {*added, *gone, *ends})


def ends_of(connection: Connection, decisions: Iterable[Decision]) -> set[str]:
    """What some appended decisions are about, with what those are about that they supersede."""
    decisions = list(decisions)
    found = {end for decision in decisions for end in (*decision.subject, *decision.object)}
    for some in chunks(decision.id for decision in decisions if decision.supersedes):
        found |= set(connection.execute(_TARGETS, {"some": some}).scalars())
    return found


_TARGETS = (
    select(schema.decision_ends.c.target)
    .join(schema.decisions, schema.decisions.c.decision == schema.decision_ends.c.decision)
    .where(schema.decisions.c.id.in_(SOME))
)


def _ties(
    connection: Connection, shelf: Shelf, added: Mapping[int, Claim], decisions: Iterable[Decision]
) -> list[set[int]]:
    """Sets of claims' numbers that may come to be one incident."""
    numbers = {claim.id: number for number, claim in added.items()}
    implied_ties = (each for each in implied(added.values()) if each.kind == "same")
    ties = [{numbers[each.subject[0]], numbers[each.object[0]]} for each in implied_ties]
    same = [(*d.subject, *d.object) for d in decisions if d.kind == "same"]
    rows = rows_by_id(connection, {end for ends in same for end in ends})
    ties += [{number for end in ends for number in rows.get(end, ())} for ends in same]
    if added:
        ties += _succession(connection, shelf, next(iter(added.values())).citation.address)
    return ties


def _succession(connection: Connection, shelf: Shelf, address: str) -> list[set[int]]:
    """The former claims at an address, each with the one of now that it became."""
    rows = _rows_at(connection, address)
    if all(rows.values()):
        return []
    known = shelf.claims(connection, rows)
    live = {known[number].id: number for number, is_live in rows.items() if is_live and number in known}
    former = {number: claim for number, claim in known.items() if not rows[number]}
    now = [known[number] for number in live.values()]
    became = revised(former.values(), now) | successors(former.values(), now)
    became |= {identity: identity for identity in live}
    return [{n, live[became[claim.id]]} for n, claim in former.items() if claim.id in became]


def rows_of(connection: Connection, ids: Iterable[str]) -> set[int]:
    """The numbers of claims: of each reading that has them."""
    return {number for numbers in rows_by_id(connection, ids).values() for number in numbers}


def rows_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of claims by their ids."""
    found: dict[str, list[int]] = defaultdict(list)
    for some in chunks(dict.fromkeys(ids)):
        for row in connection.execute(_NUMBERS, {"some": some}).all():
            found[row.id].append(row.claim)
    return found


_NUMBERS = select(schema.claims.c.id, schema.claims.c.claim).where(schema.claims.c.id.in_(SOME))


def _rows_at(connection: Connection, address: str) -> dict[int, bool]:
    """The claims of all that was ever read at an address, and whether they are of now."""
    return {row.claim: row.live for row in connection.execute(_AT, {"at": clean(address)}).all()}


_AT = (
    select(schema.membership.c.claim, schema.membership.c.live)
    .join(schema.claims, schema.claims.c.claim == schema.membership.c.claim)
    .join(schema.readings)
    .join(schema.articles)
    .where(schema.articles.c.address == bindparam("at"))
)


def rows_of_articles(connection: Connection, articles: Iterable[str]) -> set[int]:
    """The numbers of the claims of now of some articles."""
    found: set[int] = set()
    for some in chunks(articles):
        found |= set(connection.execute(_OF_ARTICLES, {"some": some}).scalars())
    return found


_OF_ARTICLES = (
    select(schema.membership.c.claim)
    .join(schema.claims, schema.claims.c.claim == schema.membership.c.claim)
    .join(schema.readings)
    .join(schema.articles)
    .where(schema.membership.c.live, schema.articles.c.id.in_(SOME))
)


def merge(connection: Connection, ties: Iterable[set[int]], touched: Iterable[int]) -> set[int]:
    """Make one component of those that are tied; the components of what is touched."""
    ties = list(ties)
    numbers = {number for tie in ties for number in tie} | set(touched)
    component = components(connection, numbers)
    groups = Groups(map(str, set(component.values())))
    for tie in ties:
        first, *others = (str(component[number]) for number in tie if number in component)
        for other in others:
            groups.join(first, other)
    joined: dict[str, list[int]] = defaultdict(list)
    for number in set(component.values()):
        joined[groups.find(str(number))].append(number)
    moved = [{"of": n, "to": min(each)} for each in joined.values() for n in each if n != min(each)]
    if moved:
        connection.execute(_MOVED, moved)
    return {min(each) for each in joined.values()}


_MOVED = (
    update(schema.membership)
    .where(schema.membership.c.component == bindparam("of"))
    .values(component=bindparam("to"))
)


def components(connection: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """The component of each claim."""
    found = {}
    for some in chunks(numbers):
        rows = connection.execute(_COMPONENTS, {"some": some}).all()
        found.update({row.claim: row.component for row in rows})
    return found


_COMPONENTS = select(schema.membership.c.claim, schema.membership.c.component).where(
    schema.membership.c.claim.in_(SOME)
)


def refresh(connection: Connection, shelf: Shelf, entry: int, components: Iterable[int]) -> None:
    """Compute the incidents of some components and write them."""
    for some in chunks(components):
        rows = _members(connection, some)
        held = _held(connection, shelf, rows)
        arrangement = arranged(held)
        _write(connection, entry, assembled(held, arrangement), arrangement, rows)


def recompute(connection: Connection) -> None:
    """Compute all incidents anew, as after a change of what is kept of them; each keeps its entry."""
    columns = schema.incidents.c
    entries = {row.incident: row.entry for row in connection.execute(select(columns.incident, columns.entry))}
    for table in (schema.facets, schema.facet_values):  # counted from nothing: an older version did not count
        connection.execute(delete(table))
    all_components = connection.execute(select(schema.membership.c.component).distinct()).scalars().all()
    refresh(connection, Shelf(), next_number(connection, schema.log.c.entry) - 1, all_components)
    rows = [{"number": number, "of": entry} for number, entry in entries.items()]
    if rows:
        for table in (schema.incidents, schema.incident_changes):
            change = update(table).where(table.c.incident == bindparam("number"))
            connection.execute(change.values(entry=bindparam("of")), rows)


def holdings(
    connection: Connection, shelf: Shelf, components: Sequence[int]
) -> tuple[Holdings, dict[int, str]]:
    """What the log holds of some components, and the ids of their claims by number."""
    rows = _members(connection, components)
    return _held(connection, shelf, rows), {row.claim: row.id for row in rows}


def _members(connection: Connection, components: Sequence[int]) -> Sequence[Any]:
    """The claims of some components, with the incident that the tables say they are of."""
    return connection.execute(_MEMBERS, {"some": components}).all()


_MEMBERS = (
    select(
        schema.membership.c.claim, schema.membership.c.live, schema.membership.c.incident, schema.claims.c.id
    )
    .join(schema.claims, schema.claims.c.claim == schema.membership.c.claim)
    .where(schema.membership.c.component.in_(SOME))
    .order_by(schema.membership.c.claim)
)


def _held(connection: Connection, shelf: Shelf, rows: Sequence[Any]) -> Holdings:
    known = shelf.claims(connection, (row.claim for row in rows))
    live = [known[row.claim] for row in rows if row.live and row.claim in known]
    now = {claim.id for claim in live}
    former = {row.id: known[row.claim] for row in rows if row.claim in known and row.id not in now}
    erased = [row.id for row in rows if row.claim not in known]
    ids = dict.fromkeys(row.id for row in rows)
    copies, citations = copy_group(connection, shelf, {claim.citation.article for claim in live})
    about = [d for d in shelf.decisions_about(connection, ids) if d.kind not in ABOUT_ARTICLES]
    decisions = tuple(standing([*about, *copies]))
    return Holdings(citations, tuple(live), tuple(former.values()), tuple(erased), decisions)


def copy_group(
    connection: Connection, shelf: Shelf, articles: Iterable[str]
) -> tuple[list[Decision], dict[str, Citation]]:
    """What is decided about copies among some articles and all that they are tied to, and their citations."""
    found: dict[str, Decision] = {}
    met: set[str] = set()
    new = set(articles)
    while new:
        met |= new
        about = shelf.decisions_about(connection, new, COPIES)
        found |= {decision.id: decision for decision in about if decision.id not in found}
        new = {end for d in about for end in (*d.subject, *d.object) if end.startswith("a")} - met
    return list(found.values()), cited(connection, shelf, met)


def cited(connection: Connection, shelf: Shelf, articles: Iterable[str]) -> dict[str, Citation]:
    """The latest citations of articles by their ids."""
    found: dict[str, Citation] = {}
    for some in chunks(sorted(articles)):
        latest = {row.id: row.reading for row in connection.execute(_LATEST, {"some": some}).all()}
        known = shelf.readings(connection, latest.values())
        found |= {article: known[reading][1] for article, reading in latest.items()}
    return found


_LATEST = (
    select(schema.articles.c.id, schema.readings.c.reading)
    .join(schema.readings)
    .where(schema.articles.c.id.in_(SOME))
    .order_by(schema.readings.c.reading)
)


def recopied(connection: Connection, shelf: Shelf, decisions: Sequence[Decision]) -> set[str]:
    """The articles whose origin some new decisions change."""
    ends = {end for end in ends_of(connection, decisions) if end.startswith("a")}
    if not ends:
        return set()
    new = {decision.id for decision in decisions}
    copies, citations = copy_group(connection, shelf, ends)
    before = roots(citations, standing([decision for decision in copies if decision.id not in new]))
    after = roots(citations, standing(copies))
    return {article for article in citations if before[article] != after[article]}


def _write(
    connection: Connection,
    entry: int,
    found: Sequence[Incident],
    arrangement: Arrangement,
    rows: Sequence[Any],
) -> None:
    """Have the tables say what is found of the claims of some rows; what they say already stays."""
    latest = {row.id: row.claim for row in rows}
    placed = {**arrangement.went, **arrangement.groups}
    to = {row.claim: latest[placed[row.id]] if row.id in placed else None for row in rows}
    moved = [{"number": row.claim, "to": to[row.claim]} for row in rows if row.incident != to[row.claim]]
    if moved:
        connection.execute(_PLACED, moved)
    summaries = {latest["c" + incident.id[1:]]: summary(incident) for incident in found}
    before = {row.incident for row in rows if row.incident is not None}
    gone = before - summaries.keys()
    for some in chunks(gone):
        connection.execute(delete(schema.incidents).where(schema.incidents.c.incident.in_(some)))
    _put_over(connection, schema.incidents, [_row(n, entry, told) for n, told in summaries.items()])
    _put_facets(connection, before, summaries)
    changes = [{"incident": number, "entry": entry} for number in sorted(before | summaries.keys())]
    _put_over(connection, schema.incident_changes, changes)


_PLACED = (
    update(schema.membership)
    .where(schema.membership.c.claim == bindparam("number"))
    .values(incident=bindparam("to"))
)


def _put_facets(connection: Connection, before: Iterable[int], summaries: Mapping[int, Summary]) -> None:
    """Give incidents their values, count these up and down, and label those that had no label."""
    there: set[Facet] = set()
    for some in chunks(before):
        there |= {(*row,) for row in connection.execute(_FACETS, {"some": some})}
    labels = {
        (kind, clean(value) or "", number): clean(label)
        for number, told in summaries.items()
        for (kind, value), label in told.facets.items()
    }
    gone, new = sorted(there - labels.keys()), sorted(labels.keys() - there)
    if gone:
        connection.execute(_NO_FACET, [dict(zip("kvn", facet, strict=True)) for facet in gone])
    put(connection, schema.facets, [dict(zip(FACET, facet, strict=True)) for facet in new])
    shown: dict[tuple[str, str], str] = {}
    for (kind, value, _), label in labels.items():
        if label:
            shown.setdefault((kind, value), label)
    _count(connection, gone, new, shown)


Facet = tuple[str, str, int]
FACET = ("kind", "value", "incident")
_FACETS = select(*(schema.facets.c[name] for name in FACET)).where(schema.facets.c.incident.in_(SOME))
_NO_FACET = delete(schema.facets).where(
    schema.facets.c.kind == bindparam("k"),
    schema.facets.c.value == bindparam("v"),
    schema.facets.c.incident == bindparam("n"),
)


def _count(
    connection: Connection,
    gone: Iterable[Facet],
    new: Iterable[Facet],
    labels: Mapping[tuple[str, str], str],
) -> None:
    """Count values up and down; a value that no incident has any more is forgotten."""
    more = Counter((kind, value) for kind, value, _ in new)
    more.subtract((kind, value) for kind, value, _ in gone)
    less = [{"k": kind, "v": value, "by": by} for (kind, value), by in more.items() if by < 0]
    if less:
        connection.execute(_COUNTED, less)
        # Looked up one by one: there are as many values as the record is large.
        connection.execute(_NO_VALUE, less)
    rows = [
        {"kind": kind, "value": value, "incidents": by, "label": labels.get((kind, value))}
        for (kind, value), by in more.items()
        if by > 0
    ]
    if rows:
        connection.execute(_counting(connection.dialect.name), rows)
    unlabelled = [
        {"k": kind, "v": value, "as": label}
        for (kind, value), label in labels.items()
        if more[kind, value] <= 0
    ]
    if unlabelled:
        connection.execute(_LABELLED, unlabelled)


_VALUES = schema.facet_values.c
_THIS = (_VALUES.kind == bindparam("k")) & (_VALUES.value == bindparam("v"))
_COUNTED = update(schema.facet_values).where(_THIS).values(incidents=_VALUES.incidents + bindparam("by"))
_NO_VALUE = delete(schema.facet_values).where(_THIS, _VALUES.incidents <= 0)
_LABELLED = update(schema.facet_values).where(_THIS, _VALUES.label.is_(None)).values(label=bindparam("as"))


@cache
def _counting(dialect: str) -> Any:
    upsert = _INSERTS[dialect](schema.facet_values)
    given = upsert.excluded
    both = {
        "incidents": _VALUES.incidents + given.incidents,
        "label": func.coalesce(_VALUES.label, given.label),
    }
    return upsert.on_conflict_do_update(index_elements=["kind", "value"], set_=both)


_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def _put_over(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows in the place of those of the same number."""
    if rows:
        connection.execute(_over(connection.dialect.name, table), rows)


@cache
def _over(dialect: str, table: Table) -> Any:
    upsert = _INSERTS[dialect](table)
    (number,) = table.primary_key
    others = {column.name: upsert.excluded[column.name] for column in table.c if column is not number}
    return upsert.on_conflict_do_update(index_elements=[number], set_=others)


def _row(number: int, entry: int, told: Summary) -> dict[str, Any]:
    plain = {name: getattr(told, name) for name in SUMMARISED}
    for role in ("killed", "injured"):
        bounds = (f"{role}_{name}" for name in ("low", "best", "high"))
        plain |= dict(zip(bounds, getattr(told, role), strict=True))
    words = {name: clean(getattr(told, name)) for name in ("place", "headline")}
    speakers = json.dumps([clean(name) for name in told.speakers])
    return plain | words | {"speakers": speakers, "incident": number, "entry": entry}


SUMMARISED = (
    "id",
    "claims",
    "articles",
    "origins",
    "first_day",
    "last_day",
    "first_told",
    "last_told",
    "lat",
    "lon",
    "radius_km",
    "disputed",
    "kind",
    "latest",
)
"""What a row of an incident has as its summary has it."""


def search_words(claim: Claim) -> str:
    """What a claim is found by in full text: its sentence and the names of its places and parties."""
    names = [
        filler.resolved.name
        for role in ("actor", "recipient", "place")
        for filler in getattr(claim.event, role)
        if isinstance(filler.resolved, Actor | Place)
    ]
    return " ".join(filter(None, map(clean, (claim.sentence.text, claim.citation.title, *names))))


def index(connection: Connection, claims: Mapping[int, Claim]) -> None:
    """Make claims found by full text."""
    if claims:
        rows = [{"number": number, "words": search_words(claim)} for number, claim in claims.items()]
        connection.execute(_INDEXED[connection.dialect.name], rows)


_INDEXED = {
    "sqlite": text("INSERT INTO claim_search (rowid, words) VALUES (:number, :words)"),
    "postgresql": text(
        "INSERT INTO claim_search (claim, words) VALUES (:number, to_tsvector('simple', :words))"
    ),
}


def unindex(connection: Connection, number: int, claim: Claim) -> None:
    """Make a claim found by full text no more; its words must be those with which it was indexed."""
    take_words = (
        "INSERT INTO claim_search (claim_search, rowid, words) VALUES ('delete', :number, :words)"
        if connection.dialect.name == "sqlite"
        else "DELETE FROM claim_search WHERE claim = :number"
    )
    words = {"words": search_words(claim)} if connection.dialect.name == "sqlite" else {}
    connection.execute(text(take_words), {"number": number, **words})


def head(connection: Connection, address: str) -> Any:
    """The latest text and reading at an address, null when there is none."""
    return connection.execute(_HEAD, {"at": clean(address)}).one_or_none()


def set_head(connection: Connection, address: str, article: int, reading: int) -> None:
    """Say which are the latest text and reading at an address."""
    connection.execute(_NO_HEAD, {"at": clean(address)})
    put(connection, schema.heads, [{"address": clean(address), "article": article, "reading": reading}])


_HEAD = select(schema.heads).where(schema.heads.c.address == bindparam("at"))
_NO_HEAD = delete(schema.heads).where(schema.heads.c.address == bindparam("at"))
