"""How fast the site answers: 200 requests a second, of all kinds, over a record of 100,000 claims.

    python benchmarks/site.py [--claims 100000] [--rate 200] [--seconds 30] [--workers 2] [--record FILE]

Without ``--record`` one is made of invented articles (``multiplied.py``), in a folder that is removed again;
with it, a record that is there is asked, and one that is not is made and stays. ``dateline serve`` runs as
readers meet it. Requests are sent from this process over the loopback at fixed moments, whether or not
earlier ones have been answered, and each is timed from the moment at which it was due: what waits for a slow
answer counts as slow. Client and site share the machine's cores; what each of them took is told apart.

What is read. ``MIX`` has the kinds and their shares. Of what there is much of, some is read often and most
seldom: the n-th of the incidents, articles, speakers and values, in an order of chance, is asked for n^-0.8
times as often as the first, about as it is among readers of the web. A filter asks for one or two of party,
place, type, outlet, words, days and part of the map. Programs that read feeds send the tag of what they have.

What is told. First the site is cold: all its processes have just started and no page is in their memory. Then
it is warm, with other requests of the same mix. "From memory" are answers that a page kept from before gave,
or that told the client to keep what it has.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from multiplied import make
from sqlalchemy import func, select

from dateline.ontology import TYPES
from dateline.record import schema
from dateline.record.record import Record

CONNECTIONS = 64
PATIENCE_SECONDS = 120
SKEW = 0.8
MIX = {
    "front": 14,
    "next page": 5,
    "filtered": 20,
    "incident": 25,
    "article": 12,
    "timeline": 5,
    "speaker": 4,
    "feed": 7,
    "csv": 1,
    "api": 7,
}
"""Kinds of requests and their shares in per cent."""
WORDS = ("depot", "curfew", "villages", "soldiers", "diplomats", "strike", "troops", "talks", "food", "raid")


@dataclass(frozen=True, slots=True)
class Timed:
    """An answered request: its kind, milliseconds since it was due, the status (0 for none), from memory."""

    kind: str
    ms: float
    status: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind of requests, or of all: how many, milliseconds at ranks, which part from memory, failed."""

    kind: str
    requests: int
    p50: float
    p95: float
    p99: float
    memory: float
    failed: int


@dataclass(frozen=True, slots=True)
class Run:
    """Some seconds of requests: milliseconds of a processor for each that site and client took."""

    name: str
    figures: tuple[Figures, ...]
    site_ms: float
    client_ms: float
    rate: float


class Popular:
    """Things of which some are asked for often and most seldom."""

    def __init__(self, things: Sequence[str], random: Random) -> None:
        self._things = random.sample(things, len(things))
        self._weights = list(accumulate((n + 1) ** -SKEW for n in range(len(things))))
        self._random = random

    def one(self) -> str:
        """One of them."""
        return self._random.choices(self._things, cum_weights=self._weights)[0]


