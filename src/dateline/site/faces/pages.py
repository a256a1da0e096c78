"""What the API lists, a page at a time: each by the numbers of its rows, the latest first.

A page begins behind a number, not at a place in the list: what is added meanwhile neither shifts it nor
comes twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Row, Select, select

from dateline.errors import InputError
from dateline.record import schema
from dateline.record.claims import actor_of
from dateline.record.ids import claim_ids
from dateline.record.loading import Shelf, decision_of
from dateline.record.lookup import latest_reading, several
from dateline.record.record import Record
from dateline.record.search import Wanted, conditions, position_of
from dateline.record.summary import Summary
from dateline.show.jsonl import encode_attribution
from dateline.site.faces import forms
from dateline.site.filters import Filter
from dateline.site.listing import cursor_of, position_in
from dateline.types import Citation, Claim, Reading

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list, and the number behind which the next page begins; null on the last."""

    items: tuple[T, ...]
    next: int | None


def incidents(record: Record, asked: Filter, limit: int) -> tuple[tuple[Summary, ...], str | None]:
    """The incidents of a view, the latest first, and the cursor of those that follow, null if none do.

    Raises ``InputError`` for a cursor that is none of ours.
    """
    found = record.find(of_now(asked).wanted(), limit + 1, after=position_in(asked.cursor))
    page = tuple(found[:limit])
    return page, cursor_of(position_of(page[-1])) if len(found) > limit else None


def of_now(asked: Filter) -> Filter:
    """A view of the record as it is. Raises ``InputError`` for one of a past day, which takes too long."""
    if asked.as_of is not None:
        raise InputError(f"as_of={asked.as_of}", "is for pages alone", "leave it out, or use dateline export")
    return asked


def claims(
    connection: Connection, shelf: Shelf, wanted: Wanted, limit: int, after: int | None
) -> Page[tuple[Claim, str]]:
    """The claims of the incidents that are wanted, each with its incident's id."""
    member = schema.membership.c
    query: Select[Any] = (
        select(member.claim, schema.claims.c.id, schema.incidents.c.id.label("incident"))
        .join(schema.claims, schema.claims.c.claim == member.claim)
        .join(schema.incidents, schema.incidents.c.incident == member.incident)
        .where(member.live, *conditions(connection, wanted))
    )
    page = _page(connection, query, member.claim, limit, after)
    told = {row.incident for row in page.items}
    found = {
        claim.id: claim for incident in several(connection, shelf, sorted(told)) for claim in incident.claims
    }
    return Page(tuple((found[row.id], row.incident) for row in page.items if row.id in found), page.next)


def articles(
    connection: Connection, shelf: Shelf, wanted: Wanted, limit: int, after: int | None
) -> Page[tuple[int, Citation]]:
    """The latest texts at their addresses, by which the incidents that are wanted are told.

    Each comes with the number of its latest reading. Where nothing is asked, those without claims too.
    """
    heads = schema.heads.c
    query: Select[Any] = select(heads.article, heads.reading)
    if wanted != Wanted():
        query = query.where(heads.reading.in_(_telling(connection, wanted)))
    page = _page(connection, query, heads.article, limit, after)
    cited = shelf.readings(connection, (row.reading for row in page.items))
    return Page(tuple((row.reading, cited[row.reading][1]) for row in page.items), page.next)


def _telling(connection: Connection, wanted: Wanted) -> Select[Any]:
    """The readings that tell the incidents that are wanted."""
    member = schema.membership.c
    return (
        select(schema.claims.c.reading)
        .join(schema.membership, member.claim == schema.claims.c.claim)
        .join(schema.incidents, schema.incidents.c.incident == member.incident)
        .where(member.live, *conditions(connection, wanted))
    )


def attributions(reading: Reading, article: str, full: bool) -> list[forms.Said]:
    """The attributions of a reading, with who says so and the claims that they tell.

    Those that tell no claim are there only in ``full``, for who may see the whole text.
    """
    ids = claim_ids(article, reading.events)
    told = []
    for said in reading.attributions:
        source = next((actor_of(span, reading.actors) for span in said.source), None)
        named = zip(ids, reading.events, strict=True)
        telling = [name for name, event in named if said.id in event.attributions]
        if not (telling or full):
            continue
        told.append(
            forms.Said(
                article=article,
                attribution=encode_attribution(said),
                speaker=source.name if source else None,
                claims=telling,
            )
        )
    return told


def incidents_of(connection: Connection, article: str) -> dict[str, str]:
    """The incident of each claim of now of an article."""
    member, claims = schema.membership.c, schema.claims.c
    query = (
        select(claims.id, schema.incidents.c.id.label("incident"))
        .join(schema.membership, member.claim == claims.claim)
        .join(schema.incidents, schema.incidents.c.incident == member.incident)
        .where(claims.reading == latest_reading(connection, article), member.live)
        .order_by(claims.claim)
    )
    return {row.id: row.incident for row in connection.execute(query)}


def decisions(
    connection: Connection, limit: int, after: int | None, about: Collection[str] | None
) -> Page[forms.Decided]:
    """What was decided; ``about`` some claims or articles."""
    columns = schema.decisions.c
    query: Select[Any] = (
        select(
            schema.decisions,
            schema.decision_words.c.reason,
            schema.decision_words.c.value,
            schema.log.c.recorded,
        )
        .join(schema.log, schema.log.c.entry == columns.entry)
        .outerjoin(schema.decision_words, schema.decision_words.c.decision == columns.decision)
    )
    if about is not None:
        ends = schema.decision_ends.c
        query = query.where(columns.decision.in_(select(ends.decision).where(ends.target.in_(list(about)))))
    page = _page(connection, query, columns.decision, limit, after)
    return Page(
        tuple(forms.decided(decision_of(row), row.entry, row.recorded) for row in page.items), page.next
    )


def log(connection: Connection, limit: int, after: int | None) -> Page[forms.Entry]:
    """The entries of the log."""
    columns = schema.log.c
    page = _page(connection, select(columns.entry, columns.recorded), columns.entry, limit, after)
    entries = [row.entry for row in page.items]
    read = _readings(connection, entries)
    decided = _decided(connection, entries)
    told = []
    for row in page.items:
        reading = read.get(row.entry)
        told.append(
            forms.Entry(
                number=row.entry,
                recorded=row.recorded,
                article=reading.article if reading else None,
                reading=reading.id if reading else None,
                model=reading.model if reading else None,
                decisions=decided.get(row.entry, []),
            )
        )
    return Page(tuple(told), page.next)


def _readings(connection: Connection, entries: Sequence[int]) -> dict[int, Any]:
    columns = schema.readings.c
    query = select(columns.entry, columns.id, columns.model, schema.articles.c.id.label("article"))
    query = query.join(schema.articles, schema.articles.c.article == columns.article)
    rows = connection.execute(query.where(columns.entry.in_(entries)))
    return {row.entry: row for row in rows}


def _decided(connection: Connection, entries: Sequence[int]) -> dict[int, list[str]]:
    columns = schema.decisions.c
    query = select(columns.entry, columns.id).where(columns.entry.in_(entries)).order_by(columns.decision)
    found: dict[int, list[str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.entry, []).append(row.id)
    return found


def _page(
    connection: Connection, query: Select[Any], number: Any, limit: int, after: int | None
) -> Page[Row[Any]]:
    if after is not None:
        query = query.where(number < after)
    rows = connection.execute(query.order_by(number.desc()).limit(limit + 1)).all()
    more = len(rows) > limit
    return Page(tuple(rows[:limit]), rows[limit - 1]._mapping[number] if more else None)
