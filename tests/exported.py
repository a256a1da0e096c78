"""An invented incident for the tests of the export: two outlets that disagree, one denial, one answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from logs import COURIER, TEXT, article, claims, count, filler, log, read, report, span, tie
from readings import evidence

from dateline.export.choice import day_of, place_of
from dateline.export.views import Known, Told
from dateline.record.incidents import incidents
from dateline.record.spreads import spread
from dateline.types import Actor, Attribution, Filler, Incident, Place, Reading, When

HEARD = evidence(span(TEXT, "Merovar post"))
POST = Place(
    "Merovar post", 44.5, -21.25, 2.0, "XMV", "Halvec", 77, "site", "literal", "stated", HEARD, "only one"
)
TUESDAY = When("2024-03-12", "2024-03-12", "day", "stated", evidence(span(TEXT, "Tuesday")), "that Tuesday")
WEEK = replace(TUESDAY, start="2024-03-11", end="2024-03-17", precision="week")
GUNMEN = Actor("gunmen", "Gunmen", None, "UAF", "stated", evidence(span(TEXT, "Gunmen")), "a word")
FRONT = Actor("front", "Highland Front", "XDO", "REB", "stated", evidence(span(TEXT, "Gunmen")), "named")
GUARDS = Actor("XMV-COP", "Guards of Merovar", "XMV", "COP", "inferred", evidence(span(TEXT, "Gunmen")), "")
KNOWN = Known({"wire.example": "wire", "courier.example": "local"}.get, {"XMV": "Merovar"}.get)


def who(words: str, actor: Actor | None = None) -> Filler:
    return replace(filler(TEXT, words), resolved=actor)


def wire() -> Reading:
    said = Attribution("a1", (span(TEXT, "the ministry"),), (span(TEXT, "said"),), (), "indirect", 0.9)
    denied = Attribution(
        "a2", (span(TEXT, "The Highland Front"),), (span(TEXT, "denied"),), (), "indirect", 0.8
    )
    attack: dict[str, Any] = {
        "actor": (who("Gunmen", GUNMEN),),
        "recipient": (who("six guards", GUARDS),),
        "place": (replace(filler(TEXT, "Merovar post"), resolved=POST),),
        "date": (filler(TEXT, "Tuesday"),),
        "when": TUESDAY,
        "killed": (count(TEXT, "six", 6, 6),),
        "attributions": ("a1",),
    }
    events = (
        report(TEXT, "killed", mode="firearms", **attack),
        report(
            TEXT, "attack", status="negated", attributions=("a2",), source=(who("The Highland Front", FRONT),)
        ),
        report(TEXT, "shelled", "B", mode="heavy-weapons", answers=("A",), place=(who("Ostrel"),)),
    )
    return read(article(title="Six guards\nkilled", language="en"), events, (said, denied))


def courier() -> Reading:
    text = TEXT.replace("six guards", "=9 guards")
    killed = report(
        text,
        "killed",
        actor=(replace(filler(text, "Gunmen"), resolved=FRONT),),
        when=WEEK,
        killed=(count(text, "9", 9, 9),),
    )
    told = article(COURIER, text, title="=HYPERLINK(“here”)", publisher="Courier", published="2024-03-13")
    return read(told, [killed])


def tied() -> Any:
    """The linker's decision that both tell of one."""
    return tie(claims(wire())[0], claims(courier())[0], score=0.9)


def told(incident: Incident, rule: str = "most-origins") -> Told:
    return Told(incident, spread(incident, rule), day_of(incident), place_of(incident), KNOWN)


def attack(*readings: Reading) -> Told:
    """The incident of the first claim of each reading; by default that of both outlets."""
    given = readings or (wire(), courier())
    first, *others = (claims(reading)[0] for reading in given)
    found = incidents(log(*given, [tie(first, other, score=0.9) for other in others]))
    return told(next(each for each in found if first.id in {claim.id for claim in each.claims}))
