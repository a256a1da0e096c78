"""What one given party does to another in a sentence: a head of its own reads it with both spans marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.ontology import TYPES, root
from dateline.read.encoder import Array, Encoder
from dateline.read.tokens import Pieceworker
from dateline.types import Range

# Word pieces that the vocabulary keeps free: around the source, and around the target.
_MARKS = ((1, 2), (3, 4))
_LONGEST, _BEFORE = 400, 60
ROOTS: tuple[str, ...] = tuple(dict.fromkeys(root(t) for t in TYPES))
"""The root codes, CONCEDE and RETREAT being YIELD."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Word pieces with the two spans marked; ``marks`` are the places of the opening marks."""

    ids: NDArray[np.int64]
    marks: tuple[int, int]


def encode(worker: Pieceworker, text: str, source: Range | None, target: Range | None) -> Marked:
    """Mark source and target in a sentence; a span that is not there is an empty mark at the end.

    Of a text longer than the encoder takes, the part around the first span is kept.
    """
    pieces = worker.pieces(text, [(0, len(text))])
    places = [pieces.inside(*span) if span else None for span in (source, target)]
    first = min((low for low, _ in filter(None, places)), default=0)
    base = max(0, min(first - _BEFORE, len(pieces) - _LONGEST))
    ids = pieces.ids[base : base + _LONGEST].tolist()
    inserts: list[tuple[int, int]] = []
    for place, (opening, closing) in zip(places, _MARKS, strict=True):
        low, high = (min(max(p - base, 0), len(ids)) for p in place or (base + len(ids),) * 2)
        inserts += [(low, opening), (high, closing)]
    for at, mark in sorted(inserts, reverse=True):
        ids.insert(at, mark)
    marks = tuple(ids.index(opening) + 1 for opening, _ in _MARKS)
    return Marked(np.array([worker.cls, *ids, worker.sep]), (marks[0], marks[1]))


def chances(encoder: Encoder, text: str, source: Range | None, target: Range | None) -> Array:
    """Chances [roots] of what the source does to the target."""
    marked = encode(encoder.worker, text, source, target)
    return encoder.dyad(marked.ids.tolist(), marked.marks)
