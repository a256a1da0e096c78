"""What waits for an analyst.

Links of which the linker is unsure, events of which the reader is; decisions and comments whose claims are
gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from dateline.record import schema
from dateline.record.corrections import corrected
from dateline.record.decisions import LINKER, asks_same, rank, standing
from dateline.record.loading import Shelf, decision_of
from dateline.record.lookup import live_by_id
from dateline.record.projection import rows_by_id
from dateline.record.stranded import Stranded, stranded
from dateline.site.people import anchors, storing
from dateline.site.people.comments import Comment
from dateline.site.people.marking import values
from dateline.types import Claim, Decision, Incident

T = TypeVar("T")

LOOKED_AT = 400
"""Rows that are looked at for one page of a queue."""
COMMENTS_LOOKED_AT = 100
AT_ONCE = 30
"""Of a queue that are shown at once; comments are few."""
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


@dataclass(frozen=True, slots=True)
class Adrift:
    """A comment whose claim is gone: the article and the former claim, null once its words are erased."""

    comment: Comment
    article: str
    claim: Claim | None


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
    for row, decision in zip(rows, asked, strict=True):
        sides = [numbers.get(decision.subject[0]), numbers.get(decision.object[0])]
        if None in sides or incidents.get(sides[0]) == incidents.get(sides[1]):
            continue
        if decision in open_ and not any(rank(d.by) == PERSON and asks_same(d, decision) for d in open_):
            doubt = Doubt(decision, claims[sides[0]], claims[sides[1]])  # type: ignore[index]
            doubts.append((row.decision, doubt))
    return _page(doubts, [row.decision for row in rows])


def _page(found: Sequence[tuple[int, T]], looked_at: Sequence[int]) -> tuple[list[T], int | None]:
    """The first of a queue's numbered rows, with the number from which to go on, null at the end."""
    shown = found[:AT_ONCE]
    if len(found) > AT_ONCE:
        return [each for _, each in shown], shown[-1][0]
    return [each for _, each in shown], looked_at[-1] if len(looked_at) == LOOKED_AT else None


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
    """The latest claims numbered below a number of which the reader is not sure, the least sure first.

    What a person has corrected or confirmed is left out. With the number from which to go on, as above.
    """
    member = schema.membership.c
    query = select(member.claim).where(member.live)
    if below is not None:
        query = query.where(member.claim < below)
    numbers = list(connection.execute(query.order_by(member.claim.desc()).limit(LOOKED_AT)).scalars())
    known = shelf.claims(connection, numbers)
    claims = [(n, known[n]) for n in numbers if n in known and known[n].event.confidence < UNSURE_BELOW]
    about = shelf.decisions_about(connection, [claim.id for _, claim in claims], ["correction"])
    settled = {end for decision in standing(about) for end in decision.subject}
    found, last = _page([each for each in claims if each[1].id not in settled], numbers)
    return sorted(found, key=lambda claim: (claim.event.confidence, claim.id)), last


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


def comments_adrift(
    connection: Connection, shelf: Shelf, below: int | None = None
) -> tuple[list[Adrift], int | None]:
    """Of the latest comments numbered below a number, those whose claim is gone, or all of their incident.

    With the number from which to go on, as above.
    """
    looked_at = storing.anchored(connection, below, COMMENTS_LOOKED_AT)
    last = looked_at[-1].number if len(looked_at) == COMMENTS_LOOKED_AT else None
    return _adrift(connection, shelf, looked_at), last


def adrift(connection: Connection, shelf: Shelf, comment: Comment) -> Adrift | None:
    """A comment as it waits; null when it has its claim, or does not stand on any."""
    return next(iter(_adrift(connection, shelf, [comment])), None)


def _adrift(connection: Connection, shelf: Shelf, looked_at: Sequence[Comment]) -> list[Adrift]:
    told = _told_at(connection, shelf, {each.about for each in looked_at if each.start is not None})
    lost = _lost_incidents(connection, {each.about for each in looked_at if each.about.startswith("i")})
    words = shelf.claims(connection, (number for number, _ in lost.values()))
    found = []
    for each in looked_at:
        if each.about in lost:
            number, article = lost[each.about]
            found.append(Adrift(each, article, words.get(number)))
        elif each.about in told and (former := anchors.adrift(each, told[each.about])):
            found.append(Adrift(each, each.about, former))
    return found


def _told_at(connection: Connection, shelf: Shelf, articles: Iterable[str]) -> dict[str, Incident]:
    """All that was ever read at the addresses of some articles, as if it were one incident."""
    one, other = schema.articles.alias(), schema.articles.alias()
    query = (
        select(one.c.id, schema.membership.c.claim, schema.membership.c.live)
        .join(other, other.c.address == one.c.address)
        .join(schema.readings, schema.readings.c.article == other.c.article)
        .join(schema.claims, schema.claims.c.reading == schema.readings.c.reading)
        .join(schema.membership, schema.membership.c.claim == schema.claims.c.claim)
        .where(one.c.id.in_(list(articles)))
        .order_by(schema.membership.c.claim)
    )
    rows = connection.execute(query).all()
    known = shelf.claims(connection, (row.claim for row in rows))
    found: dict[str, tuple[list[Claim], list[Claim]]] = {}
    for row in rows:
        if row.claim in known:
            found.setdefault(row.id, ([], []))[0 if row.live else 1].append(known[row.claim])
    return {article: Incident("", tuple(now), tuple(former)) for article, (now, former) in found.items()}


def _lost_incidents(connection: Connection, incidents: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Of some ids of incidents those that stand for none any more: the number and article of their claim."""
    rows = rows_by_id(connection, ["c" + each[1:] for each in incidents])
    placed = _incidents(connection, [number for numbers in rows.values() for number in numbers])
    latest = {
        max(numbers): "i" + identity[1:]
        for identity, numbers in rows.items()
        if all(placed.get(number) is None for number in numbers)
    }
    query = select(schema.claims.c.claim, schema.articles.c.id).select_from(schema.claims)
    query = query.join(schema.readings).join(schema.articles)
    of = connection.execute(query.where(schema.claims.c.claim.in_(latest)))
    return {latest[row.claim]: (row.claim, row.id) for row in of}
