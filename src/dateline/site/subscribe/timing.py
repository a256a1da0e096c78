"""When to look for news, and when to try a delivery again. Times are text, ISO 8601 in UTC to the second."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

Pace = Literal["once", "daily", "weekly"]
"""At once, or in a digest of a day or a week."""

DIGEST_HOUR = 6
"""Of the day in UTC, and on Mondays for a week's, when digests are made."""
WAITS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 30, 60, 120, 240, 240, 240, 480, 480, 480, 720, 720, 720)
)
"""How long to wait after the first failed attempt, the second, …: three days in all."""
LEASE = timedelta(minutes=10)
"""For how long whoever sends a delivery has it alone; more than any attempt takes."""
CONFIRM_WITHIN = timedelta(days=2)
KEPT = timedelta(days=30)
"""How long a delivery that is done is kept, for whoever looks after a webhook."""


def stamp(moment: datetime) -> str:
    """A moment as it is kept."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def next_look(pace: Pace, now: datetime) -> datetime:
    """When to look for news after now: at once, at the next digest of a day, or of a week."""
    if pace == "once":
        return now
    digest = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    if digest <= now:
        digest += timedelta(days=1)
    return digest if pace == "daily" else digest + timedelta(days=-digest.weekday() % 7)


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after so many failed attempts; null when it has been tried for long enough."""
    return now + WAITS[attempts - 1] if attempts <= len(WAITS) else None
