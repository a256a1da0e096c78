from __future__ import annotations

import pytest

from dateline.errors import AddressError
from dateline.ingest.http import Fetched, FetchError, Hop
from dateline.ingest.robots import (
    KEPT,
    MAX_BYTES,
    UNREACHABLE_KEPT,
    Memory,
    Robots,
    Rules,
    origin_of,
    rules_of,
)

SITE = "https://kestrel.example"


def answer(status: int, content: bytes = b"") -> Fetched:
    hop = Hop(f"{SITE}/robots.txt", "8.8.4.4", "", "/robots.txt", (), "HTTP/1.1", status, "", (), 0.1)
    return Fetched(hop.address, (hop,), content, content)


@pytest.mark.parametrize(
    ("status", "content", "allowed"),
    [
        (200, b"User-agent: *\nDisallow: /story", False),
        (200, b"User-agent: *\nDisallow: /story\nAllow: /story/1", True),
        (200, b"User-agent: Dateline\nDisallow: /\nUser-agent: *\nAllow: /", False),
        (200, b"User-agent: *\nDisallow: /\nUser-agent: dateline\nAllow: /", True),
        (200, b"User-agent: otherbot\nDisallow: /", True),
        (200, b"User-agent: *\nDisallow: /*.html$", True),
        (200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /", False),
        (200, b"<html>no rules here</html>", True),
        (200, b"", True),
        (404, b"", True),
        (403, b"", True),
        (429, b"", False),
        (500, b"", False),
        (503, b"", False),
        (302, b"", False),
    ],
)
def test_what_an_answer_allows(status: int, content: bytes, allowed: bool) -> None:
    assert rules_of(answer(status, content), 0.0).allow(f"{SITE}/story/1") == allowed


def test_the_delay_and_the_sitemaps() -> None:
    text = b"User-agent: *\nCrawl-delay: 7.5\nSitemap: https://kestrel.example/news.xml"
    rules = rules_of(answer(200, text), 0.0)
    assert (rules.delay, rules.sitemaps) == (7.5, ("https://kestrel.example/news.xml",))
    assert Rules("", 0.0).delay is None


def test_no_more_is_read_than_the_limit() -> None:
    long = b"#" * MAX_BYTES + b"\nUser-agent: *\nDisallow: /"
    assert rules_of(answer(200, long), 0.0).allow(SITE + "/")


class Server:
    """Answers with what is set, counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: Fetched | None = answer(200, b"User-agent: *\nDisallow: /no")
        self.now = 1_000.0

    def fetch(self, address: str) -> Fetched:
        self.asked.append(address)
        if self.answer is None:
            raise FetchError(address, "cannot be reached", "try again later")
        return self.answer

    def clock(self) -> float:
        return self.now


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def robots(server: Server) -> Robots:
    return Robots(server.fetch, Memory(), server.clock)


def test_a_site_is_asked_once_a_day(server: Server, robots: Robots) -> None:
    assert robots.rules(f"{SITE}/a").allow(f"{SITE}/a") and not robots.rules(f"{SITE}/no").allow(f"{SITE}/no")
    robots.rules("http://kestrel.example:8080/a")
    assert server.asked == [f"{SITE}/robots.txt", "http://kestrel.example:8080/robots.txt"]
    server.now += KEPT + 1
    robots.rules(f"{SITE}/a")
    assert server.asked.count(f"{SITE}/robots.txt") == 2


def test_a_site_that_cannot_be_asked_is_left_alone_until_it_can(server: Server, robots: Robots) -> None:
    server.answer = None
    assert robots.rules(SITE + "/a").text is None
    server.answer = answer(404)
    assert robots.rules(SITE + "/a").text is None and len(server.asked) == 1
    server.now += UNREACHABLE_KEPT + 1
    assert robots.rules(SITE + "/a").allow(SITE + "/a")


def test_a_site_of_an_inner_network_is_told_as_such() -> None:
    def fetch(address: str) -> Fetched:
        raise AddressError(address, "leads to 127.0.0.1", "give another")

    with pytest.raises(AddressError):
        Robots(fetch, Memory()).rules(SITE)


def test_rules_that_were_had_hold_on_while_the_site_cannot_be_asked(server: Server, robots: Robots) -> None:
    robots.rules(SITE + "/a")
    server.now, server.answer = server.now + KEPT + 1, answer(500)
    rules = robots.rules(SITE + "/a")
    assert rules.allow(SITE + "/a") and not rules.allow(SITE + "/no")
    assert rules.until == server.now + UNREACHABLE_KEPT


def test_origins() -> None:
    assert origin_of("https://Kestrel.example:443/a?b#c") == SITE
    assert origin_of("http://[::1]:80/a") == "http://[::1]"
