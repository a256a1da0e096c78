"""An invented event report as it is compared, and what may stand in it."""

from __future__ import annotations

from dateline.link.views import View
from dateline.types import Actor, EventReport, Evidence, Filler, Place, Span

WORDS = "Orlin"
EVIDENCE = Evidence((Span(0, 5, WORDS),))
REPORT = EventReport("e1", Span(10, 16, "strike"), "ASSAULT", "aerial", "actual", 1.0, "A")
VIEW = View(
    event=REPORT,
    trigger=frozenset(["strik"]),
    names={},
    others={},
    article_names={},
    article_others={},
    vector=None,
    days=None,
    published=740_000,
)


def place(
    name: str, lat: float, lon: float, radius: float = 5.0, country: str = "XXA", identity: int | None = None
) -> Filler:
    """Words that name a town."""
    there = Place(
        name, lat, lon, radius, country, None, identity, "settlement", "literal", "stated", EVIDENCE, "told"
    )
    return Filler(0, len(name), name, resolved=there)


def actor(identity: str, country: str | None = "XXA", sector: str | None = "MIL") -> Filler:
    """Words that name a party."""
    who = Actor(identity, identity, country, sector, "stated", EVIDENCE, "told")
    return Filler(0, len(identity), identity, resolved=who)
