"""Keys under which a claim meets those that it is compared with: only those that share one.

Each is narrow by what it joins: some days, and the trigger with a name of the article, the type's family with
a name of the sentence or with the place, or both parties. Claims of articles without a day of publication
meet one another, whatever their days.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from dateline.link.views import View
from dateline.ontology import PENTA, root
from dateline.types import Actor, Filler, Place

ARTICLE_NAMES, SENTENCE_NAMES = 4, 4
"""How many of the most telling names make keys."""
DAYS = 8
"""Days of a bucket; two rows of buckets overlap by half, so that half as many days apart always meet."""
NARROW = 7
"""An interval of so many days tells when something was; of others the day of publication stands for it."""
CELL = 1.0
"""Degrees of a cell of places."""


def keys(view: View) -> tuple[str, ...]:
    """The keys of a claim."""
    said = tuple(dict.fromkeys(told(view)))
    return tuple(f"{bucket} {each}" for bucket in buckets(view) for each in said)


def told(view: View) -> Iterator[str]:
    """What the keys say beside the days."""
    event, family = view.event, PENTA[root(view.event.type)]
    for name in top(view.article_names, ARTICLE_NAMES):
        yield from (f"word {stem} {name}" for stem in sorted(view.trigger))
    yield from (f"name {family} {name}" for name in top(view.names, SENTENCE_NAMES))
    yield from (f"place {family} {cell}" for cell in cells(event.place))
    for actor in parties(event.actor):
        yield from (f"parties {family} {actor} {other}" for other in parties(event.recipient))


def top(weights: Mapping[str, float], most: int) -> list[str]:
    """The words that tell most."""
    return sorted(weights, key=lambda word: (-weights[word], word))[:most]


def buckets(view: View) -> tuple[str, ...]:
    """The buckets of days that a claim falls in; one of an article without a day is also in that of these."""
    day = narrow(view)
    day = view.published if day is None else day
    dated = () if day is None else (f"a{day // DAYS}", f"b{(day + DAYS // 2) // DAYS}")
    return dated if view.published is not None else (*dated, "undated")


def narrow(view: View) -> int | None:
    """The middle of the claim's own days, where they are few."""
    first, last = view.days or (None, None)
    if first is None or last is None:
        return None
    return (first + last) // 2 if last - first < NARROW else None


def cells(fillers: Iterable[Filler]) -> Iterator[str]:
    """Cells of the places that are known better than by country."""
    for filler in fillers:
        place = filler.resolved
        if isinstance(place, Place) and place.precision not in ("country", "region"):
            yield f"{math.floor(place.lat / CELL)} {math.floor(place.lon / CELL)}"


def parties(fillers: Iterable[Filler]) -> Iterator[str]:
    """Ids of actors with a country or a name of the tables."""
    for filler in fillers:
        if isinstance(filler.resolved, Actor):
            yield filler.resolved.id
