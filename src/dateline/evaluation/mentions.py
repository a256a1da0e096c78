"""The task ``mentions``: names and their kinds, against re3d.

Counted are the kinds of ``ontology.MENTIONS`` that re3d annotates, and of gold only what re3d itself is at
least half sure of. ``strict`` is right with the same ends and kind, ``overlap`` with the same kind and at
least one character in common, paired one to one, as many as can be; a kind's own figure is of ``overlap``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from dateline import ontology
from dateline.evaluation import gold as files
from dateline.evaluation.annotated import GOLD, answering
from dateline.evaluation.metrics import Figures, Tally, common, largest_matching, summed
from dateline.types import Mention, Reading

__all__ = ["answering", "figures", "load", "save"]

REMEDY = "a mentions line holds id, text and mentions with start, end, type and confidence"
KINDS = tuple(kind for kind in ontology.MENTIONS if kind != "Toponym")
SURE = 0.5

Marked = set[tuple[int, int, str]]
"""Mentions as (start, end, kind); the same one twice counts once."""


def load(path: Path) -> dict[str, Reading]:
    """Gold readings by text id."""
    return files.load(path, parsed, REMEDY)


def parsed(record: files.Record) -> Reading:
    """A record of re3d as a reading."""
    article = files.article(record)
    sure = [m for m in record["mentions"] if m.get("confidence", 1) >= SURE and m["type"] in KINDS]
    spans = ((files.span(article, m["start"], m["end"]), m["type"]) for m in sure)
    mentions = tuple(Mention(span.start, span.end, span.text, kind=kind) for span, kind in spans)
    return Reading(article, GOLD, mentions=mentions)


def save(path: Path, answers: Mapping[str, Reading]) -> None:
    """Predictions in gold's format, one text a line."""
    files.save(path, (recorded(reading) for reading in answers.values()))


def recorded(reading: Reading) -> files.Record:
    """A reading's mentions as gold has them; what the reader tells is told as sure."""
    marked = [{"start": m.start, "end": m.end, "type": m.kind} for m in reading.mentions if m.kind in KINDS]
    return {"id": reading.article.id, "mentions": marked}


def figures(gold: Mapping[str, Reading], answers: Mapping[str, Reading]) -> Figures:
    """The figures that the module's docstring defines; a text without answer has no mentions."""
    tally = summed(
        counted
        for key, reading in gold.items()
        for counted in _counted(_marked(reading), _marked(answers[key]) if key in answers else set())
    )
    kinds = [kind for kind in KINDS if tally[kind].gold or tally[kind].predicted]
    return {name: tally[name].figure() for name in ("strict", "overlap", *kinds)}


def _marked(reading: Reading) -> Marked:
    return {(m.start, m.end, m.kind) for m in reading.mentions if m.kind in KINDS}


def _counted(gold: Marked, answered: Marked) -> Iterator[tuple[str, Tally]]:
    yield "strict", common(gold, answered)
    for kind in KINDS:
        mine, theirs = (sorted(m for m in side if m[2] == kind) for side in (gold, answered))
        edges = [
            [j for j, (low, high, _) in enumerate(theirs) if start < high and low < end]
            for start, end, _ in mine
        ]
        tally = Tally(largest_matching(edges), len(theirs), len(mine))
        yield kind, tally
        yield "overlap", tally
