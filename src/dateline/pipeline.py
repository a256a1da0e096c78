"""The whole way, from a page to its reading.

    files, directories, "-", JSON lines
          │  ingest.files.open_inputs
          ├── InputError ───────────────────────────────┐
          ├── Page ── extract.article.Extractor ──┐     │
          └── Article ── dated ── with_language ──┤     │
                                                  ▼     │
                     has an article? ── no ── InputError│
                     in English? ── no ── SkippedInput ─┤
                                                  ▼     │
                     read.reading.Reader ── Reading     │
                                                  ▼     │
                     resolve.claims.Resolver ── Reading │
                                                  ▼     │
                     link.within.Happenings ─── Reading │
                                                  ▼     ▼
                     confident ─────────── show, in input order

A line that ``read --jsonl`` printed holds a Reading already, which goes to ``confident`` as it is.
``batch`` runs this way for many inputs; the commands only print what comes out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dateline.errors import InputError, SkippedInput
from dateline.show.jsonl import Printed
from dateline.types import Article, Attribution, EventReport, Page, Reading

if TYPE_CHECKING:
    from dateline.record.linking import Linker

Item = Page | Article | Reading | Printed
Read = Callable[[Item], Reading]

LANGUAGE = "en"
"""The language the reader was trained on."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the user may ask of a reading.

    ``published`` is an ISO 8601 date or date-time for articles that name none;
    ``min_confidence`` in [0, 1] is null for the model's own thresholds; ``threads`` are those
    of the encoder, null for as many as there are processors; ``places`` and ``tables`` are files
    of the user's own places, and actors or publishers, whose rows override ours.
    """

    published: str | None = None
    any_language: bool = False
    min_confidence: float | None = None
    threads: int | None = None
    places: tuple[Path, ...] = ()
    tables: tuple[Path, ...] = ()


class Extracts(Protocol):
    """A page's article, or ``InputError``."""

    def extract(self, page: Page, published: str | None = None) -> Article: ...


class Reads(Protocol):
    """An article's attributions and event reports."""

    def read(self, article: Article) -> Reading: ...


class Resolves(Protocol):
    """A reading with what its words stand for."""

    def resolve(self, reading: Reading) -> Reading: ...


class Joins(Protocol):
    """A resolved reading with its happenings told anew."""

    def joined(self, reading: Reading) -> Reading: ...


@contextmanager
def pipeline(options: Options) -> Iterator[Read]:
    """The way from an item to its reading, with what is shipped.

    These are loaded for the first item that has not been read before. Reading raises ``ModelError``
    when the model's files or the gazetteer are missing, ``InputError`` for a bad row of the user's and
    for an item that cannot be read.
    """
    with ExitStack() as stack:
        load = cache(partial(_loaded, stack, options))

        def read(item: Item) -> Reading:
            if isinstance(item, Reading | Printed):
                return finished(item if isinstance(item, Reading) else item.reading(), options)
            return read_item(item, *load(), options)

        yield read


def _loaded(stack: ExitStack, options: Options) -> tuple[Extracts, Reads, Resolves, Joins]:
    # Imported here: the command must answer --help and --version without the model's libraries.
    from dateline.extract.article import Extractor

    extractor = stack.enter_context(Extractor())  # first: its worker process starts while the rest loads
    from dateline.link.within import Happenings
    from dateline.read.reading import Reader
    from dateline.resolve.claims import Resolver

    resolver = Resolver.load(options.places, options.tables)
    return extractor, Reader.load(threads=options.threads), resolver, Happenings.load()


def threads_of(jobs: int) -> int | None:
    """The encoder's threads in each of some processes; null, as many as processors, in the only one."""
    return None if jobs == 1 else max(1, (os.cpu_count() or 1) // jobs)


def linker() -> Linker:
    """The shipped linker, which the record asks about new claims and articles."""
    from dateline.link.incidents import IncidentLinker

    return IncidentLinker.load()


def check(options: Options) -> None:
    """Read the user's own tables once: a bad row is told before any page is read, by ``InputError``."""
    if options.places or options.tables:
        from dateline.resolve.claims import Resolver

        Resolver.load(options.places, options.tables)


def read_item(
    item: Page | Article,
    extractor: Extracts,
    reader: Reads,
    resolver: Resolves,
    happenings: Joins,
    options: Options,
) -> Reading:
    """The reading of one page or article.

    Raises ``InputError`` for a page without an article, ``SkippedInput`` for another language.
    """
    if isinstance(item, Page):
        article = extractor.extract(item, options.published)
    else:
        from dateline.extract.article import with_language

        article = with_language(dated(item, options.published))
    require_text(article, name_of(item))
    if not options.any_language:
        require_english(article, name_of(item))
    return finished(happenings.joined(resolver.resolve(reader.read(article))), options)


def finished(reading: Reading, options: Options) -> Reading:
    """The reading as the user wants it."""
    return reading if options.min_confidence is None else confident(reading, options.min_confidence)


def name_of(item: Item) -> str:
    """What errors call an item: its address, or the article's id."""
    if isinstance(item, Reading | Printed):
        return item.article.id
    return item.id if isinstance(item, Article) else item.address


def dated(article: Article, published: str | None) -> Article:
    """The article with the time the user gave, when it names none itself."""
    if article.published is not None or published is None:
        return article
    return replace(article, published=published, published_from="option")


def require_text(article: Article, name: str) -> None:
    """Refuse an article whose body has no words."""
    if not any(article.text[start:end].strip() for start, end in article.body):
        raise InputError(name, "no article text was found", "give the page of a single article")


def require_english(article: Article, name: str) -> None:
    """Refuse an article known to be in another language; an unknown language passes."""
    language = article.language
    if language is not None and language.replace("_", "-").split("-")[0].lower() != LANGUAGE:
        reason = f"skipped, as its language is {language!r} and the model reads English"
        raise SkippedInput(name, reason, "use --any-language to read it all the same")


def confident(reading: Reading, minimum: float) -> Reading:
    """The reading without the reports, attributions and toponyms below a confidence, nor links to them."""
    attributions = tuple(a for a in reading.attributions if a.confidence >= minimum)
    events = tuple(e for e in reading.events if e.confidence >= minimum)
    places = tuple(t for t in reading.places if t.confidence >= minimum)
    return replace(reading, attributions=attributions, events=_relinked(events, attributions), places=places)


def _relinked(
    events: tuple[EventReport, ...], attributions: tuple[Attribution, ...]
) -> tuple[EventReport, ...]:
    said = {a.id for a in attributions}
    told = {e.happening for e in events}
    return tuple(
        replace(
            event,
            attributions=tuple(a for a in event.attributions if a in said),
            answers=tuple(label for label in event.answers if label in told),
        )
        for event in events
    )
