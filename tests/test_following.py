"""Following sites on this machine, with a state that stays; pages are taken as read."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsstand import Answer, Site, site

from dateline.ingest.feeds import Listed
from dateline.ingest.following import (
    MAX_PARTS,
    MAX_TRIES,
    Follower,
    Happening,
    conditions,
    left_out,
    look,
    parts_to_see,
)
from dateline.ingest.http import EVERYWHERE, Fetched, Fetcher, Limits
from dateline.ingest.politeness import Hosts, Manners
from dateline.ingest.sources import Source, Sources
from dateline.ingest.standing import iso
from dateline.ingest.state import Health, Marks, State
from dateline.ingest.visiting import Visitor

RESTLESS = Manners(1.0, 0.0, 0.0)


class Desk:
    """Follows sources once after another, and notes what came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pages: list[str] = []
        self.happened: list[Happening] = []
        self.captured: list[Fetched] = []
        self.later = 0.0

    def clock(self) -> float:
        return time.time() + self.later

    def once(self, *sources: Source) -> list[str]:
        """The addresses of the pages that one run gives; each is done with at once."""
        limits = Limits(seconds=2.0, stall=1.0)
        hosts = Hosts(RESTLESS, clock=self.clock)
        came: list[str] = []
        with State.open(self.folder / "watch.db") as state:
            visitor = Visitor(Fetcher("dateline/test", limits, allow=EVERYWHERE), hosts, state, self.clock)
            following = Sources(self.folder / "SOURCES.toml", sources)
            with Follower(
                following, state, visitor, told=self.happened.append, capture=self.captured.append
            ) as follower:
                follower.refresh()
                while True:
                    for page in follower.batch():
                        came.append(page.address)
                        follower.done(page, "read")
                    if not follower.wait(1.0, once=True):
                        break
        self.pages += came
        return came

    def health(self, source: Source) -> Health:
        with State.look(self.folder / "watch.db") as state:
            return state.health([source.address])[0]

    def errors(self) -> list[str]:
        return [happening.error.reason for happening in self.happened if happening.error is not None]


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_only_what_is_new_is_fetched(here: Site, desk: Desk) -> None:
    one, two, three = (here.page(f"/{name}") for name in ("one", "two", "three"))
    source = Source("Kestrel", here.feed("/feed", one, two))
    assert sorted(desk.once(source)) == [one, two]
    assert desk.once(source) == []
    here.feed("/feed", three, one, two)
    assert desk.once(source) == [three]
    assert here.counts() == {"/robots.txt": 1, "/feed": 3, "/one": 1, "/two": 1, "/three": 1}
    assert [happening.new for happening in desk.happened if happening.of_source] == [2, 0, 1]
    assert [fetched.address for fetched in desk.captured] == desk.pages
    assert desk.health(source).pages == {"read": 3}


def test_an_unchanged_feed_says_so(here: Site, desk: Desk) -> None:
    page = here.page("/one")
    status, headers, body = here.routes[here.feed("/feed", page).removeprefix(here.base)]  # type: ignore[misc]
    marked = {**headers, "ETag": '"e1"', "Last-Modified": "Tue, 12 Mar 2024 10:00:00 GMT"}

    def feed(handler: object) -> Answer:
        known = handler.headers.get("If-None-Match") == '"e1"'  # type: ignore[attr-defined]
        return (304, {}, b"") if known else (status, marked, body)

    here.routes["/feed"] = feed
    source = Source("Kestrel", here.base + "/feed")
    assert desk.once(source) == [page] and desk.once(source) == []
    assert [h.what for h in desk.happened if h.of_source] == ["looked", "unchanged"]
    sent = [headers for path, headers in here.asked if path == "/feed"][1]
    assert sent["If-Modified-Since"] == "Tue, 12 Mar 2024 10:00:00 GMT"


def test_one_connection_a_host_whatever_the_sources(here: Site, desk: Desk) -> None:
    pages = [here.page(f"/{number}") for number in range(12)]
    sources = [Source(str(n), here.feed(f"/feed{n}", *pages[n::3])) for n in range(3)]
    assert sorted(desk.once(*sources)) == sorted(pages)
    assert here.most_at_once == 1


