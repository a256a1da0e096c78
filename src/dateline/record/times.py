"""When articles were published, so that they can be put in order."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from dateline.record.ids import digest
from dateline.types import Citation

LAST = "9999"
"""Stands behind every time."""


@lru_cache(maxsize=16_384)
def instant(published: str | None) -> str:
    """A time in UTC, to be compared as text; a bare day comes before its hours, what is unknown last."""
    if published is None:
        return LAST
    try:
        told = datetime.fromisoformat(published)
    except ValueError:
        return LAST
    if len(published) <= len("2024-03-12"):
        return told.date().isoformat()
    return (told if told.tzinfo is None else told.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%S")


def earliest_first(citation: Citation) -> tuple[str, str]:
    """A key for sorting by time of publication, by id where that is the same."""
    return instant(citation.published), citation.article


_LATEST, _DIGITS = (1 << 33) - 1, 29


def turn(citation: Citation) -> int:
    """A number that puts articles in the order of publication, wherever and in whatever order they came.

    Seconds since 1970 in UTC, what is unknown last, then bits of a digest of the article's id.
    """
    told = instant(citation.published)
    seconds = _LATEST
    if told != LAST:
        moment = datetime.fromisoformat(told).replace(tzinfo=UTC)
        seconds = min(max(int(moment.timestamp()), 0), _LATEST)
    return seconds << _DIGITS | int(digest("turn", citation.article)[:8], 16) >> (32 - _DIGITS)
