"""``dateline evaluate``: how well the package reads, on a file of gold.

What reads and counts is imported only when it is asked for: every command starts with this module.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

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
        Literal["all", "train", "dev"],
        typer.Option(help="Only the cases of one half, by the parity of SHA-256(id)."),
    ] = "all",
    genre: Annotated[
        str | None, typer.Option(help="Only the texts of one genre, where gold names genres, as GUM does.")
    ] = None,
) -> None:
    """Read the texts of a gold file, and count what is right: figures in per cent."""
    from dateline.evaluation import gate
    from dateline.evaluation.tasks import evaluated
    from dateline.evaluation.telling import figures, floors

    run = partial(evaluated, model=model, track=_tracked)
    if task == "gate":
        held = list(gate.held(gold, gate.pinned(), run))
        _say({"task": task, "floors": [asdict(each) for each in held]} if as_json else floors(held))
        gate.check(held)
    else:
        evaluation = run(task, gold, half=half, genre=genre, predictions=predictions)
        _say(asdict(evaluation) if as_json else figures(evaluation))


def _say(what: dict[str, Any] | RenderableType) -> None:
    if isinstance(what, dict):
        print(json.dumps(what, ensure_ascii=False))
    else:
        from rich.console import Console

        Console(highlight=False).print(what, soft_wrap=True)


def _tracked(ids: Iterable[str], total: int) -> Iterable[str]:
    from rich.console import Console
    from rich.progress import track

    return track(ids, "evaluating", total=total, console=Console(stderr=True), transient=True)
