"""An incident's values side by side, each with who says so and in which words. Nothing is averaged.

Of a toll, ``low`` and ``high`` are the least and the most that any report of the incident says; ``best``
is one of the values told, chosen by a rule of ``RULES`` that the user names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from dateline.record.origins import outlet
from dateline.record.times import instant
from dateline.types import Actor, Attribution, Citation, Claim, Count, Filler, Incident, Place, Span, When

# Cues of denial; the reader marks what is denied with the status "negated" as well.
_DENIES = re.compile(r"\b(?:den(?:y|ies|ied|ying|ial)|disavow|dismiss|refut|reject)", re.IGNORECASE)
# "claimed responsibility", "claimed the raid", "said it had carried out", "says its fighters were behind".
_ADMITS = re.compile(
    r"\b(?:claim\w*|took|takes?|taking|taken|admit\w*|accept\w*|assum\w+)\b[^.]{0,40}?\b(?:responsibility|credit)\b"
    r"|^claim\w*\s+(?:the|an?|both|two)\s+(?!lives\b)(?:\w+\s+)?[\w-]+(?:\s+(?:on|in|at|near|of)\b[^,.]*)?$"
    r"|\b(?:it|they|we|(?:its|their|our)\s+(?:own\s+)?\w+)\s+(?:had\s+|have\s+|was\s+|were\s+)?"
    r"(?:carried\s+out|staged|launched|mounted|conducted|(?:was|were|had\s+been|are)?\s*behind\s+the)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's words for a value: whose claim, who is cited, where it was published.

    ``words`` are null where the report's trigger alone says it; ``speaker`` is the outlet where the
    article speaks for itself; ``corrected_by`` is the person whose correction this is.
    """

    claim: str
    speaker: str
    citation: Citation
    words: Span | None = None
    corrected_by: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value with everybody who tells it; ``low`` and ``high`` of a toll are null where unbounded."""

    value: str
    tellings: tuple[Telling, ...]
    low: int | None = None
    high: int | None = None

    def origins(self, incident: Incident) -> int:
        """From how many origins of the incident the value comes."""
        articles = {telling.citation.article for telling in self.tellings}
        return sum(any(cited.article in articles for cited in each.articles) for each in incident.origins)


@dataclass(frozen=True, slots=True)
class Toll:
    """How many, as told: the values, and of all of them the least, the rule's choice, and the most."""

    values: tuple[Value, ...]
    low: int | None
    best: int | None
    high: int | None
    rule: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of an incident side by side, the most widely told first.

    ``claimed_by`` and ``denied_by`` tell who takes responsibility for it and who denies it;
    ``disputed`` is whether it is both said to have happened and denied.
    """

    killed: Toll
    injured: Toll
    places: tuple[Value, ...]
    dates: tuple[Value, ...]
    actors: tuple[Value, ...]
    recipients: tuple[Value, ...]
    weapons: tuple[Value, ...]
    kinds: tuple[Value, ...]
    statuses: tuple[Value, ...]
    claimed_by: tuple[Value, ...]
    denied_by: tuple[Value, ...]
    disputed: bool


Rule = Callable[[list[Value], Incident], Value]


def _most_origins(values: list[Value], incident: Incident) -> Value:
    return max(values, key=lambda value: (value.origins(incident), _last_told(value), -_least(value)))


def _latest(values: list[Value], incident: Incident) -> Value:
    return max(values, key=lambda value: (_last_told(value), value.origins(incident), -_least(value)))


def _lowest(values: list[Value], incident: Incident) -> Value:
    return min(values, key=lambda value: (_least(value), -value.origins(incident)))


def _highest(values: list[Value], incident: Incident) -> Value:
    return max(values, key=lambda value: (_least(value), value.origins(incident)))


RULES: dict[str, Rule] = {
    "most-origins": _most_origins,
    "latest": _latest,
    "lowest": _lowest,
    "highest": _highest,
}
"""How ``best`` is chosen among the numbers told: the one of most independent origins (then the latest
told), the latest told, the lowest, or the highest."""
DEFAULT_RULE = "most-origins"


def spread(incident: Incident, rule: str = DEFAULT_RULE) -> Spread:
    """The incident's values side by side; ``rule`` is one of ``RULES``."""
    told, denied = affirmed(incident.claims), [claim for claim in incident.claims if denies(claim)]
    return Spread(
        killed=toll(incident, "killed", rule),
        injured=toll(incident, "injured", rule),
        places=_values(incident, "place"),
        dates=_dates(incident),
        actors=_values(incident, "actor"),
        recipients=_values(incident, "recipient"),
        weapons=_values(incident, "weapon"),
        kinds=_gathered(incident, (_plain(c, kind(c), "type", "mode") for c in incident.claims)),
        statuses=_gathered(incident, (_plain(c, c.event.status, "status") for c in incident.claims)),
        claimed_by=_gathered(incident, (each for claim in told for each in _admitted(claim))),
        denied_by=_gathered(incident, (_plain(claim, speaker(claim)) for claim in denied)),
        disputed=bool(denied) and any(claim.event.status == "actual" for claim in told),
    )


def affirmed(claims: Iterable[Claim]) -> list[Claim]:
    """Those that nobody denies in the same breath."""
    return [claim for claim in claims if not denies(claim)]


def denies(claim: Claim) -> bool:
    """Whether the report says that it did not happen, or gives the words of somebody who says so."""
    cues = (cue.text for said in claim.attributions[:1] for cue in said.cue)
    return claim.event.status == "negated" or any(map(_DENIES.search, cues))


def admits(said: Attribution) -> bool:
    """Whether an attribution is a claim of responsibility."""
    told = " ".join(span.text for span in (*said.cue, *said.content))
    return _ADMITS.search(" ".join(told.split())) is not None


