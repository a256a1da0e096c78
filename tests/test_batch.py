"""Many inputs: order, errors, bounded memory and workers that die."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dateline.batch import AHEAD, mapping
from dateline.errors import InputError, ModelError, SkippedInput
from dateline.pipeline import Item, Read
from dateline.types import Article, Page, Reading


def scripted(item: Item) -> Reading:
    """A reader that does what the page says."""
    assert isinstance(item, Page)
    match item.content:
        case b"die":
            os._exit(3)
        case b"break":
            raise ValueError("two\nlines")
        case b"refuse":
            raise InputError(item.address, "no article", "give another")
        case b"skip":
            raise SkippedInput(item.address, "in French", "ask for it")
        case b"slow":
            time.sleep(0.2)
    return Reading(Article(item.address, ""), model="fake")


@contextmanager
def start() -> Iterator[Read]:
    yield scripted


@contextmanager
def start_without_model() -> Iterator[Read]:
    raise ModelError("reader.onnx: is missing; install dateline again")
    yield


def pages(*contents: str) -> list[Page | InputError]:
    return [Page(f"{n}.html", content.encode()) for n, content in enumerate(contents)]


def summary(outcome: Reading | InputError) -> str:
    return outcome.article.id if isinstance(outcome, Reading) else f"{type(outcome).__name__} {outcome}"


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_bad_page_never_stops_a_batch(jobs: int) -> None:
    items = pages("slow", "break", "refuse", "skip", "fine")
    items.insert(1, InputError("gone.html", "is not there", "check the name"))
    with mapping(start, jobs) as read:
        outcomes = [summary(outcome) for outcome in read(items)]
    assert outcomes == [
        "0.html",
        "InputError gone.html: is not there; check the name",
        "InputError 1.html: could not be read (ValueError: two lines); please report it with the page",
        "InputError 2.html: no article; give another",
        "SkippedInput 3.html: in French; ask for it",
        "4.html",
    ]


def test_a_script_that_its_workers_run_again_is_told_the_remedy(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text("import dateline\nlist(dateline.read(__file__, jobs=2, on_error=print))\n")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and done.stdout == ""
    assert 'behind if __name__ == "__main__":' in done.stderr.splitlines()[-1]


def test_a_worker_that_dies_costs_its_page_only() -> None:
    with mapping(start, 2) as read:
        outcomes = [summary(outcome) for outcome in read(pages("fine", "die", "slow", "die", "fine"))]
    died = "the process that read it died; read it alone, or leave it out"
    assert outcomes == [
        "0.html",
        f"InputError 1.html: {died}",
        "2.html",
        f"InputError 3.html: {died}",
        "4.html",
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_model_stops_the_batch(jobs: int) -> None:
    with (
        pytest.raises(ModelError, match="install dateline again"),
        mapping(start_without_model, jobs) as read,
    ):
        list(read(pages("fine", "fine")))


@pytest.mark.parametrize(("jobs", "most"), [(1, 1), (2, 2 * AHEAD)])
def test_inputs_are_drawn_as_results_leave(jobs: int, most: int) -> None:
    drawn = 0

    def endless() -> Iterator[Page]:
        nonlocal drawn
        while True:
            yield Page(f"{drawn}.html", b"slow" if drawn == 0 else b"fine")
            drawn += 1

    with mapping(start, jobs) as read:
        outcomes = read(endless())
        first = next(outcomes)
    assert summary(first) == "0.html"
    assert drawn <= most


def test_nothing_in_nothing_out() -> None:
    with mapping(start, 2) as read:
        assert list(read([])) == []
