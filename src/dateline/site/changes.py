"""What of a view has changed, the latest change first: for feeds and for those who subscribe.

An incident's id is that of its smallest claim and changes when a smaller one is added; here it also goes by
the claim that was recorded first, which stays. It has changed when a reading of one of its articles was added
or somebody decided about it; the tables say "touched" of its neighbours besides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from dateline.record import schema
from dateline.record.loading import SOME, chunks
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
    found: dict[int, tuple[str, int]] = {}
    for some in chunks(row.incident for row in rows):
        firsts = {claim: number for number, claim in connection.execute(_FIRSTS, {"some": some}).all()}
        for row in connection.execute(_BEGAN, {"some": list(firsts)}).all():
            found[firsts[row.claim]] = row.id[1:], row.entry
    return found


def _changed(connection: Connection, rows: Iterable[Any]) -> dict[int, int]:
    """For each incident, by its number, the last entry that has a reading of it or a decision about it."""
    found: dict[int, int] = {}
    for some in chunks(row.incident for row in rows):
        for query in _LAST:
            for number, entry in connection.execute(query, {"some": some}).all():
                found[number] = max(entry, found.get(number, 0))
    return found


def _times(connection: Connection, entries: Iterable[int]) -> dict[int, str]:
    """When entries of the log were appended."""
    found: dict[int, str] = {}
    for some in chunks(entries):
        found |= {row.entry: row.recorded for row in connection.execute(_TIMES, {"some": some}).all()}
    return found


_member, _ends = schema.membership.c, schema.decision_ends.c
_TOLD = schema.membership.join(schema.claims, schema.claims.c.claim == _member.claim).join(schema.readings)
_FIRSTS = (
    select(_member.incident, func.min(_member.claim))
    .where(_member.incident.in_(SOME))
    .group_by(_member.incident)
)
_BEGAN = (
    select(schema.claims.c.claim, schema.claims.c.id, schema.readings.c.entry)
    .join(schema.readings)
    .where(schema.claims.c.claim.in_(SOME))
)
_TIMES = select(schema.log.c.entry, schema.log.c.recorded).where(schema.log.c.entry.in_(SOME))


def _last(entry: ColumnElement[int], told: FromClause) -> Select[Any]:
    """For each of some incidents the last entry of what tells of it."""
    query = select(_member.incident, func.max(entry)).select_from(told)
    return query.where(_member.incident.in_(SOME)).group_by(_member.incident)


def _decided(told: FromClause, target: ColumnElement[str]) -> FromClause:
    ends = told.join(schema.decision_ends, _ends.target == target)
    return ends.join(schema.decisions, schema.decisions.c.decision == _ends.decision)


_LAST = (
    _last(schema.readings.c.entry, _TOLD),
    _last(schema.decisions.c.entry, _decided(_TOLD, schema.claims.c.id)),
    _last(schema.decisions.c.entry, _decided(_TOLD.join(schema.articles), schema.articles.c.id)),
)
