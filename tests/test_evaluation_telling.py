"""Figures as people see them."""

from rich.console import Console

from dateline.evaluation import telling
from dateline.evaluation.gate import Held
from dateline.evaluation.tasks import Evaluation


def shown(what: object) -> list[list[str]]:
    """The words of each line that is printed."""
    console = Console(width=120, highlight=False)
    with console.capture() as capture:
        console.print(what)
    return [line.split() for line in capture.get().splitlines() if line.strip()]


def test_a_task_s_figures_stand_under_the_file_and_the_model() -> None:
    reached = {
        "trigger": {"p": 50.0, "r": 25.0, "f1": 100 / 3, "gold": 8},
        "status": {"accuracy": 92.5, "gold": 40},
        "end to end": {"accuracy": 80.0, "gold": 5, "median_km": 3.25},
        "confidence": {"ece": 1.5},
    }
    told = shown(telling.figures(Evaluation("events", "gold.jsonl", "c" * 64, "m" * 64, 4, reached)))
    assert told[0] == ["events:", "4", "documents", "of", "gold.jsonl"]
    assert told[1] == ["corpus", "c" * 16 + ",", "model", "m" * 16]
    assert ["trigger", "50.00", "25.00", "33.33", "8"] in told
    assert ["status", "accuracy", "92.50", "40"] in told
    assert ["end", "to", "end", "median", "3.2", "km", "accuracy", "80.00", "5"] in told
    assert ["confidence", "error", "1.50"] in told


def test_a_figure_without_a_floor_has_none() -> None:
    told = shown(telling.floors([Held("events", "trigger", 78.0, 79.25), Held("events", "mode", None, 75.0)]))
    assert ["events", "trigger", "78.00", "79.25"] in told and ["events", "mode", "75.00"] in told
