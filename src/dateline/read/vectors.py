"""The encoder's view of some words in their sentence, for whoever compares them across articles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.read.encoder import Encoded
from dateline.types import Range


def vectors(encoded: Encoded, ranges: Sequence[Range]) -> NDArray[np.float32]:
    """The mean vector of the pieces of each range [k, width]."""
    return np.stack([encoded.vectors[start:end].mean(0) for start, end in ranges]).astype(np.float32)