def speaker(claim: Claim) -> str:
    """Who the report is according to: a resolved name, else the words, else the outlet."""
    for told in claim.speakers:
        return named(told)
    return outlet(claim.citation)


def named(filler: Filler) -> str:
    """The name that a filler stands for, else its words."""
    resolved = filler.resolved
    return resolved.name if isinstance(resolved, (Actor, Place)) else " ".join(filler.text.split())


def kind(claim: Claim) -> str:
    """Type and mode of a claim's event: "ASSAULT aerial"."""
    return f"{claim.event.type} {claim.event.mode}".strip()


def toll(incident: Incident, role: str, rule: str = DEFAULT_RULE) -> Toll:
    """How many were killed or injured, as told; denied reports give no numbers."""
    counts = [(claim, each) for claim in affirmed(incident.claims) for each in getattr(claim.event, role)]
    told = ((number(each), _telling(claim, role, each), each.low, each.high) for claim, each in counts)
    values = [*_gathered(incident, told)]
    lows = [value.low for value in values if value.low is not None]
    highs = [value.high for value in values if value.high is not None]
    exact = [value for value in values if value.low is not None] or values
    chosen = RULES[rule](exact, incident) if exact else None
    best = _figure(chosen, (each for _, each in counts)) if chosen else None
    return Toll(tuple(values), min(lows, default=None), best, max((*highs, *lows), default=None), rule)


def _figure(chosen: Value, counts: Iterable[Count]) -> int | None:
    """The number that a value tells: 60 of "about 60", of a range the least."""
    if chosen.low is None:
        return chosen.high
    said = (each.value for each in counts if number(each) == chosen.value)
    return next(filter(None, said), chosen.low)


def number(count: Count) -> str:
    """A toll in figures: "4", "3 to 5", "24 or more", "about 20"; its words where it has no number."""
    value, low, high = count.value, count.low, count.high
    if low is None or high is None:
        if low is not None:
            return f"{low} or more"
        if high is not None:
            return f"up to {high}"
        return count.text if value is None else str(value)
    if low == high:
        return str(low)
    tenth = 0 if value is None else -(-value // 10)
    if value is None or low != value - tenth or high not in (value, value + tenth):
        return f"{low} to {high}"
    return f"nearly {value}" if value == high else f"about {value}"


def apart(values: Iterable[Value | Count]) -> bool:
    """Whether no number fits all of some tolls."""
    told = list(values)
    lows = [each.low for each in told if each.low is not None]
    highs = [each.high for each in told if each.high is not None]
    return bool(lows and highs) and max(lows) > min(highs)


def day(when: When) -> str:
    """An interval of days: "2024-03-12", "2024-03-01 to 2024-03-31", "since 2011-05-01"."""
    if when.start is None or when.end is None:
        return f"until {when.end}" if when.start is None else f"since {when.start}"
    return when.start if when.start == when.end else f"{when.start} to {when.end}"


Told = tuple[str, Telling, int | None, int | None]


def _values(incident: Incident, role: str) -> tuple[Value, ...]:
    """What reports that are not denials say of a role; of who acted and was acted on, denials too."""
    return _gathered(
        incident,
        (
            (named(filler), _telling(claim, role, filler), None, None)
            for claim in incident.claims
            for filler in getattr(claim.event, role)
        ),
    )


def _dates(incident: Incident) -> tuple[Value, ...]:
    return _gathered(incident, (each for claim in incident.claims for each in _dated(claim)))


def _dated(claim: Claim) -> Iterator[Told]:
    when = claim.event.when
    if when is not None:
        words = when.evidence.spans[0] if when.evidence.spans else None
        yield day(when), _telling(claim, "when", words), None, None
    else:
        for words in claim.event.date:
            yield " ".join(words.text.split()), _telling(claim, "date", words), None, None


def _admitted(claim: Claim) -> Iterator[Told]:
    for said in filter(admits, claim.attributions):
        for source in said.source:
            same = (s for s in claim.speakers if (s.start, s.end) == (source.start, source.end))
            name = next(map(named, same), " ".join(source.text.split()))
            yield name, _telling(claim, "source", said.cue[0] if said.cue else None), None, None


def _plain(claim: Claim, value: str, *fields: str) -> Told:
    return value, _telling(claim, fields[0] if fields else "", claim.event.trigger, *fields[1:]), None, None


def _telling(claim: Claim, field: str, words: Span | None, *more: str) -> Telling:
    by = next((d.by for d in claim.corrections if d.field in (field, *more)), None)
    span = None if words is None else Span(words.start, words.end, words.text)
    return Telling(claim.id, speaker(claim), claim.citation, span, by)


def _gathered(incident: Incident, told: Iterable[Told]) -> tuple[Value, ...]:
    """One value for all who tell the same, the one of most origins and tellings first."""
    tellings: dict[tuple[str, int | None, int | None], list[Telling]] = {}
    names: dict[tuple[str, int | None, int | None], str] = {}
    for name, telling, low, high in told:
        key = (name.casefold(), low, high)
        names.setdefault(key, name)
        tellings.setdefault(key, []).append(telling)
    values = [Value(names[key], tuple(each), key[1], key[2]) for key, each in tellings.items()]
    return tuple(
        sorted(values, key=lambda value: (-value.origins(incident), -len(value.tellings), value.value))
    )


def _least(value: Value) -> int:
    return value.low if value.low is not None else value.high or 0


def _last_told(value: Value) -> str:
    """The latest time of publication; a value whose articles name none was told at no known time."""
    times = [instant(t.citation.published) for t in value.tellings if t.citation.published]
    return max(times, default="")
