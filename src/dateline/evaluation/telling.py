"""Figures for people, as tables."""

from __future__ import annotations

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table

from dateline.evaluation.gate import Held
from dateline.evaluation.metrics import Figure
from dateline.evaluation.tasks import Evaluation


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


def floors(held: Iterable[Held]) -> Table:
    """Pinned figures beside their floors for people."""
    table = Table("task", "figure", box=SIMPLE_HEAD)
    for column in ("floor", "reached"):
        table.add_column(column, justify="right")
    for each in held:
        floor = "" if each.floor is None else f"{each.floor:.2f}"
        table.add_row(each.task, each.figure, floor, f"{each.reached:.2f}")
    return table
