"""Which kind of list an address gave, and what it lists; and where a web page says that its lists are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin

from dateline.errors import InputError
from dateline.ingest import feeds, sitemaps
from dateline.ingest.feeds import Listed
from dateline.ingest.inflating import Damaged, TooLarge, inflated
from dateline.ingest.url import plain
from dateline.ingest.xml import local, tree

Kind = Literal["feed", "sitemap", "list"]
KINDS = ("feed", "sitemap", "list")
MAX_BYTES = 50_000_000
"""Of a compressed sitemap, inflated; the most that a sitemap may have (sitemaps.org)."""
MAX_LISTED = 50_000
"""Addresses of one list; the most that a sitemap may have."""
HTML = re.compile(
    rb"\s*+(?:<!--(?>.{0,2000}?-->)\s*+)*+<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
ADVERTISED = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
USUAL = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/news-sitemap.xml", "/sitemap.xml")
"""Where sites have their lists when they do not say."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list holds: pages, and parts to look at, both in the order in which they are wanted."""

    kind: Kind
    pages: tuple[Listed, ...]
    parts: tuple[Listed, ...] = ()


def listing(name: str, content: bytes, base: str) -> Listing:
    """What a document lists; ``base`` is the address that it came from.

    Raises ``InputError`` for a web page and whatever else is no list.
    """
    content = unzipped(name, content)
    start = content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if HTML.match(content):
        raise InputError(name, "a web page, not a list", "give the feed's address, or sources add this one")
    if start.startswith(b"{"):
        return Listing("feed", tidied(feeds.from_json(name, content, base)))
    if start.startswith((b"http://", b"https://", b"#")):
        return Listing("list", tidied(addresses(content)))
    root = tree(name, content, base)
    if local(root) in sitemaps.ROOTS:
        found = sitemaps.read(root)
        return Listing("sitemap", tidied(found.pages), found.parts[:MAX_LISTED])
    if local(root) in feeds.ROOTS:
        return Listing("feed", tidied(feeds.from_xml(root)))
    raise InputError(name, "neither a feed nor a sitemap", "give the address of one")


def unzipped(name: str, content: bytes) -> bytes:
    """The document within a ``.gz`` one."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return inflated([content], "gzip", MAX_BYTES)
    except (TooLarge, Damaged) as error:
        raise InputError(name, str(error), "give another address") from None


def addresses(content: bytes) -> tuple[Listed, ...]:
    """The addresses of a text, one a line; lines that begin with ``#`` are remarks."""
    lines = (line.strip() for line in content.decode("utf-8-sig", "replace").splitlines())
    return feeds.kept(Listed(line) for line in lines if not line.startswith("#"))


def tidied(pages: tuple[Listed, ...]) -> tuple[Listed, ...]:
    """Pages whose addresses are sound, without fragments and the marks of campaigns, each once."""
    found = ((plain(page.address), page) for page in pages[:MAX_LISTED])
    return feeds.kept(Listed(address, page.published, page.changed) for address, page in found if address)


def advertised(content: bytes, base: str) -> Iterator[str]:
    """The addresses of feeds that a web page names in its head, in its order."""
    for link in _links(content):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in ADVERTISED and link.get("href"):
            yield urljoin(base, link.get("href").strip())


def _links(content: bytes) -> list[Any]:
    from lxml import etree, html  # type: ignore[import-untyped]

    try:
        root = html.fromstring(content[:1_000_000])
    except (etree.ParserError, ValueError):
        return []
    return list(root.iter("link"))
