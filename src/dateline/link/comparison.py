"""Two claims compared, point by point: each function gives a score in [0, 1] with its reason, or nothing.

Nothing means that the two cannot be compared in this: one names no place, say. What the scores are
worth is not told here but in ``data/weights.json``; a new comparison is a function, its row in
``COMPARISONS`` and ``python -m training.link``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from dateline.link.references import counted, plural, pointing
from dateline.link.views import Days, Sketch, View, numbered
from dateline.link.words import Weights, cosine, kin, stems
from dateline.ontology import PENTA, root
from dateline.types import Actor, Count, Filler, Place

EARTH_KM = 6371.0
NEAR_KM = 50.0
"""Two towns so far apart are told for each other."""
NARROW_DAYS = 3
"""An interval of so many days tells when something was; a longer one only when it may have been."""
LONG_AGO_DAYS = 365
NEAR = 0.25
"""The score of triggers that are near in meaning."""
NARROW = ("site", "settlement", "district", "province")
"""How precisely places are told that are compared as towns: of two countries one may still be meant."""


class Compared(NamedTuple):
    """How well two claims agree in one point, and in which words."""

    score: float
    reason: str


Comparison = Callable[[View, View], Compared | None]
Score = Callable[[View, View], float | None]


def trigger(a: View, b: View) -> Compared | None:
    """The same word, a word that often names the same happening, or another word."""
    score = trigger_score(a, b)
    if score == 1:
        return Compared(score, f"both {quoted(a)}")
    if score > NEAR:
        return Compared(score, f"{quoted(a)}, {quoted(b)}")
    if score == NEAR:
        return Compared(score, f"{quoted(a)} and {quoted(b)} are near in meaning")
    return Compared(score, f"{quoted(a)} is not {quoted(b)}")


def trigger_score(a: View, b: View) -> float:
    """1 for the same word, more than a half where a part is the same, ``NEAR`` for a kindred word, else 0."""
    if common := a.trigger & b.trigger:
        return 0.5 + 0.5 * len(common) / len(a.trigger | b.trigger)
    return NEAR if near(a, b) else 0.0


def near(a: View, b: View) -> bool:
    """Whether triggers have words that often name one happening."""
    return any(not kin(word).isdisjoint(b.trigger) for word in a.trigger)


def quoted(view: View) -> str:
    """A trigger's words in quotation marks."""
    return f"“{view.event.trigger.text}”"


def vector(a: View, b: View) -> Compared | None:
    """How alike the encoder's views of the triggers in their sentences are."""
    score = vector_score(a, b)
    if score is None:
        return None
    return Compared(score, f"{quoted(a)} reads like {quoted(b)} in its sentence ({score:.2f})")


def vector_score(a: View, b: View) -> float | None:
    """The cosine of the two views, 0 for opposite ones."""
    return None if a.vector is None or b.vector is None else max(0.0, float(a.vector @ b.vector))


def sentence_names(a: View, b: View) -> Compared | None:
    """Names and numbers that the sentences have in common."""
    return shared("sentences", a.names, b.names)


def sentence_words(a: View, b: View) -> Compared | None:
    """Other words that the sentences have in common, beside the triggers."""
    return shared("sentences", a.others, b.others)


def shared(where: str, one: Weights, other: Weights) -> Compared | None:
    """How alike two lists of words are."""
    if not one or not other:
        return None
    common = sorted(one.keys() & other.keys(), key=lambda word: (-one[word] * other[word], word))
    return Compared(cosine(one, other), f"{where} share {', '.join(common[:3]) or 'nothing'}")


def shared_score(one: Weights, other: Weights) -> float | None:
    """The cosine of two lists of words."""
    return cosine(one, other) if one and other else None


def article_names(a: View, b: View) -> Compared | None:
    """Names and numbers that the articles have in common."""
    return subject("names", a.article_names, b.article_names)


def article_words(a: View, b: View) -> Compared | None:
    """Other words that the articles have in common."""
    return subject("words", a.article_others, b.article_others)


def subject(what: str, one: Sketch, other: Sketch) -> Compared | None:
    """How alike two articles are."""
    score = shared_score(one, other)
    if score is None:
        return None
    return Compared(score, f"the articles have {'many' if score > 0.3 else 'few'} {what} in common")


def known_names(a: View, b: View) -> Compared | None:
    """How much of what one sentence names is named in the other's article, of the two the less."""
    if not a.names or not b.names or not a.article_names or not b.article_names:
        return None
    strange, score = min(
        (met(a.names, b.article_names), met(b.names, a.article_names)), key=lambda each: each[1]
    )
    return Compared(score, f"“{strange}” is not named in the other article" if strange else "the same names")


