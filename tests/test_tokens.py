"""Word pieces keep their offsets; windows own every piece once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read.reading import MODEL
from dateline.read.sentences import split
from dateline.read.tokens import Pieces, Pieceworker, windows


@pytest.fixture(scope="module")
def worker() -> Pieceworker:
    return Pieceworker.load(MODEL / "tokenizer.json")


def laid_out(lengths: list[int]) -> Pieces:
    """Pieces of one character each, in sentences of some lengths."""
    count = sum(lengths)
    return Pieces(
        np.zeros(count, dtype=np.int64),
        np.arange(count),
        np.arange(count) + 1,
        np.repeat(np.arange(len(lengths)), lengths),
    )


def test_pieces_have_the_offsets_of_their_words(worker: Pieceworker) -> None:
    text = "Ünder fire 🔥 Brandt’s convoy stopped. It left."
    pieces = worker.pieces(text, split(text, [(0, len(text))]))
    assert text[pieces.starts[0] : pieces.ends[0]] == "Ünder"
    low, high = pieces.inside(text.index("convoy"), text.index("convoy") + 6)
    assert text[pieces.starts[low] : pieces.ends[high - 1]] == "convoy"
    assert pieces.sentence[-1] == 1


def test_no_piece_is_inside_an_empty_range(worker: Pieceworker) -> None:
    pieces = worker.pieces("one two", [(0, 7)])
    low, high = pieces.inside(3, 3)
    assert low == high


@given(st.lists(st.integers(1, 90), min_size=1, max_size=40), st.integers(40, 80))
def test_every_piece_has_one_owner(lengths: list[int], size: int) -> None:
    pieces = laid_out(lengths)
    found = windows(pieces, size, context=16)
    assert [i for w in found for i in range(w.owned, w.end)] == list(range(len(pieces)))
    assert all(w.end - w.start <= size - 2 and w.owned - w.start <= 16 for w in found)


def test_windows_hold_whole_sentences_with_context() -> None:
    found = windows(laid_out([20, 20, 20, 20]), size=52, context=20)
    assert [(w.start, w.owned, w.end) for w in found] == [(0, 0, 40), (20, 40, 60), (40, 60, 80)]
