"""Choose the reader's thresholds on dev data: one number for each decision, no more.

    python -m training.tune --data ../shared/data --model src/dateline/model

Each threshold is set to the best of a coarse grid by the F1 that it serves; the result is
written to the model's settings.json.
"""

from __future__ import annotations

import argparse
import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from dateline.evaluation import attributions as attribution_task
from dateline.evaluation import events as event_task
from dateline.evaluation import incidents as incident_task
from dateline.ontology import COUNTS, INCIDENT_ROLES, ROLES
from dateline.read import incidents
from dateline.read.attributions import attributions
from dateline.read.calibration import IDENTITY
from dateline.read.encoder import Array, Encoded, Encoder, EventScores
from dateline.read.events import events
from dateline.read.frames import Candidates
from dateline.read.sentences import split
from dateline.read.tokens import Pieces
from dateline.resolve.numbers import counted
from dateline.types import Reading

Settings = dict[str, Any]
GRID = tuple(k / 20 for k in range(2, 17))
SLACK = 0.4
SERVES = {"cue": "cue", "content": "content", "more content": "content", "source": "source"}
"""Which role of an attribution each of its thresholds serves."""
START: Settings = {
    "trigger": 0.4,
    "actual": 1.0,
    "cue": 0.4,
    "source": 0.4,
    "content": 0.5,
    "more content": 0.6,
    "same": 0.5,
    "answers": 0.3,
    "inherit": 0.5,
    "member": 0.2,
    "roles": {role: [0.3, 0.5] for role in ROLES},
    "toponym": 0.5,
    "name": 0.5,
    "incidents": {"document": 0.5, "member": 0.4, "roles": {role: [0.5, 0.5] for role in INCIDENT_ROLES}},
    "calibration": {"event": list(IDENTITY), "filler": list(IDENTITY)},
}


class Remembering(Encoder):
    """An encoder that runs each article and each set of triggers once."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._kept: dict[tuple[Any, ...], Any] = {}

    def _once(self, key: tuple[Any, ...], run: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = run()
        return self._kept[key]

    def encode(self, pieces: Pieces) -> Encoded:
        """As the encoder does."""
        encoded: Encoded = self._once(
            (pieces.ids.tobytes(),), lambda: super(Remembering, self).encode(pieces)
        )
        return encoded

    def events(self, vectors: Array, first: list[int], last: list[int], laid: Candidates) -> EventScores:
        """As the encoder does."""
        key = ("e", id(vectors), *first, *last)
        scores: EventScores = self._once(
            key, lambda: super(Remembering, self).events(vectors, first, last, laid)
        )
        return scores

    def attributions(self, vectors: Array, first: list[int], last: list[int], laid: Candidates) -> Array:
        """As the encoder does."""
        key = ("a", id(vectors), *first, *last)
        chances: Array = self._once(
            key, lambda: super(Remembering, self).attributions(vectors, first, last, laid)
        )
        return chances


Answers = dict[str, Reading]


def answer(encoder: Encoder, gold: Answers, settings: Settings, task: str) -> Answers:
    """What the reader says of gold's articles with some settings, for one task only."""
    out: Answers = {}
    for key, reading in gold.items():
        article = reading.article
        pieces = encoder.worker.pieces(article.text, split(article.text, [(0, len(article.text))]))
        encoded = encoder.encode(pieces)
        if task == "events":
            found = events(encoder, article, pieces, encoded, [], settings)
            out[key] = counted(Reading(article, encoder.digest, events=tuple(found)))
        else:
            said = attributions(encoder, article, pieces, encoded, settings)
            out[key] = Reading(article, encoder.digest, attributions=tuple(said))
    return out


def best(values: Iterable[float], score: Callable[[float], float]) -> float:
    """The value nearest to one half among those that score within SLACK points of the best.

    The tops are flat: what is highest by a hair on one corpus is chance.
    """
    scores = {value: score(value) for value in values}
    least = max(scores.values()) - SLACK
    return min((v for v in scores if scores[v] >= least), key=lambda v: abs(v - 0.5))


