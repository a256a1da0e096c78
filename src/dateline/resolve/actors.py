"""Actors: who the words of an article stand for.

The fillers of its event reports, the sources of its attributions and the names in it are described by
their own words (``descriptions``), joined (``coreference``), and completed from the words that introduce a
name and, where that is safe, from the country that the article or the event is about. What stays in doubt
stays null.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dateline.resolve.actor import coreference
from dateline.resolve.actor.coreference import Mention, Speech, Statement
from dateline.resolve.actor.descriptions import ARMED, STATELESS, Description, Found, described
from dateline.resolve.actor.lexicon import Lexicon, Row
from dateline.resolve.tables import State, Tables, fold
from dateline.types import Actor, Basis, EventReport, Evidence, Filler, Place, Range, Reading, Span, Toponym

ROLES = ("actor", "recipient", "source")
MENTIONS = frozenset(("Organisation", "Person", "Nationality"))

LOCAL = frozenset(
    ("CVL", "COP", "MED", "EDU", "BUS", "REL", "LAB", "CRM", "JUD", "OPP", "REF", "REB", "PRM", "SOC", "AGR")
)
"""Sectors that are taken to be of the country of the event that they take part in."""
NATIONAL = frozenset(("GOV", "MIL", "LEG", "PTY", "JRN", "SPY"))
"""Sectors that are taken to be of the country that the article is about, if it is about one."""
OURS = ("our", "my")
COLLECTIVE = frozenset((
    "government", "regime", "administration", "authority", "army", "military", "armed force", "troop",
    "soldier", "force", "navy", "air force", "police", "security force", "parliament", "intelligence agency",
))  # fmt: skip
"""Heads that with a country are one body, however it is called ("the Chadian army", "Chad's troops")."""
FOREIGN = frozenset(
    ("foreign", "international", "western", "european", "arab", "regional", "global", "world")
)
"""Words of those who are not of the country where they are."""
PERSONAL = re.compile(r"(?!(?:The|El|La|Le|Al|Los|Las) )[^\W\d_][^\W\d]*\.?(?: [^\W\d]+\.?){1,4}")
"""A name as people have one."""
QUOTATION = re.compile(r"“[^“”\n]{1,1000}”?|\"[^\"\n]{1,1000}\"|''.{1,1000}?''")
HOME = 0.5
"""The share of all country names that the country has which an article is about."""
CITY_KM = 6.0
"""The radius of a settlement of half a million people."""
IN = re.compile(r"\b(?:in|at|near|from|to) \Z", re.IGNORECASE)
STRAY = 3
"""How many place names say what an article is about where it names no state."""


def with_actors(reading: Reading, tables: Tables) -> Reading:
    """The reading with its actors, and the actor of each filler that has one."""
    lexicon = Lexicon(reading.article, tables, countries(reading.places))
    found = resolved(lexicon, reading)
    actors = tuple(dict.fromkeys(found.values()))
    return replace(reading, actors=actors, events=tuple(_filled(event, found) for event in reading.events))


def countries(toponyms: Iterable[Toponym]) -> dict[Range, str]:
    """The countries of the place names that may say where somebody is from, by their range."""
    return {
        (each.start, each.end): each.place.country
        for each in toponyms
        if each.place and each.place.country and each.kind in ("literal", "modifier")
    }


def doubtful(text: str, toponyms: Sequence[Toponym]) -> frozenset[str]:
    """The countries that a text names by one small place alone, which may bear the name of one unknown.

    That is a place of GeoNames below the provinces; a town in which the text says that something is counts,
    and so does a city.
    """
    named: dict[str, list[Toponym]] = {}
    for each in toponyms:
        if each.place and each.place.country:
            named.setdefault(each.place.country, []).append(each)
    return frozenset(
        country
        for country, names in named.items()
        if len({each.text.casefold() for each in names}) == 1
        and not any(_is_sure(text, each.start, each.place) for each in names if each.place)
    )


def _is_sure(text: str, start: int, place: Place) -> bool:
    if place.geonameid is None or place.precision in ("country", "province"):
        return True
    placed = IN.search(text, max(0, start - 8), start)
    return place.precision == "settlement" and (place.radius_km >= CITY_KM or placed is not None)


def _filled(event: EventReport, found: Mapping[Range, Actor]) -> EventReport:
    roles: dict[str, Any] = {
        role: tuple(_with_actor(f, found) for f in getattr(event, role)) for role in ROLES
    }
    return replace(event, **roles)


def _with_actor(filler: Filler, found: Mapping[Range, Actor]) -> Filler:
    """The filler with its actor, whose values are inherited if none of its own words says them; the mentions
    stand with the article's actors alone."""
    actor = found.get((filler.start, filler.end))
    if actor is None:
        return filler
    own = any(filler.start <= span.start < filler.end for span in actor.evidence.spans)
    basis: Basis = "inherited" if actor.basis == "stated" and not own else actor.basis
    return replace(filler, resolved=replace(actor, basis=basis, mentions=()))


