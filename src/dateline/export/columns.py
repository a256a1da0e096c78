"""The columns of each view, in order: what docs/export.md explains.

A cell holds one value; where there are several, they stand in it behind one another, the most widely told
first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import urlsplit

from dateline.export.choice import day_code, place_code
from dateline.export.views import Held, Known, Reported, Said, Told
from dateline.record.origins import outlet
from dateline.record.spreads import Toll, Value, named, speaker
from dateline.types import Actor, Citation, Claim, Count, Filler, Place, Span, When

T = TypeVar("T")
Cell = str | int | float | bool | None
Type = Literal["text", "integer", "real", "boolean"]

AND = " | "
"""Stands between several values in one cell."""
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """A column's name, what its cells hold, and how a cell is made of what its row is about."""

    name: str
    of: Callable[[T], Cell]
    type: Type = "text"


def listed(values: Iterable[str | None]) -> str | None:
    """Different values in one cell, in their order; null when there are none."""
    return AND.join(dict.fromkeys(filter(None, values))) or None


def side_by_side(values: Iterable[Value]) -> str | None:
    """Values, each with who tells it: "6 (the ministry; Kestrel Wire) | 9 (a hospital)"."""
    return listed(f"{value.value} ({'; '.join(_tellers(value))})" for value in values)


def _tellers(value: Value) -> Iterable[str]:
    return dict.fromkeys(telling.speaker for telling in value.tellings)


def quoted(claims: Iterable[Claim]) -> str | None:
    """What reports say, in their words, with who says so: "the ministry, in Kestrel Wire: “Gunmen …”"."""
    words: dict[tuple[str, str], str] = {}
    for claim in claims:
        said, where = speaker(claim), outlet(claim.citation)
        sentence = plain(claim.sentence.text)
        who = where if said == where else f"{said}, in {where}"
        words.setdefault((said, sentence), f"{who}: “{sentence}”")
    return listed(words.values())


def part(whole: Callable[[T], object], name: str) -> Callable[[T], Any]:
    """How to get a part of something, null where that is."""
    return lambda item: getattr(whole(item), name, None)


