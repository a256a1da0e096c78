"""What is compared of an event report, and what of its article and of the reader's view is kept with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dateline.link.projection import DIGEST, Projection
from dateline.link.words import Weights, scaled, stems, told, weighed
from dateline.types import Claim, EventReport, Reading

NAMES, OTHERS = 30, 24
"""How many of an article's most telling names, and of its other words, are kept with its claims."""
_HASH, _TERM = 3, 4
_DEGREES = 255

Vector = NDArray[np.float32]
Sketch = Mapping[str, float]
"""An article's words, under the hashes by which they are kept, as a vector of length 1, the most telling
first."""


class Days(NamedTuple):
    """Days as ordinals of the proleptic calendar, both inclusive; null where open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class View:
    """What is compared of an event report.

    ``trigger`` are stems, ``names`` and ``others`` those of the sentence around it;
    ``article_names`` and ``article_others`` the article's most telling ones. ``vector`` [d], of
    length 1, is null when none was kept. ``published`` is an ordinal day. ``before`` are the sentence's words
    before the trigger and ``sentence`` is its number in the article, empty and null where only reports of
    other articles are compared.
    """

    event: EventReport
    trigger: frozenset[str]
    names: Weights
    others: Weights
    article_names: Sketch
    article_others: Sketch
    vector: Vector | None
    days: Days | None
    published: int | None
    before: str = ""
    sentence: int | None = None


def of_claim(claim: Claim, projection: Projection) -> View:
    """What is compared of a claim; a vector that another projection made is left out."""
    names, others, vector = unpacked(claim.vector, projection)
    return viewed(claim.event, claim.sentence.text, claim.citation.published, names, others, vector)


def viewed(
    event: EventReport,
    sentence: str,
    published: str | None,
    article_names: Sketch,
    article_others: Sketch,
    vector: Vector | None,
    before: str = "",
    number: int | None = None,
) -> View:
    """What is compared of an event report that stands in a sentence."""
    trigger = frozenset(stems(event.trigger.text) or [event.trigger.text.lower()])
    around = told(sentence)
    return View(
        event=event,
        trigger=trigger,
        names=weighed(without(around.names, trigger)),
        others=weighed(without(around.others, trigger)),
        article_names=article_names,
        article_others=article_others,
        vector=vector,
        days=None if event.when is None else Days(ordinal(event.when.start), ordinal(event.when.end)),
        published=ordinal(published),
        before=before,
        sentence=number,
    )


def without(counts: Mapping[str, int], left_out: frozenset[str]) -> dict[str, int]:
    """Counts of the other words."""
    return {word: count for word, count in counts.items() if word not in left_out}


def ordinal(day: str | None) -> int | None:
    """The day of an ISO 8601 date or date-time; null when there is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


@lru_cache(maxsize=65_536)
def numbered(word: str) -> str:
    """The three bytes by which a word is kept, as hexadecimal digits."""
    return blake2b(word.encode(), digest_size=_HASH).hexdigest()


def sketched(text: str) -> bytes:
    """An article's most telling names and other words: hashes with weights, each list behind its length."""
    words = told(text)
    return _listed(weighed(words.names, NAMES)) + _listed(weighed(words.others, OTHERS))


def _listed(weights: Weights) -> bytes:
    most = max(weights.values(), default=1.0)
    rows = [
        bytes.fromhex(numbered(word)) + bytes((max(1, round(_DEGREES * each / most)),))
        for word, each in weights.items()
    ]
    return bytes((len(rows),)) + b"".join(rows)


def kept(reading: Reading, projection: Projection | None) -> list[bytes]:
    """What is kept of each event report for comparing it later, at most 290 bytes.

    Without a vector where the reader left none, or is not the one that the projection is for.
    """
    sketch = sketched("\n".join(reading.article.text[start:end] for start, end in reading.article.body))
    vectors = None if projection is None else projected(reading, projection)
    rows: Sequence[Vector | None] = vectors or [None] * len(reading.events)
    digest = bytes(DIGEST) if projection is None or vectors is None else projection.digest
    return [packed(sketch, digest, vector) for vector in rows]


def projected(reading: Reading, projection: Projection) -> list[Vector] | None:
    """The reader's views of a reading's triggers, projected; null when they are not to be had."""
    seen = [np.frombuffer(event.vector, dtype=np.float32) for event in reading.events if event.vector]
    if not seen or len(seen) < len(reading.events) or reading.model != projection.model:
        return None
    return list(projection.of(np.stack(seen)))


def packed(sketch: bytes, digest: bytes, vector: Vector | None) -> bytes:
    """What is kept with a claim: who made its vector, its article's sketch, and the vector in int8."""
    return digest + sketch + (b"" if vector is None else quantised(vector).tobytes())


def quantised(vector: Vector) -> NDArray[np.int8]:
    """A vector's direction: its greatest component is 127."""
    most = float(np.abs(vector).max()) or 1.0
    return np.round(vector * (127 / most)).astype(np.int8)


def unpacked(kept: bytes, projection: Projection) -> tuple[Sketch, Sketch, Vector | None]:
    """The article's names, its other words and the vector, all of length 1, as ``packed`` has them."""
    if not kept:
        return {}, {}, None
    at = _end(kept, _end(kept, DIGEST))
    names, others = _unsketched(kept[DIGEST:at])
    if kept[:DIGEST] != projection.digest or at == len(kept):
        return names, others, None
    vector = np.frombuffer(kept[at:], dtype=np.int8).astype(np.float32)
    length = float(np.sqrt(vector @ vector))
    return names, others, vector / length if length else None


@lru_cache(maxsize=2_000)
def _unsketched(sketch: bytes) -> tuple[Sketch, Sketch]:
    """Both lists of an article; all its claims have the same."""
    between = _end(sketch, 0)
    return _unlisted(sketch[:between]), _unlisted(sketch[between:])


def _end(kept: bytes, at: int) -> int:
    """Where the list ends that starts at a byte."""
    return at + 1 + _TERM * kept[at]


def _unlisted(listed: bytes) -> Sketch:
    rows = (listed[row : row + _TERM] for row in range(1, len(listed), _TERM))
    return scaled({row[:_HASH].hex(): float(row[_HASH]) for row in rows})
