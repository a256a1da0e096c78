"""What a person decides, said to the record: a value corrected, incidents merged or split, and all undone.

Whoever decides looked at the record as of some entry of the log. With its number, ``seen``, nothing is
decided over the head of somebody who was quicker: ``Overtaken`` tells what they decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, select

from dateline.errors import RecordError
from dateline.record import schema
from dateline.record.decisions import MACHINES
from dateline.record.loading import chunks, decision_of
from dateline.record.rewording import value_of
from dateline.types import Claim, Decision, Incident, Range

if TYPE_CHECKING:
    from dateline.record.record import Record


class Overtaken(RecordError):
    """Others have decided about the same since; ``decisions`` is what."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        names = ", ".join(sorted({decision.by for decision in decisions}))
        super().__init__(f"{names} decided about this meanwhile; look at it and decide once more")
        self.decisions = tuple(decisions)


def last_entry(connection: Connection) -> int:
    """The number of the last entry of the log, 0 for an empty one."""
    found: int | None = connection.execute(_LAST_ENTRY).scalar()
    return found or 0


_LAST_ENTRY = select(func.max(schema.log.c.entry))


def decided_since(connection: Connection, ends: Iterable[str], entry: int) -> list[Decision]:
    """What people decided about claims or articles after an entry of the log, as appended."""
    columns, touching = schema.decisions.c, schema.decision_ends.c
    query: Any = (
        select(schema.decisions, schema.decision_words.c.reason, schema.decision_words.c.value)
        .join(schema.decision_ends, touching.decision == columns.decision)
        .outerjoin(schema.decision_words, schema.decision_words.c.decision == columns.decision)
        .where(columns.entry > entry, columns.by.not_in(MACHINES))
    )
    found = {}
    for some in chunks(ends):
        rows = connection.execute(query.where(touching.target.in_(some)))
        found.update({row.decision: decision_of(row) for row in rows})
    return [found[number] for number in sorted(found)]


def correct(
    record: Record,
    identity: str,
    field: str,
    written: str,
    words: str | None,
    by: str,
    reason: str,
    *,
    at: Sequence[Range] = (),
    seen: int | None = None,
) -> Claim:
    """Give a field of a claim another value, as ``rewording.value_of`` takes it, and return the claim.

    Raises ``RecordError`` for a claim that has no words, and for a value that cannot be.
    """
    claim = claim_with_words(record, identity)
    reading = record.reading_of(claim.citation.article)
    if reading is None:
        raise RecordError(f"{identity}: its article was redacted and cannot be corrected")
    try:
        new = value_of(reading, claim, field, written, words, by, at)
    except ValueError as error:
        raise RecordError(f"{identity}: {error}") from error
    record.insist(Decision("correction", by, (identity,), (), reason, None, field, new), seen)
    return claim


def claim_with_words(record: Record, identity: str) -> Claim:
    """A claim by its id. Raises ``RecordError`` when there is none, or its words are erased."""
    claim = record.claim(identity) if identity.startswith("c") else None
    if claim is None:
        raise RecordError(f"{identity}: is no claim with words; dateline show lists an incident's claims")
    return claim


def merge(
    record: Record, identities: Iterable[str], by: str, reason: str, seen: int | None = None
) -> Incident:
    """Say that incidents, given by their ids or those of claims, are one, and return that.

    Raises ``RecordError`` when they are one already.
    """
    found = list({each.id: each for each in map(record.incident, identities)}.values())
    if len(found) < 2:
        raise RecordError(f"{found[0].id}: is one incident already; name two")
    first, *others = map(ids_of, found)
    rest = tuple(claim for claims in others for claim in claims)
    record.insist(Decision("same", by, first, rest, reason), seen)
    return record.incident(first[0])


def split(
    record: Record, incident: str, claims: Iterable[str], by: str, reason: str, seen: int | None = None
) -> list[str]:
    """Say that some claims of an incident are about another, and return the ids of what it now is.

    Raises ``RecordError`` unless they are some of its claims and not all.
    """
    whole = record.incident(incident)
    apart = tuple(dict.fromkeys(map(record.full_id, claims)))
    rest = tuple(claim for claim in ids_of(whole) if claim not in apart)
    if not apart or not rest or set(apart) - set(ids_of(whole)):
        raise RecordError(f"{whole.id}: name some of its claims, not all; dateline show lists them")
    record.insist(Decision("different", by, apart, rest, reason), seen)
    return sorted({record.incident(claim).id for claim in (*apart, *rest)})


def answer(
    record: Record, answering: str, answered: str, by: str, reason: str, *, no: bool = False
) -> tuple[Incident, Incident]:
    """Say that an incident is in answer to another, or is not, and return both.

    Raises ``RecordError`` when they are one incident.
    """
    one, other = record.incident(answering), record.incident(answered)
    if one.id == other.id:
        raise RecordError(f"{one.id}: is one incident, which does not answer itself; name two")
    kind: Any = "not-answers" if no else "answers"
    record.insist(Decision(kind, by, ids_of(one), ids_of(other), reason))
    return one, other


def judge(
    record: Record, kind: Any, one: str, other: str, by: str, reason: str, seen: int | None = None
) -> None:
    """Say of two claims that they are the "same", "different", or that one is "unsure"."""
    record.insist(Decision(kind, by, (one,), (other,), reason), seen)


def ids_of(incident: Incident) -> tuple[str, ...]:
    """The ids of an incident's claims."""
    return tuple(claim.id for claim in incident.claims)


def undo(record: Record, decision: str, by: str, reason: str) -> str:
    """Take back what a person, or the linker, decided, and return its id. Both stay in the log.

    Raises ``RecordError`` for what cannot come back.
    """
    identity = record.full_id(decision)
    old = record.decision(identity)
    if old.kind == "redaction":
        raise RecordError(f"{identity}: what was redacted is gone and cannot come back")
    record.decide(Decision("withdrawal", by, old.subject, old.object, reason, supersedes=(identity,)))
    return identity
