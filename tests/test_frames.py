"""Candidates are laid out around triggers; roles are labelled and found again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import frames
from dateline.read.frames import DISTANCES, IGNORE, SENTENCES, Reach
from dateline.read.tokens import Pieces

REACH = Reach(lead=4, left=6, right=5)


def article(count: int) -> Pieces:
    """Pieces of one character each, five a sentence."""
    return Pieces(
        np.zeros(count, dtype=np.int64), np.arange(count), np.arange(count) + 1, np.arange(count) // 5
    )


@given(st.integers(1, 40), st.data())
def test_no_candidate_stands_twice(count: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, count - 1))
    laid = frames.candidates(article(count), [(start, start + 1)], REACH)
    known = laid.index[0][laid.known[0]].tolist()
    assert len(known) == len(set(known))
    assert start in known
    assert laid.distance.min() >= 0 and laid.distance.max() < DISTANCES
    assert laid.sentence.min() >= 0 and laid.sentence.max() < SENTENCES


@given(st.integers(12, 40), st.data())
def test_roles_are_found_again(count: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, count - 1))
    low = data.draw(st.integers(max(0, start - 6), min(count - 1, start + 3)))
    high = data.draw(
        st.integers(low + 1, min(count, start + 5, low + 4) if min(count, start + 5) > low else low + 1)
    )
    laid = frames.candidates(article(count), [(start, start + 1)], REACH)
    labels = frames.encode(laid, [[[(low, high)], []]], [[[], []]])
    chances = np.eye(3, dtype=np.float32)[np.where(labels == IGNORE, 0, labels)]
    assert [(f.start, f.end) for f in frames.decode(laid, 0, chances[0, :, 0], 0.5)] == [(low, high)]
    assert frames.decode(laid, 0, chances[0, :, 1], 0.5) == []


def test_the_same_words_elsewhere_are_not_held_against_an_answer() -> None:
    laid = frames.candidates(article(10), [(5, 6)], REACH)
    labels = frames.encode(laid, [[[(4, 5)]]], [[[(7, 8)]]])
    at = {
        int(i): int(label)
        for i, label, known in zip(laid.index[0], labels[0, :, 0], laid.known[0], strict=True)
        if known
    }
    assert at[4] == 1 and at[7] == IGNORE and at[6] == 0
