"""An article: what was read in it, beside the words; what came with it; and what else tells of the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from markupsafe import Markup
from sqlalchemy import Connection, select, tuple_
from starlette.responses import Response

from dateline.errors import RecordError
from dateline.record import schema
from dateline.record.ids import claim_ids
from dateline.record.loading import SOME, Shelf, capture_of, reading_of
from dateline.record.lookup import full_id, latest_reading, origins_of
from dateline.record.times import earliest_first
from dateline.show import segments as cutting
from dateline.show import wording as telling
from dateline.show.segments import Mark, Segment
from dateline.show.wording import REPORT_LABELS, visible
from dateline.site import wording
from dateline.site.people.signed import reader_of
from dateline.site.people.threads import versions
from dateline.site.publishing import Moved, published
from dateline.site.state import record_of, settings_of
from dateline.types import Citation, Range, Reading

router = APIRouter()

MORE = 12
"""Related articles that are listed."""
INCIDENTS = 60
"""Incidents of an article that are looked at for related ones."""
COMMON = 3000
"""Incidents that a party or place may have for it to make articles related."""
TELLING = 12
"""Parties and places of an article that others are looked for by."""
LAST = 40
"""Incidents of each that are looked at."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of the article that is shown, where it starts, and whether words before it are left out."""

    start: int
    words: Markup
    gap: bool


@dataclass(frozen=True, slots=True)
class Related:
    """Another article, why it is listed, and those that are copies of it."""

    citation: Citation
    reasons: tuple[str, ...]
    copies: tuple[Citation, ...] = ()


@router.get("/articles/{identity}")
def article(request: Request, identity: str) -> Response:
    """An article, its evidence lit."""
    whole = settings_of(request).show_text == "full" or reader_of(request) is not None
    key = "article", identity, whole

    def make(connection: Connection) -> dict[str, Any]:
        full, reading = found(connection, identity)
        if full != identity:
            raise Moved(f"/articles/{full}")
        return shown(connection, record_of(request).shelf, full, reading, whole)

    return published(request, "article.html", key, make)


def shown(connection: Connection, shelf: Shelf, full: str, reading: Reading, whole: bool) -> dict[str, Any]:
    """What the page of an article shows but for its comments; ``whole`` is whether all of the text."""
    ids = claim_ids(full, reading.events)
    lit = Words(reading, ids)
    placed = incidents_of(connection, ids)
    title = telling.title(reading.article)
    return {
        "id": full,
        "reading": reading,
        "article": reading.article,
        "title": title,
        "whole": whole,
        "headline": lit.words(reading.article.headline) if reading.article.headline else visible(title),
        "passages": passages(reading, lit, whole),
        "rows": list(zip(telling.rows(reading), ids, strict=True)),
        "placed": placed,
        "voices": voices(reading, whole),
        "labels": REPORT_LABELS,
        "asked": telling.ASKED,
        "citation": citation(reading, full),
        "digests": digests_of(connection, full),
        "furniture": telling.furniture(reading.article) if whole else "",
        "more": more(connection, shelf, full, placed),
        "subject": full,
        "subjects": versions(connection, full),
        "subject_title": title,
    }


def found(connection: Connection, identity: str) -> tuple[str, Reading]:
    """An article's id and latest reading. Refuses what is unknown or erased."""
    if not identity.startswith("a"):
        raise HTTPException(404, f"{identity[:40]} is no article")
    try:
        full = full_id(connection, identity)
        reading = reading_of(connection, latest_reading(connection, full))
    except RecordError as error:
        raise HTTPException(404, str(error)) from error
    if reading is None:
        raise HTTPException(410, "the words of this article have been erased")
    return full, reading


