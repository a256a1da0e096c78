"""A reader that does what its pages say, in processes that may die of it, for the tests of ``scale``."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from dateline.errors import InputError, ModelError, SkippedInput
from dateline.pipeline import Item, Read
from dateline.scale.executors import Executor, Local
from dateline.scale.folder import Folder, digest_of
from dateline.scale.running import Batch, Job
from dateline.scale.shards import Shard, code_digest, cut
from dateline.types import Article, Page, Reading


def pages(contents: Sequence[str]) -> list[Item | InputError]:
    return [Page(f"{n}.html", content.encode()) for n, content in enumerate(contents)]


def scripted(folder: Path, item: Item) -> Reading:
    """A reader to whom a page says what to do; of what it did once it leaves a mark in the folder."""
    assert isinstance(item, Page)
    content = item.content.decode()
    mark = folder / f"{item.address}.mark"
    if content == "refuse":
        raise InputError(item.address, "no article", "give another")
    if content == "skip":
        raise SkippedInput(item.address, "in French", "ask for it")
    if content == "die" or (content == "die once" and not mark.exists()):
        mark.touch()
        os._exit(3)
    if content == "kill worker once" and not mark.exists():
        mark.touch()
        os.kill(os.getppid(), signal.SIGKILL)
    if content == "wait":  # until it is told to go on
        mark.touch()
        while not (folder / "go").exists():
            time.sleep(0.02)
    return Reading(Article(item.address, content), model="fake")


@contextmanager
def opened(folder: Path) -> Iterator[Read]:
    yield partial(scripted, folder)


@contextmanager
def without_model() -> Iterator[Read]:
    raise ModelError("reader.onnx: is missing; install dateline again")
    yield


def batch(executor: Executor, out: Path, items: Sequence[Item | InputError], size: int = 3) -> list[Job]:
    """All shards of a batch."""
    return list(running(executor, out, cut(items, size)))


def running(executor: Executor, out: Path, shards: Iterator[Shard]) -> Iterator[Job]:
    with executor as reading:
        yield from Batch(reading, Folder(out), "asked", code_digest()).run(shards)


def digest(out: Path, jobs: Sequence[Job]) -> str:
    return digest_of(Folder(out), [job.id for job in jobs])


def alone(folder: Path, items: Sequence[Item | InputError]) -> str:
    """The digest of a batch read by one process, in one shard."""
    out = folder / "alone"
    return digest(out, batch(Local(partial(opened, folder), 1), out, items, len(items)))


def faults(jobs: Sequence[Job]) -> list[str]:
    return [str(fault.error()) for job in jobs if job.manifest for fault in job.manifest.faults]


def until(path: Path, true: object = Path.exists) -> None:
    """Wait until something is true of a path."""
    end = time.monotonic() + 200
    while not true(path):  # type: ignore[operator]
        assert time.monotonic() < end, f"{path} is not so"
        time.sleep(0.02)
