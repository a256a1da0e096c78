"""How long a site is left in peace: one connection a host, and a pause after each request.

The pause is a multiple of what the last request took, so a site that is slow, for instance because it is
busy, is asked less often.
"""

from __future__ import annotations

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dateline.ingest.http import FetchError

LONGEST_HOLD = 86_400.0
"""Seconds that a server's ``Retry-After`` counts at most."""
LONGEST_BACKOFF = 86_400.0
LONGEST_WAIT = 150.0
"""Seconds that a request waits for its turn; it is else put off."""


@dataclass(frozen=True, slots=True)
class Manners:
    """The pause after a request: ``factor`` times what it took, from ``least`` to ``most`` seconds.

    What robots.txt asks for (``Crawl-delay``) is kept also where it is more than ``most``.
    """

    factor: float = 5.0
    least: float = 1.0
    most: float = 60.0


class PutOff(FetchError):
    """A request to a host that is to be left in peace for ``seconds``."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(name, f"its host is to be left alone for {seconds:.0f} s", "try again then")
        self.seconds = seconds


class Stopped(FetchError):
    """A request that was given up, as all is being stopped."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "given up, as all is being stopped", "start again")


def pause(manners: Manners, took: float, asked: float | None = None) -> float:
    """Seconds to wait after a request that took ``took`` seconds, given a crawl delay."""
    return max(min(max(manners.factor * took, manners.least), manners.most), asked or 0.0)


def retry_after(value: str | None, now: float) -> float | None:
    """Seconds that a ``Retry-After`` header asks to wait, null for what says nothing.

    ``now`` is in seconds since 1970.
    """
    text = (value or "").strip()
    if text.isdecimal():
        return min(float(text), LONGEST_HOLD)
    try:
        time = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    zoned = time.replace(tzinfo=UTC) if time.tzinfo is None else time
    return min(max((zoned - datetime.fromtimestamp(now, UTC)).total_seconds(), 0.0), LONGEST_HOLD)


def backoff(every: float, failures: int, seed: str) -> float:
    """Seconds until something that failed so often in a row is tried again.

    They double each time, up to a day, and are then moved by up to a quarter, at random but the same
    for the same seed, so that what failed together is not tried again together.
    """
    doubled = min(every * 2.0 ** min(failures, 30), max(LONGEST_BACKOFF, every))
    return doubled * random.Random(f"{seed} {failures}").uniform(0.75, 1.25)


class Hosts:
    """Whose turn it is with each host. Safe to use from several threads."""

    def __init__(
        self,
        manners: Manners,
        stop: threading.Event | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.manners = manners
        self.stop = stop or threading.Event()
        self.clock = clock
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free: dict[str, float] = {}

    def free_at(self, host: str) -> float:
        """When a host may be asked again, in seconds since 1970; 0.0 for one that was never asked."""
        return self._free.get(host, 0.0)

    def resting(self, now: float) -> set[str]:
        """The hosts that may not be asked yet."""
        return {host for host, free in self._free.copy().items() if free > now}

    def hold(self, host: str, until: float) -> None:
        """Leave a host in peace until a time (seconds since 1970)."""
        self._free[host] = max(until, self.free_at(host))

    @contextmanager
    def turn(self, address: str, host: str, asked: float | None = None) -> Iterator[None]:
        """Wait for the turn with a host, and let it rest afterwards; ``asked`` is its crawl delay.

        Raises ``PutOff`` when that would take too long, and ``Stopped``.
        """
        with self._locks[host]:
            self._await(address, host)
            begun = self.clock()
            try:
                yield
            finally:
                now = self.clock()
                self.hold(host, now + pause(self.manners, max(now - begun, 0.0), asked))

    def _await(self, address: str, host: str) -> None:
        left = self.free_at(host) - self.clock()
        if left > LONGEST_WAIT:
            raise PutOff(address, left)
        if self.stop.wait(max(left, 0.0)):
            raise Stopped(address)