class Words:
    """An article's words with what was read in them."""

    def __init__(self, reading: Reading, ids: list[str]) -> None:
        self.reading = reading
        self.ids = ids
        self.marks = [mark for mark in cutting.marks(reading) if mark.role in REPORT_LABELS]

    def words(self, where: Range) -> Markup:
        """A range of the article, every stretch of which says what it is of."""
        return Markup("").join(self._stretch(each) for each in cutting.segments(where, self.marks))

    def _stretch(self, segment: Segment) -> Markup:
        text = visible(" ".join(self.reading.article.text[segment.start : segment.end].split("\n")))
        if not segment.marks:
            return Markup("{}").format(text)
        roles = {mark.role for mark in segment.marks}
        look = min(roles, key=list(REPORT_LABELS).index) + (" quoted" if "content" in roles else "")
        carried = " ".join(map(_carried, segment.marks, [segment.start] * len(segment.marks)))
        trigger = next((mark for mark in segment.marks if mark.role == "trigger"), None)
        if trigger is None:
            return Markup('<span class="m {}" data-m="{}">{}</span>').format(look, carried, text)
        number = int(trigger.owner[1:])
        event = self.reading.events[number - 1]
        shown = number if segment.end == trigger.end else ""
        return Markup('<a href="#{}" class="m {} t{} {}" data-m="{}" data-n="{}">{}</a>').format(
            self.ids[number - 1], look, telling.tenor(event), event.status, carried, shown, text
        )


def _carried(mark: Mark, start: int) -> str:
    return f"{mark.owner}:{mark.role}{'^' if mark.start == start else ''}"


def passages(reading: Reading, lit: Words, whole: bool) -> list[list[Passage]]:
    """The article's paragraphs: all of them, or of each the sentences that are evidence."""
    made = []
    for paragraph in cutting.paragraphs(reading.article):
        parts = [paragraph] if whole else evidence_in(reading, paragraph)
        shown, last = [], paragraph[0]
        for start, end in parts:
            gap = bool(reading.article.text[last:start].strip())
            shown.append(Passage(start, lit.words((start, end)), gap))
            last = end
        if shown:
            made.append(shown)
    return made


def evidence_in(reading: Reading, paragraph: Range) -> list[Range]:
    """The sentences of a paragraph in which an event is told: what the public sees of an article."""
    triggers = [event.trigger for event in reading.events]
    return [
        (max(start, paragraph[0]), min(end, paragraph[1]))
        for start, end in reading.sentences
        if start < paragraph[1]
        and end > paragraph[0]
        and any(start <= trigger.start < end for trigger in triggers)
    ]


def voices(reading: Reading, whole: bool) -> list[tuple[str, list[tuple[int, str, str]]]]:
    """What is attributed, by speaker: the number of the attribution, its cue and its words.

    Unless ``whole``, only what reports rest on.
    """
    rests = {name for event in reading.events for name in event.attributions}
    by_speaker: dict[str, list[tuple[int, str, str]]] = {}
    for number, said in enumerate(reading.attributions, 1):
        if not whole and said.id not in rests:
            continue
        source, cue, content = telling.attributed(said)
        by_speaker.setdefault(source or "unnamed", []).append((number, cue, content))
    return sorted(by_speaker.items(), key=lambda each: -len(each[1]))


def citation(reading: Reading, identity: str) -> str:
    """What to write to cite the article."""
    told = reading.article
    parts = (
        f"{told.byline}." if told.byline else "",
        f"“{telling.title(told)}.”",
        f"{told.publisher}," if told.publisher else "",
        f"{wording.day(told.published)}." if told.published else "n.d.",
        told.url or "",
        f"[{identity}]",
    )
    return " ".join(filter(None, map(telling.words, parts)))


def incidents_of(connection: Connection, claims: Iterable[str]) -> dict[str, str]:
    """The incidents of now of some claims."""
    return {row.id: row.incident for row in connection.execute(_PLACED, {"some": list(claims)}).all()}


_PLACED = (
    select(schema.claims.c.id, schema.incidents.c.id.label("incident"))
    .join(schema.membership, schema.claims.c.claim == schema.membership.c.claim)
    .join(schema.incidents, schema.incidents.c.incident == schema.membership.c.incident)
    .where(schema.membership.c.live, schema.claims.c.id.in_(SOME))
)


