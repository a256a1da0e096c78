"""Words as they are compared: stems, words that often name one happening, and how much a word tells."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

SUFFIXES = (
    ("ations", ""),
    ("ation", ""),
    ("ements", ""),
    ("ement", ""),
    ("ments", ""),
    ("ment", ""),
    ("ings", ""),
    ("ing", ""),
    ("ions", ""),
    ("ion", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ers", ""),
    ("er", ""),
    ("ed", ""),
    ("es", ""),
    ("al", ""),
    ("s", ""),
)
"""Endings and what stands in their place; the first that fits is taken."""
_STOP = """
the a an of in on at to for by with and or as from up out off over down into about his her its their he
she it they i we you me him them this that these those be is was were are been being has have had having
will would can could should may might must do does did not no who which what when where how why there
here so than then but if also s t said says say mr mrs ms one all any more most some such only after
before
"""
STOP = frozenset(_STOP.split())
"""Words that tell nothing of what happened."""
RARE = 6.0
"""From which rarity on a word that only opens sentences is a name."""
_OPENS = re.compile(r"[\n.!?:“\"`][\s“\"'`‘(]*\Z")
_VOWELS = frozenset("aeiouy")
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=\w))*|\d+(?:[.,]\d+)*")


def stems(text: str) -> list[str]:
    """The stems of a text's words and its numbers, in its order, words of ``STOP`` left out."""
    return [stem(word) for word in _WORD.findall(text.lower()) if word not in STOP]


class Told(NamedTuple):
    """Stems of a text with how often each stands there: those of names and numbers, and the others."""

    names: Counter[str]
    others: Counter[str]


def told(text: str) -> Told:
    """A text's words; a name is written with a capital more often than not where no sentence starts."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    opening: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].islower():
            small[word] += 1
        elif word[0].isupper() and opens(text, match.start()):
            opening[word.lower()] += 1
        else:
            capital[word.lower()] += 1
    found = Told(Counter(), Counter())
    for word in (capital | small | opening).keys() - STOP:
        named = capital[word] > small[word] or (
            not (capital[word] or small[word]) and rarity(stem(word)) > RARE
        )
        (found.names if named else found.others)[stem(word)] += capital[word] + small[word] + opening[word]
    return found


def opens(text: str, at: int) -> bool:
    """Whether a sentence, or a quotation, may begin at an offset."""
    return at == 0 or _OPENS.search(text[max(0, at - 6) : at]) is not None


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What the forms of a word have in common: "killing", "killed" and "killer" are "kill".

    ``data/forms.tsv`` has the irregular ones; of the others an ending is cut off.
    """
    word = re.sub(r"['’]s?$", "", word.lower())
    if word in _forms():
        return _forms()[word]
    bare = _cut(word)
    return _forms().get(bare, bare)


def _cut(word: str) -> str:
    for suffix, instead in SUFFIXES:
        left = word.removesuffix(suffix)
        if left != word and len(left) >= 3 and not _VOWELS.isdisjoint(left) and not word.endswith("ss"):
            if not instead and len(left) > 3 and left[-1] == left[-2] and left[-1] not in "lsz":
                left = left[:-1]
            word = left + instead
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@cache
def _forms() -> dict[str, str]:
    """The stem of each irregular form, and of the words that they are forms of."""
    found: dict[str, str] = {}
    for row in _rows("forms.tsv"):
        word, forms = row.split("\t")
        for form in (word, _cut(word), *forms.split()):
            found.setdefault(form, _cut(word))
    return found


@lru_cache(maxsize=65_536)
def kin(word: str) -> frozenset[str]:
    """The stems that often name the same happening as a stem (``data/kin.tsv``), itself among them."""
    return _kin().get(word, frozenset((word,)))


@cache
def _kin() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for row in _rows("kin.tsv"):
        group = frozenset(map(stem, row.split()))
        for word in group:
            found[word] = found.get(word, frozenset()) | group
    return found


def _rows(name: str) -> list[str]:
    return files("dateline.link").joinpath("data", name).read_text("utf-8").splitlines()[1:]


Weights = Mapping[str, float]
"""Words with how much each tells, as a vector of length 1."""


def weighed(counts: Mapping[str, int], most: int | None = None) -> Weights:
    """Words by the logarithm of how often they stand here, times that of how rare they are in news; ``most``
    of them, those that tell most."""
    told = {word: (1 + math.log(count)) * rarity(word) for word, count in counts.items()}
    return scaled(dict(sorted(told.items(), key=lambda item: (-item[1], item[0]))[:most]))


def scaled(weights: Mapping[str, float]) -> Weights:
    """The same direction with length 1; nothing stays nothing."""
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two vectors of length 1 are, in [0, 1] for weights that are not negative."""
    if one.keys().isdisjoint(other):
        return 0.0
    if len(other) < len(one):
        one, other = other, one
    return sum([weight * other[word] for word, weight in one.items() if word in other])


def rarity(word: str) -> float:
    """The logarithm of how many articles one must read to meet a stem (``data/frequencies.tsv``)."""
    articles, counts = _frequencies()
    return math.log(articles / counts.get(word, LEAST))


LEAST = 4
"""In how many of the table's articles a stem that it does not have is taken to stand."""


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """How many articles were counted, and in how many of them each stem stands."""
    counts = {word: int(count) for word, count in (row.split("\t") for row in _rows("frequencies.tsv"))}
    return counts.pop(""), counts