def resolved(lexicon: Lexicon, reading: Reading) -> dict[Range, Actor]:
    """The actor of each range that stands for one, in text order."""
    ranges = _ranges(reading)
    around = _surroundings(lexicon, reading, ranges)
    mentions = [coreference.mention(lexicon, span, _is_person(reading, span)) for span in ranges]
    groups = coreference.joined(lexicon, mentions, _speech(reading))
    found = {
        mention.range: actor
        for group in groups
        if (actor := _actor(lexicon, group, around))
        for mention in group
    }
    for mention in (mention for group in groups for mention in group if mention.told.phrase.owner in OURS):
        speaker = _speaker(reading, mention)
        if speaker in found and mention.range in found:
            found[mention.range] = _theirs(found[mention.range], found[speaker])
    return _with_mentions(lexicon, {span: found[span] for span in ranges if span in found})


def _is_person(reading: Reading, span: Range) -> bool:
    """Whether the reader takes a part of some words for a person's name, and none for a body's; who is a
    person by a longer name is one by the surname."""
    if not reading.mentions:
        return PERSONAL.fullmatch(reading.article.text, *span) is not None
    kinds = {m.kind for m in reading.mentions if span[0] < m.end and m.start < span[1]}
    if kinds:
        return "Person" in kinds and "Organisation" not in kinds
    last = reading.article.text[slice(*span)].split()[-1:]
    return any(m.kind == "Person" and m.text.split()[-1:] == last for m in reading.mentions)


def _speech(reading: Reading) -> Speech:
    said = [
        Statement(
            (a.source[0].start, a.source[0].end),
            tuple((span.start, span.end) for span in a.content),
            max(span.end for span in (*a.source, *a.cue, *a.content)),
        )
        for a in reading.attributions
        if len(a.source) == 1
    ]
    return Speech(said, [match.span() for match in QUOTATION.finditer(reading.article.text)])


def _with_mentions(lexicon: Lexicon, found: Mapping[Range, Actor]) -> dict[Range, Actor]:
    """One actor for each id, the first, with all its mentions."""
    first: dict[str, Actor] = {}
    spans: dict[str, list[Span]] = {}
    for span, actor in found.items():
        first.setdefault(actor.id, actor)
        spans.setdefault(actor.id, []).append(lexicon.article.span(*span))
    return {span: replace(first[actor.id], mentions=tuple(spans[actor.id])) for span, actor in found.items()}


def _speaker(reading: Reading, mention: Mention) -> Range | None:
    """Who says the words that a mention is in: the one source of its event, or of the words around it."""
    said: list[Span] = [
        event.source[0]
        for event in reading.events
        if len(event.source) == 1
        if any((f.start, f.end) == mention.range for f in (*event.actor, *event.recipient))
    ]
    for attribution in reading.attributions:
        if attribution.source and any(s.start <= mention.start < s.end for s in attribution.content):
            said.append(attribution.source[0])
    return (said[0].start, said[0].end) if said else None


def _theirs(actor: Actor, speaker: Actor) -> Actor:
    """ "Our forces" are of the country of whoever says so; armed ones are those of an armed group."""
    armed = actor.sector in ARMED and speaker.sector in ARMED
    return replace(
        actor,
        country=actor.country or speaker.country,
        sector=speaker.sector if armed else actor.sector,
        basis="inferred",
        reason=f"{actor.reason}; “our”, says {speaker.name}",
    )


