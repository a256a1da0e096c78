"""How fast the site answers: 200 requests a second, of all kinds, over a record of 100,000 claims.

    python benchmarks/site.py [--claims 100000] [--rate 200] [--seconds 30] [--workers 2] [--record FILE]

Without ``--record`` one is made of invented articles, in a folder that is removed again; with it, a record
that is there is asked, and one that is not is made and stays. ``dateline serve`` runs as readers meet it.
Requests are sent from this process over the loopback at fixed moments, whether or not earlier ones have been
answered, and each is timed from the moment at which it was due: what waits for a slow answer counts as slow.
Client and site share the machine's cores.
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
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from random import Random
from urllib.parse import quote

from sqlalchemy import select

from dateline.record import schema
from dateline.record.linking import Document
from dateline.record.record import Record
from dateline.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    Count,
    Decision,
    EventReport,
    Evidence,
    Filler,
    Place,
    Reading,
    Span,
    When,
)

REPORTS = 10
"""Of an article."""
VERBS = (
    ("attacked", "ASSAULT"),
    ("shelled", "ASSAULT"),
    ("bombed", "ASSAULT"),
    ("seized", "COERCE"),
    ("marched on", "PROTEST"),
    ("supplied", "AID"),
    ("met elders of", "CONSULT"),
    ("threatened", "THREATEN"),
    ("left", "RETREAT"),
)
FORCES = ("The army", "The Orlin Front", "The border guard", "The rebels", "The police", "The Kesh Brigades")
OUTLETS = [f"{name} {kind}" for name in ("Kestrel", "Orlin", "Selm", "Kesh") for kind in ("Wire", "Post")]
TOWNS = 400
DAYS = 1500
FIRST = date(2020, 1, 1)
CONNECTIONS = 64
WARM_UP_SECONDS = 5
PATIENCE_SECONDS = 120
MIX = {
    "front": 20,
    "second page": 5,
    "filtered": 20,
    "incident": 25,
    "article": 10,
    "feed": 8,
    "csv": 2,
    "api": 10,
}
"""Kinds of requests and their shares in per cent."""


@dataclass(frozen=True, slots=True)
class Timed:
    """An answered request: its kind, milliseconds since it was due, the status (0 for none)."""

    kind: str
    ms: float
    status: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind of requests, or of all: how many, milliseconds at ranks, how many failed."""

    kind: str
    requests: int
    p50: float
    p95: float
    p99: float
    failed: int


def reading(number: int, random: Random) -> Reading:
    """An invented article, as the reader would tell it."""
    day = FIRST + timedelta(days=random.randrange(DAYS))
    speaker = f"official {number % 97}"
    text, events, said, sentences = "", [], [], []
    for place in range(REPORTS):
        force, (verb, kind) = random.choice(FORCES), random.choice(VERBS)
        town, killed = random.randrange(TOWNS), random.randrange(1, 30)
        parts = (force, " ", verb, " ", f"Town {town}", ", killing ", str(killed), " on ", f"{day:%A}", ", ")
        start = len(text)
        spans = []
        for part in (*parts, speaker, " ", "said", ". "):
            spans.append(Span(len(text), len(text) + len(part), part))
            text += part
        sentences.append((start, len(text) - 1))
        events.append(_event(place, spans, kind, town, killed, day))
        said.append(
            Attribution(f"a{place}", (spans[10],), (spans[12],), (_joined(spans[:9]),), "indirect", 0.9)
        )
    article = Article(
        id=f"article-{number}",
        text=text,
        url=f"https://outlet{number % len(OUTLETS)}.example/{number}",
        title=f"What happened near {events[0].place[0].text}",
        publisher=OUTLETS[number % len(OUTLETS)],
        published=f"{day + timedelta(days=1)}T08:00:00+00:00",
        language="en",
        body=((0, len(text)),),
    )
    return Reading(article, "invented", tuple(sentences), tuple(said), tuple(events))


def _joined(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end, "".join(span.text for span in spans))


def _event(place: int, spans: Sequence[Span], kind: str, town: int, killed: int, day: date) -> EventReport:
    force, verb, where, number, when = (spans[at] for at in (0, 2, 4, 6, 8))
    name = force.text.removeprefix("The ")
    actor = Actor(name.casefold(), name.title(), None, "REB", "stated", Evidence((force,)), "by name")
    spot = Place(
        name=where.text,
        lat=10 + town % 20 * 0.5,
        lon=20 + town // 20 * 0.5,
        radius_km=3,
        country="XMV",
        admin1=f"Province {town % 9}",
        geonameid=None,
        precision="settlement",
        kind="literal",
        basis="stated",
        evidence=Evidence((where,)),
        reason="by name",
    )
    told = When(str(day), str(day), "day", "stated", Evidence((when,)), "as said")
    return EventReport(
        id=f"e{place}",
        trigger=verb,
        type=kind,
        mode="",
        status="actual",
        confidence=0.9,
        happening=chr(65 + place),
        actor=(Filler(force.start, force.end, force.text, 0.9, actor),),
        place=(Filler(where.start, where.end, where.text, 0.9, spot),),
        killed=(Count(number.start, number.end, number.text, 0.9, value=killed, low=killed, high=killed),)
        if kind == "ASSAULT"
        else (),
        attributions=(f"a{place}",),
        when=told,
    )