def digests_of(connection: Connection, article: str) -> dict[str, str]:
    """How the article was captured: digests of text and page, when it came and was added, what read it."""
    kept = capture_of(connection, latest_reading(connection, article))
    told = {
        "Text": kept.text,
        "Page as fetched": kept.page,
        "Fetched": kept.fetched,
        "Added": kept.added,
        "Read by": kept.model,
    }
    return {name: value for name, value in told.items() if value}


def more(connection: Connection, shelf: Shelf, identity: str, placed: Mapping[str, str]) -> list[Related]:
    """Related articles, each with why; those that tell of the same incidents first."""
    told = origins_of(connection, shelf, sorted(set(placed.values()))[:INCIDENTS])
    shared: Counter[str] = Counter()
    cited: dict[str, Citation] = {}
    copies: dict[str, dict[str, Citation]] = {}
    for origin in (origin for each in told for origin in each):
        others = [other for other in origin.articles if other.article != identity]
        if others:
            first = others[0]
            cited[first.article] = first
            shared[first.article] += 1
            copies.setdefault(first.article, {}).update({each.article: each for each in others[1:]})
    ranked = sorted(cited.values(), key=lambda each: (-shared[each.article], earliest_first(each)))
    made = [
        Related(each, _same(shared[each.article]), tuple(copies[each.article].values())) for each in ranked
    ]
    if len(made) >= MORE:
        return made[:MORE]
    known = {identity, *cited, *(name for some in copies.values() for name in some)}
    return [*made, *alike(connection, shelf, set(placed.values()), known)][:MORE]


def _same(count: int) -> tuple[str, ...]:
    return ("the same incident" if count == 1 else f"{count} of the same incidents",)


def alike(connection: Connection, shelf: Shelf, incidents: Set[str], known: Set[str]) -> list[Related]:
    """Articles that tell of other incidents with the same parties or places, most of them first.

    Looked at are the last incidents of each of the values that the fewest have.
    """
    facets, table, values = schema.facets.c, schema.incidents.c, schema.facet_values.c
    own = select(facets.kind, facets.value).join(schema.incidents, table.incident == facets.incident)
    own = own.where(table.id.in_(sorted(incidents)), facets.kind.in_(("party", "place")))
    named = connection.execute(
        select(values.kind, values.value, values.label)
        .where(tuple_(values.kind, values.value).in_(own.distinct()))
        .where(values.label.is_not(None), values.incidents <= COMMON)
        .order_by(values.incidents, values.kind, values.value)
        .limit(TELLING)
    ).all()
    shared: dict[int, dict[tuple[str, str], str]] = {}
    for row in named:
        last = select(facets.incident).where(facets.kind == row.kind, facets.value == row.value)
        last = last.order_by(facets.incident.desc()).limit(LAST)
        query = select(schema.claims.c.reading).where(schema.claims.c.claim.in_(last)).distinct()
        for reading in connection.execute(query).scalars():
            shared.setdefault(reading, {})[row.kind, row.value] = row.label
    return _ranked(connection, shelf, shared, known)


def _ranked(
    connection: Connection,
    shelf: Shelf,
    shared: Mapping[int, Mapping[tuple[str, str], str]],
    known: Set[str],
) -> list[Related]:
    """The articles of readings by how much they share, with what that is."""
    ranked = sorted(shared, key=lambda reading: (-len(shared[reading]), -reading))[: MORE + len(known)]
    cited = shelf.readings(connection, ranked)
    told = {cited[reading][1].article: (cited[reading][1], shared[reading]) for reading in reversed(ranked)}
    fresh = [each for each in reversed(told.values()) if each[0].article not in known]
    return [Related(citation, _reasons(values)) for citation, values in fresh[:MORE]]


def _reasons(shared: Mapping[tuple[str, str], str]) -> tuple[str, ...]:
    told = {"party": "same party", "place": "same place"}
    made = []
    for name, words in told.items():
        labels = [label for (kind, _), label in sorted(shared.items()) if kind == name]
        if labels:
            made.append(f"{words}: {', '.join(labels[:3])}")
    return tuple(made)
