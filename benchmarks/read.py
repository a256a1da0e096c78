"""How fast articles are read on two cores, and what one page costs on a fresh start.

    python benchmarks/read.py [--articles 200] [--json]

One run measures, on the same invented articles of 600 words (``articles.py``):

- articles a second, text to reading, by one process of two threads and by two processes of one thread;
- the encoder's forward pass alone over the same windows in the same batches: the limit that no reader
  around this encoder can pass, and the speed as a share of it;
- the share of reading time spent outside the forward pass;
- the time that resolving takes, as a share of the reading's (at most a third is wanted), and how long the
  gazetteer and the tables take to open (the gazetteer: under 50 ms);
- ``dateline read one.html --jsonl``: seconds on the wall, median of five, modules compiled and files in the
  system's cache; and the greatest sum of resident memory over its process and their children, sampled,
  pages that they share counted for each.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from articles import WORDS, Invented, articles, page

from dateline.types import Article

T = TypeVar("T")

CORES = 2
WAYS = ((1, 2), (2, 1))
"""Processes, and threads of each."""

PUBLISHED = "2031-05-04"
WARM_UP = 8
STARTS = 5
SAMPLE_SECONDS = 0.004


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that one process spent on its articles: reading them, in the forward passes of that, in the
    same passes alone, and resolving what was read."""

    reading: float
    inside: float
    alone: float
    resolving: float


@dataclass(frozen=True, slots=True)
class Speed:
    """One way of using two cores: articles a second read, and by the encoder alone; per cent of the reading
    time outside the encoder; the time for resolving in per cent of the reading time."""

    processes: int
    threads: int
    read: float
    encoder: float
    outside: float
    resolving: float


@dataclass(frozen=True, slots=True)
class Opening:
    """Milliseconds that it takes to open the gazetteer, and to load the tables."""

    gazetteer: float
    tables: float


@dataclass(frozen=True, slots=True)
class Start:
    """One page on a fresh start: seconds on the wall, and bytes of memory at the peak."""

    seconds: float
    memory: int


@dataclass(slots=True)
class Passes:
    """The encoder's forward passes, each to be run again, and the seconds that they took."""

    seconds: float = 0.0
    again: list[Callable[[], object]] = field(default_factory=list)

    def repeat(self) -> None:
        """Runs the passes since the last time again, and forgets them."""
        while self.again:
            self.again.pop()()


@contextmanager
def watched() -> Iterator[Passes]:
    """Watches every forward pass meanwhile. This alone knows how the reader calls its encoder."""
    from dateline.read.encoder import Array, Encoder

    passes, run = Passes(), Encoder.run

    def watching(encoder: Encoder, rows: Sequence[Sequence[int]]) -> list[Array]:
        started = time.perf_counter()
        result = run(encoder, rows)
        passes.seconds += time.perf_counter() - started
        passes.again.append(partial(run, encoder, rows))
        return result

    with patch.object(Encoder, "run", watching):
        yield passes


def speed(processes: int, threads: int, invented: Sequence[Invented]) -> Speed:
    """Deals the articles out to processes that start together, each with its own reader."""
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(processes)
    answers: list[Connection] = []
    for number in range(processes):
        answer, end = spawn.Pipe(duplex=False)
        share = (threads, invented[number::processes], together, end)
        spawn.Process(target=work, args=share, daemon=True).start()
        end.close()  # so that a process that dies ends the waiting
        answers.append(answer)
    spent: list[Spent] = [answer.recv() for answer in answers]
    reading = sum(each.reading for each in spent)
    return Speed(
        processes,
        threads,
        read=len(invented) / max(each.reading for each in spent),
        encoder=len(invented) / max(each.alone for each in spent),
        outside=100 * (1 - sum(each.inside for each in spent) / reading),
        resolving=100 * sum(each.resolving for each in spent) / reading,
    )


def work(threads: int, invented: Sequence[Invented], together: Barrier, answer: Connection) -> None:
    """One process's share: each article read, then the forward passes of that alone, then it is resolved."""
    from dateline.read.reading import Reader
    from dateline.resolve.claims import Resolver

    reader, resolver = Reader.load(threads=threads), Resolver.load()
    given = [as_article(str(number), each) for number, each in enumerate(invented)]
    for article in given[:WARM_UP]:
        resolver.resolve(reader.read(article))
    reading = alone = resolving = 0.0
    together.wait()
    with watched() as passes:
        for article in given:  # by turns, so that whatever else the machine does meets both alike
            seconds, read = timed(partial(reader.read, article))
            reading += seconds
            alone += seconds_of(passes.repeat)
            resolving += seconds_of(partial(resolver.resolve, read))
    answer.send(Spent(reading, passes.seconds, alone, resolving))


