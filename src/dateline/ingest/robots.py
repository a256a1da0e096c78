"""robots.txt (RFC 9309): what a site asks of those who come by themselves.

The file is asked for once a day for each scheme, host and port. Where there is none (4xx) all is
allowed. Where it cannot be had (5xx, 429, no answer) nothing is, until it can, unless it was had before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import httpx2
from protego import Protego

from dateline.errors import AddressError, InputError
from dateline.ingest.http import Fetched

TOKEN = "dateline"
"""What robots.txt calls us."""
MAX_BYTES = 512_000
"""Read of a robots.txt; the RFC wants at least 500 KiB."""
KEPT = 86_400.0
"""Seconds after which a robots.txt is asked for again."""
UNREACHABLE_KEPT = 600.0


@dataclass(frozen=True)
class Rules:
    """What a robots.txt asks of us. ``text`` is null where it could not be had, "" where there is none;
    ``until`` (seconds since 1970) it need not be asked for again."""

    text: str | None
    until: float

    @cached_property
    def _parsed(self) -> Protego:
        return Protego.parse(self.text or "")

    def allow(self, address: str) -> bool:
        """Whether we may ask for an address."""
        return self.text is not None and self._parsed.can_fetch(address, TOKEN)

    @property
    def delay(self) -> float | None:
        """Seconds that we are asked to wait between two requests, null when we are not."""
        return self._parsed.crawl_delay(TOKEN)

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that the site names."""
        return tuple(self._parsed.sitemaps)


class Shelf(Protocol):
    """Where rules are kept between runs, by origin ("https://kestrel.example")."""

    def rules(self, origin: str) -> Rules | None: ...

    def keep_rules(self, origin: str, rules: Rules) -> None: ...


class Memory:
    """A shelf for as long as the process runs."""

    def __init__(self) -> None:
        self._kept: dict[str, Rules] = {}

    def rules(self, origin: str) -> Rules | None:
        return self._kept.get(origin)

    def keep_rules(self, origin: str, rules: Rules) -> None:
        self._kept[origin] = rules


class Robots:
    """The rules of sites, asked for when they are needed."""

    def __init__(
        self, fetch: Callable[[str], Fetched], shelf: Shelf, clock: Callable[[], float] = time.time
    ) -> None:
        self.fetch = fetch
        self.shelf = shelf
        self.clock = clock

    def rules(self, address: str) -> Rules:
        """What the site of an address asks of us. Raises ``AddressError`` for one of an inner network."""
        origin = origin_of(address)
        known = self.shelf.rules(origin)
        if known is not None and known.until > self.clock():
            return known
        rules = self._asked(origin)
        if rules.text is None and known is not None:
            rules = replace(rules, text=known.text)
        self.shelf.keep_rules(origin, rules)
        return rules

    def _asked(self, origin: str) -> Rules:
        now = self.clock()
        try:
            fetched = self.fetch(f"{origin}/robots.txt")
        except AddressError:
            raise
        except InputError:
            return Rules(None, now + UNREACHABLE_KEPT)
        return rules_of(fetched, now)


def rules_of(fetched: Fetched, now: float) -> Rules:
    """The rules that an answer comes to."""
    if 200 <= fetched.status < 300:
        return Rules(fetched.content[:MAX_BYTES].decode("utf-8-sig", "replace"), now + KEPT)
    if 400 <= fetched.status < 500 and fetched.status != 429:
        return Rules("", now + KEPT)
    return Rules(None, now + UNREACHABLE_KEPT)


def origin_of(address: str) -> str:
    """Scheme, host and port of an address."""
    url = httpx2.URL(address)
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
