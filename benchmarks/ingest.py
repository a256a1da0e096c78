"""From HTML on disk to linked claims in SQLite, as ``dateline add`` goes, on two cores.

    python benchmarks/ingest.py [--pages 300] [--worst 60] [--jobs 2] [--json]

It writes invented news pages (``news.py``) of many days and outlets to a folder, adds them to a new
record with the shipped reader and linker, and prints

- pages a second by the wall clock, and by the processor time of all processes, on which other work of the
  machine tells less: two cores give twice what one second of one gives (at least 6 are wanted, aim 12); until
  the first page is read, the processes load the model, which is left out;
- the resident memory of all processes, pages that they share counted for each, after each tenth of the pages,
  and the last as a ratio of the first (flat is wanted, over 20,000 pages);
- where the time of one page goes, stage by stage, measured on some pages in one process;
- the same rate for pages that are all about the same few names (``articles.py``), so that incidents grow with
  every page: the worst case.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from articles import article, page
from news import pages
from read import family, resident

from dateline.batch import mapping
from dateline.commands.add import paired
from dateline.errors import InputError
from dateline.ingest.files import open_inputs
from dateline.pipeline import Options, linker, pipeline, threads_of
from dateline.record.record import Record
from dateline.types import Page

CORES = 2
FIRST_DAY = date(2024, 1, 1)
PAGES_A_DAY = 50
OUTLETS = ("The Kerlo Courier", "Tarsen Tribune", "Radio Orlin", "Belmark Daily", "The Selm Observer")
IN_FOLDER = 1_000
STAGED = 40
WARM_UP = 5
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of a number of pages: seconds on the wall and of processors, claims and links, and bytes of
    memory after each tenth."""

    pages: int
    seconds: float
    processor: float
    claims: int
    links: int
    memory: tuple[int, ...]
    record: int


def write_pages(folder: Path, written: Iterable[str]) -> Path:
    """Pages as files of a new folder."""
    for number, text in enumerate(written):
        path = folder / f"{number // IN_FOLDER:03}" / f"{number:06}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def dense_pages(count: int, seed: int = 11) -> Iterator[str]:
    """Pages of the same few names, each with a day and an outlet of its own."""
    random = Random(seed)
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number // PAGES_A_DAY)
        outlet = OUTLETS[number % len(OUTLETS)]
        yield page(article(random)).replace("2024-03-05", day.isoformat()).replace(OUTLETS[0], outlet)


def ingest(folder: Path, record: Path, count: int, jobs: int) -> Ingested:
    """The pages of a folder added to a new record."""
    claims = links = 0
    memory: list[int] = []
    with (
        Record.open(record, create=True) as kept,
        mapping(partial(pipeline, Options(threads=threads_of(jobs))), jobs) as outcomes,
    ):
        decides, started, begun, spent = linker(), 0.0, 0.0, 0.0
        for number, (item, outcome) in enumerate(paired(outcomes, open_inputs([str(folder)])), 1):
            if isinstance(outcome, InputError):
                raise outcome
            if number == 1:
                started, begun = time.perf_counter(), processor_seconds(os.getpid())
            added = kept.add(outcome, item if isinstance(item, Page) else None, decides)
            claims, links = claims + added.claims, links + added.links
            if number % max(1, count // TENTHS) == 0:
                memory.append(sum(map(resident, family(os.getpid()))))
                spent = processor_seconds(os.getpid())
        seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in record.parent.glob(f"{record.name}*"))
    return Ingested(count, seconds, spent - begun, claims, links, tuple(memory), size)


def processor_seconds(pid: int) -> float:
    """Seconds of processor time of a process and its descendants, ended ones included."""
    ticks = 0
    for each in family(pid):
        try:
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        ticks += sum(map(int, fields[11:15]))  # own and waited-for children's, of user and system
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def clocked(spent: dict[str, float], name: str, owner: Any, method: str) -> Iterator[None]:
    """Counts the seconds of a method meanwhile."""
    whole: Callable[..., Any] = getattr(owner, method)

    def timed(*arguments: Any, **named: Any) -> Any:
        started = time.perf_counter()
        try:
            return whole(*arguments, **named)
        finally:
            spent[name] += time.perf_counter() - started

    with patch.object(owner, method, timed):
        yield


