"""Fetching as a guest does: robots.txt is asked first, the turn waited for, ``Retry-After`` heeded."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from dateline.ingest.http import Fetched, Fetcher, FetchError, Headers
from dateline.ingest.politeness import Hosts, PutOff, retry_after
from dateline.ingest.robots import Memory, Robots, Rules, Shelf
from dateline.ingest.url import host_of

UNTOLD = 600.0
"""Seconds that a host is left alone which asks for a rest, and does not say for how long."""


class Visitor:
    """Gets addresses from sites that have not asked us to stay away. Safe to use from several threads."""

    def __init__(
        self,
        fetcher: Fetcher,
        hosts: Hosts,
        shelf: Shelf | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.fetcher = fetcher
        self.hosts = hosts
        self.clock = clock
        self.robots = Robots(
            lambda address: fetcher.fetch(address, gate=self._in_turn), shelf or Memory(), clock
        )

    def get(self, address: str, headers: Headers = ()) -> Fetched:
        """What an address gives. Raises ``FetchError``; ``PutOff`` when its host wants to be left alone."""
        fetched = self.fetcher.fetch(address, headers, self._if_allowed)
        if fetched.status in (429, 503):
            told = retry_after(fetched.last.header("retry-after"), self.clock())
            seconds = UNTOLD if told is None else told
            self.hosts.hold(host_of(fetched.address), self.clock() + seconds)
            raise PutOff(fetched.address, seconds)
        return fetched

    def rules(self, address: str) -> Rules:
        """What the site of an address asks of us."""
        return self.robots.rules(address)

    def _in_turn(self, address: str) -> AbstractContextManager[None]:
        return self.hosts.turn(address, host_of(address))

    def _if_allowed(self, address: str) -> AbstractContextManager[None]:
        rules = self.robots.rules(address)
        if rules.text is None:
            raise FetchError(address, "its site's robots.txt cannot be had", "try again later")
        if not rules.allow(address):
            reason, remedy = "its site's robots.txt asks not to", "ask the site, or leave it out"
            raise FetchError(address, reason, remedy, lasting=True)
        return self.hosts.turn(address, host_of(address), rules.delay)