class Readers:
    """What readers of many tastes ask for."""

    def __init__(self, path: Path, seed: int) -> None:
        self.random = Random(seed)
        with Record.open(path) as record, record.reading() as connection:
            ids = schema.incidents.c.id, schema.articles.c.id
            some = [connection.execute(select(each)).scalars().all() for each in ids]
            self.incidents, self.articles = (Popular(each, self.random) for each in some)
            self.values = {kind: Popular(_shown(connection, kind), self.random) for kind in KEYS}
            self.speakers = Popular(_shown(connection, "speaker"), self.random)
            days = select(func.min(schema.incidents.c.latest), func.max(schema.incidents.c.latest))
            first, last = (date.fromisoformat(day[:10]) for day in connection.execute(days).one())
        self.days = Popular([str(last - timedelta(n)) for n in range((last - first).days + 1)], self.random)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Kinds and addresses, for ever."""
        while True:
            kind = self.random.choices(list(MIX), list(MIX.values()))[0]
            yield kind, self._address(kind)

    def _address(self, kind: str) -> str:
        if kind == "next page":
            return f"/?{urlencode({'cursor': f'{self.days.one()}~9999~i'})}"
        addresses = {
            "front": lambda: "/",
            "filtered": lambda: f"/?{self._filter()}",
            "incident": lambda: f"/incidents/{self.incidents.one()}",
            "article": lambda: f"/articles/{self.articles.one()}",
            "timeline": lambda: self.random.choice(["/timeline", f"/timeline?{self._filter()}"]),
            "speaker": lambda: self.random.choice(
                ["/speakers", f"/speakers?{urlencode({'name': self.speakers.one()})}"]
            ),
            "feed": lambda: self.random.choice(["/incidents.atom", f"/incidents.atom?{self._filter()}"]),
            "csv": lambda: f"/incidents.csv?{self._filter()}",
            "api": lambda: self.random.choice(
                [
                    f"/api/v1/incidents?{self._filter()}",
                    f"/api/v1/incidents/{self.incidents.one()}",
                    "/api/v1/decisions",
                ]
            ),
        }
        return addresses[kind]()

    def _filter(self) -> str:
        """One or two things that are asked for."""
        asked = dict(self.random.choice([self._value, self._value, self._other])())
        if self.random.random() < 0.4:
            asked |= self.random.choice([self._value, self._other])()
        return urlencode(asked)

    def _value(self) -> dict[str, str]:
        kind = self.random.choice(list(KEYS))
        return {KEYS[kind]: self.values[kind].one()}

    def _other(self) -> dict[str, str]:
        west, south = self.random.randrange(-120, 120, 10), self.random.randrange(-50, 50, 10)
        return self.random.choice(
            [
                {"since": self.days.one()},
                {"type": self.random.choice([kind for kind in TYPES if kind not in ("AGREE", "CONCEDE")])},
                {"text": self.random.choice(WORDS)},
                {"box": f"{west},{south},{west + 40},{south + 30}"},
            ]
        )


KEYS = {"party": "actor", "place": "place", "publisher": "source", "sector": "sector"}
"""Kinds of values, with the keys that filters have for them."""


def _shown(connection, kind: str) -> list[str]:
    columns = schema.facet_values.c
    query = select(columns.value).where(columns.kind == kind, columns.label.is_not(None))
    return [str(value) for value in connection.execute(query.order_by(columns.value)).scalars()]


@contextmanager
def serving(path: Path, workers: int) -> Iterator[tuple[int, int]]:
    """The port of a site that runs as long as the context, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "dateline", "serve", "--record", str(path), "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--workers", str(workers)], env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit("the site did not start")
            time.sleep(0.1)
        _rested(server.pid)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def _rested(process: int) -> None:
    """Wait until all processes of the site have started: the first to do so would be asked by all clients."""
    before, now, until = -1.0, taken(process), time.monotonic() + PATIENCE_SECONDS
    while now - before > 0.02 and time.monotonic() < until:
        time.sleep(0.5)
        before, now = now, taken(process)


async def asked(
    port: int, wanted: Iterator[tuple[str, str]], rate: float, seconds: float, tags: dict[str, str]
) -> list[Timed]:
    """Send requests at a rate, over kept connections, and time them from when they were due."""
    queue: asyncio.Queue[tuple[float, str, str] | None] = asyncio.Queue()
    done: list[Timed] = []
    clients = [asyncio.create_task(_client(port, queue, done, tags)) for _ in range(CONNECTIONS)]
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        queue.put_nowait((due, *next(wanted)))
    for _ in clients:
        queue.put_nowait(None)
    await asyncio.gather(*clients)
    return done


