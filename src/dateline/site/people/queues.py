"""What waits for an analyst.

Links of which the linker is unsure, events of which the reader is, and decisions whose claims are gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from dateline.record import schema
from dateline.record.corrections import corrected
from dateline.record.decisions import LINKER, asks_same, rank, standing
from dateline.record.loading import Shelf, decision_of
from dateline.record.lookup import live_by_id
from dateline.record.stranded import Stranded, stranded
from dateline.site.people.marking import values
from dateline.types import Claim, Decision

LOOKED_AT = 400
"""Rows that are looked at for one page of a queue."""
AT_ONCE = 50
"""Decisions whose claims are gone that are shown at once."""
UNSURE_BELOW = 0.6
PERSON = 2


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two claims of which the linker cannot tell whether they are about the same, and why."""

    decision: Decision
    one: Claim
    other: Claim


@dataclass(frozen=True, slots=True)
class Left:
    """A decision whose claims are gone; ``value`` is what it gave a field, as a person would write it."""

    stranded: Stranded
    value: str


def unsure_links(
    connection: Connection, shelf: Shelf, below: int | None = None
) -> tuple[list[Doubt], int | None]:
    """The latest doubts of the linker that nobody has settled, of decisions numbered below a number.

    With the number from which to go on, null at the end.
    """
    columns = schema.decisions.c
    query = select(columns.decision, columns.subject, columns.object).where(
        columns.kind == "unsure", columns.by == LINKER
    )
    if below is not None:
        query = query.where(columns.decision < below)
    rows = connection.execute(query.order_by(columns.decision.desc()).limit(LOOKED_AT)).all()
    asked = _decisions(connection, [row.decision for row in rows])
    ends = {end for decision in asked for end in (*decision.subject, *decision.object)}
    numbers = live_by_id(connection, ends)
    incidents = _incidents(connection, numbers.values())
    claims = shelf.claims(connection, numbers.values())
    open_ = standing(shelf.decisions_about(connection, ends))
    doubts = []
    for decision in asked:
        sides = [numbers.get(decision.subject[0]), numbers.get(decision.object[0])]
        if None in sides or incidents.get(sides[0]) == incidents.get(sides[1]):
            continue
        if decision in open_ and not any(rank(d.by) == PERSON and asks_same(d, decision) for d in open_):
            doubts.append(Doubt(decision, claims[sides[0]], claims[sides[1]]))  # type: ignore[index]
    return doubts, rows[-1].decision if len(rows) == LOOKED_AT else None


def _decisions(connection: Connection, numbers: list[int]) -> list[Decision]:
    words = schema.decision_words.c
    query: Any = (
        select(schema.decisions, words.reason, words.value)
        .outerjoin(schema.decision_words)
        .where(schema.decisions.c.decision.in_(numbers))
        .order_by(schema.decisions.c.decision.desc())
    )
    return [decision_of(row) for row in connection.execute(query)]


def _incidents(connection: Connection, numbers: Iterable[int]) -> dict[int | None, int | None]:
    member = schema.membership.c
    query = select(member.claim, member.incident).where(member.claim.in_(list(numbers)))
    return {row.claim: row.incident for row in connection.execute(query)}


def doubtful_events(
    connection: Connection, shelf: Shelf, below: int | None = None
) -> tuple[list[Claim], int | None]:
    """Of the latest claims numbered below a number, those of which the reader is least sure, these first.

    What a person has corrected or confirmed is left out. With the number from which to go on, as above.
    """
    member = schema.membership.c
    query = select(member.claim).where(member.live)
    if below is not None:
        query = query.where(member.claim < below)
    numbers = list(connection.execute(query.order_by(member.claim.desc()).limit(LOOKED_AT)).scalars())
    claims = [
        claim for claim in shelf.claims(connection, numbers).values() if claim.event.confidence < UNSURE_BELOW
    ]
    about = shelf.decisions_about(connection, [claim.id for claim in claims], ["correction"])
    settled = {end for decision in standing(about) for end in decision.subject}
    found = [claim for claim in claims if claim.id not in settled]
    found.sort(key=lambda claim: (claim.event.confidence, claim.id))
    return found, numbers[-1] if len(numbers) == LOOKED_AT else None


def without_claims(
    connection: Connection, shelf: Shelf, below: int | None = None
) -> tuple[list[Left], int | None]:
    """The latest decisions for whose claims there are none now, of those numbered below a number.

    With the number from which to go on, as above.
    """
    found = stranded(connection, shelf, below)[::-1]
    shown = [Left(each, _value(each)) for each in found[:AT_ONCE]]
    return shown, shown[-1].stranded.number if len(found) > AT_ONCE else None


def _value(each: Stranded) -> str:
    """What a correction gave a field; empty for other decisions, and where the words are erased."""
    decision = each.decision
    former = next((gone.claim for gone in each.gone if gone.claim), None)
    if decision.field is None or decision.value is None or former is None:
        return ""
    return values(corrected(former, [decision]).event)[decision.field]
