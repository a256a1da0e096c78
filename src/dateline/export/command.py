"""``dateline export`` and ``dateline import``: tables for others, and the log for another record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dateline.commands.options import (
    DEFAULT_RECORD,
    AsOf,
    At,
    Best,
    Of,
    Query,
    Recorded,
    RecordOption,
    Since,
    Status,
    Type,
    Until,
    opened,
)
from dateline.errors import RecordError

if TYPE_CHECKING:
    from dateline.export.views import Known

View = Literal["incidents", "claims", "attributions", "articles", "log", "pages"]
Columns = Literal["own", "polecat", "acled", "ucdp"]
BY_SUFFIX: dict[str, View] = {".jsonl": "log", ".gz": "pages"}
"""What is written to a file of some suffixes, unless a view is named."""


def export(
    file: Annotated[
        Path, typer.Argument(help="What to write: .csv, .parquet, .geojson, .jsonl, .sqlite or .warc.gz.")
    ],
    view: Annotated[
        View | None,
        typer.Option(help="What the rows are; else incidents, of .jsonl the log, of .warc.gz the pages."),
    ] = None,
    columns: Annotated[Columns, typer.Option(help="Our columns of incidents, or some like theirs.")] = "own",
    since: Since = None,
    until: Until = None,
    place: At = None,
    actor: Of = None,
    type: Type = None,
    status: Status = None,
    query: Query = None,
    as_of: AsOf = None,
    recorded: Recorded = None,
    best: Best = "most-origins",
    publishers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help="Your publishers, over ours."),
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="CSV for machines: no guard against formulas.")] = False,
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Write incidents, or the claims, attributions and articles that tell of them, the log, or the pages."""
    from dateline.export.exporting import export_to
    from dateline.export.views import Asked
    from dateline.record.search import Wanted

    if file.exists() and Path(record).exists() and file.samefile(record):
        raise RecordError(f"{file}: is the record itself; choose another file")
    asked = Asked(Wanted(since, until, place, actor, type, status, query), as_of, recorded, best)
    chosen = view or BY_SUFFIX.get(file.suffix.lower(), "incidents")
    with opened(record) as kept:
        written = export_to(file, kept, chosen, columns, asked, known(publishers), raw)
        typer.echo(f"{written} {chosen if chosen != 'log' else f'entries, digest {kept.digest()}'}")


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="A log that was exported.")],
    record: RecordOption = DEFAULT_RECORD,
) -> None:
    """Make a record of an exported log: the same entries, the same incidents, the same digest."""
    from dateline.export.importing import import_log
    from dateline.pipeline import linker

    with opened(record, create=True) as kept:
        typer.echo(f"{import_log(kept, file, linker())} entries, digest {kept.digest()}")


def known(publishers: Path | None) -> Known:
    """What the tables know of outlets and countries; ``publishers`` is a table of the user's."""
    from dateline.export.views import Known
    from dateline.resolve import tables

    loaded = tables.load(*filter(None, [publishers]))

    def scale(host: str) -> str | None:
        found = loaded.publisher(host)
        return found.scale if found else None

    def country(code: str) -> str | None:
        found = loaded.states.get(code)
        return found.name if found else None

    return Known(scale, country)
