"""People's decisions for whose claims no reading of now has one, and what they may be about instead.

The decisions are those of ``incidents.stranded``, which goes through the whole log; here the tables are
asked, and only for what people decided. One that a person takes anew, about the claims of now nearest to
those that are gone, is superseded by the new decision: ``taken_anew`` tells which.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select

from dateline.record import schema
from dateline.record.decisions import (
    LINKER,
    MACHINES,
    READER,
    Sides,
    either_way,
    followed,
    kinds_asking,
    standing,
)
from dateline.record.holdings import shared_words, successors
from dateline.record.incidents import ABOUT_ARTICLES
from dateline.record.loading import Shelf, chunks
from dateline.record.lookup import live_by_id
from dateline.record.projection import rows_by_id
from dateline.types import Claim, Decision


@dataclass(frozen=True, slots=True)
class Gone:
    """A claim that a decision is about and that there is no more.

    ``claim`` is as it was read last, null once its words are erased; ``placed`` is whether it is still shown
    with an incident. ``near`` are the claims of now at its address, the nearest to its words first.
    """

    id: str
    claim: Claim | None
    placed: bool
    near: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Stranded:
    """A decision that has no claim of now, with its number; ``recorded`` is when, ISO 8601 in UTC.

    ``gone`` are the claims that there are no more, ``kept`` those of now of its other side, if that has some.
    ``anew`` are subject and object in claims of now: what each became, else the nearest to it, if any.
    """

    number: int
    recorded: str
    decision: Decision
    gone: tuple[Gone, ...]
    kept: tuple[Claim, ...]
    anew: tuple[Sides, Sides]


def stranded(
    connection: Connection, shelf: Shelf, below: int | None = None, kinds: Sequence[str] = ()
) -> list[Stranded]:
    """All such decisions, or those numbered below a number, or of some kinds, as appended."""
    asked, lost = _in_doubt(connection, below, kinds)
    open_ = [each for each in standing(shelf.decisions_about(connection, lost)) if each.id in asked]
    live = live_by_id(connection, _ends(open_))
    open_ = [each for each in open_ if not (_told(each.subject, live) and _told(each.object, live))]
    rows = rows_by_id(connection, _ends(open_) - live.keys())
    latest = {identity: max(numbers) for identity, numbers in rows.items()}
    words = shelf.claims(connection, latest.values())
    known = {identity: words[number] for identity, number in latest.items() if number in words}
    beside = _beside(connection, shelf, {claim.citation.address for claim in known.values()})
    now = {claim.id: claim for claims in beside.values() for claim in claims}
    now |= {claim.id: claim for claim in shelf.claims(connection, live.values()).values()}
    became = successors(known.values(), list(now.values())) | {identity: identity for identity in live}
    placed = _placed(connection, latest)
    gone = {
        identity: Gone(identity, claim, identity in placed, _nearest(claim, beside))
        for identity in latest.keys() - became.keys()
        for claim in [known.get(identity)]
    }
    stands = {name: each.near[0].id for name, each in gone.items() if each.near} | became
    made = []
    for decision in followed(open_, became)[1]:
        ends = (*decision.subject, *decision.object)
        kept = dict.fromkeys(became[end] for end in ends if end in became)
        lacking = tuple(gone[end] for end in ends if end in gone)
        told = tuple(now[name] for name in kept)
        anew = _standing_in(decision.subject, stands), _standing_in(decision.object, stands)
        made.append(Stranded(*asked[decision.id], decision, lacking, told, anew))
    return made


def taken_anew(connection: Connection, shelf: Shelf, decision: Decision) -> list[Decision]:
    """The stranded decisions in whose stead a person's new one is, which is to supersede them.

    It is about the same question, or the same field, and has on either side all that stands there in
    claims of now.
    """
    if decision.by in MACHINES or decision.kind in ABOUT_ARTICLES:
        return []
    left = stranded(connection, shelf, kinds=kinds_asking(decision.kind))
    return [each.decision for each in left if _covers(decision, each)]


def _covers(decision: Decision, each: Stranded) -> bool:
    former, (one, two) = each.decision, each.anew
    if former.field != decision.field or not one or bool(two) != bool(former.object):
        return False
    return any(set(one) <= set(subject) and set(two) <= set(other) for subject, other in either_way(decision))


def _standing_in(side: Sides, stands: Mapping[str, str]) -> Sides:
    return tuple(dict.fromkeys(stands[end] for end in side if end in stands))


def _in_doubt(
    connection: Connection, below: int | None, kinds: Sequence[str]
) -> tuple[dict[str, tuple[int, str]], set[str]]:
    """What people decided about any claim that is not of now: numbers and times by ids, and such claims."""
    columns, ends, claims = schema.decisions.c, schema.decision_ends.c, schema.claims.c
    # Ranges, for which the index on names serves, as it would not for "neither of the two".
    people = or_(columns.by < LINKER, and_(columns.by > LINKER, columns.by < READER), columns.by > READER)
    decided = select(columns.decision, columns.id, schema.log.c.recorded).join(schema.log)
    decided = decided.where(people, columns.kind.not_in((*ABOUT_ARTICLES, "withdrawal")))
    if below is not None:
        decided = decided.where(columns.decision < below)
    if kinds:
        decided = decided.where(columns.kind.in_(kinds))
    rows = {row.decision: row for row in connection.execute(decided)}
    live = select(claims.id).join(schema.membership, schema.membership.c.claim == claims.claim)
    live = live.where(claims.id == ends.target, schema.membership.c.live)
    lost = [
        row
        for some in chunks(rows)
        for row in connection.execute(
            select(schema.decision_ends).where(ends.decision.in_(some), ~live.exists())
        )
    ]
    asked = (rows[row.decision] for row in lost)
    return {row.id: (row.decision, row.recorded) for row in asked}, {row.target for row in lost}


def _ends(decisions: Iterable[Decision]) -> set[str]:
    return {end for decision in decisions for end in (*decision.subject, *decision.object)}


def _told(side: tuple[str, ...], live: Mapping[str, int]) -> bool:
    """Whether a side of a decision has a claim of now, if it has any."""
    return not side or any(end in live for end in side)


def _beside(connection: Connection, shelf: Shelf, addresses: Iterable[str]) -> dict[str, list[Claim]]:
    """The claims of now at each address, in their order."""
    member, heads = schema.membership.c, schema.heads.c
    query = (
        select(member.claim)
        .join(schema.claims, schema.claims.c.claim == member.claim)
        .join(schema.heads, heads.reading == schema.claims.c.reading)
        .where(member.live)
    )
    numbers: set[int] = set()
    for some in chunks(addresses):
        numbers |= set(connection.execute(query.where(heads.address.in_(some))).scalars())
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in shelf.claims(connection, numbers).values():
        found[claim.citation.address].append(claim)
    return found


def _placed(connection: Connection, numbers: Mapping[str, int]) -> set[str]:
    """Those of some claims that are shown with an incident."""
    member = schema.membership.c
    query = select(member.claim).where(member.incident.is_not(None))
    found: set[int] = set()
    for some in chunks(numbers.values()):
        found |= set(connection.execute(query.where(member.claim.in_(some))).scalars())
    return {identity for identity, number in numbers.items() if number in found}


def _nearest(gone: Claim | None, beside: Mapping[str, list[Claim]]) -> tuple[Claim, ...]:
    """The claims of now at an address: by their way in the text; in another, by the words of the sentence."""
    if gone is None:
        return ()

    def way(claim: Claim) -> tuple[float, int]:
        far = abs(claim.event.trigger.start - gone.event.trigger.start)
        same = claim.citation.article == gone.citation.article
        return (0.0 if same else -shared_words(claim, gone), far)

    return tuple(sorted(beside.get(gone.citation.address, ()), key=way))
