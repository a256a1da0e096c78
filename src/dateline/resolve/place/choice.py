"""Which place each name of an article means.

Each name's candidates are weighed twice: alone, then together with what the other names probably mean.
The weights are a conditional logit's (McFadden 1974), to which no place at all is one more candidate;
``training/places.py`` learns them, data/places.json holds them by the names of the features.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from dateline.resolve.gazetteer import Entry
from dateline.resolve.place.features import ALONE, TOGETHER, Floats, Name, alone, together
from dateline.types import Basis

WEIGHTS = Path(__file__).parents[1] / "data" / "places.json"
NOWHERE = "no place"
ROUNDS = 2
"""How often the names are weighed together."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the features alone and of all features, each with that of no place at all."""

    alone: Floats
    all: Floats
    nowhere: tuple[float, float]

    @classmethod
    def of(cls, first: Mapping[str, float], second: Mapping[str, float]) -> Weights:
        """From the two tables of data/places.json."""
        return cls(
            np.array([first[feature] for feature in ALONE]),
            np.array([second[feature] for feature in (*ALONE, *TOGETHER)]),
            (first[NOWHERE], second[NOWHERE]),
        )

    @staticmethod
    @cache
    def load(path: Path = WEIGHTS) -> Weights:
        """From a file, by default the package's own."""
        tables = json.loads(path.read_text("utf-8"))
        return Weights.of(tables["alone"], tables["together"])


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a name, if any, and how much each feature put it before the next best."""

    entry: Entry | None = None
    basis: Basis = "stated"
    gains: tuple[tuple[str, float], ...] = ()


def chosen(names: Sequence[Name], weights: Weights, home: str | None = None) -> list[Choice]:
    """The likeliest candidate of each name, none where no place at all is likelier.

    A name that has no candidates is put where the article says it lies, if it says so. ``home`` is
    the publisher's country (alpha-3).
    """
    own = [alone(name, home) for name in names]
    likely = [softmax(features @ weights.alone, weights.nowhere[0]) for features in own]
    both = own
    for _ in range(ROUNDS):
        both = [np.hstack(pair) for pair in zip(own, together(names, likely), strict=True)]
        likely = [softmax(features @ weights.all, weights.nowhere[1]) for features in both]
    choices = [_choice(*each, weights) for each in zip(names, both, likely, strict=True)]
    places = {choice.entry for choice in choices}
    return [
        choice if name.candidates else _around(name, places)
        for name, choice in zip(names, choices, strict=True)
    ]


def softmax(scores: Floats, nowhere: float) -> Floats:
    """The chances [candidates] that scores give, beside the score of no place."""
    top = scores.max(initial=nowhere)
    grown = np.exp(scores - top)
    chances: Floats = grown / (grown.sum() + np.exp(nowhere - top))
    return chances


def _choice(name: Name, features: Floats, likely: Floats, weights: Weights) -> Choice:
    if not len(likely) or likely.max() < 1 - likely.sum():
        return Choice()
    best, *others = np.argsort(-likely, kind="stable")[:2]
    gains = (features[best] - (features[others[0]] if others else 0)) * weights.all
    ranked = sorted(zip((*ALONE, *TOGETHER), gains.tolist(), strict=True), key=lambda pair: -pair[1])
    return Choice(name.candidates[best], "stated", tuple(pair for pair in ranked if pair[1] > 0))


def _around(name: Name, places: set[Entry | None]) -> Choice:
    return next((Choice(entry, "inferred") for entry in name.inside if entry in places), Choice())
