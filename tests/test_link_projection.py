"""The reader's views are made small, and a projection is known by its digest."""

import numpy as np
import pytest

from dateline.link.projection import DIGEST, Projection, packed, scaled

MEAN = np.array([1.0, 0.0, 0.0])
MATRIX = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])


def test_a_projection_comes_back_from_its_file() -> None:
    read = Projection.parsed(packed("model", MEAN, MATRIX))
    assert read.model == "model" and len(read.digest) == DIGEST
    assert read.of(np.array([[3.0, 0.0, 9.0]], np.float32)) == pytest.approx(np.array([[1.0, 0.0]]))


def test_projections_are_told_apart() -> None:
    one, other = (Projection.parsed(packed("model", MEAN, m)) for m in (MATRIX, 2 * MATRIX))
    assert one.digest != other.digest
    assert one.digest == Projection.parsed(packed("model", MEAN, MATRIX)).digest


def test_rows_of_zeros_stay() -> None:
    assert scaled(np.zeros((1, 3), np.float32)).tolist() == [[0, 0, 0]]


def test_the_package_has_one() -> None:
    assert Projection.load().of(np.ones((2, 384), np.float32)).shape == (2, 64)