def as_article(identity: str, invented: Invented) -> Article:
    """An invented article, all of it body."""
    body = ((0, len(invented.text)),)
    return Article(identity, invented.text, title=invented.title, published=PUBLISHED, body=body)


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """Seconds on the wall that an action takes, and what it gives."""
    started = time.perf_counter()
    result = action()
    return time.perf_counter() - started, result


def seconds_of(action: Callable[[], object]) -> float:
    """Seconds on the wall that an action takes."""
    return timed(action)[0]


def opening() -> Opening:
    """What a process pays once before it resolves; the files are in the system's cache."""
    from dateline.resolve import tables
    from dateline.resolve.gazetteer import Gazetteer

    opens = lambda: Gazetteer.open().lookup("Paris")  # noqa: E731
    return Opening(1000 * seconds_of(opens), 1000 * seconds_of(tables.load))


def fresh_start(invented: Invented) -> Start:
    """``dateline read`` of one page by a process of its own; memory in a run apart from the timed ones."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.html"
        path.write_text(page(invented), encoding="utf-8")
        command = [str(Path(sys.executable).with_name("dateline")), "read", str(path), "--jsonl"]
        # As it is when installed by pip: with its modules compiled.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        run = lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)  # noqa: E731
        seconds = statistics.median(seconds_of(run) for _ in range(STARTS))
        return Start(seconds, peak_memory(command))


def peak_memory(command: Sequence[str]) -> int:
    """The greatest sum of resident memory over a command's processes, in bytes."""
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(resident, family(process.pid))))
            time.sleep(SAMPLE_SECONDS)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak


def family(pid: int) -> set[int]:
    """A process and all its descendants; not by ``task/*/children``, which some kernels lack."""
    parents = dict(filter(None, map(parent, Path("/proc").glob("[0-9]*/stat"))))
    members, before = {pid}, 0
    while len(members) > before:
        before = len(members)
        members |= {child for child, above in parents.items() if above in members}
    return members


def parent(stat: Path) -> tuple[int, int] | None:
    """(process, its parent) of a stat file; a name in parentheses stands before them."""
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:  # it ended meanwhile
        return None
    return int(stat.parent.name), int(fields[1])


def resident(pid: int) -> int:
    """Bytes of a process that are in memory; 0 once it has ended."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def report(speeds: Sequence[Speed], opened: Opening, start: Start, count: int) -> str:
    """The figures for people, the fastest way first."""
    lines = [f"{count} articles of {WORDS} words, {CORES} cores"]
    for each in sorted(speeds, key=lambda speed: -speed.read):
        lines.append(
            f"  processes {each.processes}, threads {each.threads}: {each.read:.1f} articles/s, "
            f"{each.read / each.encoder:.2f} of the encoder alone ({each.encoder:.1f}); "
            f"{each.outside:.1f} % of the time outside it; "
            f"resolving takes {each.resolving:.1f} % of the reading's time"
        )
    lines.append(f"opened: gazetteer {opened.gazetteer:.1f} ms, tables {opened.tables:.0f} ms")
    lines.append(f"fresh start, one page: {start.seconds:.2f} s, {start.memory / 1e6:.0f} MB at the peak")
    return "\n".join(lines)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="How fast articles are read, and a fresh start's cost.")
    parser.add_argument("--articles", type=int, default=200, help="how many articles to read")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    invented = articles(options.articles)
    speeds = [speed(processes, threads, invented) for processes, threads in WAYS]
    opened, start = opening(), fresh_start(invented[0])
    if options.json:
        figures = {
            "speeds": [dataclasses.asdict(each) for each in speeds],
            "opening": dataclasses.asdict(opened),
            "start": dataclasses.asdict(start),
        }
        print(json.dumps({"articles": options.articles, "words": WORDS, **figures}))
    else:
        print(report(speeds, opened, start, options.articles))


if __name__ == "__main__":
    main()
