"""``dateline batch``: many inputs, in shards that are read once, on this machine or on many."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dateline.commands.inputs import (
    Actors,
    AnyLanguage,
    MinConfidence,
    Places,
    Published,
    Publishers,
    options,
)
from dateline.commands.options import opened
from dateline.stopping import Stopped, stoppable

if TYPE_CHECKING:
    from dateline.pipeline import Options
    from dateline.record.linking import Linker
    from dateline.record.record import Record
    from dateline.scale.executors import Executor
    from dateline.scale.folder import Folder
    from dateline.scale.running import Job

log = logging.getLogger(__name__)

Kind = Literal["local", "dask"]


def batch(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="As for read.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the shards are kept.")],
    executor: Annotated[
        Kind, typer.Option("--executor", help="Processes here, or the workers of a Dask cluster.")
    ] = "local",
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Of Dask, such as tcp://10.0.0.1:8786."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Worker processes; else one a processor.")
    ] = None,
    shard: Annotated[int, typer.Option("--shard", min=1, help="Inputs in a shard, at most.")] = 100,
    record: Annotated[
        str | None, typer.Option("--record", metavar="FILE|URL", help="Also add what is read to this record.")
    ] = None,
    published: Published = None,
    any_language: AnyLanguage = False,
    min_confidence: MinConfidence = None,
    places: Places = None,
    actors: Actors = None,
    publishers: Publishers = None,
) -> None:
    """Read many inputs in shards; what is done is kept, and done once.

    A shard is a compressed file of lines as of read --jsonl, with a manifest that counts them and names
    what could not be read. Run again, only what is missing is read. A line for each shard is printed,
    at the end a digest, the same wherever and however often the inputs were read.
    """
    if (executor == "dask") != (scheduler is not None):
        raise typer.BadParameter("--executor dask and --scheduler ADDRESS go together")
    from dateline.scale.folder import Folder

    many = os.cpu_count() or 1
    asked = options(
        published,
        many if executor == "dask" else jobs or many,
        any_language,
        min_confidence,
        places,
        actors,
        publishers,
    )
    folder, ids, tally = Folder(out), list[str](), Counter[str]()
    try:
        with stoppable() as stop, recorded(record) as kept, chosen(asked, scheduler, jobs or many) as reading:
            for job in ran(inputs, asked, shard, reading, folder):
                ids.append(job.id)
                tally += told(job)
                if kept:
                    with stop.whole():
                        load(*kept, folder, job)
    except Stopped as stopped:
        log.warning("%s; what is done is kept: to go on, run the command again", stopped)
        raise typer.Exit(stopped.status) from None
    conclude(folder, ids, tally)
    raise typer.Exit(int(tally["failed"] > 0 or tally["read"] == 0))


@contextmanager
def recorded(record: str | None) -> Iterator[tuple[Record, Linker] | None]:
    """The record that readings are added to, if one is named, with its linker."""
    from dateline.pipeline import linker

    if record is None:
        yield None
        return
    with opened(record, create=True) as kept:
        yield kept, linker()


def chosen(asked: Options, scheduler: str | None, jobs: int) -> Executor:
    """Who reads."""
    from dateline.pipeline import pipeline

    if scheduler is not None:
        from dateline.scale.cluster import Cluster

        return Cluster(partial(pipeline, asked), scheduler)
    from dateline.scale.executors import Local

    return Local(partial(pipeline, asked), jobs)


def ran(inputs: list[str], asked: Options, size: int, executor: Executor, folder: Folder) -> Iterator[Job]:
    """The shards of inputs, as they are done."""
    from dateline.commands.progress import Meter, counted
    from dateline.ingest.files import open_inputs, size_of
    from dateline.scale.running import Batch
    from dateline.scale.shards import asked_of, code_digest, cut

    meter = Meter(size_of(inputs))
    run = Batch(executor, folder, asked_of(asked), code_digest())
    yield from counted(run.run(cut(open_inputs(inputs, meter.passed), size)), meter)


def told(job: Job) -> Counter[str]:
    """Say what became of a shard and of each input of it that was not read; its counts."""
    from dateline.cli import say

    assert job.manifest is not None
    counts = job.manifest.counts
    for fault in job.manifest.faults:
        say(fault.error())
    typer.echo(f"{'before' if job.before else 'done':6}  {job.id}  {summed(counts)}")
    return counts


def load(record: Record, linker: Linker, folder: Folder, job: Job) -> None:
    """Add a shard to the record and say what became of it."""
    from dateline.commands.add import told as added
    from dateline.scale.loading import load as into

    assert job.manifest is not None
    typer.echo(f"{'added':6}  {job.id}  {added(into(record, folder, job.shard, job.manifest, linker))}")


def conclude(folder: Folder, ids: list[str], tally: Counter[str]) -> None:
    """What became of a batch, and what else lies in its folder."""
    from dateline.scale.folder import digest_of
    from dateline.show.wording import counted

    typer.echo(f"{counted(len(ids), 'shard')}: {summed(tally)}; digest {digest_of(folder, ids)}")
    if others := folder.others(ids):
        log.warning("%s holds %s of other inputs or code", folder.path, counted(others, "shard"))


def summed(counts: Counter[str]) -> str:
    """Counts in words: "98 read, 2 skipped"."""
    return ", ".join(
        f"{counts[key]} {key}" for key in ("read", "skipped", "failed") if counts[key] or key == "read"
    )
