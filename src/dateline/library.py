"""Dateline from Python: what is read, streamed; one reader kept open; readings shown.

import dateline

for reading in dateline.read("news/", "CC-NEWS.warc.gz", jobs=2):
    for event in reading.events:
        print(event.type, event.trigger.text, event.when)
"""

from __future__ import annotations

import html as escaping
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from dateline.errors import InputError
from dateline.types import Article, Page, Reading

if TYPE_CHECKING:
    from dateline.pipeline import Item, Options

Input = str | Path | Page | Article | Reading
"""A file, a folder, "-", or what has been taken from one already."""
OnError = Callable[[InputError], object]

FRAME = '<iframe srcdoc="{page}" style="width: 100%; height: 40rem; border: 0" title="readings"></iframe>'


def read(
    *inputs: Input,
    jobs: int = 1,
    published: str | None = None,
    any_language: bool = False,
    min_confidence: float | None = None,
    places: Path | str | None = None,
    actors: Path | str | None = None,
    publishers: Path | str | None = None,
    on_error: OnError | None = None,
) -> Iterator[Reading]:
    """The readings of files, folders, web archives and JSON lines, in their order, as they come.

    Nothing is held but what is being read, so the inputs may be any number. ``jobs`` are processes; the
    rest is as the options of ``dateline read``. ``on_error`` is told of each input that cannot be read, and
    the others go on; without it the first such input is raised.

    Raises ``InputError`` for a bad input or row of a table, ``ModelError`` when the model is damaged.
    """
    from dateline.batch import mapping
    from dateline.pipeline import pipeline

    asked = _options(jobs, published, any_language, min_confidence, places, actors, publishers)
    with mapping(partial(pipeline, asked), jobs) as outcomes:
        for outcome in outcomes(_items(inputs)):
            if isinstance(outcome, Reading):
                yield outcome
            elif on_error is None:
                raise outcome
            else:
                on_error(outcome)


class Reader:
    """One reader kept open, for pages and texts that come one at a time; not for several threads at once.

        with dateline.Reader() as reader:
            reading = reader.text("Gunmen killed four guards at Orlin on Sunday.", published="2031-05-05")

    The arguments are those of ``read``.
    """

    def __init__(
        self,
        *,
        published: str | None = None,
        any_language: bool = False,
        min_confidence: float | None = None,
        places: Path | str | None = None,
        actors: Path | str | None = None,
        publishers: Path | str | None = None,
    ) -> None:
        from dateline.pipeline import pipeline

        asked = _options(1, published, any_language, min_confidence, places, actors, publishers)
        self._stack = ExitStack()
        self._read = self._stack.enter_context(pipeline(asked))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process that takes pages apart."""
        self._stack.close()

    def read(self, item: Page | Article) -> Reading:
        """The reading of a page or an article. Raises ``InputError`` when it cannot be read."""
        return self._read(item)

    def text(
        self,
        text: str,
        *,
        id: str = "text",
        title: str | None = None,
        published: str | None = None,
        url: str | None = None,
    ) -> Reading:
        """The reading of a text, taken exactly as it stands, all of it as article.

        ``published`` is an ISO 8601 date or date-time. Raises ``InputError`` for what is no such text.
        """
        from dateline.ingest.jsonlines import REMEDY, article_of, fault_of

        record = {"id": id, "text": text, "title": title, "published": published, "url": url}
        if fault := fault_of(record):
            raise InputError(id, fault, REMEDY)
        return self.read(article_of(record))

    def html(self, page: str | bytes, *, url: str = "page.html") -> Reading:
        """The reading of a web page. Raises ``InputError`` when no article is found in it."""
        content = page.encode() if isinstance(page, str) else page
        return self.read(Page(url, content, "text/html"))


class Html(str):
    """A page of HTML that a notebook shows, in a frame of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return FRAME.format(page=escaping.escape(self))


def html(readings: Reading | Iterable[Reading]) -> Html:
    """Readings as one page that stands by itself, as ``dateline read --html`` writes it.

    A notebook shows it; ``Path("page.html").write_text(page)`` keeps it.
    """
    from dateline.show.page import page

    return Html(page([readings] if isinstance(readings, Reading) else list(readings)))


def _items(inputs: Iterable[Input]) -> Iterator[Item | InputError]:
    """The items of inputs in their order."""
    from dateline.ingest.files import open_inputs

    for each in inputs:
        if isinstance(each, str | Path):
            yield from open_inputs([str(each)])
        else:
            yield each


def _options(
    jobs: int,
    published: str | None,
    any_language: bool,
    min_confidence: float | None,
    places: Path | str | None,
    actors: Path | str | None,
    publishers: Path | str | None,
) -> Options:
    """What is asked. Raises ``InputError`` for a bad row of a table, and ``ValueError`` for no time."""
    from dateline.ingest.jsonlines import is_time
    from dateline.pipeline import Options, check, threads_of

    if published is not None and not is_time(published):
        raise ValueError(f"published is {published!r}, not an ISO 8601 date or time such as 2024-03-12")
    tables = tuple(Path(table) for table in (actors, publishers) if table is not None)
    asked = Options(
        published,
        any_language,
        min_confidence,
        threads_of(jobs),
        () if places is None else (Path(places),),
        tables,
    )
    check(asked)
    return asked
