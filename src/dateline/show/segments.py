"""Cutting text where spans begin and end, so that spans that overlap or nest can all be lit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from dateline.ontology import ROLES
from dateline.show.wording import entries
from dateline.types import Article, Range, Reading, Span

# A blank line; texts without one break their paragraphs at every line.
_BLANK = re.compile(r"\s*\n[^\S\n]*\n\s*")
_LINE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span's place and what it is: its owner ("e3", "a1", "places2") and its role in it."""

    start: int
    end: int
    owner: str
    role: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text over which the same marks lie, narrowest first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks(reading: Reading) -> list[Mark]:
    """The marks of a reading, owners numbered in order: ``e1`` is the first event report.

    Dates, places and actors of the article come last, so that where marks are alike a report's go first.
    """
    found = []
    for number, event in enumerate(reading.events, 1):
        found.append(_mark(event.trigger, f"e{number}", "trigger"))
        for role in ROLES:
            found += [_mark(filler, f"e{number}", role) for filler in getattr(event, role)]
    for number, said in enumerate(reading.attributions, 1):
        for role in ("source", "cue", "content"):
            found += [_mark(span, f"a{number}", role) for span in getattr(said, role)]
    for kind, told in entries(reading).items():
        for number, entry in enumerate(told, 1):
            found += [_mark(span, f"{kind}{number}", kind) for span in entry.spans]
    return found


def _mark(span: Span, owner: str, role: str) -> Mark:
    return Mark(span.start, span.end, owner, role)


def segments(where: Range, over: Iterable[Mark]) -> Iterator[Segment]:
    """The stretches of a range, cut at every boundary of the marks over it; they cover it wholly."""
    start, end = where
    inside = sorted(
        (mark for mark in over if mark.start < end and mark.end > start and mark.start < mark.end),
        key=lambda mark: (mark.end - mark.start, mark.start),
    )
    cuts = {start, end, *(mark.start for mark in inside), *(mark.end for mark in inside)}
    bounds = sorted(cut for cut in cuts if start <= cut <= end)
    for left, right in pairwise(bounds):
        yield Segment(left, right, tuple(m for m in inside if m.start <= left and m.end >= right))


def paragraphs(article: Article) -> list[Range]:
    """The body's paragraphs, headline left out, without the blanks around them."""
    breaks = _BLANK if _BLANK.search(article.text) else _LINE
    found: list[Range] = []
    for start, end in article.body:
        if article.headline is not None and start < article.headline[1]:
            start = max(start, min(end, article.headline[1]))
        found += _pieces(article.text, start, end, breaks)
    return found


def _pieces(text: str, start: int, end: int, breaks: re.Pattern[str]) -> Iterator[Range]:
    for gap in (*breaks.finditer(text, start, end), None):
        stop = gap.start() if gap else end
        piece = text[start:stop]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        start = gap.end() if gap else end
