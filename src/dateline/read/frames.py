"""A frame is a trigger and the words that fill its roles.

For each trigger (an event's word, an attribution's cue) the pieces around it, and the
article's first ones, are the candidates that a head labels for every role. Labels are
those of ``bio``; this module lays out the candidates and carries spans to labels and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.read import bio
from dateline.read.tokens import Pieces
from dateline.types import Range

IGNORE = -100
"""The label of a piece whose role is not known."""

_STEPS = np.array([1, 2, 3, 4, 6, 9, 14, 22, 35, 60, 100, 180])
LEAD = 2 * len(_STEPS) + 1
NOTHING = LEAD + 1
DISTANCES = NOTHING + 1
"""How many buckets of signed distance in pieces there are; the article's lead is one, no piece another."""
SENTENCES = 10
"""How many buckets of signed distance in sentences there are, the lead being one."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a frame looks: pieces of the article's lead, to the left and to the right."""

    lead: int
    left: int
    right: int


EVENT_REACH = Reach(lead=32, left=112, right=64)
ATTRIBUTION_REACH = Reach(lead=0, left=112, right=112)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of t frames, m each.

    ``index`` [t, m] pieces of the article, ``known`` [t, m] whether there is such a piece,
    ``distance`` and ``sentence`` [t, m] buckets of the distance from the trigger.
    """

    index: NDArray[np.int64]
    known: NDArray[np.bool_]
    distance: NDArray[np.int64]
    sentence: NDArray[np.int64]

    def part(self, chosen: NDArray[np.int64]) -> Candidates:
        """The candidates of some frames, as many as the one that has most."""
        part = chosen, slice(0, int(np.flatnonzero(self.known[chosen].any(0)).max(initial=-1)) + 1)
        return Candidates(self.index[part], self.known[part], self.distance[part], self.sentence[part])

    def only(self, chosen: NDArray[np.bool_]) -> Candidates:
        """Those that are ``chosen`` [t, m] and known, moved to the left in their order; what is left over is
        no piece."""
        chosen = chosen & self.known
        order = np.argsort(~chosen, axis=1, kind="stable")[:, : int(chosen.sum(1).max(initial=0))]
        known = np.take_along_axis(chosen, order, 1)
        index, distance, sentence = (
            np.take_along_axis(each, order, 1) for each in (self.index, self.distance, self.sentence)
        )
        return Candidates(np.where(known, index, 0), known, np.where(known, distance, NOTHING), sentence)


def candidates(pieces: Pieces, triggers: Sequence[Range], reach: Reach) -> Candidates:
    """Lay out the candidates of some triggers, given as ranges of pieces."""
    n = len(pieces)
    left, right = min(reach.left, n), min(reach.right, n)
    start = np.array([t[0] for t in triggers], dtype=np.int64)[:, None]
    end = np.array([t[1] for t in triggers], dtype=np.int64)[:, None]
    near = start + np.arange(-left, right)[None, :]
    lead = np.broadcast_to(np.arange(min(reach.lead, n)), (len(triggers), min(reach.lead, n)))
    index = np.concatenate([lead, near], 1)
    known = (index >= 0) & (index < n)
    known[:, : lead.shape[1]] &= lead < start - left
    index = np.where(known, index, 0)
    distance = np.where(index >= end, index - end + 1, np.minimum(index - start, 0))
    bucket = np.searchsorted(_STEPS, np.abs(distance), side="right")
    bucket = np.where(distance < 0, bucket + len(_STEPS), bucket)
    apart = np.clip(pieces.sentence[index] - pieces.sentence[np.minimum(start, n - 1)], -4, 4) + 4
    bucket[:, : lead.shape[1]] = LEAD
    bucket[~known] = NOTHING
    apart[:, : lead.shape[1]] = SENTENCES - 1
    return Candidates(index, known, bucket, apart)


def encode(
    laid: Candidates,
    fillers: Sequence[Sequence[Iterable[Range]]],
    doubles: Sequence[Sequence[Iterable[Range]]],
) -> NDArray[np.int64]:
    """Role labels [t, m, roles]: 0, 1, 2 of ``bio``, or IGNORE.

    ``fillers[t][r]`` are ranges of pieces; ``doubles[t][r]`` other places where the same
    words stand, for which neither answer is wrong.
    """
    labels = np.zeros((*laid.index.shape, len(fillers[0])), dtype=np.int64)
    for t, frame in enumerate(fillers):
        for r, spans in enumerate(frame):
            column = labels[t, :, r]
            for start, end in doubles[t][r]:
                column[(laid.index[t] >= start) & (laid.index[t] < end)] = IGNORE
            for start, end in spans:
                column[(laid.index[t] >= start) & (laid.index[t] < end)] = 2
                column[laid.index[t] == start] = 1
    labels[~laid.known] = IGNORE
    return labels


def decode(
    laid: Candidates,
    frame: int,
    probabilities: NDArray[np.float32],
    peak: float,
    member: float,
    gap: int = 0,
    barred: Iterable[bio.Found] = (),
) -> list[bio.Found]:
    """The spans of one role in a frame from its label chances [m, 3], best first.

    A span is a run of pieces whose chance of not being outside reaches ``member``, and on one of
    them ``peak``; gaps of up to ``gap`` pieces are filled; no span holds a piece of ``barred``. Its
    confidence is the mean chance of its pieces; the best has the greatest sum.
    """
    index, known = laid.index[frame], laid.known[frame].copy()
    for bar in barred:
        known &= (index < bar.start) | (index >= bar.end)
    within = (1.0 - probabilities[:, 0]) * known
    members = np.flatnonzero(within >= member)
    found: list[list[int]] = []
    before = 0
    for i, piece in zip(members.tolist(), index[members].tolist(), strict=True):
        if found and piece - before <= gap + 1 and known[found[-1][1] : i].all():
            found[-1][1] = i + 1
        else:
            found.append([i, i + 1])
        before = piece
    found = [run for run in found if within[run[0] : run[1]].max() >= peak]
    found.sort(key=lambda run: -within[run[0] : run[1]].sum())
    return [
        bio.Found(int(index[low]), int(index[high - 1]) + 1, 0, float(within[low:high].mean()))
        for low, high in found
    ]
