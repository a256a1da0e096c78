"""The words of the field as frozen types. This module imports no stage.

Offsets count Unicode code points of ``Article.text``; ends are exclusive. No type here
can hold a value that does not point at its words: a ``Span`` carries the text it covers,
and ``Article.span`` is the way to make one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Range = tuple[int, int]
Status = Literal["actual", "future", "hypothetical", "negated"]
AttributionKind = Literal["direct", "indirect", "mixed"]
FurnitureKind = Literal[
    "subscribe",
    "comment",
    "human-check",
    "related",
    "share",
    "advertisement",
    "copyright",
    "navigation",
    "author-bio",
]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article: ``text == article.text[start:end]``."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}-{self.end} cannot hold {self.text!r}")


@dataclass(frozen=True, slots=True)
class Filler(Span):
    """Words that fill a role of an event report, with the reader's confidence in [0, 1]."""

    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Count(Filler):
    """A toll: the number words and their value; ``value`` is null for "dozens", "several"."""

    value: int | None = None


@dataclass(frozen=True, slots=True)
class Furniture(Span):
    """A line of the page that is not the article, with its kind."""

    kind: FurnitureKind = "navigation"


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes from an address (a file name, a web address, or ``-``) as they came."""

    address: str
    content: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A page's text, fixed for good, and what the page says about itself.

    ``text`` is everything kept, furniture included; ``body`` are the ranges that are the
    article, headline included, in text order; only they are read for events. ``published``
    is an ISO 8601 date or date-time as the publisher gave it, ``published_from`` the named
    field that says so ("meta article:published_time", "option", "input"), null when unknown.
    """

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    language: str | None = None
    headline: Range | None = None
    body: tuple[Range, ...] = ()
    furniture: tuple[Furniture, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The words between two offsets."""
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, with which words (PolNeAR's source, cue, content)."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: AttributionKind
    confidence: float


@dataclass(frozen=True, slots=True)
class EventReport:
    """One mention of an event: its trigger, PLOVER type, mode, status and fillers.

    ``happening`` labels the real-world happening within the article ("A", "B", …);
    ``answers`` are the labels of happenings that this one is said to be in answer to;
    ``attributions`` are the ids of the attributions whose content holds the trigger,
    innermost first.
    """

    id: str
    trigger: Span
    type: str
    mode: str
    status: Status
    confidence: float
    happening: str
    actor: tuple[Filler, ...] = ()
    recipient: tuple[Filler, ...] = ()
    place: tuple[Filler, ...] = ()
    date: tuple[Filler, ...] = ()
    weapon: tuple[Filler, ...] = ()
    source: tuple[Filler, ...] = ()
    killed: tuple[Count, ...] = ()
    injured: tuple[Count, ...] = ()
    attributions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What one model read in one article."""

    article: Article
    model: str
    sentences: tuple[Range, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventReport, ...] = field(default=())
