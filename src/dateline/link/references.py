"""How the words of a report refer to what it tells of: back to it, to another, to a new one; to how many."""

from __future__ import annotations

import re
from typing import Literal

from dateline.link.views import View

Way = Literal["another", "back", "new"]

WAYS: dict[Way, re.Pattern[str]] = {
    "another": re.compile(
        r"another|new|further|fresh|more|other|second|third|separate|earlier|previous(?:ly)?|subsequent"
        r"|similar|past|next|recent|first"
    ),
    "back": re.compile(r"the|that|this|these|those|such|its|their|his|her|both|.*['’]s"),
    "new": re.compile(r"an?|any|some|several|many|no"),
}
"""The words that tell, before those of a trigger."""
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
LONG_NUMBER = 4
"""Digits from which on a number is rather a year."""
_WORD = re.compile(r"[\w'’-]+")
_OUTSIDE = re.compile(
    r"of|in|to|and|by|on|for|was|were|is|are|has|have|had|been|be|who|which|with|from|at|after|before|not|s?he"
    r"|they|it"
)
"""Words that stand outside of a noun's own phrase."""


def pointing(view: View) -> tuple[Way, str] | None:
    """How a trigger's phrase refers ("back": "the raid"), and the word that tells; null when none does."""
    for word in phrase(view):
        for way, words in WAYS.items():
            if words.fullmatch(word):
                return way, word
        if _OUTSIDE.fullmatch(word):
            return None
    return None


def phrase(view: View) -> list[str]:
    """A trigger's words but the last, and the four before it, the nearest to the last first."""
    own = _WORD.findall(view.event.trigger.text.lower())[:-1]
    return [*own[::-1], *_WORD.findall(view.before.lower())[:-5:-1]]


def counted(view: View) -> int | None:
    """The number in one of the two words before a trigger's last one."""
    for word in phrase(view)[:2]:
        if word in NUMBERS:
            return NUMBERS.index(word) + 1
        if word.isdecimal() and len(word) < LONG_NUMBER:
            return int(word)
    return None


def plural(view: View) -> bool:
    """Whether a trigger looks like the plural of a noun."""
    return view.event.trigger.text.endswith("s") and not view.event.trigger.text.endswith("ss")
