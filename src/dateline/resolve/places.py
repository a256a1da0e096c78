"""From the place names of an article to places.

    the reader's mentions ──────┐
    names the gazetteer knows ──┴─ toponyms.found ── names ── choice.chosen ── toponyms, placed
                                         └─ kinds.used ──────────────────────┘

One name means one place in an article, unless the article puts it in two ("Springfield, Ohio").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from urllib.parse import urlsplit

from dateline.resolve.gazetteer import Entry, Gazetteer, normalised
from dateline.resolve.place.choice import Choice, Weights, chosen
from dateline.resolve.place.features import Name
from dateline.resolve.place.kinds import used
from dateline.resolve.place.names import Found, meant, noun, told_inside
from dateline.resolve.place.reasons import reason
from dateline.resolve.place.toponyms import found
from dateline.types import (
    Article,
    Basis,
    Evidence,
    Mention,
    Place,
    Range,
    Reading,
    Span,
    Toponym,
    ToponymKind,
)

DOMAINS = {
    "au": "AUS", "bd": "BGD", "ca": "CAN", "cy": "CYP", "de": "DEU", "eg": "EGY", "fr": "FRA", "ge": "GEO",
    "gh": "GHA", "hk": "HKG", "ie": "IRL", "il": "ISR", "in": "IND", "it": "ITA", "jp": "JPN", "ke": "KEN",
    "lb": "LBN", "lk": "LKA", "my": "MYS", "ng": "NGA", "nz": "NZL", "ph": "PHL", "pk": "PAK", "ru": "RUS",
    "sg": "SGP", "tr": "TUR", "tw": "TWN", "ua": "UKR", "uk": "GBR", "us": "USA", "za": "ZAF", "zw": "ZWE",
}  # fmt: skip
"""Countries by the ending of a web domain, where an English-language press is."""
MOST = 24
"""How many places of one name are weighed, the gazetteer's likeliest first."""


def toponyms(
    article: Article,
    sentences: Sequence[Range],
    mentions: Iterable[Mention],
    gazetteer: Gazetteer,
    publisher_home: str | None = None,
) -> tuple[Toponym, ...]:
    """Every place name of an article's body, in text order, with its kind and, where one fits, its place.

    ``mentions`` are the reader's; ``publisher_home`` the country (alpha-3) of the publisher.
    """
    return _placed(article, found(article, sentences, mentions, gazetteer), gazetteer, publisher_home)


def resolved(
    article: Article, spans: Iterable[Span], gazetteer: Gazetteer, publisher_home: str | None = None
) -> tuple[Toponym, ...]:
    """The toponyms of spans known to name places, in text order."""
    given = [Found(span, *meant(span.text, gazetteer)) for span in sorted(spans, key=lambda span: span.start)]
    return _placed(article, given, gazetteer, publisher_home)


def _placed(
    article: Article, founds: Sequence[Found], gazetteer: Gazetteer, home: str | None
) -> tuple[Toponym, ...]:
    every, owners = names(article.text, founds)
    choices = chosen(every, Weights.load(), home)
    why = [reason(every, choices, number, partial(_country, gazetteer)) for number in range(len(every))]
    return tuple(
        _toponym(article.text, given, choices[owner], why[owner])
        for given, owner in zip(founds, owners, strict=True)
    )


@lru_cache(512)
def _country(gazetteer: Gazetteer, code: str | None) -> str:
    entry = gazetteer.country(code) if code else None
    return entry.name if entry else "its country"


def _toponym(text: str, given: Found, choice: Choice, why: str) -> Toponym:
    kind, use = used(text, given)
    span, entry = given.span, choice.entry
    if entry is None:
        return Toponym(span.start, span.end, span.text, kind, given.confidence, None, f"{use}; {why}")
    place = _place(span, entry, kind, choice.basis, why)
    return Toponym(span.start, span.end, span.text, kind, given.confidence, place, use)


def _place(span: Span, entry: Entry, kind: ToponymKind, basis: Basis, why: str) -> Place:
    return Place(
        entry.name, entry.lat, entry.lon, entry.radius_km, entry.country, entry.admin1, entry.geonameid,
        entry.precision, kind, basis, Evidence((Span(span.start, span.end, span.text),)), why,
    )  # fmt: skip


def names(text: str, founds: Sequence[Found]) -> tuple[list[Name], list[int]]:
    """The names of an article, and the number of its name for each of the founds, which are in text order.

    A name is taken to lie where the article last said so, or, until it does, will first.
    """
    told = told_inside(text, founds)
    keys = [normalised(given.span.text) for given in founds]
    current = {key: around for key, around in reversed(list(zip(keys, told, strict=True))) if around}
    numbers: dict[tuple[str, tuple[Entry, ...]], int] = {}
    owners = []
    for key, around in zip(keys, told, strict=True):
        current[key] = around or current.get(key, ())
        owners.append(numbers.setdefault((key, current[key]), len(numbers)))
    members: list[list[Found]] = [[] for _ in numbers]
    for given, owner in zip(founds, owners, strict=True):
        members[owner].append(given)
    return [_name(text, group, around) for group, (_, around) in zip(members, numbers, strict=True)], owners


def _name(text: str, group: Sequence[Found], around: tuple[Entry, ...]) -> Name:
    first = group[0]
    said = next(filter(None, (noun(text, given.span) for given in group)), None)
    return Name(first.span.text, first.entries[:MOST], len(group), first.demonym, around, said)


def place_of(filler: Span, places: Sequence[Toponym], gazetteer: Gazetteer) -> Place | None:
    """The place that the words of an event's filler mean; none if they name none, or none that is sure.

    ``places`` are the article's toponyms. Of those in the words the most precise is meant ("Aleppo,
    Syria"); a people's name alone ("a Syrian town") bounds the place. Where none is, the words are
    looked up: they mean a place if no other bears the name in the countries of the article's places.
    """
    inside = [t.place for t in places if t.place and filler.start < t.end and t.start < filler.end]
    if named := [place for place in inside if place.kind != "demonym"]:
        return min(named, key=lambda place: place.radius_km)
    if inside:
        return replace(inside[0], basis="inferred", reason=f"bounded by {inside[0].reason}")
    entries, demonym = meant(filler.text, gazetteer) if any(map(str.isupper, filler.text)) else ((), False)
    countries = {t.place.country for t in places if t.place}
    likely = entries if len(entries) == 1 else [entry for entry in entries if entry.country in countries]
    if len(likely) != 1 or demonym:
        return None
    why = "the only place known by that name" + (
        "" if likely is entries else " in the countries of the article"
    )
    return _place(filler, likely[0], "literal", "stated", why)


def home_of(article: Article) -> str | None:
    """The country that the ending of an article's web domain names."""
    try:
        host = urlsplit(article.url or "").hostname or ""
    except ValueError:  # no address at all
        return None
    return DOMAINS.get(host.rpartition(".")[2])


def with_places(reading: Reading, gazetteer: Gazetteer, publisher_home: str | None = None) -> Reading:
    """A reading with the toponyms of its article, and the places of its events' fillers."""
    article = reading.article
    home = publisher_home or home_of(article)
    places = toponyms(article, reading.sentences, reading.mentions, gazetteer, home)
    events = tuple(
        replace(
            event,
            place=tuple(
                replace(filler, resolved=place_of(filler, places, gazetteer)) for filler in event.place
            ),
        )
        for event in reading.events
    )
    return replace(reading, places=places, events=events)
