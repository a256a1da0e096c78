from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation.metrics import (
    Tally,
    common,
    greedy_pairs,
    headline,
    largest_matching,
    macro,
    summed,
)


def test_a_tally_gives_precision_recall_and_their_harmonic_mean() -> None:
    assert Tally(right=2, predicted=4, gold=8).figure() == {
        "p": 50.0,
        "r": 25.0,
        "f1": pytest.approx(100 / 3),
        "right": 2,
        "predicted": 4,
        "gold": 8,
    }


def test_nothing_predicted_and_nothing_in_gold_is_zero_not_an_error() -> None:
    assert Tally().figure()["f1"] == Tally().accuracy()["accuracy"] == 0


def test_macro_counts_every_figure_alike() -> None:
    figures = [Tally(1, 1, 1).figure(), Tally(0, 3, 9).figure()]
    assert macro(figures) == {"p": 50.0, "r": 50.0, "f1": 50.0}
    assert macro([]) == {"p": 0, "r": 0, "f1": 0}


def test_headline_is_f1_or_accuracy() -> None:
    assert headline(Tally(1, 2, 1).figure()) == pytest.approx(200 / 3)
    assert headline(Tally(1, 0, 4).accuracy()) == 25


def test_summed_adds_by_name_and_knows_no_missing_name() -> None:
    total = summed([("a", Tally(1, 2, 3)), ("b", Tally(0, 0, 1)), ("a", Tally(1, 1, 1))])
    assert (total["a"], total["b"], total["c"]) == (Tally(2, 3, 4), Tally(0, 0, 1), Tally())


def test_common_uses_each_member_once() -> None:
    assert common("aab", "abbb") == Tally(right=2, predicted=4, gold=3)


def test_greedy_pairs_takes_the_likest_first_then_the_first() -> None:
    likeness = {(1, 10): 1, (1, 20): 5, (2, 20): 6}
    assert greedy_pairs([1, 2], [10, 20], lambda g, p: likeness.get((g, p), 0)) == {1: 1, 0: 0}
    assert greedy_pairs("aa", "aaa", lambda g, p: g == p) == {0: 0, 1: 1}


def test_largest_matching_moves_an_earlier_choice() -> None:
    assert largest_matching([[0, 1], [0]]) == 2
    assert largest_matching([[0, 1], [0, 2], [0], [1]]) == 3


EDGES = st.lists(st.lists(st.integers(0, 4), unique=True), max_size=5)


@given(EDGES)
def test_no_order_of_choosing_beats_the_largest_matching(edges: list[list[int]]) -> None:
    def chosen(order: tuple[int, ...]) -> int:
        return sum(order[left] in edges[left] for left in range(len(edges)))

    best = max(chosen(order) for order in permutations(range(max(5, len(edges))), len(edges)))
    assert largest_matching(edges) == best
