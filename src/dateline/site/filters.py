"""What of the record a view shows ↔ the query of its address.

One ``Filter`` is a page, a feed, a JSON page and a CSV. The order of its keys is fixed, so that a view has
one address; what cannot be understood is named, and not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from dateline.errors import InputError
from dateline.ontology import SECTORS, STATUSES, TYPES
from dateline.record.search import Wanted

LONGEST = 200
"""Characters of a value at most."""

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees; west may exceed east, over the date line."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; null asks nothing. The fields are the keys of the query, in its order.

    ``text`` are words of a report, ``since`` and ``until`` days, ``box`` a part of the map, ``actor``,
    ``type``, ``place``, ``status``, ``source`` (an outlet) and ``sector`` (of a party) as the record's search
    has them; ``as_of`` is a day at whose end the record is looked at. ``cursor`` is where a page of the
    listing begins, as the page before it says.
    """

    text: str | None = None
    since: str | None = None
    until: str | None = None
    box: Box | None = None
    actor: str | None = None
    type: str | None = None
    place: str | None = None
    status: str | None = None
    source: str | None = None
    sector: str | None = None
    as_of: str | None = None
    cursor: str | None = None

    def wanted(self) -> Wanted:
        """The same as the record's search has it, without the day and the page."""
        return Wanted(
            since=self.since,
            until=self.until,
            place=self.place,
            actor=self.actor,
            type=self.type,
            status=self.status,
            query=self.text,
            source=self.source,
            sector=self.sector,
            box=self.box,
        )

    def items(self) -> list[tuple[str, str]]:
        """Keys and values that ask for something, in order."""
        told = ((each.name, getattr(self, each.name)) for each in fields(self))
        return [(key, boxed(value) if key == "box" else value) for key, value in told if value is not None]

    def query(self) -> str:
        """The query string, in its one form; empty when nothing is asked for."""
        return urlencode(self.items())

    def but(self, **changed: Any) -> Filter:
        """The same with some fields changed, from its first page on."""
        return replace(self, **{"cursor": None, **changed})


KEYS = tuple(each.name for each in fields(Filter))


Query = Mapping[str, str] | Iterable[tuple[str, str]]


def parsed(query: Query) -> tuple[Filter, tuple[InputError, ...]]:
    """The filter of a query, and what of it could not be understood and is left out.

    Empty values ask nothing.
    """
    told = dict(query)
    values: dict[str, Any] = {}
    faults: list[InputError] = []
    for key, text in told.items():
        if key in KEYS and text.strip():
            try:
                values[key] = READERS[key](key, " ".join(text.split()))
            except InputError as fault:
                faults.append(fault)
    found = Filter(**values)
    if found.since and found.until and found.since > found.until:
        faults.append(InputError(f"until={found.until}", "is before since", "give a later day"))
        found = replace(found, until=None)
    return found, tuple(faults)


def understood(query: Query) -> Filter:
    """The filter of a query. Raises ``InputError`` for the first thing that cannot be understood."""
    found, faults = parsed(query)
    for fault in faults:
        raise fault
    return found


def _words(key: str, text: str) -> str:
    if len(text) > LONGEST:
        raise InputError(key, f"is longer than {LONGEST} characters", "give fewer words")
    if "\0" in text:
        raise InputError(key, "holds a null character", "leave it out")
    return text


def _day(key: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise InputError(f"{key}={text[:40]}", "is no day", "write it as 2024-02-04") from None


def _one_of(allowed: tuple[str, ...]) -> Callable[[str, str], str]:
    by_name = {each.casefold(): each for each in allowed}

    def read(key: str, text: str) -> str:
        found = by_name.get(text.casefold())
        if found is None:
            raise InputError(f"{key}={text[:40]}", "is unknown", f"choose one of {', '.join(allowed)}")
        return found

    return read


def _box(key: str, text: str) -> Box:
    refused = InputError(
        f"{key}={text[:60]}", "is no part of the map", "write west,south,east,north in degrees"
    )
    parts = text.split(",")
    if len(parts) != 4 or not all(re.fullmatch(r"\s*-?\d{1,3}(\.\d{1,12})?\s*", part) for part in parts):
        raise refused
    west, south, east, north = (round(float(part), 4) for part in parts)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
        raise refused
    return west, south, east, north


def boxed(box: Box) -> str:
    """A part of the map as a query has it: "30.5,-2,31,0"."""
    return ",".join(f"{edge:.4f}".rstrip("0").rstrip(".") for edge in box)


READERS: dict[str, Callable[[str, str], Any]] = {
    "text": _words,
    "since": _day,
    "until": _day,
    "box": _box,
    "actor": _words,
    "type": _one_of(TYPES),
    "place": _words,
    "status": _one_of(STATUSES),
    "source": _words,
    "sector": _one_of(tuple(SECTORS)),
    "as_of": _day,
    "cursor": _words,
}
"""How the text of each key is understood."""
