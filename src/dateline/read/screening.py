"""A first, cheap look at a frame's candidates: which of them may fill a role at all.

To look closely at every piece near a trigger costs as much as encoding the article, and nearly all of them
fill no role. A screen gives each a score by a product of two short vectors, one of the trigger and one of the
piece, and by how far apart they are; only those that pass are shown to the frame head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ModelError
from dateline.read.frames import DISTANCES, SENTENCES, Candidates

HEADS = ("attributions",)
"""The frame heads that have a screen."""
_ROWS = 8
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Screen:
    """``trigger`` [2 width + 1, k] makes a short vector of a trigger's two ends, ``piece`` [width + 1, k + 1]
    one of a piece, ``distance`` [DISTANCES, k + 1] holds one for a distance. The last row is added, the last
    column is a score of its own, as is ``sentence`` [SENTENCES]. What scores ``least`` [1] passes."""

    trigger: Array
    piece: Array
    distance: Array
    sentence: Array
    least: Array

    @classmethod
    def open(cls, width: int) -> Self:
        """A screen that all pass."""
        shapes = (2 * width + 1, 1), (width + 1, 2), (DISTANCES, 2), (SENTENCES,), (1,)
        return cls(*(np.zeros(shape, dtype=np.float32) for shape in shapes))

    def scores(self, vectors: Array, first: Sequence[int], last: Sequence[int], laid: Candidates) -> Array:
        """The scores [t, m] of the candidates of t triggers, given by their first and last pieces, among the
        pieces' ``vectors`` [n, width]."""
        ends = np.concatenate([vectors[first], vectors[last]], 1)
        trigger = _times(ends, self.trigger[:-1].T) + self.trigger[-1]
        of_pieces = _met(trigger, _times(vectors, self.piece[:-1].T) + self.piece[-1])
        of_distances = _met(trigger, self.distance)
        scores: Array = np.take_along_axis(of_pieces, laid.index, 1)
        scores += np.take_along_axis(of_distances, laid.distance, 1) + self.sentence[laid.sentence]
        return scores

    def passing(
        self, vectors: Array, first: Sequence[int], last: Sequence[int], laid: Candidates
    ) -> Candidates:
        """The candidates that pass, and the triggers themselves."""
        passes = self.scores(vectors, first, last, laid) >= self.least[0]
        return laid.only(passes | (laid.distance == 0))


def _met(trigger: Array, others: Array) -> Array:
    """Products [t, n] of short vectors [t, k] with others [n, k + 1], whose last column is added."""
    return _times(trigger, others[:, :-1]) + others[:, -1]


def _times(rows: Array, others: Array) -> Array:
    """Products [n, k] of rows [n, d] with others [k, d]. A few rows at a time: for more BLAS would start
    threads, which would hinder those of processes that read beside this one."""
    products = np.empty((len(rows), len(others)), dtype=np.float32)
    for low in range(0, len(rows), _ROWS):
        np.matmul(rows[low : low + _ROWS], others.T, out=products[low : low + _ROWS])
    return products


def save(path: Path, screens: dict[str, Screen]) -> None:
    """Write the screen of each of ``HEADS``."""
    parts = {f"{name} {f.name}": getattr(s, f.name) for name, s in screens.items() for f in fields(s)}
    np.savez(path, allow_pickle=False, **parts)


def load(path: Path) -> dict[str, Screen]:
    """What ``save`` wrote. Raises ModelError where it is no such file."""
    screens: dict[str, dict[str, Array]] = {}
    try:
        with np.load(path, allow_pickle=False) as stored:
            for key in stored.files:
                name, part = key.split()
                screens.setdefault(name, {})[part] = stored[key]
        return {name: Screen(**parts) for name, parts in screens.items()}
    except (OSError, ValueError, TypeError) as fault:
        raise ModelError(
            f"{path}: no screens can be read from it; reinstall dateline or train a model"
        ) from fault
