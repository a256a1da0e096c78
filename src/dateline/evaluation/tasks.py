"""The tasks by name, and one task run: gold read, every case answered, the answers counted.

A task is a module with the four functions of ``Task``; adding one is that module and its line in
``TASKS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from dateline.errors import GoldError
from dateline.evaluation import (
    actors,
    attributions,
    copies,
    crossdoc,
    dates,
    dyads,
    events,
    happenings,
    incidents,
    mentions,
    pages,
    places,
)
from dateline.evaluation.gold import digest
from dateline.evaluation.metrics import Figures

Half = Literal["all", "train", "dev"]
Answering = tuple[Callable[[Any], Any], str | None]
"""What answers a case, and the digest of the model that does, if one does."""

Track = Callable[[Iterable[str], int], Iterable[str]]
"""Shows the progress over some ids; the number is how many there are."""


class Task(Protocol):
    """What a task module has. Gold and answers are of one type, by id."""

    def load(self, path: Path) -> dict[str, Any]:
        """Gold of a file; raises GoldError."""

    def answering(self, model: Path | None) -> AbstractContextManager[Answering]:
        """What answers a case, by the model at a path (None: the package's own)."""

    def save(self, path: Path, answers: Mapping[str, Any]) -> None:
        """Writes answers in gold's format."""

    def figures(self, gold: Mapping[str, Any], answers: Mapping[str, Any]) -> Figures:
        """The figures of answers against gold."""


TASKS: dict[str, Task] = {
    "events": events,
    "attribution": attributions,
    "dates": dates,
    "dyads": dyads,
    "incidents": incidents,
    "mentions": mentions,
    "pages": pages,
    "places": places,
    "actors": actors,
    "copies": copies,
    "crossdoc": crossdoc,
    "happenings": happenings,
}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of one task, with the digests of what they were reached on and by."""

    task: str
    file: str
    corpus: str
    model: str | None
    documents: int
    figures: Figures


def evaluated(
    name: str,
    gold: Path,
    *,
    half: Half = "all",
    genre: str | None = None,
    model: Path | None = None,
    predictions: Path | None = None,
    track: Track = lambda ids, _: ids,
) -> Evaluation:
    """Runs a task on a gold file, or on one half or genre of it, and writes the answers to ``predictions``.

    Raises GoldError for a bad gold file and ModelError for a bad model.
    """
    task = TASKS[name]
    cases = {key: case for key, case in task.load(gold).items() if half in ("all", pages.half(key))}
    if genre is not None:
        cases = {key: case for key, case in cases.items() if getattr(case, "genre", None) == genre}
    if not cases:
        raise GoldError(f"{gold}: nothing to evaluate; give a gold file that is not empty")
    with task.answering(model) as (answer, model_digest):
        answers = {key: answer(cases[key]) for key in track(cases, len(cases))}
    if predictions:
        task.save(predictions, answers)
    return Evaluation(name, str(gold), digest(gold), model_digest, len(cases), task.figures(cases, answers))
