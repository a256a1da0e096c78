"""The project's own scorers, which lie beside the checkout, and answers that are wrong at random.

Figures are held against the scorers where these are there; elsewhere those tests are skipped by name.
"""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from dateline import ontology

SHARED = Path(__file__).parents[2] / "shared"

Record = dict[str, Any]

with_scorers = pytest.mark.skipif(not (SHARED / "score").is_dir(), reason="no scorers in ../shared/score")
with_data = pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="no corpora in ../shared/data")


def scorer(name: str, folder: str = "score") -> ModuleType:
    """A scorer as a module."""
    spec = importlib.util.spec_from_file_location(f"shared_{name}", SHARED / folder / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written(path: Path, records: list[Record]) -> Path:
    """The records as a gold file."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def corpus(name: str) -> list[Record]:
    """The records of a file below ../shared/data."""
    return [json.loads(line) for line in (SHARED / "data" / name).read_text("utf-8").splitlines()]


def invented_events(rnd: Random, text: str) -> Record:
    """An article whose events are dense and alike, so that they tie wherever they can."""
    events = [_invented_event(rnd, text, number) for number in range(rnd.randrange(9))]
    return {"id": f"invented-{rnd.random()}", "text": text, "events": events}


def _invented_event(rnd: Random, text: str, number: int) -> Record:
    roles = {role: [_words(rnd, text) for _ in range(rnd.choice((0, 1, 1, 2)))] for role in ontology.FILLERS}
    tolls = {
        role: [{**_words(rnd, text), "value": rnd.choice((None, 1, 2))} for _ in range(rnd.randrange(3))]
        for role in ontology.COUNTS
    }
    return {
        "id": f"e{number}",
        "trigger": _words(rnd, text),
        "type": rnd.choice(("ASSAULT", "ACCUSE")),
        "mode": rnd.choice(("", "aerial")),
        "status": rnd.choice(ontology.STATUSES),
        **roles,
        **tolls,
        "incident": rnd.choice("ABC"),
        "answers": rnd.sample("ABCD", rnd.randrange(3)),
    }


def _words(rnd: Random, text: str) -> Record:
    starts = [0, *(place + 1 for place, mark in enumerate(text) if mark == " ")]
    start = rnd.choice(starts)
    end = min(len(text), start + rnd.randrange(1, 24))
    return {"start": start, "end": end, "text": text[start:end]}


def perturbed_events(rnd: Random, record: Record) -> Record:
    """Gold's events, some gone, some doubled, some with other spans, types, fillers and happenings."""
    kept = [event for event in record["events"] for _ in range(rnd.choice((0, 1, 1, 1, 1, 2)))]
    return {"id": record["id"], "events": [_perturbed_event(rnd, record, event) for event in kept]}


def _perturbed_event(rnd: Random, record: Record, event: Record) -> Record:
    text, other = record["text"], rnd.choice(record["events"])
    changed = {role: [_moved(rnd, text, span) for span in event[role]] for role in ontology.ROLES}
    for role in ontology.ROLES:
        if rnd.random() < 0.15:
            changed[role] = other[role] if rnd.random() < 0.5 else changed[role][1:]
    for key in ("type", "status", "mode", "incident", "answers"):
        changed[key] = other[key] if rnd.random() < 0.15 else event[key]
    return {**event, "trigger": _moved(rnd, text, event["trigger"]), **changed}


def _moved(rnd: Random, text: str, span: Record) -> Record:
    """A span with other ends, now and then, and a toll with another value."""
    start, end = span["start"], span["end"]
    if rnd.random() < 0.3:
        start = max(0, start + rnd.randrange(-12, 6))
        end = min(len(text), max(start + 1, end + rnd.randrange(-6, 12)))
    moved = {**span, "start": start, "end": end, "text": text[start:end]}
    if "value" in span and rnd.random() < 0.3:
        moved["value"] = rnd.choice((None, 1, 2))
    return moved


def perturbed_attributions(rnd: Random, record: Record) -> Record:
    """Gold's attributions, some gone, some doubled, with other ranges and roles missing."""
    kept = [given for given in record["attributions"] for _ in range(rnd.choice((0, 1, 1, 1, 2)))]
    return {
        "id": record["id"],
        "attributions": [
            {"id": given["id"]}
            | {
                role: [] if rnd.random() < 0.1 else [_shifted(rnd, record["text"], r) for r in given[role]]
                for role in ("source", "cue", "content")
            }
            for given in kept
        ],
    }


def _shifted(rnd: Random, text: str, given: list[int]) -> list[int]:
    start, end = given
    if rnd.random() < 0.4:
        start = max(0, start + rnd.randrange(-20, 20))
        end = min(len(text), max(start + 1, end + rnd.randrange(-20, 20)))
    return [min(start, end - 1), end]
