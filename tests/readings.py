"""Readings for the tests of ``show``: an invented one, and a strategy that builds any."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar, get_args

from hypothesis import strategies as st

from dateline.ontology import COUNTS, FILLERS, MODES, TYPES
from dateline.types import (
    Article,
    Attribution,
    AttributionKind,
    Count,
    EventReport,
    Filler,
    Furniture,
    FurnitureKind,
    Range,
    Reading,
    Span,
    Status,
)

HEADLINE = "Minister vows answer after raid on Orlin crossing"
PARAGRAPHS = (
    "Foreign Minister Ana Brandt said on Sunday that her government would answer a raid that killed "
    "four guards at the Orlin crossing.",
    "“We did not raid anything,” a rebel spokesman said, accusing the army of shelling two villages "
    "on Saturday in retaliation.",
    "Hospital officials said at least 11 civilians and dozens of others were wounded.",
)
LINES = ("Subscribe to our newsletter", "Please enter your comment!", "Please enter your name here")
TEXT = "\n\n".join((HEADLINE, *PARAGRAPHS, *LINES))


def at(words: str, after: str = "") -> Span:
    """The first place of the words in the invented text, at or after other words."""
    start = TEXT.index(words, TEXT.index(after))
    return Span(start, start + len(words), words)


def filler(words: str, after: str = "") -> Filler:
    span = at(words, after)
    return Filler(span.start, span.end, span.text, 0.9)


def count(words: str, value: int | None) -> Count:
    span = at(words)
    return Count(span.start, span.end, span.text, 0.8, value)


def ranges() -> tuple[Range, ...]:
    return tuple((span.start, span.end) for span in map(at, (HEADLINE, *PARAGRAPHS)))


ARTICLE = Article(
    id="orlin-1",
    text=TEXT,
    url="https://courier.example/orlin-raid",
    title=HEADLINE,
    byline="Tom Ryles",
    publisher="The Orlin Courier",
    published="2031-05-04T18:30:00+02:00",
    published_from="meta article:published_time",
    language="en",
    headline=(0, len(HEADLINE)),
    body=ranges(),
    furniture=tuple(
        Furniture(at(line).start, at(line).end, line, kind)
        for line, kind in zip(LINES, ("subscribe", "comment", "comment"), strict=True)
    ),
)

ATTRIBUTIONS = (
    Attribution(
        "a1",
        (at("Foreign Minister Ana Brandt"),),
        (at("said", "Brandt"),),
        (at("her government would answer a raid that killed four guards at the Orlin crossing"),),
        "indirect",
        0.93,
    ),
    Attribution(
        "a2",
        (at("a rebel spokesman"),),
        (at("said", "spokesman"),),
        (at("“We did not raid anything,”"),),
        "direct",
        0.9,
    ),
    Attribution(
        "a3",
        (at("Hospital officials"),),
        (at("said", "Hospital"),),
        (at("at least 11 civilians and dozens of others were wounded"),),
        "indirect",
        0.88,
    ),
)

EVENTS = (
    EventReport(
        "e1",
        at("vows answer"),
        "THREATEN",
        "violence",
        "actual",
        0.81,
        "A",
        actor=(filler("Minister"),),
        answers=("B",),
    ),
    EventReport("e2", at("raid"), "ASSAULT", "", "actual", 0.97, "B", place=(filler("Orlin crossing"),)),
    EventReport(
        "e3",
        at("killed"),
        "ASSAULT",
        "",
        "actual",
        0.95,
        "B",
        recipient=(filler("four guards"),),
        place=(filler("the Orlin crossing"),),
        source=(filler("Foreign Minister Ana Brandt"),),
        killed=(count("four", 4),),
        attributions=("a1",),
    ),
    EventReport(
        "e4",
        at("raid", "We did not"),
        "ASSAULT",
        "",
        "negated",
        0.71,
        "B",
        actor=(filler("We"),),
        attributions=("a2",),
    ),
    EventReport(
        "e5",
        at("shelling"),
        "ASSAULT",
        "heavy-weapons",
        "actual",
        0.9,
        "C",
        actor=(filler("the army"),),
        recipient=(filler("two villages"),),
        date=(filler("Saturday"),),
        answers=("B",),
    ),
    EventReport(
        "e6",
        at("wounded"),
        "ASSAULT",
        "heavy-weapons",
        "actual",
        0.84,
        "C",
        recipient=(filler("civilians"), filler("others")),
        injured=(count("11", 11), count("dozens", None)),
        source=(filler("Hospital officials"),),
        attributions=("a3",),
    ),
)

READING = Reading(ARTICLE, "fake-model", ranges(), ATTRIBUTIONS, EVENTS)


def retitled(text: str) -> Reading:
    """A reading of nothing in an article that is its headline alone."""
    article = Article("odd", text, title=text, headline=(0, len(text)), body=((0, len(text)),))
    return Reading(article, "fake-model")


def hostile() -> Reading:
    """The invented reading with markup and control characters in every name."""
    nasty = "[bold]Bad[/bold] <script>alert(1)</script> \x1b[31m\x07\u202e &amp; \ud800"
    return replace(
        READING, article=replace(ARTICLE, byline=nasty, publisher=nasty, title=nasty, headline=None)
    )


T = TypeVar("T")
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
CONFIDENCE = st.floats(0, 1)
# Any code point, lone surrogates included; a pair of them is one character to JSON.
WORDS = st.text(st.characters(exclude_categories=()), max_size=40).filter(lambda text: not PAIR.search(text))
MAYBE = st.none() | WORDS


def several(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(strategy, max_size=3).map(tuple)


def any_range(text: str) -> st.SearchStrategy[Range]:
    offsets = st.integers(0, len(text))
    return st.tuples(offsets, offsets).map(lambda pair: (min(pair), max(pair)))


def any_span(text: str) -> st.SearchStrategy[Span]:
    return any_range(text).map(lambda found: Span(*found, text[slice(*found)]))


@st.composite
def any_filler(draw: st.DrawFn, text: str) -> Filler:
    span = draw(any_span(text))
    return Filler(span.start, span.end, span.text, draw(CONFIDENCE))


@st.composite
def any_count(draw: st.DrawFn, text: str) -> Count:
    span = draw(any_span(text))
    value = draw(st.none() | st.integers(0, 10**9))
    return Count(span.start, span.end, span.text, draw(CONFIDENCE), value)


@st.composite
def any_furniture(draw: st.DrawFn, text: str) -> Furniture:
    span = draw(any_span(text))
    return Furniture(span.start, span.end, span.text, draw(st.sampled_from(get_args(FurnitureKind))))


def any_attribution(text: str) -> st.SearchStrategy[Attribution]:
    parts = several(any_span(text))
    return st.builds(
        Attribution,
        id=WORDS,
        source=parts,
        cue=parts,
        content=parts,
        kind=st.sampled_from(get_args(AttributionKind)),
        confidence=CONFIDENCE,
    )


@st.composite
def any_event(draw: st.DrawFn, text: str) -> EventReport:
    kind = draw(st.sampled_from(TYPES))
    return EventReport(
        id=draw(WORDS),
        trigger=draw(any_span(text)),
        type=kind,
        mode=draw(st.sampled_from(("", *MODES[kind]))),
        status=draw(st.sampled_from(get_args(Status))),
        confidence=draw(CONFIDENCE),
        happening=draw(st.sampled_from("ABC")),
        **{role: draw(several(any_filler(text))) for role in FILLERS},
        **{role: draw(several(any_count(text))) for role in COUNTS},
        attributions=draw(several(WORDS)),
        answers=draw(several(st.sampled_from("ABC"))),
    )


@st.composite
def any_article(draw: st.DrawFn) -> Article:
    text = draw(WORDS)
    return Article(
        id=draw(WORDS),
        text=text,
        **{name: draw(MAYBE) for name in ("url", "title", "byline", "publisher")},
        **{name: draw(MAYBE) for name in ("published", "published_from", "modified", "language")},
        headline=draw(st.none() | any_range(text)),
        body=draw(several(any_range(text))),
        furniture=draw(several(any_furniture(text))),
    )


@st.composite
def any_reading(draw: st.DrawFn) -> Reading:
    """Any reading at all, overlapping and empty spans included."""
    article = draw(any_article())
    return Reading(
        article=article,
        model=draw(WORDS),
        sentences=draw(several(any_range(article.text))),
        attributions=draw(several(any_attribution(article.text))),
        events=draw(several(any_event(article.text))),
    )
