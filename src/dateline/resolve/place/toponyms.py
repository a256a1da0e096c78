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
from dateline.resolve.place.words import CALENDAR, NATURAL, PAPERS_AND_STREETS, TITLES
from dateline.types import Article, Mention, Range, Span

WEIGHTS = Path(__file__).parents[1] / "data" / "toponyms.json"
INTERCEPT = "intercept"
KINDS = ("Toponym", "Nationality", "Location")
"""The reader's mentions that may name a place, the surest first."""

_POSSESSIVE = re.compile(r"['’]s\b")
_CAPITALISED = re.compile(r"\b(?!The\b)(?=([A-Z][^\W\d_]+)( [A-Z][^\W\d_]+)?)\w")
_CAPITAL = re.compile(r"(?<![\w.])[^\W\d_a-z](?:[^\W_]|['’.-](?!s\b)(?=[^\W_]))*(?:(?<=\.[A-Z])\.)?")
_SEVERAL = re.compile(r", | and |[/-]")
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
    """The words that may name a place, in text order, none overlapping: the reader's before the gazetteer's
    longest, of which none lies in a person's name."""
    mentions = list(mentions)
    known = _known(article, gazetteer)
    taken = bytearray(len(article.text))
    every: list[Found] = []
    for mention in sorted((m for m in mentions if m.kind in KINDS), key=lambda m: KINDS.index(m.kind)):
        free = [each for each in _read(article, mention, known, gazetteer) if _is_free(each.span, taken)]
        for given in free:
            _take(given.span, taken)
        every += free
    for mention in mentions:
        if mention.kind == "Person" and _is_name(mention.text):
            _take(mention, taken)
    for given in known:
        if _is_free(given.span, taken):
            _take(given.span, taken)
            every.append(given)
    return sorted(every, key=lambda given: given.span.start)


def _read(article: Article, mention: Mention, known: Sequence[Found], gazetteer: Gazetteer) -> list[Found]:
    """What the reader's mention names: a place that is known, or several, or, as a toponym, an unknown one.

    A known name around a toponym is the whole of it (the reader may stop at "South" in "South Korea"). A
    location may be anything that lies somewhere ("the old market"); it is a name if the gazetteer knows it.
    """
    name = _name(article, mention)
    if name is None:
        return []
    sure = mention.kind == "Toponym"
    parts = [given for given in known if sure and overlap(given.span, name)]
    around = [given for given in parts if given.span.start <= name.start and name.end <= given.span.end]
    whole = Found(name, *meant(name.text, gazetteer))
    several = bool(parts) and _SEVERAL.search(name.text)
    named = around[:1] or ([whole] if whole.entries or (sure and not several) else parts)
    return [replace(given, read=True, confidence=mention.confidence) for given in named]


def _is_name(words: str) -> bool:
    """Whether words are several names and nothing else: no title, no "of"."""
    several = words.replace("-", " ").split()
    return len(several) > 1 and all(w[0].isupper() and w.lower().rstrip(".") not in TITLES for w in several)


def _name(article: Article, mention: Mention) -> Span | None:
    """The words of a mention from its first capitalised one to its last; all in a text without capitals.

    A name has a capital, however sure the reader is, whose vocabulary is without case.
    """
    if article.text.islower():
        return mention
    capitals = list(_CAPITAL.finditer(article.text, mention.start, mention.end))
    return article.span(capitals[0].start(), capitals[-1].end()) if capitals else None


def _is_free(span: Span, taken: bytearray) -> bool:
    """Whether no character of a span is taken yet; those that are, are not 0."""
    return not any(taken[span.start : span.end])


def _take(span: Span, taken: bytearray) -> None:
    taken[span.start : span.end] = b"1" * (span.end - span.start)


def overlap(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def _known(article: Article, gazetteer: Gazetteer) -> list[Found]:
    """The names of places and peoples that the gazetteer knows in the body, the longest first."""
    parts = article.body or ((0, len(article.text)),)
    spans = [
        s for part in parts for s in (*_places(article, part, gazetteer), *_peoples(article, part, gazetteer))
    ]
    return [Found(s, *meant(s.text, gazetteer)) for s in sorted(spans, key=lambda s: s.start - s.end)]


def _places(article: Article, part: Range, gazetteer: Gazetteer) -> Iterator[Span]:
    text = article.text
    for match in gazetteer.matches(_POSSESSIVE.sub("  ", text[part[0] : part[1]])):
        start, end = part[0] + match.start, part[0] + match.end
        after = _NEXT.match(text, end)
        word = after[1].lower() if after else ""
        if after and word in NATURAL:
            yield article.span(start, after.end())
        elif word not in PAPERS_AND_STREETS and match.text.lower() not in CALENDAR:
            yield article.span(start, end)


def _peoples(article: Article, part: Range, gazetteer: Gazetteer) -> Iterator[Span]:
    for word in _CAPITALISED.finditer(article.text, *part):
        for end in (word.end(2), word.end(1)):
            if end > 0 and _people(article.text[word.start() : end], gazetteer):
                yield article.span(word.start(), end)
                break


@lru_cache(1 << 14)
def _people(words: str, gazetteer: Gazetteer) -> bool:
    return bool(gazetteer.origins(words))