def met(names: Weights, article: Sketch) -> tuple[str, float]:
    """The most telling name that an article lacks, and which share of the names it has."""
    whole = sum(names.values())
    lacking = {name: weight for name, weight in names.items() if numbered(name) not in article}
    return max(lacking, key=lambda name: (lacking[name], name), default=""), 1 - sum(lacking.values()) / whole


def type_and_mode(a: View, b: View) -> Compared | None:
    """The same type and mode, the same type, the same class of types, or another."""
    one, other = a.event, b.event
    if one.type == other.type:
        if one.mode and one.mode == other.mode:
            return Compared(1.0, f"both {one.type} {one.mode}")
        apart = one.mode and other.mode
        return Compared(0.7 if apart else 0.8, f"both {one.type}")
    family = PENTA[root(one.type)] == PENTA[root(other.type)]
    return Compared(0.3 if family else 0.0, f"{one.type} is not {other.type}")


def status(a: View, b: View) -> Compared | None:
    """What is denied or demanded may be what happened; what is to come is not what was."""
    one, other = a.event.status, b.event.status
    if one == other:
        return Compared(1.0, f"both {one}")
    apart = "future" in (one, other) and "actual" in (one, other)
    return Compared(0.0 if apart else 0.5, f"{one}, {other}")


def days(a: View, b: View) -> Compared | None:
    """The same day, days that overlap, or how far apart they are."""
    score = days_score(a, b)
    if score is None or a.days is None or b.days is None:
        return None
    if apart(a.days, b.days) > 0:
        return Compared(score, f"{shown(a.days)} and {shown(b.days)} are apart")
    return Compared(score, f"{shown(a.days)} meets {shown(b.days)}")


def days_score(a: View, b: View) -> float | None:
    """How well the days of two reports agree."""
    if a.days is None or b.days is None:
        return None
    gap = apart(a.days, b.days)
    if gap > 0:
        return 0.4 / gap if gap <= 3 else 0.0
    narrow = (width(a.days) <= NARROW_DAYS) + (width(b.days) <= NARROW_DAYS)
    return (0.6, 0.8, 1.0)[narrow]


def apart(a: Days, b: Days) -> float:
    """Days between two intervals, 0 where they meet; open ends meet everything on their side."""
    before = 0 if a.last is None or b.first is None else b.first - a.last
    after = 0 if b.last is None or a.first is None else a.first - b.last
    return max(0, before, after)


def width(each: Days) -> float:
    """How many days an interval has."""
    return math.inf if each.first is None or each.last is None else each.last - each.first + 1


def shown(each: Days) -> str:
    """An interval for people."""
    ends = ["…" if day is None else date.fromordinal(day).isoformat() for day in each]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def published(a: View, b: View) -> Compared | None:
    """How soon one article followed the other."""
    score = published_score(a, b)
    if score is None or a.published is None or b.published is None:
        return None
    return Compared(score, f"published {abs(a.published - b.published)} days apart")


def published_score(a: View, b: View) -> float | None:
    """1 for articles of one day, 0 for such as lie a year or more apart."""
    if a.published is None or b.published is None:
        return None
    return max(0.0, 1 - math.log1p(abs(a.published - b.published)) / math.log1p(LONG_AGO_DAYS))


def place(a: View, b: View) -> Compared | None:
    """The same place, one within the other, near, in one country, or elsewhere."""
    return best(_places, a.event.place, b.event.place)


def actor(a: View, b: View) -> Compared | None:
    """Who acted."""
    return best(_parties, a.event.actor, b.event.actor)


def recipient(a: View, b: View) -> Compared | None:
    """On whom."""
    return best(_parties, a.event.recipient, b.event.recipient)


def killed(a: View, b: View) -> Compared | None:
    """How many were killed."""
    return best(_tolls, a.event.killed, b.event.killed)


def injured(a: View, b: View) -> Compared | None:
    """How many were injured."""
    return best(_tolls, a.event.injured, b.event.injured)


def once(*roles: str) -> Comparison:
    """Of one article: whether the very same words, said once, fill some roles of both."""

    def compare(a: View, b: View) -> Compared | None:
        one, other = filled(a, roles), filled(b, roles)
        if not one or not other:
            return None
        if said := overlapping(one, other):
            return Compared(1.0, f"“{said.text}”, said once, is of both")
        return Compared(0.0, f"“{one[0].text}” is not said of both")

    return compare


