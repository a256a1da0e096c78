"""The task ``events``: event reports against annotated articles.

What is counted, over all articles together:

- ``trigger``: events whose triggers overlap, one to one, the largest overlap first;
- ``event``: the same, and the type is the same; ``type X`` is its share of one type, ``types`` the
  macro mean of F1 over the types that occur in gold;
- a role: the fillers of matched events. A filler is right if it reads the same as gold's but for case
  and a leading determiner, or if at least half of their words are common (Jaccard index over words in
  their places). A toll is right if the value is the same; one without value has to overlap, too. All
  fillers of an unmatched event are wrong. ``roles``: all of them together;
- ``record``: events whose actor, recipient, place and date are all right and complete;
- ``incident``: pairs of events of one happening that are of one happening on the other side, too, as they
  are grouped when their words are resolved;
- ``answers``: (happening, answered happening) pairs whose happenings correspond by matched events;
- ``mode``, ``status``: accuracy over matched events, the mode where gold names one;
- ``confidence event``, ``confidence roles``: the calibration error of reports, right as in ``event``, and
  of fillers, right as in ``roles``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from dateline import ontology
from dateline.evaluation import annotated, calibration
from dateline.evaluation import gold as files
from dateline.evaluation.calibration import Judged
from dateline.evaluation.metrics import Figures, Tally, greedy_pairs, macro, summed
from dateline.types import Count, EventReport, Reading, Span

__all__ = ["answering", "figures", "load", "save"]

REMEDY = "an events line holds id, text and events as docs/annotation.md says"
DETERMINERS = frozenset(("the", "a", "an", "its", "their", "his", "her"))
COMPLETE = ("actor", "recipient", "place", "date")


@contextmanager
def answering(model: Path | None) -> Iterator[tuple[Callable[[Reading], Reading], str | None]]:
    """What reads a gold reading's article as ``dateline read`` does, and the digest of the model."""
    from dateline.link.within import Happenings
    from dateline.read.reading import Reader
    from dateline.resolve.claims import Resolver

    reader, resolver, happenings = Reader.load(model), Resolver.load(), Happenings.load()

    def answer(gold: Reading) -> Reading:
        return happenings.joined(resolver.resolve(reader.read(gold.article)))

    yield answer, reader.digest


def load(path: Path) -> dict[str, Reading]:
    """Gold readings by article id."""
    return files.load(path, annotated.with_events, REMEDY)


def save(path: Path, answers: Mapping[str, Reading]) -> None:
    """Predictions in gold's format, one article a line."""
    files.save(path, (annotated.recorded_events(reading) for reading in answers.values()))


@dataclass(frozen=True, slots=True)
class Pairing:
    """The events of one article on both sides, and which gold position goes with which predicted one."""

    gold: Sequence[EventReport]
    predicted: Sequence[EventReport]
    partner: Mapping[int, int]

    def matched(self) -> Iterator[tuple[EventReport, EventReport]]:
        """Gold and predicted events that name the same."""
        return ((self.gold[i], self.predicted[j]) for i, j in self.partner.items())

    def sides(self) -> Iterator[tuple[EventReport | None, EventReport | None]]:
        """Every event of either side with its counterpart, or with nothing."""
        yield from self.matched()
        yield from ((event, None) for i, event in enumerate(self.gold) if i not in self.partner)
        taken = set(self.partner.values())
        yield from ((None, event) for j, event in enumerate(self.predicted) if j not in taken)


def pairing(gold: Sequence[EventReport], predicted: Sequence[EventReport]) -> Pairing:
    """Pairs events of one type by the overlap of their triggers."""
    return Pairing(gold, predicted, greedy_pairs(gold, predicted, _same_event))


def figures(gold: Mapping[str, Reading], answers: Mapping[str, Reading]) -> Figures:
    """The figures that the module's docstring defines; an article without answer has no events."""
    pairings = [pairing(g.events, answers[key].events if key in answers else ()) for key, g in gold.items()]
    tally = summed(counted for paired in pairings for count in COUNTERS for counted in count(paired))
    named = {name: tally[name].figure() for name in FIGURES}
    types = {f"type {name}": tally[f"type {name}"] for name in sorted(ontology.TYPES)}
    per_type = {name: counted.figure() for name, counted in types.items() if counted.gold}
    choices = {name: tally[name].accuracy() for name in ("mode", "status") if tally[name].gold}
    sure = {
        "confidence event": calibration.error(each for paired in pairings for each in judged(paired)),
        "confidence roles": calibration.error(
            each for paired in pairings for role in ontology.ROLES for each in judged_fillers(paired, role)
        ),
    }
    return {**named, "types": macro(per_type.values()), **per_type, **choices, **sure}


def judged(paired: Pairing) -> Iterator[Judged]:
    """Every predicted event's confidence, and whether gold has the event."""
    right = set(paired.partner.values())
    return ((event.confidence, j in right) for j, event in enumerate(paired.predicted))


def judged_fillers(paired: Pairing, role: str) -> Iterator[Judged]:
    """Every predicted filler's confidence, and whether it is right; one of an unmatched event is not."""
    for gold, predicted in paired.sides():
        right = set(_right(role, gold, predicted).values())
        found = getattr(predicted, role) if predicted else ()
        yield from ((filler.confidence, j in right) for j, filler in enumerate(found))


