"""Invented news pages, day after day: happenings that several outlets tell, each in its own words.

On a day there are as many happenings as make up its news. How often each is told follows a heavy tail: half
of them once, one in ten by seven articles or more, none by more than ``MOST_TOLD``; soon or days later. An
article tells one at length (its lead and some details), two others in short, and background that tells of no
event: 500 words with 14 triggers in all. One page in ten has the text
of another, cut. Towns are real ones, so that they are resolved as in news; parties and people are made up, as
many as there is news of. ``articles.py`` has pages that are all about the same few names, in which what is
told of one happening grows without bound: the worst case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

from articles import Invented, page
from stories import DAYS, World

BEGINNING = datetime(2024, 1, 1, 6, tzinfo=UTC)
A_DAY = 50
"""Pages of a day."""
SHORT, DETAILS, WORDS = 2, 5, 500
"""Happenings told in short, details of the one that is told at length, words of an article."""
MOST_TOLD = 40
COPIED = 0.1

TOWNS = """
Aden Agadez Aleppo Arusha Asmara Asunción Baku Bamako Bangui Basra Batumi Benghazi Bukavu Cali Cebu Chisinau
Colombo Cotonou Cúcuta Dakar Davao Deir ez-Zor Diyarbakir Djibouti Donetsk Dushanbe Erbil Ganja Gao Goma
Gondar Grozny Guayaquil Herat Homs Idlib Jaffna Jalalabad Jos Juba Kandahar Kano Karachi Kaduna Kharkiv
Kidal Kigali Kirkuk Kisangani Kismayo Kumanovo Kunduz Lahore Latakia Lubumbashi Maiduguri Malakal Mandalay
Maputo Mazar-e-Sharif Medellín Mekelle Misrata Mogadishu Mosul Mykolaiv Nalchik Niamey Nyala Odesa Osh
Ouagadougou Peshawar Port-au-Prince Pristina Quetta Raqqa Rostov Sanaa Sebha Shkodër Srinagar Sukhumi Taiz
Tamale Tikrit Timbuktu Tirana Tobruk Tripoli Tskhinvali Vavuniya Yangon Yola Zamboanga Zaporizhzhia Zinder
"""
"""Towns of one word, but for a few that are put together here with a hyphen."""

LEADS: dict[str, tuple[str, ...]] = {
    "raid": (
        "{Actor} *attacked a post near {town} {day} and *killed {number} {whom}, {speaker} ^said.",
        "{Number} {whom} were *killed in {town} {day} when {actor} *stormed the barracks, {speaker} ^said.",
        "Gunmen of {actor} *shot dead {number} {whom} near {town} {day}, {speaker} ^reported.",
    ),
    "bombing": (
        "Aircraft of {actor} *bombed {town} {day}, *wounding {number} {whom}, {speaker} ^said.",
        "{Actor} *shelled {town} {day}, and {number} {whom} were *wounded, {speaker} ^said.",
    ),
    "arrests": (
        "{Actor} *arrested {number} {whom} in {town} {day}, {speaker} ^said.",
        "{Number} {whom} were *detained in {town} {day} by {actor}, ^according to {speaker}.",
    ),
    "march": (
        "Hundreds of {whom} *marched through {town} {day} to *demand that {actor} leave.",
        "{Whom} *demonstrated in {town} {day} against {actor}, {speaker} ^said.",
    ),
    "strike": (
        "{Whom} in {town} *walked out {day}, {speaker} ^said.",
        "A *strike of {whom} *closed {town} {day}, ^according to {speaker}.",
    ),
    "talks": (
        "Envoys of {actor} *met {other} in {town} {day} to *discuss a truce.",
        "{Actor} and {other} *agreed in {town} {day} to hold talks.",
    ),
    "troops": (
        "{Actor} *moved {number} tanks to {town} {day}, {speaker} ^said.",
        "Troops of {actor} were *deployed in {town} {day}, ^according to {speaker}.",
    ),
    "aid": (
        "A *convoy of {actor} *brought food to {town} {day}, {speaker} ^said.",
        "{Actor} *delivered blankets to {town} {day}, ^according to {speaker}.",
    ),
    "withdrawal": (
        "{Actor} *withdrew from {town} {day}, {speaker} ^said.",
        "Fighters of {actor} *pulled out of {town} {day}, {speaker} ^said.",
    ),
}
TOLD: dict[str, tuple[str, ...]] = {
    "violence": (
        "The *attack near {town} left {more} others *wounded, {speaker} ^said.",
        "“We heard *shots,” ^said {person} of {town}.",
        "{Other} *condemned the *raid on {town} and *promised {actor} an answer.",
        "{Actor} *denied *firing on {town}.",
        "Police in {town} *arrested {more} men {after}, {person} ^said.",
        "{Other} *accused {actor} of *breaking a truce.",
        "The *funerals in {town} {after} drew {more} thousand people.",
    ),
    "peace": (
        "{Person} *called on {other} to *leave {town}.",
        "{Other} *rejected the *demand of {actor}, {speaker} ^said.",
        "“Nobody *asked us,” ^said {person} of {town}.",
        "{Actor} *released {more} prisoners {after}, {speaker} ^said.",
        "{Other} *praised {actor} and *offered {town} engineers.",
        "{Person} ^said that police *blocked {town} {after}.",
    ),
}
"""Patterns have names a few words apart: as in news, two articles seldom share a long run of words."""
THINGS = """
market harbour school road valley harvest library museum mine bakery tower bridge ridge council pass
shop fountain mill census station chapel canteen stadium press ferry garden shed roof reservoir
exchange orchard lighthouse cinema band theatre bank clinic fort inn lake
""".split()  # noqa: SIM905
LINKS = """
faces needs overlooks resembles borders predates outlasts serves adjoins supplies crosses follows
surrounds shades dwarfs mirrors heats lights owns rents
""".split()  # noqa: SIM905
TAILS = (
    "in winter, like",
    "on market days, as in",
    "for years, unlike",
    "in spring, with",
    "by rail from",
    "north of",
    "as far as",
    "just beyond",
    "a day from",
    "on the road to",
    "at night, as in",
    "within sight of",
)
"""Background is put together of these with names between: articles seldom have a run of words in common."""
VIOLENT = ("raid", "bombing", "arrests")
WHOM = ("guards", "farmers", "soldiers", "students", "dockers", "villagers", "drivers", "teachers", "miners")
NUMBERS = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "11",
    "14",
    "17",
    "23",
    "30",
    "52",
)
SPEAKERS = ("{person}", "the mayor of {town}", "{person}, a spokesman of {actor},", "residents of {town}")


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, as its reports name it; ``words`` are those of the patterns."""

    kind: str
    day: datetime
    words: dict[str, str]
    numbers: tuple[str, str]