def crossed(a: View, b: View) -> Compared | None:
    """Of one article: whether the words for who acts in one are those for whom the other is done to."""
    ways = [(filled(x, ["actor"]), filled(y, ["recipient"])) for x, y in ((a, b), (b, a))]
    ways = [(one, other) for one, other in ways if one and other]
    if not ways:
        return None
    if said := next(filter(None, (overlapping(*way) for way in ways)), None):
        return Compared(1.0, f"“{said.text}” acts in one and is acted on in the other")
    return Compared(0.0, "nobody acts in one and is acted on in the other")


def towns(a: View, b: View) -> Compared | None:
    """Whether places told more precisely than by a country are the same, near, or apart."""
    return best(_towns, a.event.place, b.event.place)


def _towns(one: Filler, other: Filler) -> Compared | None:
    here, there = one.resolved, other.resolved
    if not (isinstance(here, Place) and isinstance(there, Place)):
        return None
    if here.precision not in NARROW or there.precision not in NARROW:
        return None
    if here.geonameid is not None and here.geonameid == there.geonameid:
        return Compared(1.0, f"both at {here.name}")
    km = distance(here, there)
    score = 0.8 if km <= max(here.radius_km, there.radius_km) else 0.4 if km <= NEAR_KM else 0.0
    return Compared(score, f"{here.name} is {km:.0f} km from {there.name}")


def reference(a: View, b: View) -> Compared | None:
    """Of one article and type: whether the later one's words point back ("the raid"), or tell of another."""
    if a.event.type != b.event.type:
        return None
    earlier, later = ordered(a, b)
    akin, found = bool(a.trigger & b.trigger) or near(a, b), pointing(later)
    if found is None:
        return Compared(0.6 if akin else 0.4, f"{quoted(later)}, after {quoted(earlier)}")
    way, word = found
    if way == "back":
        return Compared(1.0 if akin else 0.8, f"“{word}” {quoted(later)}, after {quoted(earlier)}")
    return Compared(0.0 if way == "another" else 0.2, f"“{word}” {quoted(later)}")


def number(a: View, b: View) -> Compared | None:
    """Of one article: whether both words tell of as many ("three raids", "the raid")."""
    earlier, later = ordered(a, b)
    one, other = counted(earlier), counted(later)
    if one is not None and other is not None:
        return Compared(float(one == other), f"{one} {quoted(earlier)}, {other} {quoted(later)}")
    if a.event.type != b.event.type:
        return None
    return Compared(_PLURALS[plural(earlier), plural(later)], f"{quoted(earlier)}, {quoted(later)}")


_PLURALS = {(False, False): 0.8, (True, True): 0.6, (True, False): 0.4, (False, True): 0.2}
"""By whether the earlier and the later word are plurals: kinds that the table weighs, more than degrees."""


def lead(a: View, b: View) -> Compared | None:
    """Of one article: how soon the earlier one is told. What an article begins with it comes back to."""
    first = ordered(a, b)[0]
    if first.sentence is None:
        return None
    score = next((score for last, score in _LEAD if first.sentence <= last), 0.0)
    return Compared(score, f"{quoted(first)} stands in sentence {first.sentence + 1}")


_LEAD = ((0, 1.0), (1, 0.8), (2, 0.6), (5, 0.4), (10, 0.2))
"""The last sentence, counted from 0, of each score."""


def ordered(a: View, b: View) -> tuple[View, View]:
    """Two reports of an article in its order."""
    return (b, a) if b.event.trigger.start < a.event.trigger.start else (a, b)


def filled(view: View, roles: Sequence[str]) -> list[Filler]:
    """The fillers of some roles of a report."""
    return [filler for role in roles for filler in getattr(view.event, role)]


def overlapping(one: Sequence[Filler], other: Sequence[Filler]) -> Filler | None:
    """The first of some fillers whose words are, in part, also those of one of the others."""
    return next((f for f in one if any(f.start < g.end and g.start < f.end for g in other)), None)


ACROSS: dict[str, Comparison] = {
    "trigger": trigger,
    "vector": vector,
    "sentence names": sentence_names,
    "sentence words": sentence_words,
    "article names": article_names,
    "article words": article_words,
    "known names": known_names,
    "type": type_and_mode,
    "status": status,
    "days": days,
    "published": published,
    "place": place,
    "actor": actor,
    "recipient": recipient,
    "killed": killed,
    "injured": injured,
}
"""What is compared of claims of different articles."""
COMPARISONS: dict[str, Comparison] = ACROSS | {
    "actor's words": once("actor"),
    "recipient's words": once("recipient"),
    "place's words": once("place"),
    "date's words": once("date"),
    "toll's words": once("killed", "injured"),
    "crossed words": crossed,
    "towns": towns,
    "reference": reference,
    "number": number,
    "lead": lead,
}
"""All that can be compared, of reports of one article."""