def tune_events(encoder: Encoder, gold: Answers, settings: Settings) -> None:
    """Trigger, happenings, answers, then each role's two thresholds."""

    def figure(name: str, **changed: Any) -> float:
        figures = event_task.figures(gold, answer(encoder, gold, settings | changed, "events"))
        return figures[name]["accuracy" if name == "status" else "f1"]

    settings["trigger"] = best(GRID, lambda t: figure("event", trigger=t))
    settings["actual"] = best((1.0, 2.0, 4.0), lambda w: figure("status", actual=w))
    settings["member"] = best(GRID[:5], lambda m: figure("roles", member=m))
    settings["same"] = best(GRID, lambda t: figure("incident", same=t))
    settings["answers"] = best(GRID, lambda t: figure("answers", answers=t))
    # Coarse: some roles have few gold fillers, and a fine grid would learn them by heart.
    grid = [[low, more] for low in (0.2, 0.3, 0.4, 0.5) for more in (0.45, 0.6, 0.75)]
    tried = []
    for pair in grid:
        changed = settings | {"roles": dict.fromkeys(ROLES, pair)}
        tried.append(event_task.figures(gold, answer(encoder, gold, changed, "events")))
    for role in ROLES:
        # Killed and injured together: of the injured alone there are too few.
        alike = COUNTS if role in COUNTS else (role,)
        right = [sum(figures[each]["f1"] * figures[each]["gold"] for each in alike) for figures in tried]
        settings["roles"][role] = grid[right.index(max(right))]


def tune_attributions(encoder: Encoder, gold: Answers, settings: Settings) -> None:
    """Cue, source and content."""
    for name, serves in SERVES.items():

        def figure(value: float, name: str = name, serves: str = serves) -> float:
            answers = answer(encoder, gold, settings | {name: value}, "attribution")
            return attribution_task.figures(gold, answers)[f"exact {serves}"]["f1"]

        settings[name] = best(GRID, figure)


def tune_incidents(encoder: Encoder, gold: dict[str, incident_task.Incidents], settings: Settings) -> None:
    """The least chance of an article's surest entity, then of each role's entities."""
    chosen = settings["incidents"]

    def figures(**changed: Any) -> dict[str, dict[str, float]]:
        answers = {key: told(encoder, case, chosen | changed) for key, case in gold.items()}
        return incident_task.figures(gold, answers)

    for name in ("document", "member"):
        chosen[name] = best(GRID, lambda t, name=name: figures(**{name: t})["CEAF-REE"]["f1"])
    grid = [[first, more] for first in (0.3, 0.4, 0.5, 0.6) for more in (0.4, 0.55, 0.7, 0.85)]
    tried = [figures(roles=dict.fromkeys(INCIDENT_ROLES, pair)) for pair in grid]
    for role in INCIDENT_ROLES:
        chosen["roles"][role] = grid[max(range(len(grid)), key=lambda i: tried[i][role]["f1"])]


def told(encoder: Encoder, case: incident_task.Incidents, settings: Settings) -> incident_task.Incidents:
    """What the reader says of an article's incidents with some settings."""
    article = case.article
    pieces = encoder.worker.pieces(article.text, split(article.text, article.body))
    found = incidents.mentions(article, pieces, encoder.encode(pieces).parts, settings["member"])
    named = incidents.entities(article.text, found, settings)
    return replace(case, fillers={role: tuple(e.mentions[:1] for e in named[role]) for role in named})


def tune(data: Path, model: Path, only: str | None = None) -> None:
    """Choose the thresholds of a model folder anew, from START."""
    path = model / "settings.json"
    settings = copy.deepcopy(START) | json.loads(path.read_text(encoding="utf-8"))
    encoder = Remembering(model)
    if only in (None, "events"):
        tune_events(encoder, event_task.load(data / "record" / "dev.jsonl"), settings)
    if only in (None, "incidents"):
        tune_incidents(encoder, incident_task.load(data / "incidents" / "dev.jsonl"), settings)
    if only in (None, "attribution"):
        tune_attributions(encoder, attribution_task.load(data / "attribution" / "dev.jsonl"), settings)
    path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(settings))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--only", choices=("events", "attribution", "incidents"))
    given = parser.parse_args()
    tune(given.data, given.model, given.only)


if __name__ == "__main__":
    main()
