"""Annotated articles as readings and back: gold and prediction share one type and one format.

``with_events`` and ``recorded_events`` are inverses but for the article, which predictions do not repeat,
and for confidence, which gold does not have; so are ``with_attributions`` and ``recorded_attributions``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

from dateline import ontology
from dateline.evaluation import gold
from dateline.evaluation.gold import Record
from dateline.types import (
    Article,
    Attribution,
    AttributionKind,
    Count,
    EventReport,
    Filler,
    Range,
    Reading,
    Span,
    Status,
)

GOLD = "gold"
"""What a gold reading gives as its model."""


@contextmanager
def answering(model: Path | None) -> Iterator[tuple[Callable[[Reading], Reading], str | None]]:
    """What answers a gold reading (its article is read anew, its tolls' numbers resolved, as gold has them),
    and the digest of the model that does."""
    from dateline.read.reading import Reader
    from dateline.resolve.numbers import counted

    reader = Reader.load(model)
    yield lambda annotation: counted(reader.read(annotation.article)), reader.digest


def with_events(record: Record) -> Reading:
    """A record of docs/annotation.md with offsets; raises ValueError or KeyError if it is not one."""
    article = gold.article(record)
    return Reading(article, GOLD, events=tuple(_event(article, event) for event in record["events"]))


def recorded_events(reading: Reading) -> Record:
    """A reading's events as gold has them; when a happening was is not read here."""
    events = [_recorded_event(event) for event in reading.events]
    return {"id": reading.article.id, "events": events, "incidents": {}}


def with_attributions(record: Record) -> Reading:
    """A record of PolNeAR: each role is a list of ranges, empty if absent."""
    article = gold.article(record)
    attributions = tuple(_attribution(article, given) for given in record["attributions"])
    return Reading(article, GOLD, attributions=attributions)


def recorded_attributions(reading: Reading) -> Record:
    """A reading's attributions as gold has them."""
    attributions = [_recorded_attribution(attribution) for attribution in reading.attributions]
    return {"id": reading.article.id, "attributions": attributions}


def _event(article: Article, event: Record) -> EventReport:
    if event["type"] not in ontology.TYPES:
        raise ValueError(f"event {event['id']} has the type {event['type']!r}, which is not of the sixteen")
    if event["status"] not in get_args(Status):
        raise ValueError(f"event {event['id']} has the status {event['status']!r}, which is none")
    fillers: dict[str, Any] = {role: _fillers(article, event.get(role)) for role in ontology.FILLERS}
    tolls: dict[str, Any] = {role: _tolls(article, event.get(role)) for role in ontology.COUNTS}
    return EventReport(
        id=event["id"],
        trigger=_span(article, event["trigger"]),
        type=event["type"],
        mode=event.get("mode") or "",
        status=event["status"],
        confidence=1.0,
        happening=event.get("incident") or "",
        answers=tuple(event.get("answers") or ()),
        **fillers,
        **tolls,
    )


def _fillers(article: Article, given: list[Record] | None) -> tuple[Filler, ...]:
    spans = (_span(article, filler) for filler in given or ())
    return tuple(Filler(span.start, span.end, span.text) for span in spans)


def _tolls(article: Article, given: list[Record] | None) -> tuple[Count, ...]:
    spans = ((_span(article, toll), toll.get("value")) for toll in given or ())
    return tuple(Count(span.start, span.end, span.text, value=value) for span, value in spans)


def _span(article: Article, given: Record) -> Span:
    """Holds the words given against the text: offsets of another counting show here."""
    span = gold.span(article, given["start"], given["end"])
    if given.get("text", span.text) != span.text:
        raise ValueError(f"span {span.start}-{span.end} reads {span.text!r}, not {given['text']!r}")
    return span


def _recorded_event(event: EventReport) -> Record:
    fillers = {role: [_recorded_span(span) for span in getattr(event, role)] for role in ontology.FILLERS}
    tolls = {
        role: [{**_recorded_span(toll), "value": toll.value} for toll in getattr(event, role)]
        for role in ontology.COUNTS
    }
    return {
        "id": event.id,
        "trigger": _recorded_span(event.trigger),
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        **fillers,
        **tolls,
        "incident": event.happening or None,
        "answers": list(event.answers),
    }


def _recorded_span(span: Span) -> Record:
    return {"start": span.start, "end": span.end, "text": span.text}


def _attribution(article: Article, given: Record) -> Attribution:
    """PolNeAR's ``kind`` tells whether there is a source; direct or indirect is not annotated, so that
    gold's kind says nothing and is never counted."""
    kind: AttributionKind = given["kind"] if given.get("kind") in get_args(AttributionKind) else "mixed"
    return Attribution(
        id=given.get("id", ""),
        source=_ranges(article, given.get("source")),
        cue=_ranges(article, given.get("cue")),
        content=_ranges(article, given.get("content")),
        kind=kind,
        confidence=1.0,
    )


def _ranges(article: Article, given: list[Range] | None) -> tuple[Span, ...]:
    return tuple(gold.span(article, start, end) for start, end in given or ())


def _recorded_attribution(attribution: Attribution) -> Record:
    roles = {
        role: [[span.start, span.end] for span in getattr(attribution, role)]
        for role in ("source", "cue", "content")
    }
    return {"id": attribution.id, "kind": attribution.kind, **roles}
