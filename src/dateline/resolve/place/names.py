"""Words that may name a place, the places that they may mean, and what the words around say of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dateline.resolve.gazetteer import Entry, Gazetteer
from dateline.resolve.place.features import contains
from dateline.resolve.place.words import DIRECTIONS, NATURAL, NOUNS, SINGULAR
from dateline.types import Span

FARTHEST = 60
"""How many characters may lie between a name and what it is said to lie in."""

_NOUN = "|".join(sorted(NOUNS))
_WAY = f"(?:(?:{'|'.join(sorted(DIRECTIONS))}) )?"
_PLAIN = r"(?:(?!(?:on|in|to|at|by|for|from|and|the|against)\b)[a-z][a-z-]* )"
_LIES_IN = re.compile(
    rf"(?:,? \(?|, (?:an?|the) (?:[\w'’-]+ ){{1,5}}(?=in |of ))(?:(?<=[ ,(])(?:in|of) )?(?:the )?{_WAY}"
)
_HOLDS = re.compile(
    rf"['’]s {_WAY}(?:{_PLAIN}{{0,3}}(?:{_NOUN})(?: of)?,? )?| {_PLAIN}{{0,3}}(?:{_NOUN})(?: of)?,? "
)
_LISTED = r"(?:(?:,? and|,? or|,) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)*"
_NOUN_AFTER = re.compile(rf" ((?i:{_NOUN}))\b|{_LISTED} ((?i:{'|'.join(SINGULAR)}))\b")
_NOUN_BEFORE = re.compile(rf"\b({_NOUN}) of (?:the )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """Words that may name a place, and the places that they may mean.

    ``confidence`` is that they name one at all, ``read`` whether the reader says so.
    """

    span: Span
    entries: tuple[Entry, ...]
    demonym: bool = False
    read: bool = False
    confidence: float = 1.0


@lru_cache(1 << 12)
def meant(words: str, gazetteer: Gazetteer) -> tuple[tuple[Entry, ...], bool]:
    """The places that some words may mean, and whether they are a demonym.

    A name unknown as it stands is sought without a direction before it and a common noun behind it
    ("northern Idlib", "Homs city"); but a river or a hill is no town.
    """
    if entries := gazetteer.origins(words):
        return entries, True
    if entries := gazetteer.lookup(words):
        return entries, False
    first, _, behind = words.partition(" ")
    before, _, last = words.rpartition(" ")
    if behind and first.lower() in DIRECTIONS:
        return meant(behind, gazetteer)[0], False
    if before and last.lower() in NOUNS - NATURAL:
        return meant(before, gazetteer)[0], False
    return (), False


def governs(entries: Iterable[Entry]) -> bool:
    """Whether a government may go by a name of these places: that of a country, or its capital's."""
    return any(entry.precision == "country" or entry.capital for entry in entries)


def told_inside(text: str, founds: Sequence[Found]) -> list[tuple[Entry, ...]]:
    """For each name the places of its neighbour in which the words between put it, none if they do not.

    "Ghouta, Syria"; "Springfield (Ill.)"; "Homs in western Syria"; "Kobani, a town in Syria"; "Iraq's
    Anbar province"; "the Syrian city of Homs".
    """
    told: list[tuple[Entry, ...]] = [() for _ in founds]
    for number, (left, right) in enumerate(pairwise(founds)):
        between = left.span.end, right.span.start
        if between[1] - between[0] > FARTHEST:
            continue
        if _LIES_IN.fullmatch(text, *between):
            told[number] = told[number] or inside(left, right)
        if not told[number] and _HOLDS.fullmatch(text, *between):
            told[number + 1] = inside(right, left)
    return told


def inside(inner: Found, outer: Found) -> tuple[Entry, ...]:
    """The places of one name in which some place of another lies; all countries and provinces for a name
    of which no place is known."""
    if not inner.entries:
        return tuple(around for around in outer.entries if around.precision in ("country", "province"))
    return tuple(
        around for around in outer.entries if any(contains(around, entry) for entry in inner.entries)
    )


def noun(text: str, span: Span) -> str | None:
    """The common noun of places said of a name.

    "Homs province"; "the city of Homs"; "Kent and Essex counties".
    """
    own = span.text.rpartition(" ")[2].lower()
    if own in NOUNS:
        return own
    if after := _NOUN_AFTER.match(text, span.end):
        word = (after[1] or after[2]).lower()
        return SINGULAR.get(word, word)
    before = _NOUN_BEFORE.search(text, max(0, span.start - 20), span.start)
    return before[1].lower() if before else None
