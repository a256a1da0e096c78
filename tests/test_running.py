"""Batches whose processes, shards and drivers die end with the same digest as one process alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from scaling import alone, batch, digest, faults, opened, pages, running, scripted, until, without_model

from dateline.batch import outcome
from dateline.errors import BatchError, InputError, ModelError
from dateline.scale.executors import Local
from dateline.scale.folder import Folder
from dateline.scale.running import Batch
from dateline.scale.shards import Answer, Share, code_digest, cut, line
from dateline.types import Page

DIED = "the process that read it died; read it alone, or leave it out"


class Here:
    """An executor in this process that holds ``most`` shares and gives the latest first."""

    def __init__(self, folder: Path, most: int = 1, code: str | None = None) -> None:
        self.folder, self.most, self.code = folder, most, code or code_digest()
        self.held: list[Share] = []
        self.names: list[str] = []

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def room(self) -> int:
        return self.most

    def submit(self, share: Share) -> None:
        self.held.append(share)
        assert len(self.held) <= self.most

    def completed(self) -> tuple[Share, Answer | None]:
        share = self.held.pop()
        contents = [(item.address, item.content) for item in share.items if isinstance(item, Page)]
        self.names += [name for name, _ in contents]
        if b"die" in dict(contents).values():
            return share, None
        lines = tuple(line(outcome(partial(scripted, self.folder), item)) for item in share.items)
        return share, Answer(lines, self.code)


MIXED = ["fine", "refuse", "good", "skip", "well", "fair", "bright"]


@pytest.mark.parametrize(("size", "most"), [(1, 1), (2, 3), (3, 2), (100, 2)])
def test_shards_come_in_order_however_they_are_cut_and_read(tmp_path: Path, size: int, most: int) -> None:
    items = [*pages(MIXED), InputError("gone.html", "no such file", "check the path")]
    jobs = batch(Here(tmp_path, most), tmp_path / "out", items, size)
    assert [job.shard.number for job in jobs] == list(range(-(-len(items) // size)))
    assert digest(tmp_path / "out", jobs) == alone(tmp_path, items)
    assert faults(jobs) == [
        "1.html: no article; give another",
        "3.html: in French; ask for it",
        "gone.html: no such file; check the path",
    ]


def test_what_is_finished_is_not_read_again(tmp_path: Path) -> None:
    batch(Here(tmp_path), tmp_path / "out", pages(MIXED))
    again = Here(tmp_path)
    jobs = batch(again, tmp_path / "out", pages([*MIXED[:6], "another"]))
    assert [job.before for job in jobs] == [True, True, False]
    assert again.names == ["6.html"]


def test_a_share_whose_process_died_is_read_item_by_item(tmp_path: Path) -> None:
    here = Here(tmp_path, 2)
    jobs = batch(here, tmp_path / "out", pages(["fine", "die", "good", "well"]))
    assert faults(jobs) == [f"1.html: {DIED}"]
    assert sorted(here.names) == sorted(["0.html", "1.html", "2.html"] * 2 + ["1.html", "3.html"])


def test_inputs_are_drawn_as_shards_leave(tmp_path: Path) -> None:
    drawn = 0

    def endless() -> Iterator[Page]:
        nonlocal drawn
        while True:
            yield Page(f"{drawn}.html", b"fine")
            drawn += 1

    shards = running(Here(tmp_path, 2), tmp_path / "out", cut(endless(), 2))
    next(shards)
    assert drawn <= 2 * 4 + 2


def test_other_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BatchError, match="install the same on all machines"):
        batch(Here(tmp_path, code="another"), tmp_path / "out", pages(MIXED))


def test_poison_and_killed_processes_leave_the_rest_as_it_is(tmp_path: Path) -> None:
    items = pages(["fine", "die once", "good", "well", "die", "fair", "bright"])
    jobs = batch(Local(partial(opened, tmp_path), 2), tmp_path / "out", items)
    assert faults(jobs) == [f"4.html: {DIED}"]
    (tmp_path / "1.html.mark").unlink()
    assert digest(tmp_path / "out", jobs) == alone(tmp_path, items)


def test_a_worker_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    items = pages(["fine", "good", "wait", "well", "fair"])
    with Local(partial(opened, tmp_path), 2) as local:
        run = Batch(local, Folder(tmp_path / "out"), "asked", code_digest()).run(cut(items, 2))
        first = next(run)
        until(tmp_path / "2.html.mark")
        for worker in local._busy:
            assert worker.process.pid
            os.kill(worker.process.pid, signal.SIGKILL)
        (tmp_path / "go").touch()
        jobs = [first, *run]
    assert faults(jobs) == []
    assert digest(tmp_path / "out", jobs) == alone(tmp_path, items)


DRIVER = """
import sys
from functools import partial
from pathlib import Path
from scaling import batch, digest, opened, pages
from dateline.scale.executors import Local

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    jobs = batch(Local(partial(opened, folder), 2), folder / "out", pages(sys.argv[2:]), 2)
    print(sum(job.before for job in jobs), digest(folder / "out", jobs))
"""


def test_a_killed_driver_is_run_again_and_goes_on(tmp_path: Path) -> None:
    contents = ["fine", "good", "well", "wait", "fair"]
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    command = [sys.executable, str(script), str(tmp_path), *contents]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(command, env=environment) as driver:
        until(tmp_path / "3.html.mark")
        until(tmp_path / "out", lambda out: len(list(out.glob("*.json"))) >= 1)
        driver.kill()
    (tmp_path / "go").touch()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    before, found = done.stdout.split()
    assert int(before) >= 1
    assert found == alone(tmp_path, pages(contents))


def test_a_reader_that_cannot_start_stops_the_batch(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install dateline again"):
        batch(Local(without_model, 1), tmp_path / "out", pages(MIXED))
