"""``dateline watch``: sources are followed, and what is new in them is read, kept and linked."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.commands.add import OUTCOMES, line, paired
from dateline.commands.inputs import (
    Actors,
    AllowPrivate,
    AnyLanguage,
    Jobs,
    MinConfidence,
    Places,
    Publishers,
    options,
)
from dateline.commands.options import DEFAULT_RECORD, Json, RecordOption, opened
from dateline.commands.sources import DEFAULT_SOURCES, contact_of
from dateline.errors import InputError, SkippedInput
from dateline.stopping import Stop, Stopped, stoppable

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dateline.batch import Map, Outcome
    from dateline.ingest.following import Follower, Happening
    from dateline.ingest.sources import Sources
    from dateline.ingest.standing import Standing
    from dateline.ingest.state import State
    from dateline.pipeline import Item
    from dateline.record.linking import Linker
    from dateline.record.record import Record

log = logging.getLogger(__name__)

Hear = Callable[["Happening"], None]

LONGEST = 30.0
"""Seconds after which the file of sources is looked at again, when nothing else is to be done."""


def watch(
    file: Annotated[
        Path, typer.Argument(metavar="[SOURCES.toml]", envvar="DATELINE_SOURCES", help="What is followed.")
    ] = Path(DEFAULT_SOURCES),
    record: RecordOption = DEFAULT_RECORD,
    once: Annotated[
        bool, typer.Option("--once", help="Look at each source once, read what is new, end.")
    ] = False,
    status: Annotated[bool, typer.Option("--status", help="Tell how the sources fare, and end.")] = False,
    as_json: Json = False,
    warc: Annotated[
        Path | None,
        typer.Option("--warc", file_okay=False, metavar="DIR", help="Keep fetched pages here as WARC."),
    ] = None,
    connections: Annotated[
        int, typer.Option("--connections", min=1, max=64, help="Hosts that are asked at once.")
    ] = 8,
    metrics: Annotated[
        int | None,
        typer.Option("--metrics", min=1, max=65535, metavar="PORT", help="Figures for Prometheus here."),
    ] = None,
    jobs: Jobs = 1,
    any_language: AnyLanguage = False,
    min_confidence: MinConfidence = None,
    places: Places = None,
    actors: Actors = None,
    publishers: Publishers = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Follow feeds, sitemaps and lists of addresses: what is new is read, kept and linked.

    Goes on until it is told to stop (Ctrl-C, SIGTERM; its status is then 130 or 143). What is known of
    the sources is kept beside the record, so that a run that was stopped or killed goes on where it was.
    SOURCES.toml, or DATELINE_CONTACT, must name a contact, which every server is told.
    """
    from dateline.batch import mapping
    from dateline.ingest.sources import read_sources
    from dateline.pipeline import linker, pipeline

    known = read_sources(file)
    if status:
        return show(known, record, as_json=as_json)
    if contact_of(known) is None:
        remedy = 'write contact = "…" below [watch], an address of the web or mail'
        raise InputError(str(file), "names no contact", remedy)
    asked = options(None, jobs, any_language, min_confidence, places, actors, publishers)
    tally: Counter[str] = Counter()
    ended = 0
    try:
        with (
            stoppable() as stop,
            opened(record, create=True) as kept,
            state_of(record) as state,
            counting(kept, metrics, partial(note, tally)) as hear,
            mapping(partial(pipeline, asked), jobs) as outcomes,
            following(known, state, hear, connections, warc, allow_private) as follower,
            progress(follower, tally),
        ):
            keep_up(kept, follower, stop, tally, once, outcomes, linker())
    except Stopped as stopped:
        log.warning("%s; to go on, run the command again", stopped)
        ended = stopped.status
    typer.echo(told(tally))
    raise typer.Exit(ended or int(once and tally["sources failed"] > 0))


def keep_up(
    record: Record,
    follower: Follower,
    stop: Stop,
    tally: Counter[str],
    once: bool,
    outcomes: Map,
    linker: Linker,
) -> None:
    """Read what is new and keep it, until told to stop, or, ``once``, until nothing more is due."""
    if once:
        follower.refresh()
    seen = stamp(follower.sources.path)
    while True:
        for page, outcome in paired(outcomes, follower.batch()):
            with stop.whole():
                keep(record, follower, linker, tally, page, outcome)
        if not follower.wait(LONGEST, once=once):
            return
        if (now := stamp(follower.sources.path)) != seen:
            seen = now
            reread(follower)


def keep(
    record: Record,
    follower: Follower,
    linker: Linker,
    tally: Counter[str],
    page: Item | InputError,
    outcome: Outcome,
) -> None:
    """Add a page's reading to the record, or tell why there is none; either way the page is done with."""
    from dateline.cli import say
    from dateline.show.wording import title
    from dateline.types import Page

    assert isinstance(page, Page)
    if isinstance(outcome, InputError):
        became = "skipped" if isinstance(outcome, SkippedInput) else "failed"
        tally[became] += 1
        say(outcome)
        follower.done(page, became, outcome.reason)
        return
    added = record.add(outcome, page, linker)
    follower.done(page, "read")
    tally[added.outcome] += 1
    log.info("%s %s", added.outcome, added.article, extra=asdict(added))
    typer.echo(line(added, title(outcome.article)))


