"""What of a view has changed, the latest change first: for feeds and for those who subscribe.

An incident's id is that of its smallest claim and changes when a smaller one is added; here it also goes by
the claim that was recorded first, which stays. It has changed when a reading of one of its articles was added
or somebody decided about it; the tables say "touched" of its neighbours besides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from dateline.record import schema
from dateline.record.loading import chunks
from dateline.record.search import Wanted, conditions, summary_of
from dateline.record.summary import Summary


@dataclass(frozen=True, slots=True)
class Change:
    """An incident with the entries of the log by which it began and last changed, and their times.

    ``first`` are the digits of the id of the claim that was recorded first.
    """

    brief: Summary
    first: str
    began: int
    changed: int
    began_at: str
    changed_at: str


def changes(
    connection: Connection,
    wanted: Wanted,
    *,
    limit: int | None = None,
    since: int = 0,
    ids: Collection[str] | None = None,
) -> list[Change]:
    """The incidents that are wanted and have changed after an entry of the log; ``ids`` picks some."""
    table = schema.incidents
    query: Select[Any] = select(table).where(*conditions(connection, wanted), table.c.entry > since)
    if ids is not None:
        query = query.where(table.c.id.in_(list(ids)))
    rows = connection.execute(query.order_by(table.c.entry.desc(), table.c.id).limit(limit)).all()
    began, changed = _began(connection, rows), _changed(connection, rows)
    times = _times(connection, {*changed.values(), *(entry for _, entry in began.values())})
    told = (
        Change(
            summary_of(row),
            began[row.incident][0],
            began[row.incident][1],
            changed[row.incident],
            times[began[row.incident][1]],
            times[changed[row.incident]],
        )
        for row in rows
        if changed[row.incident] > since
    )
    return sorted(told, key=lambda each: (-each.changed, each.brief.id))


def _began(connection: Connection, rows: Iterable[Any]) -> dict[int, tuple[str, int]]:
    """For each incident, by its number, the digits of the claim recorded first, and the entry that has it."""
    member, claims, readings = schema.membership.c, schema.claims.c, schema.readings.c
    found: dict[int, tuple[str, int]] = {}
    for some in chunks(row.incident for row in rows):
        query = select(member.incident, func.min(member.claim)).where(member.incident.in_(some))
        firsts = {claim: number for number, claim in connection.execute(query.group_by(member.incident))}
        query = select(claims.claim, claims.id, readings.entry).join(schema.readings)
        for row in connection.execute(query.where(claims.claim.in_(list(firsts)))):
            found[firsts[row.claim]] = row.id[1:], row.entry
    return found


def _changed(connection: Connection, rows: Iterable[Any]) -> dict[int, int]:
    """For each incident, by its number, the last entry that has a reading of it or a decision about it."""
    member = schema.membership.c
    told = schema.membership.join(schema.claims, schema.claims.c.claim == member.claim).join(schema.readings)
    decided = (schema.decision_ends, schema.decisions)
    queries: list[Select[Any]] = [
        select(member.incident, func.max(schema.readings.c.entry)).select_from(told)
    ]
    for joined, target in (
        (told, schema.claims.c.id),
        (told.join(schema.articles), schema.articles.c.id),
    ):
        ends = joined.join(decided[0], decided[0].c.target == target)
        ends = ends.join(decided[1], decided[1].c.decision == decided[0].c.decision)
        queries.append(select(member.incident, func.max(decided[1].c.entry)).select_from(ends))
    found: dict[int, int] = {}
    for some in chunks(row.incident for row in rows):
        for query in queries:
            asked = query.where(member.incident.in_(some)).group_by(member.incident)
            for number, entry in connection.execute(asked):
                found[number] = max(entry, found.get(number, 0))
    return found


def _times(connection: Connection, entries: Iterable[int]) -> dict[int, str]:
    """When entries of the log were appended."""
    columns = schema.log.c
    found: dict[int, str] = {}
    for some in chunks(entries):
        query = select(columns.entry, columns.recorded).where(columns.entry.in_(some))
        found |= {row.entry: row.recorded for row in connection.execute(query)}
    return found