def test_several_hosts_are_asked_at_once(desk: Desk) -> None:
    both = threading.Barrier(2, timeout=5)

    def meet(_: object) -> Answer:
        both.wait()
        return 200, {}, b"<rss/>"

    with site() as one, site() as other:
        one.routes["/feed"] = other.routes["/feed"] = meet
        away = other.base.replace("127.0.0.1", "localhost")
        desk.once(Source("one", one.base + "/feed"), Source("other", away + "/feed"))
    assert desk.errors() == []


def test_no_more_hosts_are_asked_at_once_than_wanted(here: Site, tmp_path: Path) -> None:
    sources = tuple(
        Source(str(number), here.feed(f"/{number}").replace("127.0.0.1", f"{number}.example"))
        for number in range(9)
    )
    fetcher = Fetcher("dateline/test", allow=EVERYWHERE, resolve=lambda *_: ["127.0.0.1"])
    with State.open(tmp_path / "watch.db") as state:
        visitor = Visitor(fetcher, Hosts(RESTLESS), state)
        follower = Follower(Sources(tmp_path / "S.toml", sources), state, visitor, connections=3)
        assert list(follower.batch()) == []
    assert 1 <= here.most_at_once <= 3 and sum(here.counts().values()) == 18


def test_a_bad_source_is_tried_ever_later_and_the_others_go_on(here: Site, desk: Desk) -> None:
    page = here.page("/one")
    good, bad = Source("good", here.feed("/feed", page)), Source("bad", here.base + "/bad")
    here.routes["/bad"] = 500, {}, b""
    assert desk.once(good, bad) == [page]
    desk.once(good, bad)  # too early
    health = desk.health(bad)
    assert (health.failures, health.succeeded, health.error) == (
        1,
        None,
        "the server answered 500 Internal Server Error",
    )
    assert 0.75 * 3_600 <= health.next - (health.tried or 0) <= 1.25 * 3_600
    desk.later += 2 * 3_600
    desk.once(good, bad)
    assert desk.health(bad).failures == 2 and here.counts()["/bad"] == 2
    here.feed("/bad", page)
    desk.later += 86_400
    desk.once(good, bad)
    assert (desk.health(bad).failures, desk.health(bad).error) == (0, None)


