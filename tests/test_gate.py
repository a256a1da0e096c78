from __future__ import annotations

import re
from pathlib import Path

import pytest
from scorers import SHARED, with_data

from dateline.errors import FloorError, GoldError
from dateline.evaluation import gate
from dateline.evaluation.gate import Held, Pinned
from dateline.evaluation.gold import digest
from dateline.evaluation.metrics import Tally
from dateline.evaluation.tasks import TASKS, Evaluation


def evaluate(task: str, path: Path, half: str) -> Evaluation:
    figures = {"trigger": Tally(1, 2, 2).figure(), "status": Tally(3, gold=4).accuracy()}
    return Evaluation(task, str(path), half, None, 1, figures)


def held(tmp_path: Path, corpus: str | None = None, **floors: float | None) -> list[Held]:
    path = tmp_path / "dev.jsonl"
    path.write_text("gold")
    pin = Pinned("events", path.name, corpus or digest(path), "all", floors)
    return list(gate.held(tmp_path, [pin], evaluate))


def test_figures_at_their_floor_and_without_floor_are_held(tmp_path: Path) -> None:
    every = held(tmp_path, trigger=50.0, status=None)
    assert every == [Held("events", "trigger", 50.0, 50.0), Held("events", "status", None, 75.0)]
    gate.check(every)


def test_what_fell_is_named_with_floor_and_reached(tmp_path: Path) -> None:
    message = "events trigger reached 50.00, below its floor of 50.01; events status reached 75.00, below"
    with pytest.raises(FloorError, match=re.escape(message)):
        gate.check(held(tmp_path, trigger=50.01, status=80.0))


def test_another_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"dev\.jsonl: is not the file that events is pinned on; get"):
        held(tmp_path, corpus="0" * 64)


def test_a_floor_of_no_figure_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FloorError, match="events has no figure 'triger'; it has trigger, status"):
        held(tmp_path, triger=50.0)


def test_every_task_has_floors() -> None:
    pins = gate.pinned()
    assert [pin.task for pin in pins] == list(TASKS)
    assert all(re.fullmatch("[0-9a-f]{64}", pin.corpus) and pin.floors for pin in pins)


@with_data
@pytest.mark.parametrize("pin", gate.pinned(), ids=lambda pin: pin.task)
def test_dev_figures_are_above_their_floors(pin: Pinned) -> None:
    gate.check(gate.held(SHARED / "data", [pin]))
