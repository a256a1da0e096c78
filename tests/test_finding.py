from __future__ import annotations

from collections.abc import Iterator

import pytest
from newsstand import Site, site

from dateline.errors import InputError
from dateline.ingest.finding import Found, find_list
from dateline.ingest.http import EVERYWHERE, Fetcher
from dateline.ingest.politeness import Hosts, Manners
from dateline.ingest.visiting import Visitor


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made


def found(address: str) -> Found:
    visitor = Visitor(Fetcher("dateline/test", allow=EVERYWHERE), Hosts(Manners(1.0, 0.0, 0.0)))
    return find_list(address, visitor.get, visitor.rules)


def front(here: Site, head: str = "") -> str:
    here.routes["/"] = 200, {"Content-Type": "text/html"}, f"<!doctype html><head>{head}</head>".encode()
    return here.base + "/"


def test_a_list_is_taken_itself(here: Site) -> None:
    feed = here.feed("/moved", here.base + "/one")
    here.routes["/feed"] = 301, {"Location": "/moved"}, b""
    one = found(here.base + "/feed")
    assert one.address == feed and [page.address for page in one.listing.pages] == [here.base + "/one"]


def test_the_feed_that_a_page_names_comes_before_all_others(here: Site) -> None:
    here.feed("/feed", here.base + "/one")
    link = '<link rel="alternate" type="application/rss+xml" href="/named">'
    named = here.feed("/named", here.base + "/one")
    assert found(front(here, link)).address == named


def test_then_the_sitemaps_of_robots_txt_news_first(here: Site) -> None:
    here.feed("/feed", here.base + "/one")
    text = f"Sitemap: {here.base}/all.xml\nSitemap: {here.base}/news.xml"
    here.routes["/robots.txt"] = 200, {}, text.encode()
    urls = f"<urlset><url><loc>{here.base}/one</loc></url></urlset>".encode()
    here.routes["/news.xml"] = here.routes["/all.xml"] = 200, {"Content-Type": "application/xml"}, urls
    assert found(front(here)).address == here.base + "/news.xml"


def test_then_the_usual_places_and_an_empty_list_is_none(here: Site) -> None:
    here.feed("/feed")
    feed = here.feed("/atom.xml", here.base + "/one")
    assert found(front(here)).address == feed


def test_a_site_without_a_list_is_told(here: Site) -> None:
    with pytest.raises(InputError, match="no feed or sitemap was found"):
        found(front(here))
    here.routes["/x"] = 200, {}, b"<opml/>"
    with pytest.raises(InputError, match="neither a feed nor a sitemap"):
        found(here.base + "/x")
