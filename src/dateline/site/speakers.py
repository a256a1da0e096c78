"""Speakers: who is cited, and what each of them said over time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy import Connection, select
from starlette.responses import Response

from dateline.errors import InputError
from dateline.record import schema
from dateline.record.facets import folded
from dateline.record.loading import Shelf
from dateline.record.lookup import several
from dateline.record.record import Record
from dateline.record.search import POSITION, Position, Term, having, latest
from dateline.record.spreads import kind, named
from dateline.record.times import LAST, earliest_first
from dateline.site.filters import LONGEST
from dateline.site.listing import cursor_of, position_in
from dateline.site.publishing import published
from dateline.site.state import record_of
from dateline.types import Claim, Incident

router = APIRouter()

LISTED = 240
"""Speakers of the list, those of most incidents."""
INCIDENTS = 30
"""Incidents whose statements are on a page."""
LATEST = 80
"""Incidents whose statements the interface for programs gives, the latest."""
KIND = "speaker"


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of an incident, in which words, and who else is cited for it.

    ``kinds`` are those of all claims that the words make.
    """

    claim: Claim
    incident: str
    kinds: tuple[str, ...]
    cue: str
    words: str
    others: tuple[str, ...]


@router.get("/speakers")
def speakers(request: Request, name: str = "", cursor: str | None = None) -> Response:
    """The list of speakers, or what one of them said, from a cursor on."""
    shelf, key = record_of(request).shelf, folded(name)
    if not key:
        return published(
            request, "speakers.html", "speakers", lambda connection: {"listed": listed(connection)}
        )
    if len(key) > LONGEST:
        raise HTTPException(404, f"no name is longer than {LONGEST} characters")
    try:
        after = position_in(cursor)
    except InputError as fault:
        raise HTTPException(404, str(fault)) from fault
    of = "speaker", key, after
    return published(
        request, "speaker.html", of, lambda connection: told(connection, shelf, name, key, after)
    )


def told(
    connection: Connection, shelf: Shelf, name: str, key: str, after: Position | None = None
) -> dict[str, Any]:
    """What a page of a speaker shows. Refuses whoever is not cited."""
    places = places_with(connection, key, INCIDENTS + 1, after)
    said = in_time(several(connection, shelf, [place[2] for place in places[:INCIDENTS]], steps=0), key)
    if not said:
        raise HTTPException(404, f"nobody is cited as {name[:80]}")
    shown = next(named(f) for each in said for f in each.claim.speakers if folded(named(f)) == key)
    more = cursor_of(places[INCIDENTS - 1]) if len(places) > INCIDENTS else None
    return {"name": shown, "key": key, "said": said, "next": more, "later": after is not None}


def listed(connection: Connection) -> list[tuple[str, int]]:
    """The speakers that are shown to the public, with how many incidents each is cited for."""
    columns = schema.facet_values.c
    query = select(columns.label, columns.incidents).where(columns.kind == KIND, columns.label.is_not(None))
    query = query.order_by(columns.incidents.desc(), columns.value).limit(LISTED)
    return [(row.label, row.incidents) for row in connection.execute(query)]


def places_with(
    connection: Connection, key: str, limit: int, after: Position | None = None
) -> list[Position]:
    """Where the latest incidents stand in the order of lists for which somebody is cited."""
    query = select(*POSITION).where(schema.incidents.c.incident.in_(having(Term((KIND,), key))))
    rows = connection.execute(latest(query, limit, after))
    return [(day, told, identity) for day, told, identity in rows]


def said_by(record: Record, name: str) -> list[Statement]:
    """What somebody said of the latest incidents for which they are cited, the latest first."""
    key = folded(name)
    with record.reading() as connection:
        places = places_with(connection, key, LATEST)
        return in_time(several(connection, record.shelf, [place[2] for place in places], steps=0), key)


def in_time(told: Iterable[Incident], key: str) -> list[Statement]:
    """What somebody said of incidents, the latest first."""
    said = once(each for incident in told for each in statements(incident, key))
    return sorted(said, key=_latest_first, reverse=True)


def statements(incident: Incident, key: str) -> list[Statement]:
    """What somebody said of an incident."""
    voices = dict.fromkeys(named(f) for claim in incident.claims for f in claim.speakers)
    others = tuple(voice for voice in voices if folded(voice) != key)
    return [
        Statement(claim, incident.id, (kind(claim),), *_words(claim), others[:3])
        for claim in incident.claims
        if any(folded(named(f)) == key for f in claim.speakers)
    ]


def once(said: Iterable[Statement]) -> list[Statement]:
    """Statements of which the same words in the same article are one, with all that they tell."""
    found: dict[tuple[str, str], Statement] = {}
    for each in said:
        key = each.claim.citation.article, each.words
        first = found.get(key, each)
        kinds = dict.fromkeys((*first.kinds, *each.kinds))
        found[key] = replace(first, kinds=tuple(kinds))
    return list(found.values())


def _latest_first(said: Statement) -> tuple[bool, str, int]:
    """A key: the latest first, those of unknown time last, the words of an article in their order."""
    time, _ = earliest_first(said.claim.citation)
    return time != LAST, time, -said.claim.event.trigger.start


def _words(claim: Claim) -> tuple[str, str]:
    """The cue and the words of what is said; the sentence where no words are attributed."""
    for said in claim.attributions:
        cue, words = (" … ".join(span.text for span in spans) for spans in (said.cue, said.content))
        if words:
            return cue, words
    return "", claim.sentence.text
