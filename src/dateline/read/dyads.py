"""What one given party does to another in a sentence: the two spans marked, a pass of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.ontology import TYPES, root
from dateline.read.tokens import Pieceworker
from dateline.types import Range

# Word pieces that the vocabulary keeps free: around the source, and around the target.
_MARKS = ((1, 2), (3, 4))
ROOTS: tuple[str, ...] = tuple(dict.fromkeys(root(t) for t in TYPES))
"""The root codes, CONCEDE and RETREAT being YIELD."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Word pieces with the two spans marked; ``marks`` are the places of the opening marks."""

    ids: NDArray[np.int64]
    marks: tuple[int, int]


def encode(worker: Pieceworker, text: str, source: Range | None, target: Range | None) -> Marked:
    """Mark source and target in a sentence; a span that is not there is an empty mark at the end."""
    pieces = worker.pieces(text, [(0, len(text))])
    inserts: list[tuple[int, int]] = []
    for span, (opening, closing) in zip((source, target), _MARKS, strict=True):
        low, high = pieces.inside(*span) if span else (len(pieces), len(pieces))
        inserts += [(low, opening), (high, closing)]
    ids = pieces.ids.tolist()
    for place, mark in sorted(inserts, reverse=True):
        ids.insert(place, mark)
    marks = tuple(ids.index(opening) + 1 for opening, _ in _MARKS)
    return Marked(np.array([worker.cls, *ids, worker.sep]), (marks[0], marks[1]))
