"""What a person writes in place of a field → the field's value, with the words of the article for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dateline.ontology import COUNTS, MODES, STATUSES, TYPES
from dateline.record.corrections import FIELDS
from dateline.show.jsonl import encode_event
from dateline.types import (
    Actor,
    Claim,
    Count,
    EventReport,
    Evidence,
    Filler,
    Place,
    Range,
    Reading,
    Span,
    When,
)

NOTHING = "none"
"""Written for an empty field."""


def value_of(
    reading: Reading,
    claim: Claim,
    field: str,
    written: str,
    words: str | None,
    by: str,
    at: Sequence[Range] = (),
) -> str:
    """The JSON value of a correction, as ``corrections.with_field`` takes it.

    ``written`` is a type, mode or status; a number, "3-5" or "24+" for a toll; a day or "FIRST..LAST"
    for ``when``; for other roles the article's own words, several parted by semicolons; "none" for
    nothing. ``words`` are the article's for a number or a day, by default those it has. ``at`` is where
    the article's words stand, by default the occurrences nearest to the trigger. Raises ``ValueError``
    with what may be written instead.
    """
    if field in ("type", "mode", "status"):
        return json.dumps(_named(claim.event, field, written))
    if field not in FIELDS:
        raise ValueError(f"{field!r} cannot be corrected; choose one of {', '.join(FIELDS)}")
    new: Any
    if field == "when":
        new = _when(claim, written, _told(reading, claim, words, at), by)
    elif field in COUNTS:
        new = _count(claim, field, written, _told(reading, claim, words, at))
    else:
        new = _fillers(reading, claim, written, at)
    return json.dumps(encode_event(replace(claim.event, **{field: new}))[field])


def _named(event: EventReport, field: str, written: str) -> str:
    allowed: dict[str, tuple[str, ...]] = {
        "type": TYPES,
        "status": STATUSES,
        "mode": (NOTHING, *MODES[event.type]),
    }
    if written not in allowed[field]:
        raise ValueError(f"{written!r} is no {field}; choose one of {', '.join(allowed[field])}")
    return "" if field == "mode" and written == NOTHING else written


def _fillers(reading: Reading, claim: Claim, written: str, at: Sequence[Range]) -> tuple[Filler, ...]:
    if at and written != NOTHING:
        return tuple(_resolved(reading, _chosen(reading, each)) for each in at)
    parts = [] if written == NOTHING else [part.strip() for part in written.split(";")]
    found = (nearest(reading.article.text, part, claim.event.trigger) for part in parts if part)
    return tuple(_resolved(reading, span) for span in found)


def _resolved(reading: Reading, span: Span) -> Filler:
    """Words with what the article's own resolution says of them."""
    value: Actor | Place | When | None = None
    for toponym in reading.places:
        if toponym.place and span.start <= toponym.start and toponym.end <= span.end:
            value = toponym.place
    for actor in reading.actors:
        if any((each.start, each.end) == (span.start, span.end) for each in actor.mentions):
            value = replace(actor, mentions=())
    return Filler(span.start, span.end, span.text, 1.0, value)


def _count(claim: Claim, role: str, written: str, told: Span | None) -> tuple[Count, ...]:
    if written == NOTHING:
        return ()
    match = re.fullmatch(r"(\d+)(?:-(\d+)|(\+))?", written)
    if match is None:
        raise ValueError(f"{written!r} is no number; write 6, 3-5, 24+ or {NOTHING}")
    low = int(match[1])
    high = None if match[3] else int(match[2] or low)
    if high is not None and high < low:
        raise ValueError(f"{written!r} ends before it begins; write the lower number first")
    span = _evidence(getattr(claim.event, role), told)
    return (Count(span.start, span.end, span.text, 1.0, None, low if low == high else None, low, high),)


def _when(claim: Claim, written: str, told: Span | None, by: str) -> When | None:
    if written == NOTHING:
        return None
    first, _, last = written.partition("..")
    try:
        start, end = (date.fromisoformat(day).isoformat() if day else None for day in (first, last or first))
    except ValueError:
        raise ValueError(f"{written!r} is no day; write 2024-03-12 or 2024-03-10..2024-03-12") from None
    if start and end and end < start:
        raise ValueError(f"{written!r} ends before it begins; write the earlier day first")
    span = _evidence(claim.event.date, told)
    precision: Any = "day" if start == end else "open"
    evidence = Evidence((Span(span.start, span.end, span.text),))
    return When(start, end, precision, "stated", evidence, f"as {by} reads it")


def _told(reading: Reading, claim: Claim, words: str | None, at: Sequence[Range]) -> Span | None:
    """The article's words that are given for a number or a day."""
    if at:
        return _chosen(reading, at[0])
    return None if words is None else nearest(reading.article.text, words, claim.event.trigger)


def _chosen(reading: Reading, at: Range) -> Span:
    """The words at a place of the text."""
    start, end = at
    if not 0 <= start < end <= len(reading.article.text):
        raise ValueError(f"the article has no words from {start} to {end}; choose some of its text")
    return reading.article.span(start, end)


def _evidence(present: tuple[Filler, ...], told: Span | None) -> Span:
    if told is not None:
        return told
    if present:
        return present[0]
    raise ValueError("no words of the article are given for it; give them by --words")


def nearest(text: str, words: str, to: Span) -> Span:
    """The occurrence of some words that is nearest to a span; capitals need not agree.

    Raises ``ValueError`` when the article does not have them.
    """
    found = min(_occurrences(text, words), key=lambda span: abs(span.start - to.start), default=None)
    if found is None:
        raise ValueError(f"the article does not have the words {words!r}; give them as they stand there")
    return found


def _occurrences(text: str, words: str) -> Iterator[Span]:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if pattern:
        for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
            yield Span(match.start(), match.end(), match[0])
