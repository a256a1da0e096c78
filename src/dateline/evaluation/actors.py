"""The task ``actors``: the country and the sector of the parties that fill an event's roles.

Gold is an annotated article of which some fillers are labelled: ``actors`` is a list of ``{"start", "end",
"country", "sector"}``; the country is an ISO 3166-1 alpha-3 code, "IGO", "NGO", or "none" where it cannot
be said or is more than one; the sector is one of ``ontology.SECTORS``, or null. For articles whose text the
package may not hold it has labels of its own, by article id (``actors.jsonl``). The events are gold's, so
that only the resolving is counted, not the reading.

``country`` and ``sector`` are accuracies over the labelled fillers, ``both`` is where both are right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file
from importlib.resources import files as packaged
from pathlib import Path

from dateline import ontology
from dateline.evaluation import annotated
from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figures, Tally, summed
from dateline.types import Actor, Article, Range, Reading

REMEDY = "an actors line holds id, text, events, and actors with start, end, country and sector"
STATELESS = ("IGO", "NGO")


@dataclass(frozen=True, slots=True)
class Label:
    """What a filler's party is: country or "IGO", "NGO", "none"; sector or null."""

    country: str
    sector: str | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """An annotated article, and the labels of some of its fillers by their range."""

    reading: Reading
    labels: Mapping[Range, Label]


def load(path: Path) -> dict[str, Labelled]:
    """Gold by article id, without the articles that nothing is labelled of."""
    loaded = files.load(path, _parsed, REMEDY)
    return {key: case for key, case in loaded.items() if case.labels}


def _parsed(record: files.Record) -> Labelled:
    given = record["actors"] if "actors" in record else _own().get(record["id"], [])
    sentences = tuple((start, end) for start, end in record.get("sentences") or ())
    reading = replace(annotated.with_events(record), sentences=sentences)
    return Labelled(reading, dict(_label(reading.article, each) for each in given))


@cache
def _own() -> dict[str, list[files.Record]]:
    """The package's labels by article id."""
    with as_file(packaged("dateline.evaluation") / "actors.jsonl") as path:
        return files.load(path, lambda record: record["actors"], REMEDY)


def _label(article: Article, given: files.Record) -> tuple[Range, Label]:
    span = files.span(article, given["start"], given["end"])
    if given["sector"] not in (*ontology.SECTORS, None):
        raise ValueError(f"the sector {given['sector']!r} is not of the closed list")
    return (span.start, span.end), Label(given["country"], given["sector"])


@contextmanager
def answering(
    model: Path | None,  # noqa: ARG001  tables and rules answer, so that there is no digest either
) -> Iterator[tuple[Callable[[Labelled], Labelled], str | None]]:
    """What labels the same fillers: their actors as resolved from gold's events."""
    from dateline.resolve.actors import with_actors
    from dateline.resolve.gazetteer import Gazetteer
    from dateline.resolve.places import with_places
    from dateline.resolve.tables import load as load_tables

    tables, gazetteer = load_tables(), Gazetteer.open()

    def answer(gold: Labelled) -> Labelled:
        found = fillers(with_actors(with_places(gold.reading, gazetteer), tables))
        return Labelled(gold.reading, {span: label(found.get(span)) for span in gold.labels})

    yield answer, None


def fillers(reading: Reading) -> dict[Range, Actor]:
    """The actors of all fillers by their range."""
    each = (f for event in reading.events for f in (*event.actor, *event.recipient, *event.source))
    return {(f.start, f.end): f.resolved for f in each if isinstance(f.resolved, Actor)}


def label(actor: Actor | None) -> Label:
    """An actor as gold labels it."""
    if actor is None:
        return Label("none", None)
    country = actor.country or (actor.sector if actor.sector in STATELESS else None)
    return Label(country or "none", actor.sector)


def save(path: Path, answers: Mapping[str, Labelled]) -> None:
    """Predictions as gold has its labels, one article a line."""
    files.save(path, ({"id": key, "actors": _recorded(answer)} for key, answer in answers.items()))


def _recorded(answer: Labelled) -> list[files.Record]:
    return [
        {"start": start, "end": end, "country": each.country, "sector": each.sector}
        for (start, end), each in answer.labels.items()
    ]


def figures(gold: Mapping[str, Labelled], answers: Mapping[str, Labelled]) -> Figures:
    """The figures that the module's docstring defines; a filler without answer is "none" and null."""
    pairs = [
        (right, answers[key].labels.get(span, label(None)) if key in answers else label(None))
        for key, case in gold.items()
        for span, right in case.labels.items()
    ]
    tally = summed(counted for right, given in pairs for counted in _counted(right, given))
    return {name: tally[name].accuracy() for name in ("country", "sector", "both")}


def _counted(gold: Label, given: Label) -> Iterator[tuple[str, Tally]]:
    yield "country", Tally(gold.country == given.country, gold=1)
    yield "sector", Tally(gold.sector == given.sector, gold=1)
    yield "both", Tally(gold == given, gold=1)
