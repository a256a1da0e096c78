"""Which words of an article name a place.

Names come from two sides, each of which works alone: the reader's mentions, and runs of capitalised
words that the gazetteer knows. Of the latter most are no places; each is judged by named features, whose
weights, learnt by ``training/places.py``, are in data/toponyms.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.place.features import Floats
from dateline.resolve.place.names import Found, meant
from dateline.resolve.place.signs import FEATURES, features
from dateline.resolve.place.words import CALENDAR, NATURAL, PAPERS_AND_STREETS
from dateline.types import Article, Mention, Range, Span

WEIGHTS = Path(__file__).parents[1] / "data" / "toponyms.json"
INTERCEPT = "intercept"
KINDS = frozenset({"Toponym", "Location", "Nationality"})
"""The reader's mentions that may name a place."""

_POSSESSIVE = re.compile(r"['’]s\b")
_CAPITALISED = re.compile(r"\b(?!The\b)(?=([A-Z][^\W\d_]+)( [A-Z][^\W\d_]+)?)\w")
_CAPITAL = re.compile(r"[^\W\d_a-z]")
"""A name has one: "the valley" is none, however sure the reader is, whose vocabulary is without case."""
_NEXT = re.compile(r" ([A-Z][a-z]+)\b")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights [FEATURES + 1], the intercept last; how likely words must name a place to be taken for
    one, without the reader and beside it."""

    features: Floats
    alone: float
    beside: float

    @staticmethod
    @cache
    def load(path: Path = WEIGHTS) -> Weights:
        """From a file, by default the package's own."""
        table = json.loads(path.read_text("utf-8"))
        weights = np.array([table["weights"][name] for name in (*FEATURES, INTERCEPT)])
        return Weights(weights, table["threshold"], table["threshold beside the reader"])

    def chances(self, rows: Floats) -> list[float]:
        """How likely words with features [k, FEATURES] name a place."""
        chances: list[float] = (1 / (1 + np.exp(-(rows @ self.features[:-1] + self.features[-1])))).tolist()
        return chances


def found(
    article: Article, sentences: Sequence[Range], mentions: Iterable[Mention], gazetteer: Gazetteer
) -> list[Found]:
    """The words that name a place, in text order: the reader's, and of the gazetteer's the likely ones."""
    every = proposed(article, mentions, gazetteer)
    weights = Weights.load()
    threshold = weights.beside if any(given.read for given in every) else weights.alone
    chances = weights.chances(features(article.text, sentences, every))
    judged = (
        g if g.read else replace(g, confidence=chance) for g, chance in zip(every, chances, strict=True)
    )
    return [given for given in judged if given.read or given.confidence >= threshold]


def proposed(article: Article, mentions: Iterable[Mention], gazetteer: Gazetteer) -> list[Found]:
    """The words that may name a place, in text order: the reader's, toponyms first, before the gazetteer's
    longest."""
    cased = not article.text.islower()
    read = [
        Found(mention, *meant(mention.text, gazetteer), read=True, confidence=mention.confidence)
        for mention in sorted(mentions, key=lambda mention: mention.kind != "Toponym")
        if mention.kind in KINDS and (_CAPITAL.search(mention.text) or not cased)
    ]
    known = [
        span
        for part in article.body or ((0, len(article.text)),)
        for span in _known(article, part, gazetteer)
    ]
    taken: list[Found] = []
    for given in (
        *read,
        *(Found(span, *meant(span.text, gazetteer)) for span in sorted(known, key=_shortness)),
    ):
        if all(given.span.end <= other.span.start or other.span.end <= given.span.start for other in taken):
            taken.append(given)
    return sorted(taken, key=lambda given: given.span.start)


def _shortness(span: Span) -> int:
    return -len(span.text)


def _known(article: Article, part: Range, gazetteer: Gazetteer) -> Iterator[Span]:
    """The names of places and peoples that the gazetteer knows in a part of the body."""
    text = article.text
    for match in gazetteer.matches(_POSSESSIVE.sub("  ", text[part[0] : part[1]])):
        start, end = part[0] + match.start, part[0] + match.end
        after = _NEXT.match(text, end)
        word = after[1].lower() if after else ""
        if word in NATURAL and after:
            yield article.span(start, after.end())
        elif word not in PAPERS_AND_STREETS and match.text.lower() not in CALENDAR:
            yield article.span(start, end)
    for word in _CAPITALISED.finditer(text, *part):
        for end in (word.end(2), word.end(1)):
            if end > 0 and _people(text[word.start() : end], gazetteer):
                yield article.span(word.start(), end)
                break


@lru_cache(1 << 14)
def _people(words: str, gazetteer: Gazetteer) -> bool:
    return bool(gazetteer.origins(words))
