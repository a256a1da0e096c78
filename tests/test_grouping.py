"""Reports join by the mean chance, and groups have labels."""

import numpy as np

from dateline.grouping import grouped, label


def test_groups_join_by_the_mean_chance() -> None:
    same = np.zeros((4, 4), dtype=np.float32)
    same[0, 2] = same[2, 0] = 0.9
    same[1, 2] = same[2, 1] = 0.6
    assert grouped(same, 0.5) == [0, 1, 0, 2]
    assert grouped(same, 0.25) == [0, 0, 0, 1]
    assert grouped(np.zeros((1, 1), dtype=np.float32), 0.5) == [0]


def test_labels_count_like_columns() -> None:
    assert [label(n) for n in (0, 25, 26, 27, 702)] == ["A", "Z", "AA", "AB", "AAA"]
