"""How well two clusterings of the same mentions agree: MUC, B-cubed, CEAF-e and their mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from dateline.evaluation.metrics import Figure, Figures, harmonic, mean, percent

Labels = Mapping[Any, Hashable]
"""The cluster of each mention."""
Clusters = list[set[Hashable]]


def figures(gold: Labels, predicted: Labels) -> Figures:
    """``MUC`` (Vilain and others 1995), ``B3`` (Bagga, Baldwin 1998), ``CEAF-e`` (Luo 2005), ``CoNLL F1``."""
    mine, theirs = clusters(gold), clusters(predicted)
    similarity = aligned(mine, theirs)
    found = {
        "MUC": _figure(links_kept(theirs, gold), links_kept(mine, predicted)),
        "B3": _figure(shares(theirs, gold), shares(mine, predicted)),
        "CEAF-e": _figure(percent(similarity, len(theirs)), percent(similarity, len(mine))),
    }
    each = list(found.values())
    average = {key: mean([figure[key] for figure in each]) for key in ("p", "r", "f1")}
    return {"CoNLL F1": {**average, "gold": len(gold)}, **found}


def _figure(p: float, r: float) -> Figure:
    return {"p": p, "r": r, "f1": harmonic(p, r)}


def clusters(labels: Labels) -> Clusters:
    """The mentions under each label."""
    found: dict[Hashable, set[Hashable]] = defaultdict(set)
    for mention, label in labels.items():
        found[label].add(mention)
    return list(found.values())


def links_kept(side: Clusters, other: Labels) -> float:
    """Of the links that hold clusters together, those that stay when they are cut as ``other`` does, in
    per cent; a mention that ``other`` lacks is alone."""
    kept = sum(len(cluster) - len({other.get(m, ("alone", m)) for m in cluster}) for cluster in side)
    return percent(kept, sum(len(cluster) - 1 for cluster in side))


def shares(side: Clusters, other: Labels) -> float:
    """The mean over mentions of the share of their cluster that ``other`` puts with them, in per cent."""
    kept = 0.0
    for cluster in side:
        homes = Counter(other[mention] for mention in cluster if mention in other)
        kept += sum(count * count for count in homes.values()) / len(cluster)
    return percent(kept, sum(map(len, side)))


def aligned(gold: Clusters, predicted: Clusters) -> float:
    """The greatest sum of 2|G ∩ P| / (|G| + |P|) over one-to-one pairs of clusters."""
    home = {mention: number for number, cluster in enumerate(predicted) for mention in cluster}
    common = [Counter(home[mention] for mention in cluster if mention in home) for cluster in gold]
    total = 0.0
    for rows in _tied(common):
        columns = sorted({column for row in rows for column in common[row]})
        total += assigned(
            [
                [2 * common[row][column] / (len(gold[row]) + len(predicted[column])) for column in columns]
                for row in rows
            ]
        )
    return total


def _tied(common: Sequence[Mapping[int, int]]) -> Iterable[list[int]]:
    """The rows that share columns, directly or through others; those without columns are left out."""
    rows_of: dict[int, list[int]] = defaultdict(list)
    for row, columns in enumerate(common):
        for column in columns:
            rows_of[column].append(row)
    seen: set[int] = set()
    for first in range(len(common)):
        group, queue = [], [first] if common[first] and first not in seen else []
        seen.update(queue)
        while queue:
            row = queue.pop()
            group.append(row)
            near = {other for column in common[row] for other in rows_of[column]} - seen
            seen |= near
            queue.extend(sorted(near))
        if group:
            yield group


def assigned(weights: Sequence[Sequence[float]]) -> float:
    """The greatest sum of weights over one-to-one pairs of rows and columns.

    Shortest augmenting paths with potentials (Jonker, Volgenant 1987), on costs that are negative weights.
    """
    if len(weights) > len(weights[0]):
        weights = list(zip(*weights, strict=True))
    wide = len(weights[0])
    row_price, price = [0.0] * (len(weights) + 1), [0.0] * (wide + 1)
    owner = [0] * (wide + 1)
    for row in range(1, len(weights) + 1):
        owner[0], column = row, 0
        least, came = [float("inf")] * (wide + 1), [0] * (wide + 1)
        done = [False] * (wide + 1)
        while owner[column]:
            done[column] = True
            mine, step, following = owner[column], float("inf"), 0
            for j in range(1, wide + 1):
                if not done[j]:
                    cost = -weights[mine - 1][j - 1] - row_price[mine] - price[j]
                    if cost < least[j]:
                        least[j], came[j] = cost, column
                    if least[j] < step:
                        step, following = least[j], j
            for j in range(wide + 1):
                if done[j]:
                    row_price[owner[j]] += step
                    price[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            owner[column] = owner[came[column]]
            column = came[column]
    return sum(weights[owner[j] - 1][j - 1] for j in range(1, wide + 1) if owner[j])
