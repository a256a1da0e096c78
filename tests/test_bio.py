"""Labels and spans are inverses."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import bio


def certain(labels: np.ndarray, kinds: int) -> np.ndarray:
    return np.eye(1 + 2 * kinds, dtype=np.float32)[labels]


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[list[tuple[int, int, int]], int]:
    spans, at = [], 0
    for gap, length, kind in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.integers(0, 2)))
    ):
        spans.append((at + gap, at + gap + length, kind))
        at += gap + length
    return spans, at + draw(st.integers(0, 3))


@given(disjoint())
def test_decoding_is_the_inverse_of_encoding(case: tuple[list[tuple[int, int, int]], int]) -> None:
    spans, length = case
    found = bio.decode(certain(bio.encode(spans, length), 3))
    assert [tuple(f[:3]) for f in found] == spans
    assert all(f.confidence == 1.0 for f in found)


def test_the_first_of_overlapping_spans_stands() -> None:
    assert bio.encode([(0, 2, 0), (1, 3, 1)], 4).tolist() == [1, 2, 0, 0]


def test_the_threshold_counts_begin_and_inside_together() -> None:
    chances = np.array([[0.55, 0.25, 0.2]], dtype=np.float32)
    assert bio.decode(chances, 0.4) != []
    assert bio.decode(chances, 0.5) == []
