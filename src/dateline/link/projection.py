"""The reader's view of a trigger made small: what tells happenings apart in it, in few numbers.

``python -m training.link`` learns the projection for one reader; views of another are not projected.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

DIGEST = 8
"""Bytes of a projection's digest."""
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Projection:
    """From the views [k, width] of one reader to vectors [k, d].

    ``model`` is the reader's digest; ``mean`` [width], ``matrix`` [width, d].
    """

    model: str
    mean: Floats
    matrix: Floats
    digest: bytes

    @classmethod
    def load(cls) -> Self:
        """The package's own."""
        return cls.parsed(files("dateline.link").joinpath("data", "projection.npz").read_bytes())

    @classmethod
    def parsed(cls, content: bytes) -> Self:
        """From what ``packed`` gave."""
        with np.load(io.BytesIO(content)) as given:
            mean, matrix = (given[name].astype(np.float32) for name in ("mean", "matrix"))
            return cls(str(given["model"]), mean, matrix, hashlib.sha256(content).digest()[:DIGEST])

    def of(self, views: Floats) -> Floats:
        """Vectors of length 1; of a view of zeros, of any."""
        return scaled(scaled(views - self.mean) @ self.matrix)


def packed(model: str, mean: NDArray[Any], matrix: NDArray[Any]) -> bytes:
    """A projection as a file, in half precision."""
    out = io.BytesIO()
    half = np.float16
    np.savez(out, model=np.array(model), mean=mean.astype(half), matrix=matrix.astype(half))
    return out.getvalue()


def scaled(rows: NDArray[Any]) -> NDArray[Any]:
    """Rows of length 1; rows of zeros stay."""
    out: NDArray[Any] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return out
