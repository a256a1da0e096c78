from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from newsstand import Site, site

from dateline.errors import AddressError
from dateline.ingest.http import EVERYWHERE, Fetcher, FetchError
from dateline.ingest.politeness import Hosts, Manners, PutOff
from dateline.ingest.visiting import Visitor, page_at


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(Fetcher("dateline/test", allow=EVERYWHERE), Hosts(Manners(1.0, 0.0, 0.0)))


def test_robots_txt_is_asked_first_and_once(here: Site, visitor: Visitor) -> None:
    here.page("/a")
    visitor.get(here.base + "/a")
    visitor.get(here.base + "/a", (("If-None-Match", '"e"'),))
    assert [path for path, _ in here.asked] == ["/robots.txt", "/a", "/a"]
    assert here.asked[2][1]["If-None-Match"] == '"e"'


def test_what_robots_txt_asks_not_to_is_not_fetched(here: Site, visitor: Visitor) -> None:
    here.page("/no/a")
    here.routes["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /no\nCrawl-delay: 0.2"
    with pytest.raises(FetchError, match=r"robots\.txt asks not to") as told:
        visitor.get(here.base + "/no/a")
    assert told.value.lasting and here.counts() == {"/robots.txt": 1}
    assert visitor.rules(here.base).delay == 0.2


def test_nor_does_a_redirect_lead_there(here: Site, visitor: Visitor) -> None:
    here.routes["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /no"
    here.routes["/a"] = 302, {"Location": "/no/a"}, b""
    with pytest.raises(FetchError, match=r"/no/a: its site's robots\.txt asks not to"):
        visitor.get(here.base + "/a")
    assert here.counts()["/no/a"] == 0


def test_without_an_answer_to_robots_txt_nothing_is_fetched(here: Site, visitor: Visitor) -> None:
    here.page("/a")
    here.routes["/robots.txt"] = 500, {}, b""
    with pytest.raises(FetchError, match=r"robots\.txt cannot be had") as told:
        visitor.get(here.base + "/a")
    assert not told.value.lasting and here.counts()["/a"] == 0


@pytest.mark.parametrize(
    ("status", "headers", "rest"), [(429, {"Retry-After": "3600"}, 3_600), (503, {}, 600), (429, {}, 600)]
)
def test_a_host_that_asks_for_a_rest_gets_it(
    status: int, headers: dict[str, str], rest: float, here: Site, visitor: Visitor
) -> None:
    here.routes["/a"] = status, headers, b""
    for _ in range(2):
        with pytest.raises(PutOff) as told:
            visitor.get(here.base + "/a")
        assert rest - 10 < told.value.seconds <= rest
    assert here.counts()["/a"] == 1


def test_a_crawl_delay_is_kept(here: Site, visitor: Visitor) -> None:
    here.page("/a")
    here.routes["/robots.txt"] = 200, {}, b"User-agent: *\nCrawl-delay: 50"
    visitor.get(here.base + "/a")
    assert 49 < visitor.hosts.free_at("127.0.0.1") - visitor.clock() <= 50


def test_an_address_that_a_person_gives(here: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONTACT", "desk@kestrel.example")
    begun = time.monotonic()
    assert page_at(here.page("/a"), allow_private=True).content
    assert page_at(here.page("/b"), allow_private=True).content
    assert time.monotonic() - begun >= Manners().least  # between two pages the host is left in peace
    assert [path for path, _ in here.asked] == ["/a", "/b"]
    assert here.asked[0][1]["User-Agent"].endswith("(+desk@kestrel.example)")
    with pytest.raises(AddressError):
        page_at(here.base + "/a")