def _ranges(reading: Reading) -> list[Range]:
    fillers = (f for event in reading.events for role in ROLES for f in getattr(event, role))
    sources = (span for attribution in reading.attributions for span in attribution.source)
    names = (m for m in reading.mentions if m.kind in MENTIONS)
    return sorted({(s.start, s.end) for spans in (fillers, sources, names) for s in spans if s.text.strip()})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where things happen: ``home`` the country that the article is about, ``events`` the one country of the
    events that a range takes part in, ``beside`` that of the places beside it or in its sentence.

    By none of the ``doubtful`` countries' places is anybody from there.
    """

    home: Found | None
    events: Mapping[Range, Found]
    beside: Mapping[Range, Found]
    doubtful: frozenset[str] = frozenset()

    def believed(self, lexicon: Lexicon, country: Found | None) -> Found | None:
        """A country, unless only a doubtful place says so."""
        if country is None or country.value not in self.doubtful:
            return country
        placed = country.inferred or country.range in lexicon.places
        return None if placed else country


def _surroundings(lexicon: Lexicon, reading: Reading, ranges: Sequence[Range]) -> Surroundings:
    home = _home(lexicon)
    happened: dict[str, list[Found]] = {}
    for event in reading.events:
        found = [country for place in event.place if (country := _country_of(lexicon, place, home))]
        happened.setdefault(event.happening or event.id, []).extend(found)
    at: dict[Range, list[Found]] = {}
    for event in reading.events:
        for filler in (*event.actor, *event.recipient):
            at.setdefault((filler.start, filler.end), []).extend(happened[event.happening or event.id])
    beside = {
        span: _following(lexicon, span) or _in_sentence(lexicon, reading.sentences, span) for span in ranges
    }
    otherwise = {country for span, country in lexicon.countries if span not in lexicon.places}
    unsure = doubtful(reading.article.text, reading.places) - otherwise
    return Surroundings(home, _of_one(at), _of_one(beside), unsure)


def _of_one(found: Mapping[Range, list[Found]]) -> dict[Range, Found]:
    """What was found where it is one country."""
    return {span: each[0] for span, each in found.items() if len({f.value for f in each}) == 1}


def _following(lexicon: Lexicon, span: Range) -> list[Found]:
    """The country of words right behind: "[officials] in Tarnow"."""
    behind = re.compile(r" in (?:[a-z]+ ){0,2}").match(lexicon.article.text, span[1])
    named = [found for found in lexicon.lands if behind and found[0][0] == behind.end()]
    return [Found(c, f"“{lexicon.text(land)}” → {c}", land, inferred=True) for land, c in named]


def _in_sentence(lexicon: Lexicon, sentences: Sequence[Range], span: Range) -> list[Found]:
    start, end = next(((s, e) for s, e in sentences if s <= span[0] < e), span)
    return [
        Found(country, f"“{lexicon.text(named)}” in the sentence → {country}", named, inferred=True)
        for named, country in lexicon.lands
        if start <= named[0] < end
    ]


def _country_of(lexicon: Lexicon, place: Filler, home: Found | None) -> Found | None:
    """The country of an event's place; one that only this place speaks for gives way to the article's."""
    told = described(lexicon, lexicon.phrase(place.start, place.end))
    resolved = place.resolved.country if isinstance(place.resolved, Place) else None
    country = resolved or (told.country.value if told.country else None)
    if country is None or (home and lexicon.mentioned[country] < 2):
        return None
    reason = f"the event is told of “{place.text}” → {country}"
    return Found(country, reason, (place.start, place.end), inferred=True)


def _home(lexicon: Lexicon) -> Found | None:
    """The country most named, if most of the names are of it, and more than a stray place name is."""
    counts = lexicon.mentioned
    if not counts:
        return None
    (country, count), *others = counts.most_common(2)
    if count < HOME * counts.total() or (others and others[0][1] == count):
        return None
    spans = [span for span, named in lexicon.countries if named == country]
    if len(spans) < STRAY and all(span in lexicon.places for span in spans):
        return None
    return Found(country, f"the article is about {country}", spans[0], inferred=True)


def _actor(lexicon: Lexicon, group: Sequence[Mention], around: Surroundings) -> Actor | None:
    """The one actor that the mentions of a group stand for, None if nothing is known of it."""
    told = [mention.told for mention in group]
    row = next((t.row for t in told if t.row), None)
    name = next((t.name for t in told if t.name), None)
    if name and not row:
        told += _introduced(lexicon, name)
    sector = _best(t.sector for t in told) or _private(lexicon, name)
    sponsor = _best(t.sponsor for t in told)
    country = None
    if not (sector and sector.value in STATELESS):
        found = _best(t.country for t in told) or _inferred(group, sector, around)
        country = around.believed(lexicon, found)
    if not (row or name or country or sector):
        return None
    return _made(lexicon, group, row, name, Findings(country, sector, sponsor))


def _introduced(lexicon: Lexicon, name: Range) -> list[Description]:
    """What introduces a name, by its full form, else by itself, else in a title that the text lacks."""
    full, short = coreference.full_name(lexicon, name), lexicon.text(name)
    found = list(coreference.introductions(lexicon, full))
    if not found and short != full:
        found = list(coreference.introductions(lexicon, short))
    title = lexicon.article.title
    if found or not title or title in lexicon.article.text:
        return found
    headline = Lexicon(replace(lexicon.article, text=title, body=((0, len(title)),)), lexicon.tables, {})
    return [_moved(told, name) for told in coreference.introductions(headline, full)]


def _moved(told: Description, name: Range) -> Description:
    """A title's description, whose findings rest on the name in the text."""
    country, sector = (found and found._replace(range=name) for found in (told.country, told.sector))
    return replace(told, country=country, sector=sector, sponsor=None)


