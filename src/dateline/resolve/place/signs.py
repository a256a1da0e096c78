"""What is known of words that may name a place: the words, their places, the words beside them.

These are the features of a logistic regression that tells names of places from "March" and "Henry".
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from dateline.resolve.place.features import Floats, people
from dateline.resolve.place.names import Found, governs, inside
from dateline.resolve.place.words import (
    BODIES,
    CALENDAR,
    DIRECTIONS,
    LINKING,
    NOUNS,
    PLACING,
    SINGULAR,
    SPEAKING,
    TITLES,
)
from dateline.types import Range, Span

DATA = Path(__file__).parents[1] / "data"
COMMON_WORDS = DATA / "common_words.txt"
"""English words that are also places' names, as ``training/places.py`` counts them."""
FIRST_NAMES = DATA / "first_names.txt"

MEANING = (
    "names a country",
    "names a division",
    "names a region or site",
    "names a capital",
    "people of the largest",
    "is a demonym",
    "is only another name",
)
LOOKS = (
    "has several words",
    "is an abbreviation",
    "is all capitals",
    "is a common word",
    "is a first name",
    "stands in lower case too",
)
BESIDE = (
    "opens a sentence",
    "after a word of place",
    "after another preposition",
    "after a direction",
    "after a title",
    "after a first name",
    "after a capitalised word",
    "before a capitalised word",
    "before a body's word",
    "before a common noun of places",
    "before a word of speaking",
    "before a comma",
    "in the possessive",
)
NEIGHBOUR = "lies in or holds its neighbour"
OFTEN = ("share of it in longer names", "mentions")
TELLING = ("after a word of place", "after a title", "after a first name", NEIGHBOUR)
"""What one mention of a name tells of all its mentions."""
ONCE = tuple(f"once {feature}" for feature in TELLING)
FEATURES = (*MEANING, *LOOKS, *BESIDE, NEIGHBOUR, *OFTEN, *ONCE)
"""The names of the columns."""

_BEFORE = re.compile(r"([^\W_]+(?:['’.-][^\W_]+)*\.?|[^\w\s])(\s*)$")
_AFTER = re.compile(r"(\s*)(['’]s\b|[^\W_]+(?:['’-][^\W_]+)*|[^\w\s])")
_BETWEEN = re.compile(r",? \(?(?:in )?")
_UNREMARKABLE = BODIES | DIRECTIONS | NOUNS | CALENDAR


@cache
def words(path: Path) -> frozenset[str]:
    """The words of a list."""
    return frozenset(path.read_text("utf-8").split())


def features(text: str, sentences: Sequence[Range], founds: Sequence[Found]) -> Floats:
    """The features [founds, FEATURES] of words that may name a place, in text order."""
    starts = frozenset(start for start, _ in sentences)
    beside = [_Beside.of(text, found.span, starts) for found in founds]
    lower = frozenset(re.findall(r"\b[a-z]+\b", text))
    counts = Counter(found.span.text for found in founds)
    longer = Counter(
        found.span.text for found, near in zip(founds, beside, strict=True) if near.in_longer_name
    )
    rows = [
        (
            *_meaning(found),
            *_looks(found.span.text, lower),
            *near.features(governs(found.entries)),
            _has_neighbour(text, founds, number),
            longer[found.span.text] / counts[found.span.text],
            math.log(counts[found.span.text]),
        )
        for number, (found, near) in enumerate(zip(founds, beside, strict=True))
    ]
    single = np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES) - len(ONCE))
    return np.hstack([single, _once(single, [found.span.text for found in founds])])


def _once(rows: Floats, names: Sequence[str]) -> Floats:
    """For each name [names, TELLING] what any of its mentions tells."""
    telling = rows[:, [FEATURES.index(feature) for feature in TELLING]]
    told: dict[str, Floats] = {}
    for name, row in zip(names, telling, strict=True):
        told[name] = np.maximum(told[name], row) if name in told else row
    return np.array([told[name] for name in names]).reshape(-1, len(TELLING))


def _meaning(found: Found) -> tuple[float, ...]:
    precisions = {entry.precision for entry in found.entries}
    return (
        "country" in precisions and not found.demonym,
        "province" in precisions,
        bool(precisions & {"region", "site"}) and not found.demonym,
        any(entry.capital for entry in found.entries),
        max(map(people, found.entries), default=0.0),
        found.demonym,
        all(entry.alias and entry.precision != "country" for entry in found.entries),
    )


def _looks(name: str, lower: Collection[str]) -> tuple[float, ...]:
    word = name.lower()
    return (
        " " in name,
        "." in name or (len(name) < 4 and name.isupper()),
        len(name) > 3 and name.isupper(),
        word in _UNREMARKABLE or (word in words(COMMON_WORDS) and not name.isupper()),
        name.split()[0] in words(FIRST_NAMES),
        word in lower and not name.isupper(),
    )


def _has_neighbour(text: str, founds: Sequence[Found], number: int) -> bool:
    """Whether a name lies in, or holds, the one beside it, with only a comma or bracket between."""
    pairs = [founds[i : i + 2] for i in (number - 1, number) if 0 <= i < len(founds) - 1]
    return any(
        _BETWEEN.fullmatch(text, inner.span.end, outer.span.start) and inside(inner, outer)
        for inner, outer in pairs
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """The words beside a name, "" where more than a blank lies between; ``mark`` is the one behind it."""

    opens: bool
    before: str
    after: str
    mark: str

    @classmethod
    def of(cls, text: str, span: Span, starts: Collection[int]) -> _Beside:
        before = _BEFORE.search(text, max(0, span.start - 40), span.start)
        after = _AFTER.match(text, span.end)
        opens = before is None or before[1] in {".", "!", "?", "“", '"'}
        return cls(
            opens or span.start in starts,
            before[1] if before and before[2] == " " else "",
            after[2] if after and after[1] == " " else "",
            after[2] if after and not after[1] else "",
        )

    @property
    def behind_name(self) -> bool:
        """Whether a capitalised word that is no direction stands before it."""
        passed = DIRECTIONS | PLACING | LINKING | {"the"}
        return self.before[:1].isupper() and self.before.lower() not in passed

    @property
    def in_longer_name(self) -> bool:
        """Whether a capitalised word stands beside it, other than of a body or place behind."""
        return self.behind_name or (self.after[:1].isupper() and self.after.lower() not in BODIES | NOUNS)

    def features(self, governs: bool) -> tuple[float, ...]:
        """The columns ``BESIDE``; ``governs``: a government may go by the name, and then speaks by it."""
        before, after = self.before.lower(), self.after.lower()
        capital = self.after[:1].isupper()
        return (
            self.opens,
            before in PLACING,
            before in LINKING,
            before in DIRECTIONS,
            before.rstrip(".") in TITLES and self.before[:1].isupper(),
            self.before in words(FIRST_NAMES),
            self.behind_name,
            capital and after not in BODIES,
            capital and after in BODIES,
            after in NOUNS or after in SINGULAR,
            after in SPEAKING and before not in PLACING | {"the"} and not governs,
            self.mark == ",",
            self.mark in {"'s", "’s"},
        )
