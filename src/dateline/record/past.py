"""One incident as it was known at the end of a day, and when what was decided was appended.

What an incident is depends on its component alone, so that of the log only what concerns that is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from dateline.record import schema
from dateline.record.holdings import as_of
from dateline.record.incidents import incidents, redirects
from dateline.record.loading import SOME, Shelf, chunks, entries
from dateline.record.lookup import component_of, full_id
from dateline.types import Claim, Decision, Entry, Incident


def incident_on(connection: Connection, shelf: Shelf, identity: str, day: str) -> Incident | None:
    """An incident as it was known at the end of a day; null when nothing of it was.

    ``identity`` is its id or a former one. Raises ``RecordError`` when there is no such incident.
    """
    full = full_id(connection, identity)
    told = as_of(entries_of(connection, shelf, component_of(connection, full)), day)
    then = incidents(told)
    now = redirects(then).get("i" + full[1:])
    by_id = {each.id: each for each in then}
    return by_id[now] if now else max(then, key=lambda each: len(each.claims), default=None)


def incidents_on(connection: Connection, shelf: Shelf, day: str) -> tuple[Incident, ...]:
    """All incidents as known at the end of a day, computed from the whole log."""
    return incidents(as_of(entries(connection, shelf), day))


def entries_of(connection: Connection, shelf: Shelf, component: int) -> list[Entry]:
    """The part of the log that concerns a component."""
    member = schema.membership.c
    numbers = connection.execute(select(member.claim).where(member.component == component)).scalars().all()
    known = shelf.claims(connection, numbers)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for number in sorted(known):
        claims[known[number].reading].append(known[number])
    articles = {each[0].citation.article for each in claims.values()}
    about = shelf.decisions_about(connection, {c.id for c in known.values()} | articles)
    placed = _placed(connection, claims, about)
    told: dict[int, Entry] = {}
    for reading, each in claims.items():
        number, recorded = placed[reading]
        told[number] = Entry(number, recorded, each[0].citation, reading, None, tuple(each))
    decided: dict[int, list[Decision]] = defaultdict(list)
    times = {}
    for decision in about:
        number, times[number] = placed[decision.id]
        decided[number].append(decision)
    for number, decisions in decided.items():
        entry = told.get(number) or Entry(number, times[number])
        told[number] = replace(entry, decisions=tuple(decisions))
    return [told[number] for number in sorted(told)]


def _placed(
    connection: Connection, readings: Iterable[str], decisions: Iterable[Decision]
) -> dict[str, tuple[int, str]]:
    """The entry of each reading and decision, and when it was appended."""
    found: dict[str, tuple[int, str]] = {}
    for table, ids in (
        (schema.readings, list(readings)),
        (schema.decisions, [decision.id for decision in decisions]),
    ):
        for some in chunks(ids):
            rows = connection.execute(_PLACED[table], {"some": some}).all()
            found |= {row.id: (row.entry, row.recorded) for row in rows}
    return found


_PLACED = {
    table: select(table.c.id, table.c.entry, schema.log.c.recorded)
    .join(schema.log, schema.log.c.entry == table.c.entry)
    .where(table.c.id.in_(SOME))
    for table in (schema.readings, schema.decisions)
}


def recorded(connection: Connection, decisions: Iterable[Decision]) -> dict[str, str]:
    """When each decision was appended, by their ids; ISO 8601 in UTC."""
    return {identity: time for identity, (_, time) in _placed(connection, (), decisions).items()}