def stages(folder: Path, record: Path) -> dict[str, float]:
    """Milliseconds of a page in each stage, in one process."""
    from dateline.extract.article import Extractor
    from dateline.link.within import Happenings
    from dateline.read.encoder import Encoder
    from dateline.read.reading import Reader
    from dateline.resolve.claims import Resolver

    decides = linker()
    ways = [
        ("page to article (another process)", Extractor, "extract"),
        ("reading", Reader, "read"),
        ("  of which forward passes", Encoder, "run"),
        ("resolving", Resolver, "resolve"),
        ("happenings of the article", Happenings, "joined"),
        ("record", Record, "add"),
        ("  of which keys of claims", type(decides), "claim_keys"),
        ("  of which keys of the article", type(decides), "article_keys"),
        ("  of which deciding", type(decides), "decide"),
        ("  of which copies", type(decides), "copies"),
    ]
    spent: dict[str, float] = defaultdict(float)
    with (
        ExitStack() as stack,
        Record.open(record) as kept,
        mapping(partial(pipeline, Options(threads=1))) as outcomes,
    ):
        for number, (item, outcome) in enumerate(paired(outcomes, open_inputs([str(folder)]))):
            if number == WARM_UP:
                for way in ways:
                    stack.enter_context(clocked(spent, *way))
                spent.clear()
            if isinstance(outcome, InputError):
                raise outcome
            kept.add(outcome, item if isinstance(item, Page) else None, decides)
    counted = sum(1 for _ in folder.rglob("*.html")) - WARM_UP
    return {name: 1000 * spent[name] / counted for name, *_ in ways}


def rate(done: Ingested) -> str:
    """Pages a second by the clock and by processor time."""
    return (
        f"{(done.pages - 1) / done.seconds:.1f} pages/s by the clock, "
        f"{CORES * (done.pages - 1) / done.processor:.1f} by the time of {CORES} processors"
    )


def report(done: Ingested, jobs: int, spent: dict[str, float]) -> str:
    """The figures for people."""
    flat = done.memory[-1] / done.memory[0]
    lines = [
        f"{done.pages} pages, {jobs} processes that read: {rate(done)}",
        f"{done.claims} claims, {done.links} links, {done.record / done.pages / 1000:.0f} KB of record "
        f"a page",
        f"memory: {', '.join(f'{each / 1e6:.0f}' for each in done.memory)} MB; last to first {flat:.2f}",
        "milliseconds of a page in one process of one thread:",
    ]
    whole = sum(each for name, each in spent.items() if not name.startswith(" "))
    lines += [f"  {name:36}{each:8.1f}  {100 * each / whole:4.0f} %" for name, each in spent.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="From HTML on disk to linked claims in SQLite.")
    parser.add_argument("--pages", type=int, default=300, help="how many pages to add")
    parser.add_argument(
        "--worst", type=int, default=60, help="how many pages of the same few names; 0 for none"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes that read")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        told = (each.html for each in pages(options.pages + STAGED))
        news = write_pages(folder / "pages", islice(told, options.pages))
        staged = write_pages(folder / "staged", told)
        done = ingest(news, folder / "record.db", options.pages, options.jobs)
        spent = stages(staged, folder / "record.db")
        if not options.json:
            print(report(done, options.jobs, spent), flush=True)
        worst = None
        if options.worst:
            dense = write_pages(folder / "dense", dense_pages(options.worst))
            worst = ingest(dense, folder / "worst.db", options.worst, options.jobs)
    if options.json:
        told_of = {"jobs": options.jobs, **asdict(done), "stages": spent}
        print(json.dumps(told_of | {"worst": worst and asdict(worst)}))
    elif worst:
        print(f"the worst case, {worst.pages} pages of the same few names: {rate(worst)}")


if __name__ == "__main__":
    main()
