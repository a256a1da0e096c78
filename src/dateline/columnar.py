"""Readings as a table of event reports, a row each, for Arrow, pandas and whatever reads them.

What fills a role is in words, and what the first filler of it stands for in columns beside. Offsets count
code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from dateline.errors import DatelineError
from dateline.types import Actor, Count, EventReport, Filler, Place, Reading

Row = dict[str, str | int | float | None]

COLUMNS: dict[str, type] = {
    "article": str,
    "url": str,
    "title": str,
    "publisher": str,
    "published": str,
    "event": str,
    "type": str,
    "mode": str,
    "status": str,
    "confidence": float,
    "incident": str,
    "answers": str,
    "trigger": str,
    "trigger_start": int,
    "trigger_end": int,
    "actor": str,
    "actor_id": str,
    "actor_country": str,
    "actor_sector": str,
    "recipient": str,
    "recipient_id": str,
    "recipient_country": str,
    "recipient_sector": str,
    "place": str,
    "place_name": str,
    "place_country": str,
    "lat": float,
    "lon": float,
    "radius_km": float,
    "date": str,
    "first_day": str,
    "last_day": str,
    "weapon": str,
    "killed": str,
    "killed_low": int,
    "killed_high": int,
    "injured": str,
    "injured_low": int,
    "injured_high": int,
    "source": str,
}
"""The columns, in their order, and what their values are; any may be null. Lists are joined by "; "."""


def rows(readings: Iterable[Reading]) -> Iterator[Row]:
    """A row for each event report, as the readings come."""
    for reading in readings:
        for event in reading.events:
            yield row(reading, event)


def row(reading: Reading, event: EventReport) -> Row:
    """The values of ``COLUMNS`` of an event report."""
    article, place = reading.article, resolved(event.place, Place)
    when = event.when
    return {
        "article": article.id,
        "url": article.url,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "event": event.id,
        "type": event.type,
        "mode": event.mode or None,
        "status": event.status,
        "confidence": event.confidence,
        "incident": event.happening,
        "answers": "; ".join(event.answers) or None,
        "trigger": event.trigger.text,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        **party("actor", event.actor),
        **party("recipient", event.recipient),
        "place": words(event.place),
        "place_name": place.name if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "date": words(event.date),
        "first_day": when.start if when else None,
        "last_day": when.end if when else None,
        "weapon": words(event.weapon),
        **toll("killed", event.killed),
        **toll("injured", event.injured),
        "source": words(event.source),
    }


def party(role: str, fillers: Sequence[Filler]) -> Row:
    """Who fills a role."""
    actor = resolved(fillers, Actor)
    known = (actor.id, actor.country, actor.sector) if actor else (None, None, None)
    return {
        role: words(fillers),
        **dict(zip((f"{role}_id", f"{role}_country", f"{role}_sector"), known, strict=True)),
    }


def toll(role: str, counts: Sequence[Count]) -> Row:
    """A toll; numbers of the first that has any."""
    told = next((count for count in counts if (count.low, count.high) != (None, None)), None)
    low, high = (told.low, told.high) if told else (None, None)
    return {role: words(counts), f"{role}_low": low, f"{role}_high": high}


def words(fillers: Sequence[Filler]) -> str | None:
    """The words of fillers."""
    return "; ".join(filler.text for filler in fillers) or None


def resolved(fillers: Sequence[Filler], kind: type[Any]) -> Any:
    """What the first filler that stands for something of a kind stands for."""
    return next((filler.resolved for filler in fillers if isinstance(filler.resolved, kind)), None)


def to_arrow(readings: Iterable[Reading]) -> Any:
    """A ``pyarrow.Table`` of ``COLUMNS``. Raises ``DatelineError`` without the ``parquet`` extra."""
    pyarrow = needed("pyarrow", "pip install 'dateline[parquet]'")
    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in COLUMNS.items()])
    return pyarrow.Table.from_pylist(list(rows(readings)), schema=schema)


def to_pandas(readings: Iterable[Reading]) -> Any:
    """A ``pandas.DataFrame`` of ``COLUMNS``. Raises ``DatelineError`` without pandas."""
    pandas = needed("pandas", "pip install pandas")
    kinds = {str: "string", int: "Int64", float: "float64"}
    frame = pandas.DataFrame.from_records(list(rows(readings)), columns=list(COLUMNS))
    return frame.astype({name: kinds[kind] for name, kind in COLUMNS.items()})


def needed(module: str, remedy: str) -> ModuleType:
    """A module that is no dependency."""
    try:
        return import_module(module)
    except ImportError as error:
        raise DatelineError(f"{module}: is not installed; {remedy} brings it") from error