class Alike:
    """A linker that takes reports of one type, town and day for one incident."""

    def kept(self, reading: Reading) -> Sequence[bytes]:  # noqa: ARG002
        """Nothing."""
        return ()

    def claim_keys(self, claim: Claim) -> Iterable[str]:
        """One key of these three."""
        event = claim.event
        return [f"{event.type} {event.place[0].text} {event.when and event.when.start}"]

    def article_keys(self, document: Document) -> Iterable[str]:  # noqa: ARG002
        """None."""
        return ()

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterable[Decision]:
        """The same as the first of them."""
        return [
            Decision("same", "linker", (claim.id,), (other.id,), "alike", 0.9) for other in candidates[:1]
        ]

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterable[Decision]:  # noqa: ARG002
        """None."""
        return ()


def make(path: Path, claims: int) -> None:
    """A record of invented articles with so many claims."""
    random, linker, began = Random(7), Alike(), time.monotonic()
    with Record.open(path, create=True) as record:
        for number in range(claims // REPORTS):
            record.add(reading(number, random), None, linker)
            if number % 500 == 499:
                seconds = time.monotonic() - began
                print(f"{(number + 1) * REPORTS} claims, {seconds:.0f} s", file=sys.stderr)


def requests(path: Path, seed: int) -> Iterator[tuple[str, str]]:
    """Kinds and addresses of requests, for ever, as readers of many tastes make them."""
    random = Random(seed)
    with Record.open(path) as record, record.reading() as connection:
        incidents = connection.execute(select(schema.incidents.c.id)).scalars().all()
        articles = connection.execute(select(schema.articles.c.id)).scalars().all()
    for _ in count():
        kind = random.choices(list(MIX), list(MIX.values()))[0]
        query = _query(random)
        found = {
            "front": "/",
            "second page": f"/?until={FIRST + timedelta(days=random.randrange(DAYS // 30) * 30)}",
            "filtered": f"/?{query}",
            "incident": f"/incidents/{random.choice(incidents)}",
            "article": f"/articles/{random.choice(articles)}",
            "feed": random.choice(["/incidents.atom", f"/incidents.atom?{query}"]),
            "csv": f"/incidents.csv?{query}",
            "api": random.choice(
                ["/api/v1/incidents", f"/api/v1/incidents/{random.choice(incidents)}", "/api/v1/decisions"]
            ),
        }
        yield kind, found[kind]


def _query(random: Random) -> str:
    asked = random.choice(
        [
            f"type={random.choice(VERBS)[1]}",
            f"place=Town+{random.randrange(TOWNS)}",
            f"type=ASSAULT&place=Province+{random.randrange(9)}",
            f"source={quote(random.choice(OUTLETS))}",
            f"text={random.choice(VERBS)[0].split()[0]}",
        ]
    )
    since = FIRST + timedelta(days=random.randrange(DAYS // 30) * 30)
    return random.choice([asked, f"since={since}&{asked}"])


@contextmanager
def serving(path: Path, workers: int) -> Iterator[int]:
    """The port of a site that runs as long as the context."""
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
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


async def asked(port: int, wanted: Iterator[tuple[str, str]], rate: float, seconds: float) -> list[Timed]:
    """Send requests at a rate, over kept connections, and time them from when they were due."""
    queue: asyncio.Queue[tuple[float, str, str] | None] = asyncio.Queue()
    done: list[Timed] = []
    clients = [asyncio.create_task(_client(port, queue, done)) for _ in range(CONNECTIONS)]
    began = time.monotonic()
    for number in range(int(rate * seconds)):
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        queue.put_nowait((due, *next(wanted)))
    for _ in clients:
        queue.put_nowait(None)
    await asyncio.gather(*clients)
    return done


async def _client(port: int, queue: asyncio.Queue[tuple[float, str, str] | None], done: list[Timed]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (item := await queue.get()) is not None:
        due, kind, path = item
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        head += "Accept-Encoding: gzip\r\nAccept: text/html,*/*\r\n\r\n"
        if reader.at_eof():  # the site lets go of connections that rest
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(head.encode())
            status = await asyncio.wait_for(_answer(reader), PATIENCE_SECONDS)
        except (OSError, EOFError, TimeoutError):
            status = 0
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        done.append(Timed(kind, (time.monotonic() - due) * 1000, status))
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of an answer whose body is read to its end."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    if "transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        length = next(line for line in head.splitlines() if line.startswith("content-length:"))
        await reader.readexactly(int(length.split(":")[1]))
    return status


def figures(kind: str, timed: Sequence[Timed]) -> Figures:
    """What is told of some requests."""
    ranks = statistics.quantiles((each.ms for each in timed), n=100, method="inclusive")
    failed = sum(not 200 <= each.status < 400 for each in timed)
    return Figures(kind, len(timed), ranks[49], ranks[94], ranks[98], failed)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--workers", type=int, default=2)
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
        wanted = requests(path, 11)
        with serving(path, given.workers) as port:
            asyncio.run(asked(port, wanted, given.rate / 4, WARM_UP_SECONDS))
            timed = asyncio.run(asked(port, wanted, given.rate, given.seconds))
    told = [figures("all", timed)]
    for kind in MIX:
        some = [each for each in timed if each.kind == kind]
        told += [figures(kind, some)] if len(some) > 1 else []
    if given.json:
        print(json.dumps([asdict(each) for each in told]))
        return
    print(f"{given.rate:g} requests a second for {given.seconds:g} s, {given.workers} workers; milliseconds")
    print(f"{'':12}{'requests':>9}{'p50':>9}{'p95':>9}{'p99':>9}{'failed':>8}")
    for each in told:
        print(f"{each.kind:12}{each.requests:9}{each.p50:9.1f}{each.p95:9.1f}{each.p99:9.1f}{each.failed:8}")


if __name__ == "__main__":
    main()
