"""A span's vector is the mean of those of its pieces."""

import numpy as np

from dateline.read.encoder import Encoded
from dateline.read.vectors import vectors


def test_the_mean_of_the_pieces() -> None:
    rows = np.array([[1.0, 0.0], [3.0, 2.0], [5.0, 5.0]], dtype=np.float32)
    found = vectors(Encoded(rows, rows, rows, rows, rows, rows), [(0, 2), (2, 3)])
    assert found.tolist() == [[2.0, 1.0], [5.0, 5.0]] and found.dtype == np.float32
