from __future__ import annotations

import random
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorers import scorer, with_scorers

from dateline.evaluation import coreference
from dateline.evaluation.coreference import assigned, figures

ABC = {"a": 1, "b": 1, "c": 2, "d": 2}


def test_the_same_clusters_under_other_labels_agree_wholly() -> None:
    renamed = {mention: f"x{label}" for mention, label in ABC.items()}
    assert {name: figure["f1"] for name, figure in figures(ABC, renamed).items()} == {
        "CoNLL F1": 100.0,
        "MUC": 100.0,
        "B3": 100.0,
        "CEAF-e": 100.0,
    }


def test_one_cluster_for_all_keeps_every_link_and_has_too_many() -> None:
    found = figures(ABC, dict.fromkeys(ABC, "all"))
    assert (found["MUC"]["r"], found["B3"]["r"], found["B3"]["p"]) == (100.0, 100.0, 50.0)
    assert found["MUC"]["p"] == pytest.approx(200 / 3)
    assert found["CEAF-e"]["r"] == pytest.approx(100 * (2 * 2 / 6) / 2)


def test_singletons_have_no_links_to_keep() -> None:
    found = figures(ABC, {mention: mention for mention in ABC})
    assert (found["MUC"]["f1"], found["B3"]["p"], found["B3"]["r"]) == (0.0, 100.0, 50.0)


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=4), min_size=1, max_size=4))
def test_the_assignment_is_the_best_of_all(weights: list[list[float]]) -> None:
    width = min(map(len, weights))
    square = [row[:width] for row in weights]
    size = max(len(square), width)
    padded = [row + [0.0] * (size - width) for row in square] + [[0.0] * size] * (size - len(square))
    every = (sum(padded[i][j] for i, j in enumerate(order)) for order in permutations(range(size)))
    assert assigned(square) == pytest.approx(max(every))


@with_scorers
def test_figures_are_the_scorers() -> None:
    rnd = random.Random(7)
    scored: Any = scorer("score")
    for _ in range(30):
        gold = {number: rnd.randrange(6) for number in range(rnd.randrange(2, 25))}
        predicted = {
            number: rnd.randrange(6) if rnd.random() < 0.5 else label for number, label in gold.items()
        }
        ours, theirs = figures(gold, predicted), scored.coreference(gold, predicted)
        for name, key in (("MUC", "muc"), ("B3", "b3"), ("CEAF-e", "ceafe")):
            for figure in ("p", "r", "f1"):
                assert ours[name][figure] == pytest.approx(100 * (theirs[key][figure] or 0))
        assert ours["CoNLL F1"]["f1"] == pytest.approx(100 * theirs["conll_f1"])


def test_clusters_are_what_has_one_label() -> None:
    assert coreference.clusters(ABC) == [{"a", "b"}, {"c", "d"}]
