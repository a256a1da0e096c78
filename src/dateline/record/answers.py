"""What articles say is in answer to what: kept by claim, so that chains are found without reading words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select, union_all

from dateline.record import schema
from dateline.record.appending import put
from dateline.record.decisions import implied
from dateline.record.loading import SOME, chunks
from dateline.types import Claim


def keep(connection: Connection, claims: Mapping[int, Claim]) -> None:
    """Note which claims of a new reading, given by their numbers, it says to answer which."""
    numbers = {claim.id: number for number, claim in claims.items()}
    said = [each for each in implied(claims.values()) if each.kind == "answers"]
    pairs = dict.fromkeys((numbers[each.subject[0]], numbers[each.object[0]]) for each in said)
    put(connection, schema.answers, [{"claim": claim, "other": other} for claim, other in pairs])


def beside(connection: Connection, components: Iterable[int]) -> set[int]:
    """The components that some answer, or that answer them, by what articles say now."""
    found: set[int] = set()
    for some in chunks(components):
        found |= set(connection.execute(_BESIDE, {"some": some}).scalars())
    return found


def between(connection: Connection, components: Iterable[int]) -> set[int]:
    """Those of some components that another of them, or the same, answers or is answered by."""
    rows = connection.execute(_BETWEEN, {"some": sorted(set(components))})
    return {component for row in rows for component in row}


_here, _there = schema.membership.alias(), schema.membership.alias()
_SAID = _here.join(schema.answers, schema.answers.c.claim == _here.c.claim).join(
    _there, schema.answers.c.other == _there.c.claim
)
_NOW = _here.c.live & _there.c.live
_BESIDE = union_all(
    select(_there.c.component).select_from(_SAID).where(_here.c.component.in_(SOME), _NOW),
    select(_here.c.component).select_from(_SAID).where(_there.c.component.in_(SOME), _NOW),
)
_BETWEEN = (
    select(_here.c.component, _there.c.component)
    .select_from(_SAID)
    .where(_here.c.component.in_(SOME), _there.c.component.in_(SOME), _NOW)
)
