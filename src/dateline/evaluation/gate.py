"""Holds the figures on the dev parts to their floors.

``floors.json`` pins floors by task: the file below the data directory, its SHA-256, the half of it where
it is halved, and the least value of each figure in per cent (F1, or accuracy where there is no F1); null
is a floor not pinned yet. A floor is edited by hand and lowered only by name, in the changelog.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from dateline.errors import FloorError, GoldError
from dateline.evaluation.gold import digest
from dateline.evaluation.metrics import headline
from dateline.evaluation.tasks import Evaluation, Half, evaluated


@dataclass(frozen=True, slots=True)
class Pinned:
    """The floors of one task on one file, known by its digest."""

    task: str
    file: str
    corpus: str
    half: Half
    floors: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Held:
    """A figure beside its floor, null where none is pinned."""

    task: str
    figure: str
    floor: float | None
    reached: float


def pinned() -> list[Pinned]:
    """The floors that the package ships."""
    text = files("dateline.evaluation").joinpath("floors.json").read_text("utf-8")
    return [_pinned(task, entry) for task, entry in json.loads(text).items()]


def _pinned(task: str, entry: dict[str, Any]) -> Pinned:
    return Pinned(task, entry["file"], entry["corpus"], entry.get("half", "all"), entry["floors"])


def held(
    data: Path, pins: Iterable[Pinned], evaluate: Callable[..., Evaluation] = evaluated
) -> Iterator[Held]:
    """Every pinned figure with what is reached on the files below ``data``; ``evaluate`` runs a task.

    Raises GoldError where a file is not the one that its floors were reached on, and FloorError for a
    floor of a figure that its task does not have.
    """
    for pin in pins:
        path = data / pin.file
        if digest(path) != pin.corpus:
            raise GoldError(
                f"{path}: is not the file that {pin.task} is pinned on; get the one of floors.json"
            )
        figures = evaluate(pin.task, path, half=pin.half).figures
        for name, floor in pin.floors.items():
            if name not in figures:
                raise FloorError(
                    f"floors.json: {pin.task} has no figure {name!r}; it has {', '.join(figures)}"
                )
            yield Held(pin.task, name, floor, headline(figures[name]))


def check(held: Iterable[Held]) -> None:
    """Raises FloorError that names every figure below its floor."""
    fallen = [
        f"{each.task} {each.figure} reached {each.reached:.2f}, below its floor of {each.floor:.2f}"
        for each in held
        if each.floor is not None and each.reached < each.floor
    ]
    if fallen:
        raise FloorError("; ".join(fallen) + "; find what made it worse, or lower the floor by name")
