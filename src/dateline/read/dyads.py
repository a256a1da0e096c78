"""What one given party does to another in a sentence.

A head of its own reads the sentence with the two spans marked; what the event head finds between the
two in the sentence as it stands has a say in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.ontology import ROLES, TYPES, root
from dateline.read import bio, frames
from dateline.read.encoder import Array, Encoder, EventScores
from dateline.read.frames import EVENT_REACH, Candidates
from dateline.read.tokens import Pieces, Pieceworker
from dateline.types import Range

# Word pieces that the vocabulary keeps free: around the source, and around the target.
_MARKS = ((1, 2), (3, 4))
_LONGEST, _BEFORE = 400, 60
ROOTS: tuple[str, ...] = tuple(dict.fromkeys(root(t) for t in TYPES))
"""The root codes, CONCEDE and RETREAT being YIELD."""
_OF_TYPE = np.array([ROOTS.index(root(kind)) for kind in TYPES])
_LEAST, _ABSENT, _ANYWAY = 0.15, 0.3, 0.1
"""The least chance of a trigger; the chance that stands for a span not given; the least of a role."""
_SMALL, _UNREPORTED = 1e-4, 0.02


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


def chances(encoder: Encoder, text: str, source: Range | None, target: Range | None, weight: float) -> Array:
    """Chances [roots] of what the source does to the target.

    The product of the dyad head's chances and of the sentence's event reports' to the power ``weight``.
    """
    marked = encode(encoder.worker, text, source, target)
    told = encoder.dyad(marked.ids.tolist(), marked.marks)
    score = np.log(told + _SMALL) + weight * np.log(_reported(encoder, text, source, target) + _UNREPORTED)
    powers = np.exp(score - score.max())
    out: Array = (powers / powers.sum()).astype(np.float32)
    return out


def _reported(encoder: Encoder, text: str, source: Range | None, target: Range | None) -> Array:
    """How sure [roots] a report of each root is that has the source as actor, the target as recipient."""
    out = np.zeros(len(ROOTS), dtype=np.float32)
    pieces = encoder.worker.pieces(text, [(0, len(text))])
    encoded = encoder.encode(pieces)
    found = bio.decode(encoded.triggers, _LEAST)
    if not found:
        return out
    laid = frames.candidates(pieces, [(f.start, f.end) for f in found], EVENT_REACH)
    scores = encoder.events(encoded.vectors, [f.start for f in found], [f.end - 1 for f in found], laid)
    for i, f in enumerate(found):
        of_type = (encoded.triggers[f.start : f.end, 1::2] + encoded.triggers[f.start : f.end, 2::2]).max(0)
        fits = [
            _ANYWAY + _filled(pieces, laid, scores, i, span, role)
            for span, role in ((source, "actor"), (target, "recipient"))
        ]
        np.maximum.at(out, _OF_TYPE, of_type * fits[0] * fits[1])
    return out


def _filled(
    pieces: Pieces, laid: Candidates, scores: EventScores, frame: int, span: Range | None, role: str
) -> float:
    """The highest chance that a piece of a span fills a role of a frame."""
    if span is None:
        return _ABSENT
    low, high = pieces.inside(*span)
    there = (laid.index[frame] >= low) & (laid.index[frame] < high) & laid.known[frame]
    within = 1.0 - scores.roles[frame][there, ROLES.index(role), 0]
    return float(within.max(initial=0.0))
