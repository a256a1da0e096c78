"""Pairs of triggers in one article: what is known of them beside their vectors.

The pair head tells of two event reports whether they are the same happening and whether
the first is in answer to the second; this module lays out the pairs, and turns the head's
chances into answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FEATURES = 16


class Mention(NamedTuple):
    """What pairing looks at: the trigger's words in lower case, its type, its sentence."""

    words: str
    type: str
    sentence: int


def ordered(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All ordered pairs of different mentions, as two arrays [count * (count - 1)]."""
    left, right = np.divmod(np.arange(count * count), max(count, 1))
    apart = left != right
    return left[apart], right[apart]


def features(
    mentions: Sequence[Mention], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Features [k, FEATURES] of pairs: distance, order, and agreement of type and words."""
    names = sorted({m.type for m in mentions})
    types = np.array([names.index(m.type) for m in mentions], dtype=np.int64)
    words = _numbers([m.words for m in mentions])
    stems = _numbers([m.words[:4] for m in mentions])
    heads = _numbers([m.words.split()[-1][:5] if m.words.split() else "" for m in mentions])
    place = np.array([m.sentence for m in mentions], dtype=np.int64)
    assault = np.array([m.type == "ASSAULT" for m in mentions])
    gap = np.abs(place[left] - place[right])
    columns = [
        *(gap == k for k in (0, 1, 2)),
        (gap > 2) & (gap <= 5),
        (gap > 5) & (gap <= 10),
        gap > 10,
        left < right,
        np.abs(left - right) == 1,
        types[left] == types[right],
        words[left] == words[right],
        stems[left] == stems[right],
        heads[left] == heads[right],
        assault[left],
        assault[right],
        place[left] == 0,
        place[right] == 0,
    ]
    return np.stack(columns, 1).astype(np.float32)


def _numbers(values: Sequence[str]) -> NDArray[np.int64]:
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(v, len(seen)) for v in values], dtype=np.int64)


def answers(chance: NDArray[np.float32], groups: Sequence[int], threshold: float) -> dict[int, list[int]]:
    """Which group each group answers: that of its best pair, where this reaches the threshold.

    One at most: of 100 happenings that answer any, 96 in the annotated articles answer one alone.
    """
    count = max(groups, default=-1) + 1
    best = np.zeros((count, count), dtype=np.float32)
    rows = np.asarray(groups, dtype=np.int64)
    if count:
        np.maximum.at(best, (rows[:, None], rows[None, :]), chance)
        np.fill_diagonal(best, 0.0)
        # Of two that would answer each other only the likelier stands.
        best = np.where((best >= best.T) & (best == best.max(1, keepdims=True)), best, 0.0)
    return {a: np.flatnonzero(best[a] >= threshold).tolist() for a in range(count)}