def _triggers(paired: Pairing) -> Iterator[tuple[str, Tally]]:
    loose = greedy_pairs(paired.gold, paired.predicted, lambda g, p: overlap(g.trigger, p.trigger))
    yield "trigger", Tally(len(loose), len(paired.predicted), len(paired.gold))
    yield "event", Tally(len(paired.partner), len(paired.predicted), len(paired.gold))


def _types(paired: Pairing) -> Iterator[tuple[str, Tally]]:
    yield from ((f"type {event.type}", Tally(gold=1)) for event in paired.gold)
    yield from ((f"type {event.type}", Tally(predicted=1)) for event in paired.predicted)
    yield from ((f"type {event.type}", Tally(right=1)) for event, _ in paired.matched())


def _choices(paired: Pairing) -> Iterator[tuple[str, Tally]]:
    for gold, predicted in paired.matched():
        yield "status", Tally(gold.status == predicted.status, gold=1)
        if gold.mode:
            yield "mode", Tally(gold.mode == predicted.mode, gold=1)


def _roles(paired: Pairing) -> Iterator[tuple[str, Tally]]:
    for gold, predicted in paired.sides():
        for role in ontology.ROLES:
            tally = fillers(role, gold, predicted)
            yield role, tally
            yield "roles", tally


def _records(paired: Pairing) -> Iterator[tuple[str, Tally]]:
    whole = sum(
        all(_complete(fillers(role, gold, predicted)) for role in COMPLETE)
        for gold, predicted in paired.matched()
    )
    yield "record", Tally(whole, len(paired.predicted), len(paired.gold))


def _incidents(paired: Pairing) -> Iterator[tuple[str, Tally]]:
    gold, predicted = _together(paired.gold), _together(paired.predicted)
    kept = {
        frozenset(paired.partner[position] for position in pair)
        for pair in gold
        if pair <= paired.partner.keys()
    }
    yield "incident", Tally(len(kept & predicted), len(predicted), len(gold))


def _answers(paired: Pairing) -> Iterator[tuple[str, Tally]]:
    gold, predicted = _answered(paired.gold), _answered(paired.predicted)
    becomes: dict[str, set[str]] = {}
    for mine, theirs in paired.matched():
        becomes.setdefault(mine.happening, set()).add(theirs.happening)
    right = sum(
        any((x, y) in predicted for x in becomes.get(a, ()) for y in becomes.get(b, ())) for a, b in gold
    )
    yield "answers", Tally(right, len(predicted), len(gold))


COUNTERS = (_triggers, _types, _choices, _roles, _records, _incidents, _answers)
FIGURES = ("trigger", "event", *ontology.ROLES, "roles", "record", "incident", "answers")


def fillers(role: str, gold: EventReport | None, predicted: EventReport | None) -> Tally:
    """The fillers of one role of an event and its counterpart, either of which may be wanting."""
    sides = (len(getattr(side, role)) if side else 0 for side in (predicted, gold))
    return Tally(len(_right(role, gold, predicted)), *sides)


def _right(role: str, gold: EventReport | None, predicted: EventReport | None) -> dict[int, int]:
    """Which of gold's fillers goes with which predicted one, by their positions."""
    mine: Sequence[Any] = getattr(gold, role) if gold else ()
    theirs: Sequence[Any] = getattr(predicted, role) if predicted else ()
    return greedy_pairs(mine, theirs, _same_toll if role in ontology.COUNTS else _same_filler)


def overlap(a: Span, b: Span) -> int:
    """Characters that two spans have in common."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _same_event(a: EventReport, b: EventReport) -> int:
    return overlap(a.trigger, b.trigger) if a.type == b.type else 0


def _same_filler(a: Span, b: Span) -> bool:
    if _reads(a) == _reads(b):
        return True
    mine, theirs = _placed_words(a), _placed_words(b)
    both = len(mine & theirs)
    return both > 0 and 2 * both >= len(mine | theirs)


def _same_toll(a: Count, b: Count) -> bool:
    return a.value == b.value and (a.value is not None or overlap(a, b) > 0)


def _reads(span: Span) -> list[str]:
    words = re.findall(r"\w+", span.text.lower())
    return words[1:] if len(words) > 1 and words[0] in DETERMINERS else words


def _placed_words(span: Span) -> set[tuple[int, str]]:
    """Words with their offsets, so that "the army" of another place is another filler's words."""
    return {(span.start + word.start(), word.group().lower()) for word in re.finditer(r"\w+", span.text)}


def _complete(tally: Tally) -> bool:
    return tally.right == tally.gold == tally.predicted


def _together(events: Sequence[EventReport]) -> set[frozenset[int]]:
    """Pairs of positions that are mentions of one happening."""
    return {
        frozenset((a, b))
        for a, b in combinations(range(len(events)), 2)
        if events[a].happening and events[a].happening == events[b].happening
    }


def _answered(events: Sequence[EventReport]) -> set[tuple[str, str]]:
    """(happening, answered happening) where the answered one is reported, too."""
    known = {event.happening for event in events}
    return {(event.happening, label) for event in events for label in event.answers if label in known}
