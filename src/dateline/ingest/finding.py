"""The list of a site: its feed, or its news sitemap, found from an address of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from dateline.errors import InputError
from dateline.ingest.http import Fetched, page_of
from dateline.ingest.listings import USUAL, Listing, advertised, listing
from dateline.ingest.politeness import Stopped
from dateline.ingest.robots import Rules

MOST_TRIED = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A list of pages, and where it is, after redirects."""

    address: str
    listing: Listing


def find_list(address: str, get: Callable[[str], Fetched], rules: Callable[[str], Rules]) -> Found:
    """The list at an address, or that of the site whose page it is.

    The feeds that the page names come first, then the sitemaps that robots.txt names, those for news
    before others, then the usual places. Raises ``InputError`` when there is none.
    """
    page = page_of(get(address))
    fault: InputError | None = None
    try:
        return Found(page.address, listing(address, page.content, page.address))
    except InputError as error:
        fault = error
    for number, candidate in enumerate(candidates(page.content, page.address, rules)):
        if number == MOST_TRIED:
            break
        try:
            found = at(candidate, get)
        except Stopped:
            raise
        except InputError:
            continue
        if found.listing.pages or found.listing.parts:
            return found
    reason = "no feed or sitemap was found" if "web page" in fault.reason else fault.reason
    raise InputError(address, reason, "look for its address on the site, and give that")


def at(address: str, get: Callable[[str], Fetched]) -> Found:
    """The list at an address. Raises ``InputError``."""
    page = page_of(get(address))
    return Found(page.address, listing(address, page.content, page.address))


def candidates(content: bytes, base: str, rules: Callable[[str], Rules]) -> Iterator[str]:
    """Where a site's list may be, the likeliest first, each once."""
    told = sorted(rules(base).sitemaps, key=lambda address: "news" not in address.lower())
    places = (urljoin(base, place) for place in USUAL)
    yield from dict.fromkeys([*advertised(content, base), *told, *places])
