"""Invented readings in the order of publication: happenings that several outlets tell, day after day.

A world has places, parties and outlets with made-up names. Every day has happenings; each is told by one
outlet or by many, soon or days later, with other words, tolls and details; one article in ten repeats
another's text. Everything is drawn with a seed, so that a world is the same in every run.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random

from dateline.types import (
    Actor,
    Article,
    Count,
    EventReport,
    Evidence,
    Filler,
    Place,
    Reading,
    Span,
    Status,
    When,
)

SYLLABLES = (
    "bar",
    "ken",
    "dol",
    "mir",
    "tas",
    "vel",
    "oru",
    "hal",
    "nes",
    "kir",
    "zan",
    "pol",
    "ush",
    "gra",
    "lem",
    "tor",
    "ved",
    "isk",
    "hom",
    "par",
    "sel",
    "dra",
)
BEGINNING = datetime(2031, 1, 1, 6, tzinfo=UTC)
SMALLEST, SMALLEST_DAYS = 10_000, 30
"""Claims of the smallest world, and the days that they cover."""
AN_ARTICLE = 6
"""Claims of an article."""
MOST_TOLD = 40
"""Articles that tell a happening at most; half of all are told once."""

PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("ASSAULT", "firearms", "{actor} {t:killed|shot dead} {killed} {whom} {near} {place} {day}"),
    ("ASSAULT", "aerial", "Aircraft of {actor} {t:bombed|struck|hit} a depot {near} {place} {day}"),
    (
        "ASSAULT",
        "bombing",
        "A car bomb {t:exploded|went off} {near} {place} {day}, wounding {injured} {whom}",
    ),
    ("ASSAULT", "heavy-weapons", "{actor} {t:shelled|fired rockets at} villages {near} {place} {day}"),
    (
        "ASSAULT",
        "abduct",
        "{actor} {t:abducted|seized|kidnapped} {killed} {whom} on the road to {place} {day}",
    ),
    ("COERCE", "arrest", "{actor} {t:arrested|detained|rounded up} {killed} {whom} in {place} {day}"),
    ("COERCE", "curfew", "{actor} {t:imposed|declared} a curfew in {place} {day}"),
    ("PROTEST", "demo", "{whom} {t:marched|demonstrated|rallied} through {place} {day} against {actor}"),
    ("PROTEST", "strike", "{whom} in {place} {t:walked out|went on strike} {day}"),
    ("MOBILIZE", "troops", "{actor} {t:sent|moved|deployed} troops to {place} {day}"),
    ("CONSULT", "visit", "Envoys of {actor} {t:met|held talks with} {whom} in {place} {day}"),
    ("AID", "", "{actor} {t:delivered|brought} food to {whom} in {place} {day}"),
    ("ACCUSE", "disapprove", "{actor} {t:condemned|denounced} the raid {near} {place} {day}"),
    ("SANCTION", "expel", "{actor} {t:expelled|sent home} two diplomats from {place} {day}"),
    ("RETREAT", "withdraw", "{actor} {t:withdrew|pulled out} of {place} {day}"),
)
WHOM = ("guards", "farmers", "soldiers", "students", "dockers", "villagers", "drivers", "teachers", "miners")
NEAR = ("near", "outside", "at", "south of", "not far from")
TAILS = ("officials said", "according to witnesses", "a spokesman said", "residents told reporters", "")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
MODEL = "invented"


@dataclass(frozen=True)
class World:
    """A world for a record of so many claims: more days and more news a day, both by the root of that."""

    claims: int
    seed: int = 5

    @property
    def days(self) -> int:
        """How many days it covers."""
        return round(SMALLEST_DAYS * math.sqrt(self.claims / SMALLEST))

    @property
    def a_day(self) -> float:
        """Articles a day."""
        return self.claims / self.days / AN_ARTICLE

    @cached_property
    def places(self) -> list[Place]:
        """Towns of forty countries, as many as there is news of."""
        draw = Random(self.seed)
        names = _names(draw, max(200, round(3 * math.sqrt(self.claims))))
        return [
            Place(
                name,
                round(draw.uniform(-50, 60), 3),
                round(draw.uniform(-120, 140), 3),
                draw.choice((3.0, 10.0, 25.0)),
                _code(number % 40),
                None,
                number,
                "settlement",
                "literal",
                "stated",
                Evidence(field="published"),
                "the only place of this name",
            )
            for number, name in enumerate(names)
        ]

    @cached_property
    def actors(self) -> list[Actor]:
        """Two hundred parties."""
        names = _names(Random(self.seed + 1), 200)
        evidence = Evidence(field="published")
        return [
            Actor(
                f"{_code(n % 40)}-{sector}",
                f"the {name} {kind}",
                _code(n % 40),
                sector,
                "stated",
                evidence,
                "named",
            )
            for n, name in enumerate(names)
            for sector, kind in (("MIL" if n % 2 else "REB", "Army" if n % 2 else "Front"),)
        ]

    @cached_property
    def outlets(self) -> list[str]:
        """A hundred and fifty outlets."""
        return [f"{name} Post" for name in _names(Random(self.seed + 2), 150)]


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened: how its reports name it, and what it says."""

    name: str
    type: str
    mode: str
    pattern: str
    day: int
    place: Place
    actor: Actor
    whom: str
    toll: int


