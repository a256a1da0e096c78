"""Candidates are laid out around triggers; roles are labelled and found again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import frames
from dateline.read.bio import Found
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
    assert [(f.start, f.end) for f in frames.decode(laid, 0, chances[0, :, 0], 0.5, 0.5)] == [(low, high)]
    assert frames.decode(laid, 0, chances[0, :, 1], 0.5, 0.5) == []


def test_the_same_words_elsewhere_are_not_held_against_an_answer() -> None:
    laid = frames.candidates(article(10), [(5, 6)], REACH)
    labels = frames.encode(laid, [[[(4, 5)]]], [[[(7, 8)]]])
    at = {
        int(i): int(label)
        for i, label, known in zip(laid.index[0], labels[0, :, 0], laid.known[0], strict=True)
        if known
    }
    assert at[4] == 1 and at[7] == IGNORE and at[6] == 0


def certain(pieces: list[int], laid: frames.Candidates) -> np.ndarray:
    """Chances [m, 3] of a role that some pieces fill for sure."""
    inside = np.isin(laid.index[0], pieces) & laid.known[0]
    return np.stack([~inside, inside, np.zeros_like(inside)], 1).astype(np.float32)


def test_gaps_are_filled_but_not_over_what_is_barred() -> None:
    laid = frames.candidates(article(12), [(5, 6)], REACH)
    chances = certain([1, 2, 4, 7, 8], laid)
    assert [f[:2] for f in frames.decode(laid, 0, chances, 0.5, 0.5)] == [(1, 3), (7, 9), (4, 5)]
    assert [f[:2] for f in frames.decode(laid, 0, chances, 0.5, 0.5, gap=2)] == [(1, 9)]
    barred = [Found(5, 6, 0, 1.0)]
    assert [f[:2] for f in frames.decode(laid, 0, chances, 0.5, 0.5, 2, barred)] == [(1, 5), (7, 9)]


def test_the_lead_and_the_words_around_the_trigger_are_apart() -> None:
    laid = frames.candidates(article(40), [(20, 21)], REACH)
    found = frames.decode(laid, 0, certain([2, 3, 14, 15], laid), 0.5, 0.5)
    assert sorted(f[:2] for f in found) == [(2, 4), (14, 16)]


def test_a_span_reaches_to_its_less_sure_pieces() -> None:
    laid = frames.candidates(article(12), [(5, 6)], REACH)
    chances = certain([7], laid)
    at = int(np.flatnonzero((laid.index[0] == 8) & laid.known[0])[0])
    chances[at] = (0.75, 0.05, 0.2)
    assert [f[:2] for f in frames.decode(laid, 0, chances, 0.5, 0.2)] == [(7, 9)]
    assert [f[:2] for f in frames.decode(laid, 0, chances, 0.5, 0.3)] == [(7, 8)]
