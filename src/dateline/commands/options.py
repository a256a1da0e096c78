"""Options that several commands have, and the record that they name."""

from __future__ import annotations

import getpass
import os
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from dateline.ontology import TYPES

if TYPE_CHECKING:
    from dateline.record.record import Record

DEFAULT_RECORD = "dateline.db"
MACHINES = ("reader", "linker")


def day(value: str | None) -> str | None:
    """A day, as ISO 8601 writes it."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2024-02-04") from None


def moment(value: str | None) -> str | None:
    """A day, or a time of one; a time without a zone is in UTC."""
    if value is None:
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        message = f"{value!r} is no day or time; write 2024-02-04 or 2024-02-04T18:30:00"
        raise typer.BadParameter(message) from None
    return value


def event_type(value: str | None) -> str | None:
    """An event type, in whatever capitals."""
    if value is not None and value.upper() not in TYPES:
        raise typer.BadParameter(f"{value!r} is no event type; choose one of {', '.join(TYPES)}")
    return value


def person(value: str | None) -> str:
    """Whoever decides: the name given, else that of the account."""
    name = value or os.environ.get("DATELINE_USER") or getpass.getuser()
    if name in MACHINES:
        raise typer.BadParameter(f"{name!r} decides by itself; give a person's name")
    return name


RecordOption = Annotated[
    str, typer.Option("--record", envvar="DATELINE_RECORD", metavar="FILE|URL", help="The record.")
]
Since = Annotated[str | None, typer.Option("--since", callback=day, metavar="DAY", help="Not before.")]
Until = Annotated[str | None, typer.Option("--until", callback=day, metavar="DAY", help="Not after.")]
At = Annotated[str | None, typer.Option("--place", help="Words of a place's name, or a country's code.")]
Of = Annotated[str | None, typer.Option("--actor", help="Words of a party's name, or its id.")]
Type = Annotated[
    str | None, typer.Option("--type", callback=event_type, help="An event type, such as ASSAULT.")
]
Status = Annotated[
    Literal["actual", "future", "hypothetical", "negated"] | None,
    typer.Option("--status", help="Happened, to come, may be, did not."),
]
Query = Annotated[str | None, typer.Option("--query", help="Words; in quotation marks, together.")]
Rule = Literal["most-origins", "latest", "lowest", "highest"]
Best = Annotated[Rule, typer.Option("--best", help="How the best number of a toll is chosen.")]
AsOf = Annotated[
    str | None, typer.Option(callback=day, metavar="DAY", help="As published by the end of a day.")
]
Recorded = Annotated[
    str | None, typer.Option(callback=moment, metavar="TIME", help="As appended by a day or time, in UTC.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides; else DATELINE_USER, or the account.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stays in the log.")]


def opened(record: str, *, create: bool = False) -> Record:
    """The record of an option. Raises ``RecordError`` when it cannot be opened."""
    from dateline.record.record import Record

    return Record.open(record, create=create)
