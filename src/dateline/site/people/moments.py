"""Times as people's tables hold them: ISO 8601 in UTC, to the second, so that text sorts as time does."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


def seconds() -> float:
    """This moment, in seconds since 1970."""
    return time.time()


def now() -> str:
    """This moment."""
    return _written(datetime.fromtimestamp(seconds(), UTC))


def before(moment: str, **spell: float) -> str:
    """The moment that lies a spell (of ``timedelta``'s units) before another."""
    return _written(datetime.fromisoformat(moment) - timedelta(**spell))


def after(moment: str, **spell: float) -> str:
    """The moment that lies a spell (of ``timedelta``'s units) after another."""
    return _written(datetime.fromisoformat(moment) + timedelta(**spell))


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
