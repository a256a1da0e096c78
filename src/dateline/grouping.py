"""Reports grouped by the chances that two are of one happening, and the labels of the groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def grouped(same: NDArray[np.float32], threshold: float) -> list[int]:
    """Group by average linkage of the chances ``same`` [t, t].

    The two groups with the highest mean chance join, as long as that reaches the threshold.
    Returns the number of each one's group, numbered in the order of first members.
    """
    groups = [[i] for i in range(len(same))]
    chances = (same + same.T) / 2
    np.fill_diagonal(chances, -1.0)
    while len(groups) > 1:
        a, b = divmod(int(chances.argmax()), len(chances))
        if chances[a, b] < threshold:
            break
        a, b = min(a, b), max(a, b)
        mine, theirs = len(groups[a]), len(groups[b])
        merged = (mine * chances[a] + theirs * chances[b]) / (mine + theirs)
        chances[a], chances[:, a] = merged, merged
        chances[a, a] = -1.0
        chances = np.delete(np.delete(chances, b, 0), b, 1)
        groups[a] += groups.pop(b)
    numbers = [0] * len(same)
    for number, group in enumerate(sorted(groups, key=min)):
        for member in group:
            numbers[member] = number
    return numbers


def label(number: int) -> str:
    """A, B, …, Z, AA, AB, … for 0, 1, …"""
    high, low = divmod(number, 26)
    return (label(high - 1) if high else "") + chr(ord("A") + low)
