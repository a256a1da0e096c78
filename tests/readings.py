"""Readings for the tests of ``show``: an invented one, and a strategy that builds any."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, TypeVar, get_args

from hypothesis import strategies as st

from dateline.ontology import COUNTS, FILLERS, MODES, ROLES, SECTORS, TYPES
from dateline.types import (
    Actor,
    Article,
    Attribution,
    AttributionKind,
    Basis,
    Count,
    DatePhrase,
    DatePrecision,
    EventReport,
    Evidence,
    Filler,
    Furniture,
    FurnitureKind,
    Place,
    PlacePrecision,
    Range,
    Reading,
    Span,
    Status,
    Toponym,
    ToponymKind,
    When,
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


def count(words: str, value: int | None, low: int | None = None, high: int | None = None) -> Count:
    span = at(words)
    return Count(span.start, span.end, span.text, 0.8, value=value, low=low, high=high)


def evidence(*spans: Span) -> Evidence:
    return Evidence(tuple(Span(span.start, span.end, span.text) for span in spans))


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
        killed=(count("four", 4, 4, 4),),
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
        injured=(count("11", 11, 11), count("dozens", None, 24)),
        source=(filler("Hospital officials"),),
        attributions=("a3",),
    ),
)

READING = Reading(ARTICLE, "fake-model", ranges(), ATTRIBUTIONS, EVENTS)

SATURDAY = When(
    "2031-05-03",
    "2031-05-03",
    "day",
    "stated",
    Evidence((at("Saturday"),), "published"),
    "the Saturday before",
)
ORLIN = Place(
    name="Orlin",
    lat=44.5,
    lon=21.25,
    radius_km=5.0,
    country="XMV",
    admin1="Halvec",
    geonameid=None,
    precision="settlement",
    kind="literal",
    basis="stated",
    evidence=evidence(at("Orlin")),
    reason="the only place of this name",
)
ARMY = Actor(
    "XMV-MIL", "Army of Merovar", "XMV", "MIL", "inferred", evidence(at("the army")), "the country's army"
)
REBELS = Actor("orlin-rebels", "Orlin rebels", None, "REB", "stated", evidence(at("rebel")), "“rebel”", "XDO")


def _resolved(event: EventReport) -> EventReport:
    """The report with its fillers resolved, and its tolls counted."""
    values: dict[str, Actor | Place | When] = {"place": ORLIN, "date": SATURDAY, "actor": ARMY}
    told: dict[str, Any] = {
        role: tuple(replace(filler, resolved=values.get(role)) for filler in getattr(event, role))
        for role in FILLERS
    }
    inherited = replace(SATURDAY, basis="inherited", reason="as another mention says")
    return replace(
        event, **told, when=SATURDAY if event.date else inherited if event.happening == "C" else None
    )


RESOLVED = replace(
    READING,
    events=tuple(map(_resolved, EVENTS)),
    dates=(
        DatePhrase(at("Sunday").start, at("Sunday").end, "Sunday", None, "no day of this week is known"),
        DatePhrase(at("Saturday").start, at("Saturday").end, "Saturday", SATURDAY, SATURDAY.reason),
    ),
    places=tuple(
        Toponym(span.start, span.end, "Orlin", "literal", 0.9, place, reason)
        for span, place, reason in (
            (at("Orlin"), ORLIN, ORLIN.reason),
            (at("Orlin", "guards"), None, "no place of this name is in the gazetteer"),
        )
    ),
    actors=(
        replace(ARMY, mentions=(at("the army"),)),
        replace(REBELS, mentions=(at("We"), at("a rebel spokesman"))),
    ),
)
"""The invented reading with some of its words resolved, and some not."""


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
DAY = st.dates().map(str)
BASIS = st.sampled_from(get_args(Basis))
COUNTRY = st.none() | st.sampled_from(("XMV", "XDO"))


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
    resolved = draw(st.none() | any_when(text) | any_place(text) | any_actor(text))
    return Filler(span.start, span.end, span.text, draw(CONFIDENCE), resolved)


@st.composite
def any_count(draw: st.DrawFn, text: str) -> Count:
    span = draw(any_span(text))
    number = st.none() | st.integers(0, 10**9)
    value, low, high = draw(st.tuples(number, number, number))
    return Count(span.start, span.end, span.text, draw(CONFIDENCE), value=value, low=low, high=high)


def any_evidence(text: str) -> st.SearchStrategy[Evidence]:
    return st.builds(
        Evidence, several(any_span(text)), st.sampled_from(("published", "dateline"))
    ) | st.builds(Evidence, any_span(text).map(lambda span: (span,)))


def any_when(text: str) -> st.SearchStrategy[When]:
    days = st.tuples(DAY, DAY).map(sorted) | st.tuples(DAY, st.none()) | st.tuples(st.none(), DAY)
    return st.builds(
        lambda ends, *rest: When(*ends, *rest),
        days,
        st.sampled_from(get_args(DatePrecision)),
        BASIS,
        any_evidence(text),
        WORDS,
        st.none() | st.just("18:30"),
    )


def any_place(text: str) -> st.SearchStrategy[Place]:
    return st.builds(
        Place,
        name=WORDS,
        lat=st.floats(-90, 90),
        lon=st.floats(-180, 180),
        radius_km=st.floats(0, 5000),
        country=COUNTRY,
        admin1=MAYBE,
        geonameid=st.none() | st.integers(1, 10**8),
        precision=st.sampled_from(get_args(PlacePrecision)),
        kind=st.sampled_from(get_args(ToponymKind)),
        basis=BASIS,
        evidence=any_evidence(text),
        reason=WORDS,
    )


def any_actor(text: str) -> st.SearchStrategy[Actor]:
    """An actor as a filler holds it, its mentions left to the article's."""
    return st.builds(
        Actor,
        id=WORDS,
        name=WORDS,
        country=COUNTRY,
        sector=st.none() | st.sampled_from(sorted(SECTORS)),
        basis=BASIS,
        evidence=any_evidence(text),
        reason=WORDS,
        sponsor=COUNTRY,
    )


