"""How each source fares, in words and as JSON: for a command, and for a page of the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from dateline.ingest.sources import Source
from dateline.ingest.state import Health

Fares = Literal["paused", "new", "well", "failing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source fares. Times are ISO 8601 in UTC, null for never.

    ``fares`` is "new" until it was looked at. ``failures`` are those in a row, with the last of them in
    ``error``. ``due``, ``read``, ``skipped`` (for their language), ``failed`` and ``old`` count its pages;
    the old ones are known, but are not read.
    """

    name: str
    address: str
    fares: Fares
    succeeded: str | None
    tried: str | None
    next: str | None
    failures: int
    error: str | None
    due: int
    read: int
    skipped: int
    failed: int
    old: int


def standings(sources: Sequence[Source], healths: Sequence[Health]) -> tuple[Standing, ...]:
    """How sources fare, given what is known of them, in the same order."""
    return tuple(_standing(source, health) for source, health in zip(sources, healths, strict=True))


def as_json(told: Sequence[Standing]) -> list[dict[str, Any]]:
    """Standings as JSON has them."""
    return [asdict(each) for each in told]


def _standing(source: Source, health: Health) -> Standing:
    count = health.pages.get
    return Standing(
        source.name,
        source.address,
        _fares(source, health),
        iso(health.succeeded),
        iso(health.tried),
        None if source.paused or health.tried is None else iso(health.next),
        health.failures,
        health.error,
        count("due", 0) + count("reading", 0),
        count("read", 0),
        count("skipped", 0),
        count("failed", 0),
        count("old", 0),
    )


def _fares(source: Source, health: Health) -> Fares:
    if source.paused:
        return "paused"
    if health.tried is None:
        return "new"
    return "failing" if health.failures else "well"


def iso(seconds: float | None) -> str | None:
    """A time in seconds since 1970, as ISO 8601 in UTC."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
