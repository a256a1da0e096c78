from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, get_args

import pytest
from scorers import written

from dateline.errors import GoldError
from dateline.evaluation import gold, pages, tasks
from dateline.evaluation.command import TaskName
from dateline.evaluation.metrics import Figures, Tally


class Echo:
    """A task whose gold is a letter a record and whose answer is always "a"."""

    def load(self, path: Path) -> dict[str, str]:
        return gold.load(path, lambda record: str(record["letter"]), "write letters")

    @contextmanager
    def answering(self, model: Path | None) -> Iterator[tuple[Any, str | None]]:
        yield (lambda _: "a"), str(model)

    def save(self, path: Path, answers: Any) -> None:
        path.write_text("".join(answers.values()))

    def figures(self, gold: Any, answers: Any) -> Figures:
        right = sum(gold[key] == answers[key] for key in gold)
        return {"letters": Tally(right, len(answers), len(gold)).figure()}


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(tasks.TASKS, "letters", Echo())
    return written(tmp_path / "gold.jsonl", [{"id": key, "letter": key} for key in "abcdef"])


def test_a_task_is_run_on_its_gold(letters: Path, tmp_path: Path) -> None:
    seen: list[str] = []

    def track(ids: Iterable[str], total: int) -> Iterable[str]:
        seen.extend([str(total), *ids])
        return seen[1:]

    out = tmp_path / "out"
    evaluation = tasks.evaluated("letters", letters, model=Path("small"), predictions=out, track=track)
    assert evaluation.figures["letters"]["f1"] == pytest.approx(100 / 6)
    assert (evaluation.documents, evaluation.model) == (6, "small")
    assert (evaluation.file, evaluation.corpus) == (str(letters), gold.digest(letters))
    assert seen == ["6", *"abcdef"]
    assert out.read_text() == "aaaaaa"


def test_the_halves_are_the_whole(letters: Path) -> None:
    train, dev = (tasks.evaluated("letters", letters, half=half).documents for half in ("train", "dev"))
    assert (train, dev) == tuple(
        sum(pages.half(key) == half for key in "abcdef") for half in ("train", "dev")
    )
    assert train + dev == 6


def test_empty_gold_is_no_gold(letters: Path) -> None:
    letters.write_text("\n")
    with pytest.raises(GoldError, match="nothing to evaluate; give a gold file that is not empty"):
        tasks.evaluated("letters", letters)


def test_every_task_is_a_command_argument() -> None:
    assert {*tasks.TASKS, "gate"} == set(get_args(TaskName))
