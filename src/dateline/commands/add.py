"""``dateline add``: inputs are read, and what is read is kept and linked."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import cache, partial
from itertools import islice
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
from dateline.errors import InputError, KnownInput, SkippedInput
from dateline.stopping import Stop, Stopped, stoppable

if TYPE_CHECKING:
    from dateline.batch import Map, Outcome
    from dateline.pipeline import Item, Options
    from dateline.record.linking import Linker
    from dateline.record.record import Added, Record

log = logging.getLogger(__name__)

AT_ONCE = 100
"""The most lines that the record is asked about at once."""
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
            items: Iterator[Item | InputError] = open_inputs(inputs, allow_private=allow_private)
            made_by = partial(maker, asked)
            if min_confidence is None:  # else what is kept is not the line's reading
                items = passed_over(kept, items, stop)
            items = read_before(kept, items, made_by, stop)
            keep(kept, paired(outcomes, items), linker(), tally, stop, made_by)
    except Stopped as stopped:
        typer.echo(told(tally))
        log.warning("%s; to go on, run the command again", stopped)
        raise typer.Exit(stopped.status) from None
    typer.echo(told(tally))
    raise typer.Exit(int(tally["failed"] > 0 or tally.total() == tally["skipped"]))


def passed_over(
    record: Record, items: Iterator[Item | InputError], stop: Stop
) -> Iterator[Item | InputError]:
    """The items; in place of a line whose reading is in the record, that it is known.

    The record is asked about twice as many lines at once while it knows them all, else about one: new
    ones that come slowly, as through a pipe, need not wait for one another.
    """
    from dateline.record.ids import article_id, printed_id
    from dateline.show.jsonl import Printed
    from dateline.show.wording import title

    many = 1
    while some := ahead(items, many):
        ids = [printed_id(item) if isinstance(item, Printed) else "" for item in some]
        with stop.whole():  # a question that is broken off leaves its connection unusable
            known = record.known(filter(None, ids)) if any(ids) else set()
        for item, identity in zip(some, ids, strict=True):
            if isinstance(item, Printed) and identity in known:
                yield KnownInput(item.where, article_id(item.article), title(item.article))
            else:
                yield item
        many = min(2 * many, AT_ONCE) if len(known) == len(some) else 1


@cache
def maker(asked: Options) -> str:
    """The digest of the code that reads, and of what is asked of it."""
    from dateline.scale.shards import asked_of, code_digest, digest

    return digest(asked_of(asked), code_digest())


def read_before(
    record: Record, items: Iterable[Item | InputError], made_by: Callable[[], str], stop: Stop
) -> Iterator[Item | InputError]:
    """The items; in place of a page that was read before by the same code, that its article is known."""
    from dateline.types import Page

    for item in items:
        if not isinstance(item, Page):
            yield item
            continue
        with stop.whole():
            made = record.made_of(item, made_by())
        yield KnownInput(item.address, *made) if made else item


def ahead(items: Iterator[Item | InputError], many: int) -> list[Item | InputError]:
    """The next items, as many as are asked for if these are lines, else up to the first that is none."""
    from dateline.show.jsonl import Printed

    some: list[Item | InputError] = []
    for item in islice(items, many):
        some.append(item)
        if not isinstance(item, Printed):
            break
    return some


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
    made_by: Callable[[], str],
) -> None:
    """Add readings as they come, say errors, and count what became of each."""
    from dateline.cli import say
    from dateline.record.record import Added
    from dateline.show.wording import title
    from dateline.types import Page

    for item, outcome in pairs:
        if isinstance(outcome, InputError) and not isinstance(outcome, KnownInput):
            tally["skipped" if isinstance(outcome, SkippedInput) else "failed"] += 1
            say(outcome)
            continue
        with stop.whole():
            if isinstance(outcome, KnownInput):
                added, headline = Added("known", outcome.article), outcome.title
            else:
                page = item if isinstance(item, Page) else None
                added = record.add(outcome, page, linker, made_by=made_by() if page else None)
                headline = title(outcome.article)
            tally[added.outcome] += 1
            typer.echo(line(added, headline))
            log.info("%s %s", added.outcome, added.article, extra=asdict(added))


def line(added: Added, headline: str) -> str:
    """What became of an article, its id, its event reports and links, its headline."""
    from dateline.show.wording import counted

    counts = f"{counted(added.claims, 'report')}, {counted(added.links, 'link')}"
    return f"{added.outcome:8}  {added.article}  {counts:22}  {headline}"


def told(tally: Counter[str]) -> str:
    """A batch in a sentence: "12 articles: 10 new, 2 known"."""
    from dateline.show.wording import counted

    parts = [f"{tally[key]} {words}" for key, words in OUTCOMES.items() if tally[key]]
    articles = counted(sum(tally[key] for key in OUTCOMES), "article")
    return f"{articles}: {', '.join(parts)}" if parts else articles
