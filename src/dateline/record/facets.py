"""What incidents are found and counted by, and which of these values are shown to the public.

Whoever looks for a name finds it; but what the site offers by itself (lists of values with their counts,
titles of feeds) never names a private person. ``is_public`` is the rule; doubt shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from dateline.record.origins import outlet
from dateline.record.spreads import named
from dateline.types import Actor, Claim, Filler, Incident, Place

OFFICIAL = frozenset({"GOV", "LEG", "PTY", "OPP", "IGO"})
"""Sectors in which persons act for a state, a party or an organisation of states, and so in public."""
GROUPS = frozenset({"REB", "PRM", "NGO"})
"""Sectors in which a name of one word is a group's: a person is told by more."""
ORGANISATION = re.compile(
    r"\b(?:agency|alliance|army|assembly|assembl\w+|association|authority|brigades?|bureau|cabinet|coalition"
    r"|command|commission|committee|company|confederation|congress|corps|council|department|directorate"
    r"|embassy|federation|fleet|forces?|foundation|front|fund|government|group|guards?|institute|junta"
    r"|league|legion|militia|ministry|mission|movement|nations|navy|network|office|organi[sz]ation|parliament"
    r"|party|police|regiment|resistance|senate|service|society|staff|syndicate|treasury|tribunal|union)\b",
    re.IGNORECASE,
)
"""Words that no person's name has, and an organisation's often."""
_COUNTRY = re.compile(r"[A-Z]{3}(?:-[A-Z]{3})?")
_PLACE = re.compile(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*){0,2}(?: [a-z]+)?")
_POSSESSIVE = re.compile(r"[’']s\b")
LONGEST_NAME = 60

Value = tuple[str, str]
"""A kind and a value in lower case."""


class Facet(NamedTuple):
    """A value that an incident is found by; ``label`` is how it is shown, null where it is not."""

    kind: str
    value: str
    label: str | None = None


def facets(incident: Incident) -> dict[Value, str | None]:
    """The values by which an incident is found, with the labels of those that are shown."""
    found: dict[Value, str | None] = {}
    for each in _facets(incident):
        if value := folded(each.value):
            found[each.kind, value] = found.get((each.kind, value)) or each.label
    return found


@lru_cache(maxsize=16_384)
def folded(text: str) -> str:
    """Text as values have it: in lower case, with single spaces."""
    return " ".join(text.casefold().split())


def _facets(incident: Incident) -> Iterator[Facet]:
    for claim in incident.claims:
        yield from _of_claim(claim)


def _of_claim(claim: Claim) -> Iterator[Facet]:
    event = claim.event
    yield Facet("type", event.type, event.type)
    yield Facet("status", event.status, event.status)
    source = outlet(claim.citation)
    yield Facet("publisher", source, None if source == claim.citation.address else source)
    for role in ("actor", "recipient"):
        for filler in getattr(event, role):
            yield from _of_party(role, filler)
    for filler in claim.speakers:
        yield speaker_facet(filler)
    for filler in event.place:
        yield from _of_place(filler, event.actor + event.recipient)


def _of_party(role: str, filler: Filler) -> Iterator[Facet]:
    yield Facet(role, filler.text)
    actor = filler.resolved
    if not isinstance(actor, Actor):
        return
    yield from (Facet(role, actor.id), Facet(role, actor.name))
    if actor.sector:
        yield Facet("sector", actor.sector, actor.sector)
    if is_public(actor):
        yield Facet("party", actor.id, " ".join(actor.name.split()))


def speaker_facet(filler: Filler) -> Facet:
    """By what a speaker is found: the name, else the words."""
    actor = filler.resolved
    label = " ".join(actor.name.split()) if isinstance(actor, Actor) and is_public(actor) else None
    return Facet("speaker", named(filler), label)


def is_public(actor: Actor) -> bool:
    """Whether an actor may be shown by name where nobody asked for it.

    Countries and their sectors may; names with a word for an organisation; whoever acts for a state, a party
    or an organisation of states; groups by a name of one word. What only some words of an article stand for
    has no name.
    """
    name = " ".join(actor.name.split())
    if "@" in actor.id or len(name) > LONGEST_NAME or "." in name:
        return False
    if _COUNTRY.fullmatch(actor.id) or ORGANISATION.search(name):
        return True
    return actor.sector in OFFICIAL or (actor.sector in GROUPS and " " not in name)


def _of_place(filler: Filler, parties: Iterable[Filler]) -> Iterator[Facet]:
    place = filler.resolved
    if isinstance(place, Place):
        yield Facet("place", filler.text)
        yield Facet("place", place.name, place.name)
        yield Facet("place", place.admin1 or "", place.admin1)
        yield Facet("country", place.country or "", place.country)
    else:
        words = " ".join(filler.text.split())
        named = {folded(party.text) for party in parties}
        yield Facet("place", words, words if is_toponym(words) and folded(words) not in named else None)


def is_toponym(words: str) -> bool:
    """Whether words of an unknown place look like its name alone: "Port Corrin", "Kasseru prison"."""
    return _PLACE.fullmatch(words) is not None and _POSSESSIVE.search(words) is None


def cell(lat: float | None, lon: float | None) -> str:
    """The square degree of a place, by its south-western corner: "-34 18"; empty without a place."""
    if lat is None or lon is None:
        return ""
    return f"{int(lat // 1)} {int(lon // 1)}"