@dataclass(slots=True)
class _Writing:
    """An article as it is written, with the reports in it."""

    text: str = ""
    events: list[EventReport] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)


def stories(
    world: World, *, first_day: int = 0, last_day_only: bool = False, seed: int | None = None
) -> Iterator[Reading]:
    """The readings of a world in the order of publication, without an end; or other ones of its last day.

    With a later ``first_day`` those of the days before are left out, and what they would have told later.
    """
    draw = Random(world.seed if seed is None else seed)
    untold: dict[int, list[Happening]] = {}
    number = 0
    day = world.days - 1 if last_day_only else first_day
    if last_day_only:  # what happened before is told on: the same happenings as in the record
        for before in range(max(0, day - 6), day + 1):
            _happen(world, before, untold)
    while True:
        if not last_day_only:
            _happen(world, day, untold)
        articles = max(1, round(world.a_day))
        former: list[Reading] = []
        for place in range(articles):
            reading = _article(world, draw, day, place / articles, untold, number, seed)
            if former and draw.random() < 0.1:
                reading = _copy(draw, former[draw.randrange(len(former))], reading)
            former = [*former[-20:], reading]
            number += 1
            yield reading
        day += 0 if last_day_only else 1


def _happen(world: World, day: int, untold: dict[int, list[Happening]]) -> None:
    """What happens on a day, each once for every time that it will be told, spread over a week."""
    draw = Random(f"{world.seed} {day}")
    tellings = round(world.a_day * AN_ARTICLE)
    number = 0
    while tellings > 0:
        kind, mode, pattern = draw.choice(PATTERNS)
        happening = Happening(
            f"s{day}-{number}",
            kind,
            mode,
            pattern,
            day,
            world.places[int(len(world.places) * draw.random() ** 2)],
            draw.choice(world.actors),
            draw.choice(WHOM),
            draw.randrange(len(NUMBERS)),
        )
        times = min(MOST_TOLD, max(1, round(1 / (1 - draw.random()) / 1.4)))
        for _ in range(times):
            untold.setdefault(day + min(6, int(draw.expovariate(0.8))), []).append(happening)
        tellings -= times
        number += 1


