"""Spans as labels on pieces and back: outside, begin, inside.

Label 0 is outside; kind k begins with label 2k + 1 and goes on with label 2k + 2.
Triggers, cues and role fillers are all told this way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_SURELY = 0.8


class Found(NamedTuple):
    """Pieces ``start`` to ``end``, end exclusive, of one kind, with a confidence in [0, 1]."""

    start: int
    end: int
    kind: int
    confidence: float


def encode(spans: Iterable[tuple[int, int, int]], length: int) -> NDArray[np.int64]:
    """Labels [length] of some (start, end, kind); where spans overlap the first one stands."""
    labels = np.zeros(length, dtype=np.int64)
    for start, end, kind in spans:
        if start < end and not labels[start:end].any():
            labels[start:end] = 2 * kind + 2
            labels[start] = 2 * kind + 1
    return labels


def decode(probabilities: NDArray[np.float32], threshold: float = 0.5) -> list[Found]:
    """Spans from label probabilities [length, 1 + 2 kinds].

    A piece belongs to a span where its chance of not being outside reaches the threshold; a span ends
    before a piece that surely begins another: side by side they are rare. The kind is the likeliest over
    the span's pieces together, the confidence the highest chance of that kind on any of them.
    """
    begin, inside = probabilities[:, 1::2].sum(1), probabilities[:, 2::2].sum(1)
    opens = begin > _SURELY * (begin + inside)
    spans: list[list[int]] = []
    for i in np.flatnonzero(begin + inside >= threshold).tolist():
        if spans and spans[-1][1] == i and not opens[i]:
            spans[-1][1] = i + 1
        else:
            spans.append([i, i + 1])
    return [_kind(probabilities, start, end) for start, end in spans]


def _kind(probabilities: NDArray[np.float32], start: int, end: int) -> Found:
    kinds = probabilities[start:end, 1::2] + probabilities[start:end, 2::2]
    kind = int(kinds.sum(0).argmax())
    return Found(start, end, kind, float(kinds[:, kind].max()))