@st.composite
def any_named_actor(draw: st.DrawFn, text: str) -> Actor:
    return replace(draw(any_actor(text)), mentions=draw(several(any_span(text))))


@st.composite
def any_date(draw: st.DrawFn, text: str) -> DatePhrase:
    span = draw(any_span(text))
    return DatePhrase(span.start, span.end, span.text, draw(st.none() | any_when(text)), draw(WORDS))


@st.composite
def any_toponym(draw: st.DrawFn, text: str) -> Toponym:
    span = draw(any_span(text))
    kind, place = draw(st.sampled_from(get_args(ToponymKind))), draw(st.none() | any_place(text))
    return Toponym(span.start, span.end, span.text, kind, draw(CONFIDENCE), place, draw(WORDS))


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


def some_roles() -> st.SearchStrategy[list[str]]:
    """Few at a time, as drawing takes most of the time."""
    return st.lists(st.sampled_from(ROLES), max_size=2, unique=True)


@st.composite
def any_event(draw: st.DrawFn, text: str) -> EventReport:
    kind = draw(st.sampled_from(TYPES))
    filled = {role: any_count(text) if role in COUNTS else any_filler(text) for role in draw(some_roles())}
    return EventReport(
        id=draw(WORDS),
        trigger=draw(any_span(text)),
        type=kind,
        mode=draw(st.sampled_from(("", *MODES[kind]))),
        status=draw(st.sampled_from(get_args(Status))),
        confidence=draw(CONFIDENCE),
        happening=draw(st.sampled_from("ABC")),
        **{role: draw(several(strategy)) for role, strategy in filled.items()},
        attributions=draw(several(WORDS)),
        answers=draw(several(st.sampled_from("ABC"))),
        when=draw(st.none() | any_when(text)),
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
        dates=draw(several(any_date(article.text))),
        places=draw(several(any_toponym(article.text))),
        actors=draw(several(any_named_actor(article.text))),
    )