def _article(
    world: World,
    draw: Random,
    day: int,
    at: float,
    untold: dict[int, list[Happening]],
    number: int,
    seed: int | None,
) -> Reading:
    """An article of a day that tells some of what is to be told."""
    published = BEGINNING + timedelta(day, seconds=round(at * 16 * 3600))
    waiting = untold.get(day, [])
    told = {each.name: each for each in (draw.choice(waiting) for _ in range(AN_ARTICLE) if waiting)}
    writing = _Writing()
    for happening in told.values():
        _tell(draw, writing, happening)
    outlet = draw.choice(world.outlets)
    host = outlet.split()[0].lower()
    url = f"https://{host}.example/{seed or 0}/{day}/{number}"
    text = writing.text
    article = Article(
        url,
        text,
        url,
        title=text[slice(*writing.sentences[0])] if writing.sentences else outlet,
        publisher=outlet,
        published=published.isoformat(),
        body=((0, len(text)),),
        language="en",
    )
    return Reading(article, MODEL, tuple(writing.sentences), (), tuple(writing.events))


def _tell(draw: Random, writing: _Writing, happening: Happening) -> None:
    """Write a sentence of a happening, and its report."""
    start = len(writing.text)
    on = BEGINNING + timedelta(happening.day)
    words = {
        "actor": happening.actor.name,
        "place": happening.place.name,
        "whom": happening.whom,
        "near": draw.choice(NEAR),
        "day": "on " + DAYS[on.weekday()],
        "killed": NUMBERS[happening.toll if draw.random() < 0.8 else draw.randrange(len(NUMBERS))],
    }
    words["injured"] = words["killed"]
    spans: dict[str, Span] = {}
    for part in happening.pattern.split("{"):
        inside, _, after = part.rpartition("}")
        if inside:
            role, _, choices = inside.partition(":")
            said = draw.choice(choices.split("|")) if choices else words[role]
            spans[role] = Span(len(writing.text), len(writing.text) + len(said), said)
            writing.text += said
        writing.text += after
    tail = draw.choice(TAILS)
    writing.text += f", {tail}. " if tail else ". "
    writing.sentences.append((start, len(writing.text) - 1))
    when = on.date().isoformat()
    evidence = Evidence((spans["day"],))
    status: Status = "negated" if draw.random() < 0.03 else "actual"
    writing.events.append(
        EventReport(
            happening.name,
            spans["t"],
            happening.type,
            happening.mode,
            status,
            0.9,
            happening.name,
            actor=_filled(spans, "actor", happening.actor),
            recipient=_filled(spans, "whom", None),
            place=_filled(spans, "place", happening.place),
            date=_filled(spans, "day", None),
            when=When(when, when, "day", "stated", evidence, "the last such day"),
            killed=_counted(spans, "killed"),
            injured=_counted(spans, "injured"),
        )
    )


def _filled(spans: dict[str, Span], role: str, resolved: Actor | Place | None) -> tuple[Filler, ...]:
    if role not in spans:
        return ()
    span = spans[role]
    return (Filler(span.start, span.end, span.text, 0.9, resolved),)


def _counted(spans: dict[str, Span], role: str) -> tuple[Count, ...]:
    if role not in spans:
        return ()
    span = spans[role]
    number = NUMBERS.index(span.text) + 2
    return (Count(span.start, span.end, span.text, 0.9, None, number, number, number),)


def _copy(draw: Random, whole: Reading, reading: Reading) -> Reading:
    """Another's text, cut behind one of its sentences, under a reading's address, outlet and time."""
    sentences = whole.sentences[
        : draw.randrange(2, len(whole.sentences) + 1) if len(whole.sentences) > 2 else None
    ]
    if not sentences:
        return reading
    text = whole.article.text[: sentences[-1][1]]
    events = tuple(event for event in whole.events if event.trigger.end <= len(text))
    article = replace(reading.article, text=text, title=whole.article.title, body=((0, len(text)),))
    return Reading(article, MODEL, sentences, (), events)


def _names(draw: Random, number: int) -> list[str]:
    """So many names, no two alike."""
    found: dict[str, None] = {}
    while len(found) < number:
        found.setdefault("".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3)))).capitalize())
    return list(found)


def _code(number: int) -> str:
    """A country's code that none has."""
    return "X" + chr(65 + number // 26) + chr(65 + number % 26)
