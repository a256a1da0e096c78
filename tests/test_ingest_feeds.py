from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.ingest.feeds import Listed, from_json, from_xml, instant
from dateline.ingest.xml import tree

BASE = "https://kestrel.example/feeds/all"


def listed(feed: str) -> tuple[Listed, ...]:
    return from_xml(tree("feed", feed.encode(), BASE))


def test_rss() -> None:
    feed = """<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:f="http://f.example/"><channel>
    <link>https://kestrel.example/</link><a:link rel="self" href="https://kestrel.example/feed"/>
    <item><title>one</title><link>/one?a=1&amp;b=2</link>
      <pubDate>Tue, 12 Mar 2024 10:00:00 +0100</pubDate></item>
    <item><guid>https://kestrel.example/two</guid><pubDate>soon</pubDate></item>
    <item><guid isPermaLink="false">tag:two</guid></item>
    <item><link>https://f.example/x</link><f:origLink>https://kestrel.example/three</f:origLink></item>
    <item><link>javascript:alert(1)</link></item>
    <item><link>/one?a=1&amp;b=2</link></item>
    </channel></rss>"""
    assert listed(feed) == (
        Listed("https://kestrel.example/one?a=1&b=2", "2024-03-12T09:00:00Z"),
        Listed("https://kestrel.example/two"),
        Listed("https://kestrel.example/three"),
    )


def test_rss_1_keeps_its_items_outside_the_channel() -> None:
    feed = """<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item><link>https://kestrel.example/one</link>
    <dc:date>2024-03-12T10:00Z</dc:date></item></r:RDF>"""
    assert listed(feed) == (Listed("https://kestrel.example/one", "2024-03-12T10:00:00Z"),)


def test_atom_with_its_own_base() -> None:
    feed = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://kestrel.example/news/"><entry>
    <link rel="enclosure" href="sound.mp3"/><link href="one"/><published>2024-03-12T10:00:00+01:00</published>
    <updated>2024-03-12T12:30:00.5Z</updated></entry></feed>"""
    (one,) = listed(feed)
    expected = Listed("https://kestrel.example/news/one", "2024-03-12T09:00:00Z", "2024-03-12T12:30:00Z")
    assert one == expected and one.told == "2024-03-12T12:30:00Z"


def test_json_feed() -> None:
    items: list[object] = [
        {"url": "/one", "date_published": "2024-03-12T10:00:00Z", "date_modified": "2024-03-12T11:00:00Z"},
        {"external_url": "https://courier.example/two", "date_published": 7},
        {"id": "none"},
        "no item",
        {"url": 3},
    ]
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})
    assert from_json("feed", feed.encode(), BASE) == (
        Listed("https://kestrel.example/one", "2024-03-12T10:00:00Z", "2024-03-12T11:00:00Z"),
        Listed("https://courier.example/two"),
    )


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b'{"items": 3}', b"[" * 100_000, b"\xff"])
def test_other_json_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="not a JSON Feed"):
        from_json("feed", content, BASE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 12 Mar 2024 10:00:00 GMT", "2024-03-12T10:00:00Z"),
        ("12 Mar 2024 10:00 -0500", "2024-03-12T15:00:00Z"),
        ("2024-03-12", "2024-03-12T00:00:00Z"),
        ("2024-03-12T10:00:00.123+05:30", "2024-03-12T04:30:00Z"),
        ("yesterday", None),
        ("", None),
        (None, None),
        ("0001-01-01T00:00:00+23:00", None),
    ],
)
def test_times_in_one_form(text: str | None, expected: str | None) -> None:
    assert instant(text) == expected


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_times(text: str) -> None:
    told = instant(text)
    assert told is None or told.endswith("Z")


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_feed(content: bytes) -> None:
    with suppress(InputError):
        assert isinstance(from_xml(tree("feed", b"<rss><item><link>" + content, BASE)), tuple)


def test_a_long_feed_is_read_whole() -> None:
    items = "".join(f"<item><link>https://kestrel.example/{n}</link></item>" for n in range(10_000))
    assert len(listed(f"<rss><channel>{items}</channel></rss>")) == 10_000
