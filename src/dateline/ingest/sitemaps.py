"""Sitemaps: the addresses that they list, and the sitemaps that an index of them lists; news first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from dateline.ingest.feeds import Listed, instant, kept
from dateline.ingest.xml import children, local, words

ROOTS = ("urlset", "sitemapindex")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages, those with news first and the latest first, and further sitemaps in the order to look at."""

    pages: tuple[Listed, ...] = ()
    parts: tuple[Listed, ...] = ()


def read(root: Any) -> Sitemap:
    """What a sitemap, or an index of sitemaps, lists."""
    if local(root) == "sitemapindex":
        parts = kept(Listed(_address(each), None, _changed(each)) for each in children(root, "sitemap"))
        latest = sorted(parts, key=_latest, reverse=True)
        return Sitemap(parts=tuple(sorted(latest, key=_no_news)))
    return Sitemap(kept(sorted(map(_page, children(root, "url")), key=_order, reverse=True)))


def _page(element: Any) -> Listed:
    return Listed(_address(element), _news(element), _changed(element))


def _address(element: Any) -> str:
    address = words(element, "loc")
    return urljoin(element.base or "", address) if address else ""


def _changed(element: Any) -> str | None:
    return instant(words(element, "lastmod"))


def _news(element: Any) -> str | None:
    """When a page that is news was published."""
    told = (words(news, "publication_date") for news in children(element, "news"))
    return next(filter(None, map(instant, told)), None)


def _order(page: Listed) -> tuple[bool, str]:
    return page.published is not None, page.told


def _latest(part: Listed) -> str:
    return part.told


def _no_news(part: Listed) -> bool:
    return "news" not in part.address.lower()
