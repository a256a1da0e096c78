"""The options with which pages are read, as ``read`` and ``add`` have them."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.pipeline import Options


def published_time(value: str | None) -> str | None:
    """An ISO 8601 date or date-time of a year that has news, as given."""
    from dateline.resolve.time.publication import EARLIEST, LATEST

    if value is None:
        return None
    try:
        year = datetime.fromisoformat(value).year
    except ValueError:
        fault = _fault(value)
        raise typer.BadParameter(f"{fault}; write 2024-02-04 or 2024-02-04T18:30:00+01:00") from None
    if not EARLIEST <= year <= LATEST:
        raise typer.BadParameter(f"{value!r} is of the year {year}; give one from {EARLIEST} to {LATEST}")
    return value


def _fault(value: str) -> str:
    """What is wrong with a date or time that is none."""
    found = re.match(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(\D.*))?", value)
    if not found:
        return f"{value!r} is not an ISO 8601 date or time"
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return f"{value!r}: there is no day {found[1]}"
    return f"{value!r}: the zone {found[2]!r} is unknown" if found[2] else f"{value!r}: there is no such time"


_table = partial(typer.Option, metavar="FILE", exists=True, dir_okay=False)
"""An option that takes a table of the user's."""
Published = Annotated[
    str | None,
    typer.Option(
        "--published", callback=published_time, metavar="DATE", help="For articles that name no time."
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Worker processes.")]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Skip no language.")]
MinConfidence = Annotated[
    float | None,
    typer.Option("--min-confidence", min=0, max=1, help="Drop what is below; else the model's thresholds."),
]
Places = Annotated[Path | None, _table("--places", help="Your places: their names mean these alone.")]
Actors = Annotated[Path | None, _table("--actors", help="Your actors, over ours.")]
Publishers = Annotated[Path | None, _table("--publishers", help="Your publishers, over ours.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from inner networks too, this machine among them.")
]


def options(
    published: str | None,
    jobs: int,
    any_language: bool,
    min_confidence: float | None,
    places: Path | None,
    actors: Path | None,
    publishers: Path | None,
) -> Options:
    """What the pipeline is asked for. Raises ``InputError`` for a bad row of a user's table."""
    from dateline.pipeline import Options, check, threads_of

    threads = threads_of(jobs)
    tables = tuple(filter(None, (actors, publishers)))
    asked = Options(published, any_language, min_confidence, threads, tuple(filter(None, [places])), tables)
    check(asked)
    return asked