LISTS: dict[str, tuple[Answer, str]] = {
    "a bomb": (
        (
            200,
            {},
            b"<!DOCTYPE u [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>",
        ),
        "declares a document type of its own",
    ),
    "no list": ((200, {}, b"<!doctype html><html>Welcome"), "a web page, not a list"),
    "gone": ((410, {}, b""), "there is no such page (410)"),
    "cut off": ((200, {"Content-Length": "9999"}, b"<rss>"), "broken or cut off"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_none_is_told(name: str, here: Site, desk: Desk) -> None:
    here.routes["/list"], reason = LISTS[name]
    assert desk.once(Source("it", here.base + "/list")) == []
    (error,) = desk.errors()
    assert reason in error


def test_a_feed_with_broken_xml_gives_what_it_can(here: Site, desk: Desk) -> None:
    one, two = here.page("/one"), here.page("/two?a=1&b=2")
    feed = f"<rss><item><title>A & B &nbsp;</title><link>{one}</link></item><item><link>{two}</link><item>"
    here.routes["/feed"] = 200, {}, feed.encode()
    assert sorted(desk.once(Source("it", here.base + "/feed"))) == [one, two]


def test_of_a_huge_feed_the_newest_are_read_and_none_of_the_others_later(here: Site, desk: Desk) -> None:
    read = [here.page(f"/{number}") for number in range(3)]
    more = (f"https://kestrel.example/{number}" for number in range(9_997))
    source = Source("it", here.feed("/feed", *read, *more), newest=3)
    assert sorted(desk.once(source)) == read
    assert desk.once(source) == []
    assert desk.health(source).pages == {"read": 3, "old": 9_997}


def test_a_host_that_asks_for_a_rest_gets_it_also_from_the_next_run(here: Site, desk: Desk) -> None:
    one, two = here.page("/one"), here.page("/two")
    answer, here.routes["/two"] = here.routes["/two"], (429, {"Retry-After": "3600"}, b"")
    here.routes["/one"] = here.routes["/two"]
    source = Source("it", here.feed("/feed", one, two))
    assert desk.once(source) == []
    before = here.counts()
    assert before["/one"] + before["/two"] == 1  # the other is left alone too
    desk.once(source)
    assert here.counts() == before
    here.routes["/one"] = here.routes["/two"] = answer
    desk.later += 3_601
    assert sorted(desk.once(source)) == [one, two]


def test_a_page_that_fails_is_asked_for_again_some_times(here: Site, desk: Desk) -> None:
    source = Source("it", here.feed("/feed", here.base + "/one"))
    here.routes["/one"] = 502, {}, b""
    for _ in range(MAX_TRIES + 2):
        desk.once(source)
        desk.later += 86_400
    assert here.counts()["/one"] == MAX_TRIES
    assert desk.health(source).pages == {"failed": 1}
    assert [h.what for h in desk.happened if h.error] == ["put off"] * (MAX_TRIES - 1) + ["failed"]


def test_a_page_that_is_not_there_is_given_up_at_once(here: Site, desk: Desk) -> None:
    here.routes["/robots.txt"] = 200, {}, b"User-agent: *\nDisallow: /no"
    source = Source("it", here.feed("/feed", here.base + "/gone", here.base + "/no/a"))
    assert desk.once(source) == [] and here.counts()["/no/a"] == 0
    assert desk.health(source).pages == {"failed": 2}
    assert any("robots.txt asks not to" in error for error in desk.errors())


def test_without_robots_txt_nothing_is_fetched(here: Site, desk: Desk) -> None:
    here.routes["/robots.txt"] = 500, {}, b""
    source = Source("it", here.feed("/feed", here.page("/one")))
    assert desk.once(source) == [] and here.counts() == {"/robots.txt": 1}
    assert "robots.txt cannot be had" in (desk.health(source).error or "")


def test_a_page_under_two_addresses_is_read_once(here: Site, desk: Desk) -> None:
    one = here.page("/one")
    source = Source("it", here.feed("/feed", one))
    desk.once(source)
    here.routes["/short"] = 301, {"Location": "/one"}, b""
    here.feed("/feed", here.base + "/short")
    assert desk.once(source) == []
    assert desk.health(source).pages == {"read": 2}


def index(here: Site, **changed: str) -> None:
    parts = "".join(
        f"<sitemap><loc>{here.base}/{name}.xml</loc><lastmod>{time}</lastmod></sitemap>"
        for name, time in changed.items()
    )
    here.routes["/index.xml"] = 200, {}, f"<sitemapindex>{parts}</sitemapindex>".encode()


def sitemap(here: Site, name: str, *pages: str) -> None:
    urls = "".join(f"<url><loc>{page}</loc></url>" for page in pages)
    here.routes[f"/{name}.xml"] = 200, {"ETag": f'"{name}"'}, f"<urlset>{urls}</urlset>".encode()


def test_of_an_index_only_the_parts_that_changed_are_asked_for(here: Site, desk: Desk) -> None:
    one, two, three = here.page("/one"), here.page("/two"), here.page("/three")
    now, later = (iso(desk.clock() + seconds) or "" for seconds in (0, 60))
    index(here, world=now, news=now, archive="2020-01-01")
    sitemap(here, "world", one)
    sitemap(here, "news", two)
    source = Source("it", here.base + "/index.xml")
    assert sorted(desk.once(source)) == [one, two]
    asked = [path for path, _ in here.asked]
    assert asked.index("/news.xml") < asked.index("/world.xml") and "/archive.xml" not in asked
    sitemap(here, "world", three, one)
    index(here, world=later, news=now)
    assert desk.once(source) == [three]
    assert (here.counts()["/news.xml"], here.counts()["/world.xml"]) == (1, 2)


def test_a_bad_part_of_an_index_does_not_hide_the_others(here: Site, desk: Desk) -> None:
    one, now = here.page("/one"), iso(desk.clock()) or ""
    sitemap(here, "world", one)
    index(here, news=now, world=now)
    assert desk.once(Source("it", here.base + "/index.xml")) == [one]
    index(here, news=now)
    desk.once(Source("other", here.base + "/index.xml", every=61.0))
    assert any("no such page" in error for error in desk.errors())


def test_a_file_of_addresses(here: Site, desk: Desk) -> None:
    one = here.page("/one")
    source = Source("ours", "pages.txt", "list")
    desk.once(source)
    assert "cannot be read" in desk.errors()[0]
    (desk.folder / "pages.txt").write_text(f"# ours\n{one}\n")
    desk.later += 86_400
    assert desk.once(source) == [one]


def test_pages_are_chosen_and_paused_sources_left_alone(here: Site, desk: Desk) -> None:
    world, sport = here.page("/world/1"), here.page("/sport/1")
    feed = here.feed("/feed", world, sport)
    assert desk.once(Source("it", feed, paused=True)) == [] and here.counts() == {}
    assert desk.once(Source("it", feed, only="/world/")) == [world]
    assert desk.once(Source("it", feed, skip="/world/")) == [sport]


def test_a_source_that_is_no_longer_followed_is_waited_for_no_more(here: Site, tmp_path: Path) -> None:
    source = Source("it", here.feed("/feed"))
    hosts = Hosts(RESTLESS)
    with State.open(tmp_path / "watch.db") as state:
        visitor = Visitor(Fetcher("dateline/test", allow=EVERYWHERE), hosts, state)
        follower = Follower(Sources(tmp_path / "S.toml", (source,)), state, visitor)
        begun = follower.batch()
        here.routes["/feed"] = lambda _: follower.follow(Sources(tmp_path / "S.toml")) or (200, {}, b"<rss/>")
        assert list(begun) == []
        assert follower.wait(0.01) and not follower.wait(0.01, once=True)
        assert state.health([source.address])[0].succeeded  # what the look found is kept
        assert follower._next == {}


def test_a_fault_of_ours_is_told_and_the_others_go_on(
    here: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.ingest.following.listing", lambda *_: 1 / 0)
    assert desk.once(Source("it", here.feed("/feed"))) == []
    (error,) = desk.errors()
    assert "ZeroDivisionError" in error


NOW = 1_710_237_600.0  # Tuesday 12 March 2024, 10:00 UTC


def test_what_is_old_and_what_is_too_much_is_left_out() -> None:
    new = [Listed(str(day), f"2024-03-{day:02}T00:00:00Z") for day in range(1, 12)] + [Listed("undated")]
    source = Source("it", "https://a.example/", newest=3, since=4 * 86_400.0)
    assert {page.address for page in new} - left_out(source, new, NOW) == {"undated", "11", "10"}
    assert left_out(Source("it", "https://a.example/"), new[-3:], NOW) == set()


def test_the_parts_of_an_index_that_may_hold_something_new() -> None:
    parts = [Listed("old", None, "2024-01-01T00:00:00Z"), Listed("seen", None, "2024-03-12T00:00:00Z")]
    parts += [Listed("changed", None, "2024-03-12T01:00:00Z"), Listed("undated")]
    known = {"seen": Marks(changed="2024-03-12T00:00:00Z"), "changed": Marks(changed="2024-03-12T00:00:00Z")}
    seen = parts_to_see(parts, lambda address: known.get(address, Marks()), NOW - 86_400)
    assert [part.address for part in seen] == ["changed", "undated"]
    many = [Listed(str(number)) for number in range(99)]
    assert len(parts_to_see(many, lambda _: Marks(), NOW)) == MAX_PARTS


def test_conditions() -> None:
    assert conditions(Marks()) == ()
    assert conditions(Marks('"e"', "then")) == (("If-None-Match", '"e"'), ("If-Modified-Since", "then"))


def test_a_look_at_a_file_asks_nobody(tmp_path: Path) -> None:
    (tmp_path / "pages.txt").write_text("https://a.example/1\n")
    found = look(Source("it", "pages.txt", "list"), pytest.fail, pytest.fail, tmp_path, NOW)  # type: ignore[arg-type]
    assert found.pages == (Listed("https://a.example/1"),) and found.marks == {}
