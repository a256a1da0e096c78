"""Word pieces with offsets, and the windows in which the encoder sees them.

A window holds whole sentences: those it *owns*, each owned by one window alone, after
a few sentences of left context. Token vectors are taken from the owning window, so an
article of any length becomes one sequence of vectors in text order.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from dateline.types import Range

WINDOW = 192
"""The most word pieces in a window, the two special ones included."""
CONTEXT = 48
"""The most word pieces of left context in a window."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """An article's word pieces in text order.

    ``ids`` [n] vocabulary entries, ``starts`` and ``ends`` [n] character offsets,
    ``sentence`` [n] the number of the sentence each piece is in.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    sentence: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def inside(self, start: int, end: int) -> Range:
        """The half-open range of pieces that touch the characters from start to end."""
        low = int(np.searchsorted(self.ends, start, side="right"))
        high = int(np.searchsorted(self.starts, end, side="left"))
        return low, max(low, high)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ``start`` to ``end`` of an article, of which those from ``owned`` on are its own."""

    start: int
    owned: int
    end: int


class Pieceworker:
    """Cuts sentences into word pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.cls = tokenizer.token_to_id("[CLS]")
        self.sep = tokenizer.token_to_id("[SEP]")

    @classmethod
    def load(cls, path: Path) -> Self:
        """From a tokenizer.json file."""
        return cls(Tokenizer.from_file(str(path)))

    def pieces(self, text: str, sentences: Sequence[Range]) -> Pieces:
        """The word pieces of some sentences of a text."""
        encodings = self._tokenizer.encode_batch(
            [text[start:end] for start, end in sentences], add_special_tokens=False
        )
        counts = [len(e.ids) for e in encodings]
        shifts = np.repeat([start for start, _ in sentences], counts).astype(np.int64)
        offsets = np.array([o for e in encodings for o in e.offsets], dtype=np.int64).reshape(-1, 2)
        return Pieces(
            ids=np.array([i for e in encodings for i in e.ids], dtype=np.int64),
            starts=offsets[:, 0] + shifts,
            ends=offsets[:, 1] + shifts,
            sentence=np.repeat(np.arange(len(counts)), counts),
        )


def windows(pieces: Pieces, size: int = WINDOW, context: int = CONTEXT) -> list[Window]:
    """Cut an article into windows of at most ``size`` pieces with the special ones.

    A sentence too long for a window is cut; the rest has the pieces before it as context.
    """
    room = size - 2
    bounds = [0, *(np.flatnonzero(np.diff(pieces.sentence)) + 1).tolist(), len(pieces)]
    cuts = [bounds[0]]
    for low, high in itertools.pairwise(bounds):
        cuts.extend(range(low + room - context, high, room - context))
        cuts.append(high)
    out: list[Window] = []
    start = owned = 0
    for cut, following in zip(cuts[1:], [*cuts[2:], None], strict=True):
        if following is None or following - start > room:
            out.append(Window(start, owned, cut))
            owned = cut
            start = _context_start(bounds, cut, context)
    return [w for w in out if w.end > w.owned]


def _context_start(bounds: list[int], cut: int, context: int) -> int:
    """The first sentence start within ``context`` pieces before a cut, else ``context`` before it."""
    if cut not in bounds:
        return cut - context
    return min((b for b in bounds if cut - context <= b <= cut), default=cut)
