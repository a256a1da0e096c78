from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from dateline.errors import FloorError
from dateline.evaluation import command, tasks
from dateline.evaluation.gate import Held, Pinned
from dateline.evaluation.metrics import Tally
from dateline.evaluation.tasks import Evaluation

FIGURES = {
    "trigger": Tally(1, 2, 4).figure(),
    "status": Tally(3, gold=4).accuracy(),
    "confidence event": {"ece": 2.5, "predicted": 2},
}
APP = typer.Typer()
APP.command()(command.evaluate)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Stands in for the running of a task, and keeps what it was asked."""
    calls: list[dict[str, Any]] = []

    def evaluated(task: str, gold: Path, **options: Any) -> Evaluation:
        calls.append({"task": task, "gold": gold, **options})
        return Evaluation(task, str(gold), "c" * 64, "m" * 64, 7, FIGURES)

    monkeypatch.setattr(tasks, "evaluated", evaluated)
    return calls


def test_json_is_one_object_of_task_digests_and_figures(asked: list[dict[str, Any]]) -> None:
    result = CliRunner().invoke(APP, ["events", "dev.jsonl", "--json", "--predictions", "out.jsonl"])
    assert json.loads(result.stdout) == {
        "task": "events",
        "file": "dev.jsonl",
        "corpus": "c" * 64,
        "model": "m" * 64,
        "documents": 7,
        "figures": FIGURES,
    }
    assert asked[0]["gold"] == Path("dev.jsonl")
    assert asked[0]["predictions"] == Path("out.jsonl")


def test_the_table_names_file_digests_and_figures(asked: list[dict[str, Any]]) -> None:
    result = CliRunner().invoke(APP, ["pages", "truth.json", "--half", "dev"])
    shown = [line.split() for line in result.stdout.splitlines()]
    assert ["trigger", "50.00", "25.00", "33.33", "4"] in shown
    assert ["status", "accuracy", "75.00", "4"] in shown
    assert ["confidence", "event", "error", "2.50"] in shown
    assert "pages: 7 documents of truth.json" in result.stdout
    assert "c" * 16 in result.stdout
    assert "m" * 16 in result.stdout
    assert asked[0]["half"] == "dev"


def test_the_gate_prints_what_it_holds_and_fails_below(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(data: Path, pins: list[Pinned], run: Any) -> list[Held]:
        run(pins[0].task, data / pins[0].file, half=pins[0].half)
        return [Held("events", "trigger", 70.0, 33.333)]

    monkeypatch.setattr("dateline.evaluation.gate.held", held)
    result = CliRunner().invoke(APP, ["gate", "data"])
    assert isinstance(result.exception, FloorError)
    assert ["events", "trigger", "70.00", "33.33"] in [line.split() for line in result.stdout.splitlines()]
    assert asked[0]["task"] == "events"
    result = CliRunner().invoke(APP, ["gate", "data", "--json"])
    expected = {"task": "events", "figure": "trigger", "floor": 70.0, "reached": 33.333}
    assert json.loads(result.stdout) == {"task": "gate", "floors": [expected]}


def test_an_unknown_task_is_refused() -> None:
    assert CliRunner().invoke(APP, ["weather", "dev.jsonl"]).exit_code == 2
