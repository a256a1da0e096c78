"""Which day and which place stand for an incident whose reports differ, and how precise they are.

A value is backed by the independent origins that tell it, and by those that tell a wider one around it:
who says "in March" agrees with who says "on 12 March". The value with most backing stands for the
incident, of equals the narrowest. All values are exported beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from math import asin, cos, inf, radians, sin, sqrt
from typing import Any, TypeVar

from dateline.record.spreads import affirmed
from dateline.types import Claim, Incident, Place, PlacePrecision, When

T = TypeVar("T")

PLACE_CODES: dict[PlacePrecision, int] = {
    "site": 1,
    "settlement": 1,
    "district": 3,
    "province": 4,
    "region": 5,
    "country": 6,
}
"""As UCDP GED codes places from 1 to 7; 2 is a site or settlement that only bounds it (``place_code``)."""
EARTH_RADIUS_KM = 6371.0


def day_of(incident: Incident) -> When | None:
    """The interval of days that stands for an incident."""
    told = ((claim, claim.event.when) for claim in _affirmed(incident))
    days = [(claim, when) for claim, when in told if when is not None]
    return _most_backed(incident, days, _during, _day_order)


def place_of(incident: Incident) -> Place | None:
    """The place that stands for an incident."""
    places = [
        (claim, filler.resolved)
        for claim in _affirmed(incident)
        for filler in claim.event.place
        if isinstance(filler.resolved, Place)
    ]
    return _most_backed(incident, places, _in, _place_order)


def day_code(when: When | None) -> int | None:
    """How precise a date is: 1 a day, 2 up to 6, 3 a week, 4 up to a month, 5 up to a year; else null."""
    width = inf if when is None else width_days(when)
    codes = {1: 1, 6: 2, 7: 3, 31: 4, 366: 5}
    return next((code for most, code in codes.items() if width <= most), None)


def width_days(when: When) -> float:
    """How many days an interval has, infinite where it is open."""
    if when.start is None or when.end is None:
        return inf
    return (date.fromisoformat(when.end) - date.fromisoformat(when.start)).days + 1


def place_code(place: Place | None) -> int | None:
    """How precise a place is: 1 exact, 2 near, 3 district, 4 province, 5 region without bounds, 6 country."""
    if place is None:
        return None
    code = PLACE_CODES[place.precision]
    return 2 if code == 1 and place.basis == "inferred" else code


def _affirmed(incident: Incident) -> list[Claim]:
    return affirmed(incident.claims) or list(incident.claims)


def _most_backed(
    incident: Incident,
    told: Iterable[tuple[Claim, T]],
    within: Callable[[T, T], bool],
    order: Callable[[T], tuple[Any, ...]],
) -> T | None:
    """Of values the one that most origins back, of equals the first by ``order``, which tells them apart."""
    origin = _origins(incident)
    values: dict[tuple[Any, ...], T] = {}
    tellers: dict[tuple[Any, ...], set[int]] = {}
    for claim, value in told:
        key = order(value)
        values.setdefault(key, value)
        tellers.setdefault(key, set()).add(origin[claim.citation.article])

    def backing(value: T) -> int:
        agreeing = (tellers[key] for key, other in values.items() if within(value, other))
        return len(set().union(*agreeing))

    return min(values.values(), key=lambda value: (-backing(value), *order(value)), default=None)


def _origins(incident: Incident) -> Mapping[str, int]:
    """The number of its origin for each article."""
    return {cited.article: n for n, origin in enumerate(incident.origins) for cited in origin.articles}


def _during(inner: When, outer: When) -> bool:
    starts = outer.start is None or (inner.start is not None and outer.start <= inner.start)
    return starts and (outer.end is None or (inner.end is not None and inner.end <= outer.end))


def _day_order(when: When) -> tuple[float, str, str]:
    return width_days(when), when.start or "", when.end or ""


def _in(inner: Place, outer: Place) -> bool:
    """Whether one place can lie in another: in the same country, if that has one, and in its radius."""
    if outer.country not in (None, inner.country) or outer.radius_km < inner.radius_km:
        return False
    return _km(inner, outer) <= outer.radius_km


def _place_order(place: Place) -> tuple[Any, ...]:
    return place.radius_km, place.basis == "inferred", place.name, place.lat, place.lon, place.precision


def _km(one: Place, other: Place) -> float:
    """The distance on a sphere (haversine)."""
    (south, west), (north, east) = ((radians(p.lat), radians(p.lon)) for p in (one, other))
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