def _best(found: Iterable[Found | None]) -> Found | None:
    each = [f for f in found if f]
    return next((f for f in each if f.sure), each[0] if each else None)


def _private(lexicon: Lexicon, name: Range | None) -> Found | None:
    """Somebody with first name and surname of whom nothing else is told."""
    full = coreference.full_name(lexicon, name) if name else ""
    if name is None or not PERSONAL.fullmatch(full):
        return None
    return Found("CVL", "somebody of whom no office is told → CVL", name, sure=False, inferred=True)


def _inferred(group: Sequence[Mention], sector: Found | None, around: Surroundings) -> Found | None:
    """The country of the events or of the article, for sectors that are seldom of another."""
    told = [mention.told for mention in group]
    if sector is None or sector.value not in LOCAL | NATIONAL or any(map(_of_others, told)):
        return None
    local = sector.value in LOCAL or any(t.people for t in told)
    named = any(t.name for t in told)
    here = _common(group, around.events) or (None if named else _common(group, around.beside))
    # Who is named may have come from afar to where it happens: the article's country goes first.
    ways = (around.home, here) if named else (here, around.home)
    either = {country for t in told for country in t.countries}
    fitting = (f for f in (ways if local else (around.home,)) if f and (not either or f.value in either))
    return next(fitting, None)


def _common(group: Sequence[Mention], near: Mapping[Range, Found]) -> Found | None:
    found = [near[mention.range] for mention in group if mention.range in near]
    return found[0] if len({f.value for f in found}) == 1 else None


def _of_others(told: Description) -> bool:
    """Whether somebody is said to be of elsewhere or of others ("foreign fighters", "its men")."""
    words = {word.low for piece in told.phrase.pieces for word in piece.words}
    if len(told.countries) > 1 and not any(p.sense and len(p.sense.names) > 1 for p in told.phrase.pieces):
        return True
    return told.affiliated or told.phrase.owner in ("its", "their", "our") or not words.isdisjoint(FOREIGN)


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of an actor."""

    country: Found | None
    sector: Found | None
    sponsor: Found | None

    def each(self) -> list[Found]:
        return [found for found in (self.country, self.sector, self.sponsor) if found]


def _made(
    lexicon: Lexicon, group: Sequence[Mention], row: Row | None, name: Range | None, found: Findings
) -> Actor:
    country, sector = (f.value if f else None for f in (found.country, found.sector))
    words = max((_words(lexicon, mention) for mention in group), key=lambda span: span.end - span.start)
    known = row.name if row else coreference.full_name(lexicon, name) if name else None
    return Actor(
        id=_id(row, known, group[0], country, sector, words),
        name=known or words.text,
        country=country,
        sector=sector,
        basis="inferred" if any(f.inferred for f in found.each()) else "stated",
        evidence=Evidence(
            tuple(dict.fromkeys(lexicon.article.span(*f.range) for f in found.each())) or (words,)
        ),
        reason="; ".join(dict.fromkeys(f.reason for f in found.each())) or "named, and no more is told",
        sponsor=found.sponsor.value if found.sponsor else None,
    )


def _words(lexicon: Lexicon, mention: Mention) -> Span:
    """The words of a mention without what opens and follows them."""
    pieces = mention.told.phrase.pieces
    return (
        lexicon.article.span(pieces[0].start, pieces[-1].end)
        if pieces
        else lexicon.article.span(*mention.range)
    )


def _id(
    row: Row | None, known: str | None, first: Mention, country: str | None, sector: str | None, words: Span
) -> str:
    if row and not (isinstance(row, State) and sector != "GOV"):
        return row.id
    if known and not row:
        return slug(known)
    if country and sector and first.told.head in COLLECTIVE and not first.told.phrase.counted:
        return f"{country}-{sector}"
    return f"{slug(words.text)}@{first.start}"


def slug(name: str) -> str:
    """A name as an id: "the Highland Front" is "highland-front"."""
    return re.sub(r"\W+", "-", fold(name)).strip("-") or "unnamed"
