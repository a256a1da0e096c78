"""``dateline evaluate``: how well the package reads, on a file of gold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.progress import track
from rich.table import Table

from dateline.evaluation import gate
from dateline.evaluation.metrics import Figure
from dateline.evaluation.tasks import Evaluation, Half, evaluated

TaskName = Literal[
    "actors",
    "events",
    "attribution",
    "copies",
    "crossdoc",
    "dates",
    "dyads",
    "happenings",
    "incidents",
    "mentions",
    "pages",
    "places",
    "gate",
]


def evaluate(
    task: Annotated[
        TaskName, typer.Argument(help="What to evaluate; gate holds all dev figures to their floors.")
    ],
    gold: Annotated[
        Path, typer.Argument(help="A gold file (.jsonl; for pages truth.json); for gate the data directory.")
    ],
    predictions: Annotated[
        Path | None, typer.Option(help="Write the answers here, in gold's format.", metavar="OUT.jsonl")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    model: Annotated[Path | None, typer.Option(help="A model's directory; else the package's own.")] = None,
    half: Annotated[
        Half, typer.Option(help="Only the cases of one half, by the parity of SHA-256(id).")
    ] = "all",
    genre: Annotated[
        str | None, typer.Option(help="Only the texts of one genre, where gold names genres, as GUM does.")
    ] = None,
) -> None:
    """Read the texts of a gold file, and count what is right: figures in per cent."""
    run = partial(evaluated, model=model, track=_tracked)
    if task == "gate":
        held = list(gate.held(gold, gate.pinned(), run))
        _say({"task": task, "floors": [asdict(each) for each in held]} if as_json else floors(held))
        gate.check(held)
    else:
        evaluation = run(task, gold, half=half, genre=genre, predictions=predictions)
        _say(asdict(evaluation) if as_json else figures(evaluation))


def figures(evaluation: Evaluation) -> Group:
    """The figures of one task for people, under the name and digest of the file they were reached on."""
    table = Table("", box=SIMPLE_HEAD)
    for column in ("P", "R", "F1", "gold"):
        table.add_column(column, justify="right")
    for name, figure in evaluation.figures.items():
        table.add_row(name, *_cells(figure))
    return Group(
        f"{evaluation.task}: {evaluation.documents} documents of {evaluation.file}",
        f"corpus {evaluation.corpus[:16]}, model {(evaluation.model or 'none')[:16]}",
        table,
    )


def _cells(figure: Figure) -> list[str]:
    if "accuracy" in figure:
        apart = f"median {figure['median_km']:.1f} km" if "median_km" in figure else ""
        return [apart, "accuracy", f"{figure['accuracy']:.2f}", str(figure["gold"])]
    if "ece" in figure:
        return ["", "error", f"{figure['ece']:.2f}", ""]
    return [*(f"{figure[key]:.2f}" for key in ("p", "r", "f1")), str(figure.get("gold", ""))]


def floors(held: Iterable[gate.Held]) -> Table:
    """Pinned figures beside their floors for people."""
    table = Table("task", "figure", box=SIMPLE_HEAD)
    for column in ("floor", "reached"):
        table.add_column(column, justify="right")
    for each in held:
        floor = "" if each.floor is None else f"{each.floor:.2f}"
        table.add_row(each.task, each.figure, floor, f"{each.reached:.2f}")
    return table


def _say(what: dict[str, Any] | RenderableType) -> None:
    if isinstance(what, dict):
        print(json.dumps(what, ensure_ascii=False))
    else:
        Console(highlight=False).print(what, soft_wrap=True)


def _tracked(ids: Iterable[str], total: int) -> Iterable[str]:
    return track(ids, "evaluating", total=total, console=Console(stderr=True), transient=True)
