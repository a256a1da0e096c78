"""A time phrase as the grammar finds it, and the words that it is found in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dateline.resolve.time.changes import Change, between, earliest_after, latest_before
from dateline.resolve.time.setting import Meaning


@dataclass(frozen=True, slots=True)
class Phrase:
    """Time words ``[start, end)`` and their meaning.

    ``dated``: the words name the year. ``turns``: they name what comes again (a weekday, a month), so that
    the tense decides. ``deictic``: they count from the publication. ``clock``: the change that their clock
    time makes to a day. ``parts``: the phrases within that mean something else, such as a range's ends.
    """

    start: int
    end: int
    meaning: Meaning
    dated: bool = False
    turns: bool = False
    deictic: bool = False
    clock: Change | None = None
    parts: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A text as written and in lower case, offset by offset; ``given`` where it is known to tell a time."""

    text: str
    lower: str
    given: bool = False

    def capital(self, place: int) -> bool:
        """Whether a capital stands there."""
        return self.text[place : place + 1].isupper()

    def before(self, place: int, reach: int = 14) -> str:
        """The words up to a place, in lower case."""
        return self.lower[max(0, place - reach) : place]

    def behind(self, place: int, reach: int = 14) -> str:
        """The words from a place on, in lower case."""
        return self.lower[place : place + reach]


Build = Callable[["re.Match[str]", Words], "Phrase | None"]
"""From a match to the phrase, null where the words do not tell a time after all."""

_LOWER = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ\n\t\r\xa0\u2009\u202f\u2011", "abcdefghijklmnopqrstuvwxyz      -"
)


def words_of(text: str, given: bool = False) -> Words:
    """A text to be parsed: A to Z lowered, blanks alike, each character for one, so that offsets hold."""
    return Words(text, text.translate(_LOWER), given)


def phrase(
    found: re.Match[str], meaning: Meaning, *, dated: bool = False, turns: bool = False, deictic: bool = False
) -> Phrase:
    """The words of a match as a phrase."""
    return Phrase(found.start(), found.end(), meaning, dated, turns, deictic)


def ranged(start: int, end: int, left: Phrase, right: Phrase) -> Phrase:
    """A range between two phrases. Of an end that comes again, the one nearest to the other end is meant."""
    if left.turns:
        left = replace(left, meaning=latest_before(left.meaning, right.meaning))
    elif right.turns:
        right = replace(right, meaning=earliest_after(right.meaning, left.meaning))
    dated, turns, deictic = (
        left.dated or right.dated,
        left.turns and right.turns,
        left.deictic or right.deictic,
    )
    return Phrase(
        start, end, between(left.meaning, right.meaning), dated, turns, deictic, parts=(left, right)
    )