def plain(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def citation(cited: Citation) -> str:
    """Publisher, title, time, address and the article's id, which is a digest of its address and text."""
    title = f"“{plain(cited.title)}”" if cited.title else None
    return ", ".join(filter(None, (outlet(cited), title, cited.published, cited.address, cited.article)))


def articles_of(told: Told) -> list[Citation]:
    """The articles that tell of an incident, by origin, the earliest first."""
    return [cited for origin in told.incident.origins for cited in origin.articles]


def outlets_of(told: Told) -> list[str]:
    """The outlets that tell of an incident."""
    return list(dict.fromkeys(map(outlet, articles_of(told))))


def scale_of(cited: Citation, known: Known) -> str | None:
    """The scale of an article's outlet, known by its web host: local, national, regional, …"""
    try:
        host = urlsplit(cited.address).hostname
    except ValueError:  # of what only looks like an address
        return None
    return known.scale(host) if host else None


def scales_of(told: Told) -> Counter[str]:
    """How many of an incident's outlets are of each scale."""
    scales = {outlet(cited): scale_of(cited, told.known) or UNKNOWN for cited in articles_of(told)}
    return Counter(scales.values())


def fillers(told: Told, role: str) -> list[Filler]:
    """One filler of an incident's role for each name, the most widely told first."""
    found: dict[str, Filler] = {}
    for claim in told.incident.claims:
        for filler in getattr(claim.event, role):
            found.setdefault(named(filler).casefold(), filler)
    values: Sequence[Value] = getattr(told.spread, f"{role}s")
    return [found[value.value.casefold()] for value in values]


def actors(told: Told, role: str) -> list[Actor]:
    """The resolved ones among those who acted ("actor") or were acted upon ("recipient")."""
    return [each for filler in fillers(told, role) if isinstance(each := filler.resolved, Actor)]


def kind(told: Told) -> tuple[str, str]:
    """The type that most tell of, and the mode of it that most tell."""
    kinds = [value.value.partition(" ")[::2] for value in told.spread.kinds]
    name = kinds[0][0]
    return name, next((mode for each, mode in kinds if each == name and mode), "")


def _of_party(role: str) -> Iterator[Column[Told]]:
    """Who acted, or was acted upon: names and, where they are resolved, ids, countries and sectors."""
    yield Column(f"{role}s", lambda told: listed(value.value for value in getattr(told.spread, f"{role}s")))
    yield Column(f"{role}_ids", lambda told: listed(actor.id for actor in actors(told, role)))
    yield Column(f"{role}_countries", lambda told: listed(actor.country for actor in actors(told, role)))
    yield Column(f"{role}_sectors", lambda told: listed(actor.sector for actor in actors(told, role)))


def _of_toll(role: str) -> Iterator[Column[Told]]:
    """How many, as told."""

    def toll(told: Told) -> Toll:
        found: Toll = getattr(told.spread, role)
        return found

    yield Column(f"{role}_low", lambda told: toll(told).low, "integer")
    yield Column(f"{role}_best", lambda told: toll(told).best, "integer")
    yield Column(f"{role}_high", lambda told: toll(told).high, "integer")
    yield Column(f"{role}_told", lambda told: side_by_side(toll(told).values))


def _of_place(place: Callable[[T], Place | None]) -> tuple[Column[T], ...]:
    """A place's name, divisions and point."""
    fact = partial(part, place)
    return (
        Column("place", fact("name")),
        Column("admin1", fact("admin1")),
        Column("country", fact("country")),
        Column("latitude", fact("lat"), "real"),
        Column("longitude", fact("lon"), "real"),
        Column("radius_km", fact("radius_km"), "real"),
        Column("geonameid", fact("geonameid"), "integer"),
        Column("place_precision", lambda item: place_code(place(item)), "integer"),
    )


def _of_citation(cited: Callable[[T], Citation]) -> tuple[Column[T], ...]:
    """What an article is cited by."""
    return (
        Column("article", lambda item: cited(item).article),
        Column("publisher", lambda item: cited(item).publisher),
        Column("title", lambda item: cited(item).title),
        Column("published", lambda item: cited(item).published),
        Column("address", lambda item: cited(item).address),
    )


def when(told: Told) -> When | None:
    """The days that stand for an incident."""
    return told.when


INCIDENTS: tuple[Column[Told], ...] = (
    Column("incident", lambda told: told.incident.id),
    Column("type", lambda told: kind(told)[0]),
    Column("mode", lambda told: kind(told)[1] or None),
    Column("status", lambda told: told.spread.statuses[0].value),
    Column("disputed", lambda told: told.spread.disputed, "boolean"),
    Column("day_start", part(when, "start")),
    Column("day_end", part(when, "end")),
    Column("day_precision", lambda told: day_code(told.when), "integer"),
    Column("days_told", lambda told: side_by_side(told.spread.dates)),
    *_of_place(lambda told: told.place),
    Column("places_told", lambda told: side_by_side(told.spread.places)),
    *_of_party("actor"),
    *_of_party("recipient"),
    Column("weapons", lambda told: listed(value.value for value in told.spread.weapons)),
    *_of_toll("killed"),
    *_of_toll("injured"),
    Column("toll_rule", lambda told: told.spread.killed.rule),
    Column("claimed_by", lambda told: listed(value.value for value in told.spread.claimed_by)),
    Column("denied_by", lambda told: listed(value.value for value in told.spread.denied_by)),
    Column("answers", lambda told: listed(answer.incident for answer in told.incident.answers)),
    Column("claims", lambda told: len(told.incident.claims), "integer"),
    Column("articles", lambda told: len(articles_of(told)), "integer"),
    Column("sources", lambda told: len(outlets_of(told)), "integer"),
    Column("origins", lambda told: len(told.incident.origins), "integer"),
    Column("source_scales", lambda told: listed(f"{n} {s}" for s, n in scales_of(told).most_common())),
    Column("notes", lambda told: quoted(told.incident.claims)),
    Column("citation", lambda told: listed(map(citation, articles_of(told)))),
)


def claim_when(reported: Reported) -> When | None:
    """The days of a claim."""
    return reported.claim.event.when


def claim_place(reported: Reported) -> Place | None:
    """The most precise place of a claim."""
    places = (f.resolved for f in reported.claim.event.place if isinstance(f.resolved, Place))
    return min(places, key=lambda place: place.radius_km, default=None)


def _filled(role: str) -> Column[Reported]:
    return Column(role, lambda each: listed(plain(f.text) for f in getattr(each.claim.event, role)))


def _resolved(role: str) -> Column[Reported]:
    def ids(each: Reported) -> Cell:
        found = (filler.resolved for filler in getattr(each.claim.event, role))
        return listed(actor.id for actor in found if isinstance(actor, Actor))

    return Column(f"{role}_ids", ids)


def _counted(role: str) -> Iterator[Column[Reported]]:
    """A toll's words, and the bounds of the numbers they give."""

    def bound(name: str, choose: Callable[[list[int]], int]) -> Callable[[Reported], Cell]:
        def of(each: Reported) -> Cell:
            counts: tuple[Count, ...] = getattr(each.claim.event, role)
            values = [value for count in counts if (value := getattr(count, name)) is not None]
            return choose(values) if values else None

        return of

    yield _filled(role)
    yield Column(f"{role}_low", bound("low", min), "integer")
    yield Column(f"{role}_high", bound("high", max), "integer")


CLAIMS: tuple[Column[Reported], ...] = (
    Column("claim", lambda each: each.claim.id),
    Column("incident", lambda each: each.incident),
    Column("type", lambda each: each.claim.event.type),
    Column("mode", lambda each: each.claim.event.mode or None),
    Column("status", lambda each: each.claim.event.status),
    Column("confidence", lambda each: each.claim.event.confidence, "real"),
    Column("trigger", lambda each: each.claim.event.trigger.text),
    Column("start", lambda each: each.claim.event.trigger.start, "integer"),
    Column("end", lambda each: each.claim.event.trigger.end, "integer"),
    Column("speaker", lambda each: listed(map(named, each.claim.speakers))),
    Column("sentence", lambda each: plain(each.claim.sentence.text)),
    _filled("actor"),
    _resolved("actor"),
    _filled("recipient"),
    _resolved("recipient"),
    _filled("weapon"),
    _filled("date"),
    Column("day_start", part(claim_when, "start")),
    Column("day_end", part(claim_when, "end")),
    Column("day_precision", lambda each: day_code(claim_when(each)), "integer"),
    Column("place_words", lambda each: listed(plain(f.text) for f in each.claim.event.place)),
    *_of_place(claim_place),
    *_counted("killed"),
    *_counted("injured"),
    Column("corrected_by", lambda each: listed(decision.by for decision in each.claim.corrections)),
    *_of_citation(lambda each: each.claim.citation),
)


def _words(spans: Sequence[Span]) -> str | None:
    return " … ".join(plain(span.text) for span in spans) or None


def _offsets(spans: Sequence[Span]) -> str | None:
    return " ".join(f"{span.start}-{span.end}" for span in spans) or None


def _of_words(name: str) -> Iterator[Column[Said]]:
    """Some words of an attribution, and their offsets in the article's text: "10-25 30-40"."""
    yield Column(name, lambda said: _words(getattr(said.attribution, name)))
    yield Column(f"{name}_offsets", lambda said: _offsets(getattr(said.attribution, name)))


def source(said: Said) -> Actor | None:
    """Who says it, where that is resolved."""
    return said.source


ATTRIBUTIONS: tuple[Column[Said], ...] = (
    Column("attribution", lambda said: said.attribution.id),
    *_of_words("source"),
    *_of_words("cue"),
    *_of_words("content"),
    Column("kind", lambda said: said.attribution.kind),
    Column("confidence", lambda said: said.attribution.confidence, "real"),
    Column("source_id", part(source, "id")),
    Column("source_name", part(source, "name")),
    Column("source_country", part(source, "country")),
    Column("source_sector", part(source, "sector")),
    Column("claims", lambda said: listed(said.claims)),
    *_of_citation(lambda said: said.article.citation),
)

ARTICLES: tuple[Column[Held], ...] = (
    *_of_citation(lambda held: held.citation),
    Column("byline", lambda held: held.citation.byline),
    Column("modified", lambda held: held.citation.modified),
    Column("language", lambda held: held.citation.language),
    Column("scale", lambda held: scale_of(held.citation, held.known)),
    Column("origin", lambda held: held.origin),
    Column("current", lambda held: held.current, "boolean"),
    Column("redacted", lambda held: held.redacted, "boolean"),
    Column("claims", lambda held: held.claims, "integer"),
    Column("reading", lambda held: held.reading),
    Column("model", lambda held: held.model),
    Column("recorded", lambda held: held.recorded),
)
