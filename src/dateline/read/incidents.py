"""Who and what an article's incidents are about: MUC-4's role fillers, for the article as a whole.

A head labels every piece with those roles (labels of ``bio``); ``spans_of`` makes the labels out of gold,
``mentions`` reads them off the head, and ``entities`` brings the mentions of one thing together. Reports of
no incident are half of MUC-4: an article is taken for one when its surest entity is sure enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.ontology import INCIDENT_ROLES
from dateline.read import bio, spans
from dateline.read.tokens import Pieces
from dateline.types import Article, Filler, Range

Found = Mapping[str, Sequence[Filler]]

_ARTICLE = re.compile(r"^(?:an?|the)\s+(?=\S)", re.IGNORECASE)
_APPOSED = re.compile(r"\s*(?:\(|\[|--?|,? or|,? known as)\s*[\"“']?")
"""What stands between a name and another name of the same thing: "the front (FNK)"."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in one role of an article, the mentions that name it, surest first."""

    mentions: tuple[Filler, ...]

    @property
    def name(self) -> str:
        """The words of the surest mention."""
        return self.mentions[0].text

    @property
    def confidence(self) -> float:
        """How sure the surest mention is, in [0, 1]."""
        return self.mentions[0].confidence


# ---- labels from gold


def spans_of(text: str, extracts: Mapping[str, Iterable[Iterable[str]]]) -> list[tuple[int, int, int]]:
    """(start, end, number of the role) of every place where a name of gold stands as whole words.

    ``extracts`` is gold's {role: [entity, ...]}, an entity being its names. Leading articles are left
    out, as gold mostly does and its metric always; of names within names the longest stands. Gold names
    no places, only strings: that all of them are marked leaves the choice to the decoding.
    """
    marked = [
        (start, end, INCIDENT_ROLES.index(role))
        for role, entities in extracts.items()
        for entity in entities
        for name in entity
        for start, end in _places(text, name)
    ]
    kept: list[tuple[int, int, int]] = []
    for span in sorted(set(marked), key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= start or end <= span[0] for start, end, _ in kept):
            kept.append(span)
    return sorted(kept)


def _places(text: str, name: str) -> Iterator[Range]:
    pattern = rf"(?<!\w){re.escape(_ARTICLE.sub('', name))}(?!\w)"
    yield from (found.span() for found in re.finditer(pattern, text, re.IGNORECASE))


# ---- the head's chances to mentions, mentions to entities


def mentions(
    article: Article, pieces: Pieces, chances: NDArray[np.float32], member: float
) -> dict[str, list[Filler]]:
    """Mentions by role, in text order, from chances [n, 1 + 2 roles] of a whole article's pieces.

    A piece belongs to a mention where its chance of not being outside reaches ``member``.
    """
    out: dict[str, list[Filler]] = {role: [] for role in INCIDENT_ROLES}
    for found in bio.decode(chances, member):
        span = spans.words(article, pieces, found)
        led = _ARTICLE.match(span.text)
        if led:
            span = article.span(span.start + led.end(), span.end)
        if spans.plain(span.text) not in spans.FUNCTION_WORDS:
            confidence = round(found.confidence, 4)
            out[INCIDENT_ROLES[found.kind]].append(Filler(span.start, span.end, span.text, confidence))
    return out


def entities(text: str, found: Found, settings: Mapping[str, Any]) -> dict[str, list[Entity]]:
    """The entities of each role, surest first.

    ``settings["document"]`` is the least chance of the article's surest entity; below it, the article
    reports no incident. ``settings["roles"][role]`` are the least chances of a role's surest entity and
    of each further one.
    """
    grouped = {role: _grouped(text, found.get(role, ())) for role in INCIDENT_ROLES}
    surest = max((e.confidence for some in grouped.values() for e in some), default=0.0)
    if surest < settings["document"]:
        return {role: [] for role in INCIDENT_ROLES}
    return {role: _sure(grouped[role], *settings["roles"][role]) for role in INCIDENT_ROLES}


def _sure(ranked: Sequence[Entity], first: float, more: float) -> list[Entity]:
    return [e for i, e in enumerate(ranked) if e.confidence >= (more if i else first)]


def _grouped(text: str, found: Sequence[Filler]) -> list[Entity]:
    """Mentions of one thing together, the surest of each first; groups in that order, too."""
    groups: list[list[Filler]] = []
    for mention in sorted(found, key=lambda m: (-m.confidence, m.start)):
        mine = [group for group in groups if any(same(text, mention, other) for other in group)]
        groups = [group for group in groups if group not in mine]
        groups.append(sorted([m for group in mine for m in group] + [mention], key=_surest))
    return sorted((Entity(tuple(group)) for group in groups), key=lambda e: _surest(e.mentions[0]))


def _surest(mention: Filler) -> tuple[float, int]:
    return -mention.confidence, mention.start


def same(text: str, a: Filler, b: Filler) -> bool:
    """Whether two mentions in one role name the same thing.

    They do when the one's words are all among the other's ("Veld", "Interior Minister Jonas Veld"), or when
    the second is told right behind the first, in brackets say.
    """
    first, second = (a, b) if a.start <= b.start else (b, a)
    mine, theirs = (set(re.findall(r"\w+", m.text.lower())) - spans.FUNCTION_WORDS for m in (a, b))
    within = bool(mine and theirs) and (mine <= theirs or theirs <= mine)
    return within or _APPOSED.fullmatch(text[first.end : second.start]) is not None