SCORES: dict[str, Score] = {
    "trigger": trigger_score,
    "published": published_score,
    "vector": vector_score,
    "sentence names": lambda a, b: shared_score(a.names, b.names),
    "sentence words": lambda a, b: shared_score(a.others, b.others),
    "article names": lambda a, b: shared_score(a.article_names, b.article_names),
    "article words": lambda a, b: shared_score(a.article_others, b.article_others),
    "days": days_score,
}
"""The scores of some comparisons without the reasons, which take longer."""


def score_of(name: str) -> Score:
    """The score of a comparison, as cheaply as it is to be had."""
    compare = COMPARISONS[name]

    def score(a: View, b: View) -> float | None:
        compared = compare(a, b)
        return None if compared is None else compared.score

    return SCORES.get(name, score)


def best(
    compare: Callable[[Filler, Filler], Compared | None], some: Sequence[Filler], others: Sequence[Filler]
) -> Compared | None:
    """The best agreement of any two fillers; nothing where none can be compared."""
    found = filter(None, (compare(one, other) for one in some for other in others))
    return max(found, key=lambda each: each.score, default=None)


def _places(one: Filler, other: Filler) -> Compared | None:
    here, there = one.resolved, other.resolved
    if not isinstance(here, Place) or not isinstance(there, Place):
        return _named(one, other)
    if here.geonameid is not None and here.geonameid == there.geonameid:
        return Compared(1.0, f"both in {here.name}")
    km = distance(here, there)
    if km <= max(here.radius_km, there.radius_km):
        small, large = sorted((here, there), key=lambda each: each.radius_km)
        return Compared(0.8, f"{small.name} lies in {large.name}")
    if km <= NEAR_KM:
        return Compared(0.6, f"{here.name} is {km:.0f} km from {there.name}")
    if here.country and here.country == there.country:
        return Compared(0.3, f"{here.name} and {there.name} are {km:.0f} km apart")
    return Compared(0.0, f"{here.name} is not {there.name}")


def distance(a: Place, b: Place) -> float:
    """Kilometres between two places, on a great circle (haversine)."""
    here, there = math.radians(a.lat), math.radians(b.lat)
    east = math.radians(b.lon - a.lon) / 2
    root = math.sin((there - here) / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(east) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, root)))


def _parties(one: Filler, other: Filler) -> Compared | None:
    left, right = one.resolved, other.resolved
    if isinstance(left, Actor) and isinstance(right, Actor):
        if left.id == right.id:
            return Compared(1.0, f"both {left.name}")
        if left.country and right.country:
            alike = left.country == right.country
            sector = alike and left.sector is not None and left.sector == right.sector
            score = 0.7 if sector else 0.5 if alike else 0.0
            return Compared(score, f"{left.name}, {right.name}")
    return _named(one, other)


def _named(one: Filler, other: Filler) -> Compared | None:
    """By the words alone: how many of the shorter phrase's stand in the longer."""
    left, right = set(stems(one.text)), set(stems(other.text))
    if not left or not right:
        return None
    share = len(left & right) / min(len(left), len(right))
    return Compared(0.2 + 0.7 * share, f"“{one.text}”, “{other.text}”")


def _tolls(one: Filler, other: Filler) -> Compared | None:
    if not isinstance(one, Count) or not isinstance(other, Count):
        return None
    mine, theirs = bounds(one), bounds(other)
    if mine is None or theirs is None:
        return None
    said = f"“{one.text}”, “{other.text}”"
    if one.value is not None and one.value == other.value:
        return Compared(1.0, said)
    if mine[0] <= theirs[1] and theirs[0] <= mine[1]:
        return Compared(0.8, said)
    low, high = min(mine[1], theirs[1]), max(mine[0], theirs[0])
    return Compared(0.6 * max(0.0, low) / high, said)


def bounds(toll: Count) -> tuple[float, float] | None:
    """The least and the most that a toll's words allow."""
    if toll.low is None and toll.high is None:
        return None if toll.value is None else (toll.value, toll.value)
    return toll.low or 0.0, math.inf if toll.high is None else toll.high
