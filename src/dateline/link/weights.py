"""What agreement in each point is worth, and what it comes to: one table, ``data/weights.json``.

The chance that two claims tell of one happening is logistic in the sum of what the scores are worth, in
log-odds; between the points of the table a worth is interpolated. ``python -m training.link`` writes it.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any, Self

from dateline.link.comparison import COMPARISONS, Compared, Score, score_of
from dateline.link.views import View

TOLD = 3
"""How many points a reason names."""
ROUNDING = 1e-6
"""Two sums of the same worths in another order differ by less."""
GROUNDS = {
    "days": 0.8,
    "place": 0.6,
    "actor": 0.7,
    "recipient": 0.7,
    "killed": 0.8,
    "injured": 0.8,
    "sentence names": 0.1,
}
"""The scores from which two reports have something in common that others of their articles need not have."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What the scores of one comparison are worth, at some of them; ``unknown`` where there is none."""

    at: tuple[float, ...]
    worth: tuple[float, ...]
    unknown: float

    def of(self, score: float) -> float:
        """What a score is worth: between two points in proportion, beyond the last as there."""
        right = bisect_right(self.at, score)
        if right == 0 or right == len(self.at):
            return self.worth[min(right, len(self.at) - 1)]
        low, high = self.at[right - 1], self.at[right]
        share = (score - low) / (high - low)
        return self.worth[right - 1] * (1 - share) + self.worth[right] * share

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that it can be worth."""
        worth = (*self.worth, self.unknown)
        return min(worth), max(worth)


@dataclass(frozen=True)
class Table:
    """The worth of each comparison, and from which chance on a pair is the same, or worth a look."""

    bias: float
    same: float
    unsure: float
    comparisons: Mapping[str, Worth]

    @classmethod
    def load(cls, name: str) -> Self:
        """One of the package's own: "across" articles, "within" one."""
        content = files("dateline.link").joinpath("data", "weights.json").read_text("utf-8")
        return cls.parsed(json.loads(content)[name])

    @classmethod
    def parsed(cls, given: Mapping[str, Any]) -> Self:
        """From JSON; raises ``ValueError`` for a comparison that is not there."""
        unknown = given["comparisons"].keys() - COMPARISONS.keys()
        if unknown:
            raise ValueError(f"weights.json has {', '.join(sorted(unknown))}; run python -m training.link")
        worth = {
            name: Worth(tuple(given["at"]), tuple(row["worth"]), row["unknown"])
            for name, row in given["comparisons"].items()
        }
        return cls(given["bias"], given["same"], given["unsure"], worth)

    def judge(self, one: View, other: View) -> Judgement:
        """What the comparisons of two reports come to."""
        found = {name: COMPARISONS[name](one, other) for name in self.comparisons}
        worth = {
            name: row.unknown if (point := found[name]) is None else row.of(point.score)
            for name, row in self.comparisons.items()
        }
        return Judgement(self.bias + sum(worth.values()), worth, found)

    def odds(self, one: View, other: View, least: float = -math.inf) -> float | None:
        """The log-odds of ``judge`` without its reasons; null when they are less than ``least``.

        Of most pairs the day, the word and the articles' subject settle that: the rest is not looked at as
        soon as it could not make up for them.
        """
        worth = [0.0] * len(self.comparisons)
        most, least = self._most, least - ROUNDING
        for place, score_of_pair, row, best in self._telling:
            score = score_of_pair(one, other)
            worth[place] = row.unknown if score is None else row.of(score)
            most += worth[place] - best
            if most < least:
                return None
        return self.bias + sum(worth)

    @cached_property
    def _most(self) -> float:
        """What two reports come to at most."""
        return self.bias + sum(row.bounds[1] for row in self.comparisons.values())

    @cached_property
    def _telling(self) -> list[tuple[int, Score, Worth, float]]:
        """The comparisons by their places, with the most that each is worth; what can tell most first."""
        rows = [
            (place, score_of(name), row, row.bounds)
            for place, (name, row) in enumerate(self.comparisons.items())
        ]
        rows.sort(key=lambda each: each[3][0] - each[3][1])
        return [(place, score, row, bounds[1]) for place, score, row, bounds in rows]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely it is that two reports tell of one happening, in log-odds, and why."""

    odds: float
    worth: Mapping[str, float]
    found: Mapping[str, Compared | None]

    @property
    def chance(self) -> float:
        """In [0, 1]."""
        return chance(self.odds)

    @property
    def grounded(self) -> bool:
        """Whether they have more in common than their word and the subject of their articles."""
        return any(
            (point := self.found.get(name)) is not None and point.score >= least
            for name, least in GROUNDS.items()
        )

    @property
    def reason(self) -> str:
        """The points that count most, those that speak against it after a "but"."""
        told = [(self.worth[name], point.reason) for name, point in self.found.items() if point]
        told = sorted(told, key=lambda each: -abs(each[0]))[:TOLD]
        sides = ([why for worth, why in told if (worth < 0) == against] for against in (False, True))
        return " but ".join("; ".join(side) for side in sides if side)


def odds(chance: float) -> float:
    """The log-odds of a chance in (0, 1)."""
    return math.log(chance / (1 - chance))


def chance(odds: float) -> float:
    """Of log-odds, in [0, 1]."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