class Told(NamedTuple):
    """A page as it lies on disk, and the article in it."""

    html: str
    article: Invented


def pages(count: int, seed: int = 11) -> Iterator[Told]:
    """So many pages in the order of publication, the same in every run."""
    world, draw = World(count * 15, seed), Random(seed)
    untold: dict[int, list[Happening]] = {}
    former: list[Invented] = []
    for number in range(count):
        day, place = divmod(number, A_DAY)
        if place == 0:
            _happen(world, draw, day, untold)
        article = _article(draw, world, untold[day])
        if former and draw.random() < COPIED:
            article = _cut(draw, draw.choice(former))
        former = [*former[-20:], article]
        at = BEGINNING + timedelta(day, seconds=place * 16 * 3600 // A_DAY)
        yield Told(_page(article, draw.choice(world.outlets), at), article)


def _happen(world: World, draw: Random, day: int, untold: dict[int, list[Happening]]) -> None:
    """What happens on a day, each once for every time that it will be told, spread over a week."""
    tellings = A_DAY * (1 + SHORT)
    while tellings > 0:
        happening = _happening(world, draw, BEGINNING + timedelta(day))
        times = min(MOST_TOLD, max(1, round(1 / (1 - draw.random()) / 1.4)))
        for _ in range(times):
            untold.setdefault(day + min(6, int(draw.expovariate(0.8))), []).append(happening)
        tellings -= times


def _happening(world: World, draw: Random, day: datetime) -> Happening:
    actor, other = draw.sample(world.actors, 2)
    words = {
        "actor": actor.name,
        "other": other.name,
        "town": draw.choice(TOWNS.replace("Deir ez-Zor", "Deir-ez-Zor").split()),
        "whom": draw.choice(WHOM),
        "person": f"{draw.choice(world.places).name} {draw.choice(world.places).name}",
        "day": "on " + DAYS[day.weekday()],
        "after": "on " + DAYS[(day.weekday() + 1) % 7],
    }
    return Happening(draw.choice(sorted(LEADS)), day, words, (draw.choice(NUMBERS), draw.choice(NUMBERS)))


def _article(draw: Random, world: World, waiting: list[Happening]) -> Invented:
    """One happening at length, others in short, and background."""
    main, *others = (draw.choice(waiting) for _ in range(1 + SHORT))
    lead = _filled(draw, main, draw.choice(LEADS[main.kind]))
    details = TOLD["violence" if main.kind in VIOLENT else "peace"]
    told = [lead, *(_filled(draw, main, each) for each in draw.sample(details, DETAILS))]
    told += [_filled(draw, each, draw.choice(LEADS[each.kind])) for each in others]
    while sum(len(each.split()) for each in told) < WORDS:
        told.insert(draw.randrange(1, len(told) + 1), _background(draw, world))
    marked = "\n\n".join(" ".join(told[at : at + 2]) for at in range(0, len(told), 2))
    title = lead.split(" {day}")[0].replace("*", "").replace("^", "").rstrip(".")
    return Invented(title, _plain(marked), marked.count("*"), marked.count("^"))


def _filled(draw: Random, happening: Happening, pattern: str) -> str:
    """The pattern with the happening's words; now and then somebody counts otherwise."""
    number, more = (each if draw.random() < 0.8 else draw.choice(NUMBERS) for each in happening.numbers)
    words = {**happening.words, "number": number, "more": more}
    words["speaker"] = draw.choice(SPEAKERS).format(**words)
    return pattern.format(**words, **{key.capitalize(): _capital(each) for key, each in words.items()})


def _background(draw: Random, world: World) -> str:
    """A sentence that tells of no event."""
    names = [f"{draw.choice(world.places).name} {draw.choice(world.places).name}" for _ in range(3)]
    words = [*draw.sample(THINGS, 2), draw.choice(LINKS), draw.choice(TAILS)]
    return "The {3} of {0} {5} the {4} of {1}, {6} {2}.".format(*names, *words)


def _cut(draw: Random, whole: Invented) -> Invented:
    """Another's article without its last paragraphs."""
    parts = whole.text.split("\n\n")
    left = "\n\n".join(parts[: draw.randrange(max(1, len(parts) // 2), len(parts) + 1)])
    return whole._replace(text=left)


def _page(article: Invented, outlet: str, at: datetime) -> str:
    html = page(article).replace("2024-03-05T08:30:00+01:00", at.isoformat())
    return html.replace("The Kerlo Courier", outlet)


def _plain(marked: str) -> str:
    return marked.replace("*", "").replace("^", "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
