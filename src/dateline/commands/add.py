"""``dateline add``: inputs are read, and what is read is kept and linked."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.commands.inputs import (
    Actors,
    AllowPrivate,
    AnyLanguage,
    Jobs,
    MinConfidence,
    Places,
    Published,
    Publishers,
    options,
)
from dateline.commands.options import DEFAULT_RECORD, RecordOption, opened
from dateline.errors import InputError, SkippedInput
from dateline.stopping import Stop, Stopped, stoppable

if TYPE_CHECKING:
    from dateline.batch import Map, Outcome
    from dateline.pipeline import Item
    from dateline.record.linking import Linker
    from dateline.record.record import Added, Record
    from dateline.types import Reading

log = logging.getLogger(__name__)

OUTCOMES = {
    "new": "new",
    "reread": "read again",
    "revised": "with a new text",
    "known": "known",
    "redacted": "redacted before and left out",
}


def add(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="As for read; also lines of read --jsonl.")
    ],
    record: RecordOption = DEFAULT_RECORD,
    published: Published = None,
    jobs: Jobs = 1,
    any_language: AnyLanguage = False,
    min_confidence: MinConfidence = None,
    places: Places = None,
    actors: Actors = None,
    publishers: Publishers = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Read pages and keep what they say: each article in one step, and none twice.

    A line for each article is printed when it is safe on disk: what became of it, its id, its event
    reports, its links to other articles. To go on after an interruption, run the command again. Asked
    to stop (SIGTERM, Ctrl-C), it finishes the article that it is keeping; its status is then 143 or 130.
    """
    from dateline.batch import mapping
    from dateline.ingest.files import open_inputs
    from dateline.pipeline import linker, pipeline

    asked = options(published, jobs, any_language, min_confidence, places, actors, publishers)
    tally: Counter[str] = Counter()
    try:
        with (
            stoppable() as stop,
            opened(record, create=True) as kept,
            mapping(partial(pipeline, asked), jobs) as outcomes,
        ):
            items = open_inputs(inputs, allow_private=allow_private)
            keep(kept, paired(outcomes, items), linker(), tally, stop)
    except Stopped as stopped:
        typer.echo(told(tally))
        log.warning("%s; to go on, run the command again", stopped)
        raise typer.Exit(stopped.status) from None
    typer.echo(told(tally))
    raise typer.Exit(int(tally["failed"] > 0 or tally.total() == tally["skipped"]))


def paired(outcomes: Map, items: Iterable[Item | InputError]) -> Iterator[tuple[Item | InputError, Outcome]]:
    """Each item with what was read in it."""
    drawn: deque[Item | InputError] = deque()

    def noted() -> Iterator[Item | InputError]:
        for item in items:
            drawn.append(item)
            yield item

    for outcome in outcomes(noted()):
        yield drawn.popleft(), outcome


def keep(
    record: Record,
    pairs: Iterable[tuple[Item | InputError, Outcome]],
    linker: Linker,
    tally: Counter[str],
    stop: Stop,
) -> None:
    """Add readings as they come, say errors, and count what became of each."""
    from dateline.cli import say
    from dateline.types import Page

    for item, outcome in pairs:
        if isinstance(outcome, InputError):
            tally["skipped" if isinstance(outcome, SkippedInput) else "failed"] += 1
            say(outcome)
            continue
        with stop.whole():
            added = record.add(outcome, item if isinstance(item, Page) else None, linker)
            tally[added.outcome] += 1
            typer.echo(line(added, outcome))
            log.info("%s %s", added.outcome, added.article, extra=asdict(added))


def line(added: Added, reading: Reading) -> str:
    """What became of an article, its id, its event reports and links, its headline."""
    from dateline.show.wording import counted, title

    counts = f"{counted(added.claims, 'report')}, {counted(added.links, 'link')}"
    return f"{added.outcome:8}  {added.article}  {counts:22}  {title(reading.article)}"


def told(tally: Counter[str]) -> str:
    """A batch in a sentence: "12 articles: 10 new, 2 known"."""
    from dateline.show.wording import counted

    parts = [f"{tally[key]} {words}" for key, words in OUTCOMES.items() if tally[key]]
    articles = counted(sum(tally[key] for key in OUTCOMES), "article")
    return f"{articles}: {', '.join(parts)}" if parts else articles
