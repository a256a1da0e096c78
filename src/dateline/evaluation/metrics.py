"""Counting and matching, shared by the tasks. Figures are in per cent.

A figure is a mapping of numbers under a name: ``p``, ``r``, ``f1`` of a tally, ``accuracy`` of a
share, with the counts they come from, so that whoever reads it sees on how much it rests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Figure = dict[str, float]
Figures = dict[str, Figure]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many are right, of how many predicted and how many in gold."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    def figure(self) -> Figure:
        """Precision, recall and their harmonic mean, 0 where undefined, and the counts."""
        p, r = percent(self.right, self.predicted), percent(self.right, self.gold)
        counts = {"right": self.right, "predicted": self.predicted, "gold": self.gold}
        return {"p": p, "r": r, "f1": harmonic(p, r), **counts}

    def accuracy(self) -> Figure:
        """The share of gold that is right, for choices that are made once for each."""
        return {"accuracy": percent(self.right, self.gold), "right": self.right, "gold": self.gold}


def percent(part: float, whole: float) -> float:
    """``part`` of ``whole`` in per cent; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def harmonic(p: float, r: float) -> float:
    """The harmonic mean of two figures, 0 if both are."""
    return 2 * p * r / (p + r) if p + r else 0.0


def mean(numbers: Sequence[float]) -> float:
    """The arithmetic mean, 0 of nothing."""
    return sum(numbers) / len(numbers) if numbers else 0.0


def macro(figures: Iterable[Figure]) -> Figure:
    """The means of precision, of recall and of F1, each figure counting alike."""
    each = list(figures)
    return {key: mean([figure[key] for figure in each]) for key in ("p", "r", "f1")}


def headline(figure: Figure) -> float:
    """The one number that a floor holds: F1, or accuracy where there is no F1."""
    return figure["f1"] if "f1" in figure else figure["accuracy"]


def summed(counted: Iterable[tuple[str, Tally]]) -> defaultdict[str, Tally]:
    """The tallies of one name added up; a name never counted is an empty tally."""
    total: defaultdict[str, Tally] = defaultdict(Tally)
    for name, tally in counted:
        total[name] += tally
    return total


def common(gold: Iterable[T], predicted: Iterable[T]) -> Tally:
    """Equal members of two multisets, each used once."""
    left, right = Counter(gold), Counter(predicted)
    return Tally((left & right).total(), right.total(), left.total())


def greedy_pairs(
    gold: Sequence[T], predicted: Sequence[T], likeness: Callable[[T, T], float]
) -> dict[int, int]:
    """One-to-one pairs of positions, the likest first and, among equals, the first in gold, then in
    ``predicted``; those of likeness 0 stay apart."""
    scored = [(likeness(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted)]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted((pair for pair in scored if pair[0] > 0), key=lambda pair: (-pair[0], *pair[1:])):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def largest_matching(edges: Sequence[Sequence[int]]) -> int:
    """The most pairs that a one-to-one matching can have; ``edges[i]`` lists the right nodes that left
    node ``i`` may take. Augmenting paths, breadth first (Kuhn 1955, Berge 1957)."""
    owner: dict[int, int] = {}
    return sum(_augment(edges, owner, left) for left in range(len(edges)))


def _augment(edges: Sequence[Sequence[int]], owner: dict[int, int], start: int) -> bool:
    """Finds a free right node for ``start`` by moving earlier owners along one path, if there is one."""
    came_from: dict[int, int] = {}
    queue = [start]
    for left in queue:
        for right in edges[left]:
            if right in came_from:
                continue
            came_from[right] = left
            if right not in owner:
                _shift(owner, came_from, right, start)
                return True
            queue.append(owner[right])
    return False


def _shift(owner: dict[int, int], came_from: dict[int, int], right: int, start: int) -> None:
    """Hands each right node on the path that ends in ``right`` to the left node that reached it."""
    holds = {left: node for node, left in owner.items()}
    while True:
        left = came_from[right]
        owner[right] = left
        if left == start:
            return
        right = holds[left]
