"""An incident on one line, and what it is found by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dateline.record.facets import cell, facets
from dateline.record.spreads import DEFAULT_RULE, Toll, affirmed, denies, kind, named, toll
from dateline.record.times import LAST, instant
from dateline.types import Claim, Incident, Place

FEW = 3
"""Speakers that a summary names."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list of incidents shows of each.

    ``first_day`` and ``last_day`` span the days that are told, ``first_told`` and ``last_told`` are
    times of publication in UTC, "9999" when unknown; of ``killed`` and ``injured`` the least, the
    best and the most. ``kind`` is the type and mode told most. ``place``, empty when unknown, ``lat``,
    ``lon`` (degrees) and ``radius_km`` are of the most precise place. ``speakers`` are the first few of
    those who are cited, of the most articles first; an article that speaks for itself has none.
    ``facets`` are the values that it is found by, in lower case, with the label of each that is shown to
    the public.
    """

    id: str
    claims: int
    articles: int
    origins: int
    first_day: str | None
    last_day: str | None
    first_told: str
    last_told: str
    killed: tuple[int | None, int | None, int | None]
    injured: tuple[int | None, int | None, int | None]
    lat: float | None
    lon: float | None
    radius_km: float | None
    disputed: bool
    kind: str
    place: str
    headline: str
    speakers: tuple[str, ...]
    facets: Mapping[tuple[str, str], str | None]

    @property
    def latest(self) -> str:
        """The last day told, else when it was first told, empty when neither is known."""
        return self.last_day or ("" if self.first_told == LAST else self.first_told)


def summary(incident: Incident, rule: str = DEFAULT_RULE) -> Summary:
    """An incident in brief; ``rule`` chooses the best number of a toll."""
    told = affirmed(incident.claims)
    times = [instant(claim.citation.published) for claim in incident.claims]
    first_day, last_day = days(incident.claims)
    place = _most_precise(incident.claims)
    brief = Summary(
        id=incident.id,
        claims=len(incident.claims),
        articles=sum(len(origin.articles) for origin in incident.origins),
        origins=len(incident.origins),
        first_day=first_day,
        last_day=last_day,
        first_told=min(times),
        last_told=max((time for time in times if time != LAST), default=LAST),
        killed=_bounds(toll(incident, "killed", rule)),
        injured=_bounds(toll(incident, "injured", rule)),
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        radius_km=place.radius_km if place else None,
        disputed=any(map(denies, incident.claims)) and any(c.event.status == "actual" for c in told),
        kind=_commonest(map(kind, incident.claims)),
        place=place.name if place else "",
        headline=headline(incident),
        speakers=speakers(incident),
        facets=facets(incident),
    )
    return replace(brief, facets={**brief.facets, **_placed(brief)})


def _placed(brief: Summary) -> dict[tuple[str, str], str | None]:
    """The month and the square degree that an incident is counted in."""
    month, square = brief.latest[:7], cell(brief.lat, brief.lon)
    found = {("month", month): month, ("cell", square): square}
    return {key: label for key, label in found.items() if label}


def days(claims: Iterable[Claim]) -> tuple[str | None, str | None]:
    """The first and last of the days told, of the narrowest interval told where they differ much."""
    whens = [claim.event.when for claim in claims if claim.event.when is not None]
    closed = [(when.start, when.end) for when in whens if when.start and when.end]
    if closed:
        return min(start for start, _ in closed), max(end for _, end in closed)
    starts = [when.start for when in whens if when.start]
    ends = [when.end for when in whens if when.end]
    return min(starts, default=None), max(ends, default=None)


def headline(incident: Incident) -> str:
    """The sentence of the claim with most of its roles filled, the earliest of such."""
    best = max(incident.claims, key=_told_by)
    return " ".join(best.sentence.text.split())


def speakers(incident: Incident) -> tuple[str, ...]:
    """The first few of those who are cited for an incident, of the most articles first."""
    told: dict[str, set[str]] = {}
    for claim in incident.claims:
        for filler in claim.speakers[:1]:
            told.setdefault(" ".join(named(filler).split()), set()).add(claim.citation.article)
    return tuple(sorted(told, key=lambda name: (-len(told[name]), name))[:FEW])


def _told_by(claim: Claim) -> int:
    event = claim.event
    filled = (event.actor, event.recipient, event.place, event.when, event.killed or event.injured)
    return sum(map(bool, filled)) + 2 * (event.status == "actual")


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _bounds(told: Toll) -> tuple[int | None, int | None, int | None]:
    return told.low, told.best, told.high


def _most_precise(claims: Iterable[Claim]) -> Place | None:
    places = (f.resolved for c in claims for f in c.event.place if isinstance(f.resolved, Place))
    return min(places, key=lambda place: place.radius_km, default=None)
