"""Fetching as a guest does: robots.txt is asked first, the turn waited for, ``Retry-After`` heeded."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache

from dateline.ingest.http import EVERYWHERE, Fetched, Fetcher, FetchError, Headers, agent, page_of
from dateline.ingest.politeness import Hosts, Manners, PutOff, retry_after
from dateline.ingest.robots import Memory, Robots, Rules, Shelf
from dateline.ingest.url import host_of
from dateline.types import Page

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


def page_at(address: str, allow_private: bool = False) -> Page:
    """The page of one address that a person asks for. Raises ``FetchError`` and ``AddressError``.

    DATELINE_CONTACT, if set, is told to the server. robots.txt is not asked, but between two pages of a
    host it is left in peace.
    """
    fetcher, hosts = _asking(os.environ.get("DATELINE_CONTACT"), allow_private)
    return page_of(fetcher.fetch(address, gate=lambda hop: hosts.turn(hop, host_of(hop))))


@cache
def _asking(contact: str | None, allow_private: bool) -> tuple[Fetcher, Hosts]:
    return Fetcher(agent(contact), allow=EVERYWHERE if allow_private else ()), Hosts(Manners())
