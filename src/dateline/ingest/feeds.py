"""RSS, Atom and JSON Feed: the addresses that they list.

RSS and Atom are read here and not by a library, since only addresses and times are wanted: 10,000 entries
take a second or so, where a general parser takes the better part of a minute.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from dateline.errors import InputError
from dateline.ingest.xml import children, local, words

ROOTS = ("rss", "feed", "RDF")
PUBLISHED = ("published", "pubDate", "date", "issued")
CHANGED = ("updated", "modified")


@dataclass(frozen=True, slots=True)
class Listed:
    """An address that a source lists, with when it was published and last changed, as the source says.

    Times are ISO 8601 in UTC, null when they are not told or are no times.
    """

    address: str
    published: str | None = None
    changed: str | None = None

    @property
    def told(self) -> str:
        """The later of its times, "" when there is none."""
        return max(self.published or "", self.changed or "")


def from_xml(root: Any) -> tuple[Listed, ...]:
    """What a feed in RSS or Atom lists, in its order."""
    entries = (element for element in root.iter() if local(element) in ("item", "entry"))
    return kept(_entry(element) for element in entries)


def from_json(name: str, content: bytes, base: str) -> tuple[Listed, ...]:
    """What a JSON Feed lists, in its order. Raises ``InputError`` for other JSON."""
    try:
        feed = json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        feed = None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise InputError(name, "not a JSON Feed", "give the address of a feed or a sitemap")
    return kept(_item(item, base) for item in items if isinstance(item, dict))


def kept(entries: Iterable[Listed]) -> tuple[Listed, ...]:
    """The entries that have an address of the web, each address once."""
    once: dict[str, Listed] = {}
    for entry in entries:
        if entry.address.startswith(("https://", "http://")):
            once.setdefault(entry.address, entry)
    return tuple(once.values())


def instant(text: str | None) -> str | None:
    """A time as feeds write it (RFC 822, ISO 8601), in ISO 8601 and UTC; null for what is none."""
    text = (text or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            time = read(text)
            time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return time.isoformat(timespec="seconds").replace("+00:00", "Z")
    return None


def _entry(element: Any) -> Listed:
    """An ``item`` of RSS or an ``entry`` of Atom."""
    address = next((urljoin(element.base or "", link) for link in _links(element)), "")
    published, changed = (
        next((time for name in names if (time := instant(words(element, name)))), None)
        for names in (PUBLISHED, CHANGED)
    )
    return Listed(address, published, changed)


def _links(element: Any) -> Iterator[str]:
    """Where an entry leads, the surest first."""
    yield from filter(None, [words(element, "origLink")])
    for link in children(element, "link"):
        if link.get("rel", "alternate") == "alternate" and (link.get("href") or (link.text or "").strip()):
            yield link.get("href") or link.text.strip()
    for guid in children(element, "guid"):
        if guid.get("isPermaLink", "true") == "true" and (guid.text or "").strip():
            yield guid.text.strip()


def _item(item: dict[str, Any], base: str) -> Listed:
    address = next((item[key] for key in ("url", "external_url") if isinstance(item.get(key), str)), "")
    told = {key: item[key] for key in ("date_published", "date_modified") if isinstance(item.get(key), str)}
    return Listed(
        urljoin(base, address) if address else "",
        instant(told.get("date_published")),
        instant(told.get("date_modified")),
    )
