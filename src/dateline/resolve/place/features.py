"""What speaks for one place of a name and against the others.

A *name* is all mentions of one place name in an article; its *candidates* are the places that bear it.
Each candidate has features in two tables: those it has *alone*, and those it has *together* with what
the article's other names probably mean. Every feature has a name, under which data/places.json holds its
weight, and a wording in which it is told as a reason.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.resolve.gazetteer import Entry
from dateline.resolve.place.words import NOUNS_OF

EARTH_KM = 6371.009
LISTED = 0.8
"""What regions and sites count for at least: some 400,000 people."""
NEAR_KM = 150.0
"""How far apart two places may lie and still speak for each other."""

LIKELY = 0.1
"""How likely a candidate must be meant to speak for those of other names."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Name:
    """One place name of an article, and the places that it may mean.

    ``inside`` are the places in one of which the article says that it lies; ``noun`` is the common noun
    said of it ("province", "city"); ``mentions`` how often it is named.
    """

    text: str
    candidates: tuple[Entry, ...]
    mentions: int = 1
    demonym: bool = False
    inside: tuple[Entry, ...] = ()
    noun: str | None = None


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The great-circle distance of two points given in degrees (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def contains(outer: Entry, inner: Entry) -> bool:
    """Whether a place lies in another and larger one."""
    if outer.id == inner.id:
        return False
    if outer.precision == "country":
        return inner.country == outer.country and inner.precision != "country"
    if outer.precision == "province":
        return (inner.country, inner.admin1) == (outer.country, outer.name) and inner.precision != "province"
    if outer.precision == "district":
        return (inner.country, inner.admin2) == (outer.country, outer.name)
    near = outer.radius_km if outer.precision == "region" else 3 * outer.radius_km
    return kilometres((outer.lat, outer.lon), (inner.lat, inner.lon)) <= near


ALONE = (
    "country",
    "province",
    "district",
    "settlement",
    "people of a settlement",
    "people of a division",
    "capital",
    "other name",
    "said to lie in",
    "said to lie elsewhere",
    "said to be",
    "publisher's country",
    "not the publisher's country",
)
"""Features of a candidate that do not hang on what other names mean; a region or site is the zero."""

TOGETHER = (
    "its country is named",
    "its division is named",
    "share of the others in its country",
    "share of the others in its division",
    "others near it",
)
"""Features that do: of the others' probable places."""


def alone(name: Name, home: str | None = None) -> Floats:
    """The features [candidates, ALONE] of a name; ``home`` is the publisher's country (alpha-3)."""
    rows = [_alone(name, candidate, home) for candidate in name.candidates]
    return np.array(rows, dtype=np.float64).reshape(-1, len(ALONE))


def _alone(name: Name, candidate: Entry, home: str | None) -> tuple[float, ...]:
    told = any(contains(outer, candidate) for outer in name.inside)
    settled = candidate.precision == "settlement"
    size = people(candidate)
    return (
        *(candidate.precision == precision for precision in ALONE[:4]),
        settled * size,
        (not settled) * size,
        candidate.capital,
        candidate.alias,
        told,
        bool(name.inside) and not told,
        name.noun in NOUNS_OF[candidate.precision],
        home is not None and candidate.country == home,
        home is not None and candidate.country not in (home, None),
    )


def people(entry: Entry) -> float:
    """How many people a place has, as a logarithm in which ten million are 1.

    Regions and sites count for as many as a large town: they are listed because they are named.
    """
    size = math.log10(entry.population + 1) / 7
    return max(size, LISTED) if entry.precision in ("region", "site") else size


def together(names: Sequence[Name], chances: Sequence[Floats]) -> list[Floats]:
    """The features [candidates, TOGETHER] of each name, given how likely each candidate is meant."""
    if not names:
        return []
    everyone = [(number, candidate) for number, name in enumerate(names) for candidate in name.candidates]
    chance = np.concatenate(chances)
    likely = chance > LIKELY
    each = _Places(everyone)
    some = _Places([owned for owned, is_likely in zip(everyone, likely, strict=True) if is_likely])
    other = (each.owner[:, None] != some.owner) * chance[likely]
    land = (each.country[:, None] == some.country) & (some.country >= 0)
    part = (each.division[:, None] == some.division) & (some.division >= 0)
    lower = other * ~some.is_country
    near = (each.points @ some.points.T > math.cos(NEAR_KM / EARTH_KM)) & some.is_small
    columns = [
        np.minimum(1, (other * some.is_country * land).sum(1)),
        np.minimum(1, (other * some.is_province * part).sum(1)),
        _share(lower * land, lower),
        _share(lower * part, lower),
        np.log1p((other * near).sum(1)),
    ]
    features = np.stack(columns, 1)
    return np.split(features, np.cumsum([len(name.candidates) for name in names])[:-1])


def _share(part: Floats, whole: Floats) -> Floats:
    total = whole.sum(1)
    share: Floats = part.sum(1) / np.maximum(total, 1e-9) * np.minimum(1, total)
    return share


class _Places:
    """Candidates as arrays: whose they are, where they lie, in which country and division (-1: none)."""

    def __init__(self, owned: Sequence[tuple[int, Entry]]) -> None:
        entries = [entry for _, entry in owned]
        precision = np.array([entry.precision for entry in entries], dtype=object)
        self.owner = np.array([number for number, _ in owned], dtype=np.int64)
        self.country = np.array([hashed(entry.country) for entry in entries], dtype=np.int64)
        self.division = np.array([hashed(division(entry)) for entry in entries], dtype=np.int64)
        self.is_country = precision == "country"
        self.is_province = precision == "province"
        self.is_small = ~self.is_country & ~self.is_province & (precision != "region")
        self.points = points(entries)


def division(entry: Entry) -> tuple[str, str] | None:
    """The first-level division that an entry is or lies in, with its country."""
    name = entry.name if entry.precision == "province" else entry.admin1
    return (entry.country, name) if entry.country and name else None


def hashed(value: object) -> int:
    """A number that equal values share, -1 for none."""
    return -1 if value is None else abs(hash(value))


def points(entries: Sequence[Entry]) -> Floats:
    """Unit vectors [entries, 3] of the entries' positions."""
    angles = np.radians(np.array([(e.lat, e.lon) for e in entries], dtype=np.float64).reshape(-1, 2))
    lat, lon = angles[:, 0], angles[:, 1]
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
