"""Whether confidence can be believed: of what is told with 0.8, four fifths should be right.

Answers are put into ten bins of like number by their confidence; the expected calibration error is the
mean difference, over all answers, between a bin's mean confidence and its share of right answers (Naeini,
Cooper, Hauskrecht 2015), in points. Bins of a hundred answers differ by some three points even where
confidence is perfect; an error below that says nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from dateline.evaluation.metrics import Figure

BINS = 10

Judged = tuple[float, bool]
"""An answer's confidence in [0, 1], and whether it is right."""


class Bin(NamedTuple):
    """Answers of like confidence: their mean confidence and their share of right ones, in [0, 1]."""

    confidence: float
    right: float
    answers: int


def binned(judged: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """Bins whose numbers of answers differ by one at most, the least sure first; none is empty."""
    ranked = sorted(judged, key=itemgetter(0))  # of equal ones none goes first for being right
    bounds = [len(ranked) * i // bins for i in range(bins + 1)]
    parts = (ranked[low:high] for low, high in pairwise(bounds))
    return [_bin(part) for part in parts if part]


def _bin(part: Sequence[Judged]) -> Bin:
    count = len(part)
    return Bin(sum(sure for sure, _ in part) / count, sum(right for _, right in part) / count, count)


def error(judged: Iterable[Judged]) -> Figure:
    """The expected calibration error in points, and of how many answers."""
    bins = binned(judged)
    count = sum(each.answers for each in bins)
    off = sum(each.answers * abs(each.confidence - each.right) for each in bins)
    return {"ece": 100 * off / count if count else 0.0, "predicted": count}