def following(
    known: Sources,
    state: State,
    hear: Hear,
    connections: int,
    warc: Path | None,
    allow_private: bool,
) -> Follower:
    """Who follows these sources, with what is known of them."""
    from dateline.ingest.capture import Capture
    from dateline.ingest.following import Follower
    from dateline.ingest.http import EVERYWHERE, Fetcher, agent
    from dateline.ingest.politeness import Hosts
    from dateline.ingest.visiting import Visitor

    fetcher = Fetcher(agent(contact_of(known)), allow=EVERYWHERE if allow_private else ())
    return Follower(
        known,
        state,
        Visitor(fetcher, Hosts(known.manners), state),
        connections=connections,
        told=hear,
        capture=None if warc is None else Capture(warc),
    )


def note(tally: Counter[str], happening: Happening) -> None:
    """Count what happened to a source or a page, and tell what a person wants to see."""
    from dateline.cli import say
    from dateline.show.wording import counted, words

    tally[f"sources {happening.what}" if happening.of_source else f"pages {happening.what}"] += 1
    log.info(
        "%s %s", happening.what, happening.address, extra={"source": happening.source, "new": happening.new}
    )
    if happening.error is not None:
        say(happening.error)
    if happening.new:
        typer.echo(f"{counted(happening.new, 'new page')}: {words(happening.source)}")


@contextmanager
def counting(record: Record, port: int | None, hear: Hear) -> Iterator[Hear]:
    """The same, also counted for Prometheus, if there is a port of this machine at which it may ask.

    Raises ``InputError`` when that is taken.
    """
    if port is None:
        yield hear
        return
    from prometheus_client import CollectorRegistry, start_http_server

    from dateline.metrics import of_following, of_record

    registry = CollectorRegistry()
    of_record(record, registry)
    figures = of_following(registry)
    try:
        server, _ = start_http_server(port, "127.0.0.1", registry)
    except OSError as error:
        raise InputError(f"port {port}", f"cannot be had ({error.strerror})", "choose another") from None

    def counted(happening: Happening) -> None:
        figures.fetches.labels(happening.what).inc()
        hear(happening)

    try:
        yield counted
    finally:
        server.shutdown()
        server.server_close()


def reread(follower: Follower) -> None:
    """Follow what the file of sources says now; one that is wrong changes nothing."""
    from dateline.cli import say
    from dateline.ingest.sources import read_sources

    try:
        follower.follow(read_sources(follower.sources.path))
    except InputError as error:
        say(error)


def stamp(path: Path) -> float:
    """When a file was last changed, 0.0 when it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def state_of(record: str) -> State:
    """What is known of the sources of a record, for this process alone."""
    from dateline.ingest.state import State, state_path

    return State.open(state_path(record))


def told(tally: Counter[str]) -> str:
    """A run in a sentence."""
    from dateline.show.wording import counted

    became = {**OUTCOMES, "skipped": "in another language", "failed": "not read"}
    parts = [f"{tally[key]} {words}" for key, words in became.items() if tally[key]]
    looks = tally["sources looked"] + tally["sources unchanged"]
    told = f"{counted(looks, 'look')} at sources, {tally['sources failed']} failed"
    return f"{told}; {counted(tally['pages fetched'], 'page')} fetched: {', '.join(parts) or 'nothing read'}"


@contextmanager
def progress(follower: Follower, tally: Counter[str]) -> Iterator[None]:
    """On a terminal a line that tells how far it is, below the others."""
    from rich.console import Console
    from rich.live import Live

    console = Console()
    if not console.is_terminal:
        yield
        return
    with Live(
        console=console, get_renderable=partial(_now, follower, tally), refresh_per_second=1, transient=True
    ):
        yield


def _now(follower: Follower, tally: Counter[str]) -> RenderableType:
    from rich.text import Text

    due = sum(each.pages.get("due", 0) for each in follower.state.health(list(follower.active)))
    kept = sum(tally[key] for key in OUTCOMES)
    parts = [f"{len(follower.active)} sources", f"{due} pages due", f"{kept} read"]
    parts += [f"with {', '.join(follower.asking())}"] if follower.asking() else []
    return Text(" · ".join(parts), style="dim", no_wrap=True, overflow="ellipsis")


def show(known: Sources, record: str, *, as_json: bool) -> None:
    """Print how the sources fare."""
    from dateline.ingest.standing import as_json as encoded
    from dateline.ingest.standing import standings
    from dateline.ingest.state import State, state_path

    with State.look(state_path(record)) as state:
        found = standings(known.sources, state.health([each.address for each in known.sources]))
    if as_json:
        typer.echo(json.dumps(encoded(found), ensure_ascii=False, indent=2))
        return
    from dateline.show.terminal import console

    console().print(_table(found))


def _table(found: Sequence[Standing]) -> RenderableType:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from dateline.show.wording import words

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("source", "fares", "last success", "next look"):
        table.add_column(heading)
    for heading in ("due", "read", "failed"):
        table.add_column(heading, justify="right")
    table.add_column("last error")
    for each in found:
        errors = f"{each.failures} in a row: {each.error}" if each.failures else ""
        cells = (
            each.name,
            each.fares,
            each.succeeded or "never",
            each.next or "",
            str(each.due),
            str(each.read),
        )
        table.add_row(*(Text(words(cell)) for cell in (*cells, str(each.failed), errors)))
    return table
