"""The linker asked anew about all that there is, in a way that the order of arrival does not matter.

Each claim of now, and each article, is offered those published before it under its keys, as all keys lie
in the record already: every pair is asked about once, by the later of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from dateline.record import schema
from dateline.record.candidates import (
    compared,
    documents,
    keep_article_keys,
    keep_claim_keys,
    likened,
    settled,
)
from dateline.record.decisions import LINKER, standing
from dateline.record.linking import Linker
from dateline.record.loading import Shelf
from dateline.record.lookup import live_by_id, live_claims
from dateline.record.projection import cited
from dateline.record.times import instant, turn
from dateline.types import Claim, Decision


class Version(NamedTuple):
    """An article by its number, the number of its latest reading, and whether that is the one of now."""

    article: int
    reading: int
    live: bool


Step = Callable[[Connection, Shelf, Linker, Sequence[Version]], Sequence[Decision]]


def articles(connection: Connection) -> list[Version]:
    """All articles, the earliest published first."""
    readings, cited = schema.readings.c, schema.citations.c
    latest = select(func.max(readings.reading)).group_by(readings.article)
    query = select(readings.article, readings.reading, cited.published).join(
        schema.citations, cited.reading == readings.reading
    )
    rows = connection.execute(query.where(readings.reading.in_(latest))).all()
    live = set(connection.execute(select(schema.heads.c.reading)).scalars())
    rows = sorted(rows, key=lambda row: (instant(row.published), row.article))
    return [Version(row.article, row.reading, row.reading in live) for row in rows]


def keyed(
    connection: Connection, shelf: Shelf, linker: Linker, versions: Sequence[Version]
) -> Sequence[Decision]:
    """Have claims and articles found under the keys that the linker gives them now."""
    for version in versions:
        if version.live:
            keep_claim_keys(connection, linker, _claims(connection, shelf, version))
        for document in documents(connection, shelf, [version.article]):
            keep_article_keys(connection, linker, version.article, document)
    return ()


def claims_decided(
    connection: Connection, shelf: Shelf, linker: Linker, versions: Sequence[Version]
) -> Sequence[Decision]:
    """What the linker decides otherwise than before of some articles' claims."""
    found = []
    for claims in (_claims(connection, shelf, version) for version in versions if version.live):
        about = shelf.decisions_about(connection, [claim.id for claim in claims.values()])
        former = _asked_here(connection, shelf, claims.values(), _by_linker(about))
        found += settled(compared(connection, shelf, linker, claims, after=False), former, about)
    return found


def articles_decided(
    connection: Connection, shelf: Shelf, linker: Linker, versions: Sequence[Version]
) -> Sequence[Decision]:
    """What the linker decides otherwise than before of some articles."""
    found = []
    for told in documents(connection, shelf, (version.article for version in versions)):
        about = shelf.decisions_about(connection, [told.citation.article])
        place = turn(told.citation)
        others = cited(connection, shelf, {end for d in about for end in (*d.subject, *d.object)})
        former = [
            decision
            for decision in _by_linker(about)
            if all(turn(others[end]) <= place for end in (*decision.subject, *decision.object))
        ]
        found += settled(likened(connection, shelf, linker, told, after=False), former, about)
    return found


STEPS: tuple[Step, ...] = (keyed, articles_decided, claims_decided)
"""What is done of all articles, one step after the other."""


def _claims(connection: Connection, shelf: Shelf, version: Version) -> dict[int, Claim]:
    return shelf.claims(connection, live_claims(connection, version.reading))


def _by_linker(about: Sequence[Decision]) -> list[Decision]:
    return [decision for decision in standing(about) if decision.by == LINKER]


def _asked_here(
    connection: Connection, shelf: Shelf, own: Iterable[Claim], decisions: Sequence[Decision]
) -> list[Decision]:
    """The decisions between an article's claims and such of now as were published before them."""
    known = {claim.id: turn(claim.citation) for claim in own}
    place = max(known.values(), default=0)
    live = live_by_id(connection, {end for d in decisions for end in (*d.subject, *d.object)} - known.keys())
    known |= {claim.id: turn(claim.citation) for claim in shelf.claims(connection, live.values()).values()}
    return [
        decision
        for decision in decisions
        if all(known.get(end, place + 1) <= place for end in (*decision.subject, *decision.object))
    ]