async def _client(
    port: int,
    queue: asyncio.Queue[tuple[float, str, str] | None],
    done: list[Timed],
    tags: dict[str, str],
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (item := await queue.get()) is not None:
        due, kind, path = item
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        head += "Accept-Encoding: gzip\r\nAccept: text/html,*/*\r\n"
        if kind == "feed" and path in tags:
            head += f"If-None-Match: {tags[path]}\r\n"
        if reader.at_eof():  # the site lets go of connections that rest
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        status, told = 0, dict[str, str]()
        try:
            writer.write(f"{head}\r\n".encode())
            status, told = await asyncio.wait_for(_answer(reader), PATIENCE_SECONDS)
        except (OSError, EOFError, TimeoutError):
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        if "etag" in told:
            tags[path] = told["etag"]
        kept = status == 304 or "memory" in told.get("server-timing", "")
        done.append(Timed(kind, (time.monotonic() - due) * 1000, status, kept))
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    """The status and the headers of an answer whose body is read to its end."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines if line)
    told = {name.lower(): value for name, value in pairs}
    status = int(first.split(" ", 2)[1])
    if told.get("transfer-encoding") == "chunked":
        while size := int((await reader.readline()).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    elif status != 304:
        await reader.readexactly(int(told["content-length"]))
    return status, told


def figures(kind: str, timed: Sequence[Timed]) -> Figures:
    """What is told of some requests."""
    ranks = statistics.quantiles((each.ms for each in timed), n=100, method="inclusive")
    failed = sum(not 200 <= each.status < 400 for each in timed)
    memory = sum(each.kept for each in timed) / len(timed)
    return Figures(kind, len(timed), ranks[49], ranks[94], ranks[98], memory, failed)


def taken(process: int) -> float:
    """Seconds of a processor that a process and its children have taken, by ``/proc``."""
    found = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, _, fields = stat.read_text().rpartition(") ")
            told = fields.split()
            if process in (int(name.split(" ")[0]), int(told[1])):
                found += (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")
    return found


def run(
    name: str,
    server: tuple[int, int],
    wanted: Iterator[tuple[str, str]],
    given: argparse.Namespace,
    tags: dict[str, str],
) -> Run:
    """Ask for some seconds."""
    port, process = server
    site, client, began = taken(process), time.process_time(), time.monotonic()
    timed = asyncio.run(asked(port, wanted, given.rate, given.seconds, tags))
    seconds = time.monotonic() - began
    told = [figures("all", timed)]
    for kind in MIX:
        some = [each for each in timed if each.kind == kind]
        told += [figures(kind, some)] if len(some) > 1 else []
    site_ms = (taken(process) - site) * 1000 / len(timed)
    client_ms = (time.process_time() - client) * 1000 / len(timed)
    return Run(name, tuple(told), site_ms, client_ms, len(timed) / seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=200, help="requests a second")
    parser.add_argument("--seconds", type=float, default=30, help="of each run")
    parser.add_argument("--workers", type=int, default=2, help="processes of the site")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--make", action="store_true", help="make the record alone")
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "record.db"
        if not path.exists():
            make(path, given.claims)
        if given.make:
            return
        wanted, tags = iter(Readers(path, 11)), dict[str, str]()
        with serving(path, given.workers) as server:
            runs = [run(name, server, wanted, given, tags) for name in ("cold", "warm")]
    if given.json:
        print(json.dumps([asdict(each) for each in runs]))
        return
    for each in runs:
        print(row(each, given))


def row(told: Run, given: argparse.Namespace) -> str:
    """A run as a table."""
    lines = [
        f"{told.name}: {told.rate:.0f} of {given.rate:g} requests a second for {given.seconds:g} s,"
        f" {given.workers} workers; the site took {told.site_ms:.1f} ms of a processor for each,"
        f" the client {told.client_ms:.1f}",
        f"{'':12}{'requests':>9}{'p50 ms':>9}{'p95':>9}{'p99':>9}{'memory':>8}{'failed':>8}",
    ]
    lines += [
        f"{each.kind:12}{each.requests:9}{each.p50:9.1f}{each.p95:9.1f}{each.p99:9.1f}"
        f"{each.memory:8.0%}{each.failed:8}"
        for each in told.figures
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
