"""Pairs of mentions are laid out, and happenings answer one another."""

import numpy as np

from dateline.read import pairs
from dateline.read.pairs import Mention

MENTIONS = [Mention("raid", "ASSAULT", 0), Mention("raids", "ASSAULT", 4), Mention("talks", "CONSULT", 4)]


def test_all_ordered_pairs() -> None:
    left, right = pairs.ordered(3)
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == [
        (0, 1),
        (0, 2),
        (1, 0),
        (1, 2),
        (2, 0),
        (2, 1),
    ]


def test_features_tell_agreement_of_type_and_stem() -> None:
    left, right = pairs.ordered(3)
    found = pairs.features(MENTIONS, left, right)
    assert found.shape == (6, pairs.FEATURES)
    rows = dict(zip(zip(left.tolist(), right.tolist(), strict=True), found.tolist(), strict=True))
    assert rows[0, 1][8:12] == [1, 0, 1, 0]
    assert rows[1, 2][0] == 1 and rows[1, 2][8] == 0


def test_only_the_likelier_of_two_answers_stands() -> None:
    chance = np.zeros((3, 3), dtype=np.float32)
    chance[2, 0], chance[0, 2] = 0.8, 0.6
    assert pairs.answers(chance, [0, 0, 1], 0.5) == {0: [], 1: [0]}
    assert pairs.answers(chance, [0, 1, 2], 0.9) == {0: [], 1: [], 2: []}
    assert pairs.answers(np.zeros((0, 0), dtype=np.float32), [], 0.5) == {}


def test_a_happening_answers_the_likeliest_one_alone() -> None:
    chance = np.zeros((4, 4), dtype=np.float32)
    chance[0, 2], chance[1, 3], chance[0, 3] = 0.8, 0.9, 0.2
    assert pairs.answers(chance, [0, 0, 1, 2], 0.5)[0] == [2]
    assert pairs.answers(chance, [0, 1, 2, 3], 0.5) == {0: [2], 1: [3], 2: [], 3: []}
