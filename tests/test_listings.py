from __future__ import annotations

import gzip

import pytest

from dateline.errors import InputError
from dateline.ingest import listings
from dateline.ingest.feeds import Listed
from dateline.ingest.listings import addresses, advertised, listing

BASE = "https://kestrel.example/x"
RSS = b"<rss><channel><item><link>https://kestrel.example/one#top</link></item></channel></rss>"
URLSET = b"<urlset><url><loc>https://kestrel.example/one</loc></url></urlset>"
ONE = (Listed("https://kestrel.example/one"),)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (RSS, "feed"),
        (b"\xef\xbb\xbf \n" + RSS, "feed"),
        (gzip.compress(RSS), "feed"),
        (b'{"items": [{"url": "https://kestrel.example/one"}]}', "feed"),
        (URLSET, "sitemap"),
        (gzip.compress(URLSET), "sitemap"),
        (b"# ours\nhttps://kestrel.example/one\n\nhttps://kestrel.example/one?utm_source=x\n", "list"),
    ],
)
def test_the_kind_is_found_out(content: bytes, kind: str) -> None:
    found = listing("it", content, BASE)
    assert (found.kind, found.pages) == (kind, ONE)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!-- x --><!DOCTYPE html><html><body>Guards", "a web page, not a list"),
        (b"<html></html>", "a web page, not a list"),
        (b"<!-- a -->\n" * 9 + b"<html>", "a web page, not a list"),
        (b"<!---->" * 200 + b"x", "not XML"),  # for ever, if each remark could end in many places
        (b"<opml/>", "neither a feed nor a sitemap"),
        (b"", "not XML"),
        (b"guards killed", "not XML"),
        (gzip.compress(RSS)[:-4], "cut off"),
        (b"\x1f\x8b nothing of the kind", "not the gzip"),
    ],
)
def test_what_is_no_list_is_told(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        listing("it", content, BASE)


def test_a_compressed_sitemap_is_inflated_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MAX_BYTES", 1_000)
    with pytest.raises(InputError, match="larger than"):
        listing("it", gzip.compress(bytes(1_001)), BASE)


def test_no_more_addresses_are_taken_than_a_sitemap_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MAX_LISTED", 3)
    lines = "".join(f"https://kestrel.example/{n}\n" for n in range(9)).encode()
    assert len(listing("it", lines, BASE).pages) == 3


def test_remarks_are_no_addresses() -> None:
    assert addresses(b"# https://a.example/\n kestrel\n https://b.example/ \n") == (
        Listed("https://b.example/"),
    )


def test_the_feeds_that_a_page_names() -> None:
    page = b"""<html><head><LINK rel="Alternate" type="application/rss+xml; charset=utf-8" href=" /feed ">
    <link rel="alternate" type="application/atom+xml" href="https://f.example/atom">
    <link rel="alternate" hreflang="fr" href="/fr"><link rel="stylesheet" type="text/css" href="x.css">
    <link rel="alternate" type="application/rss+xml"></head>"""
    assert list(advertised(page, BASE)) == ["https://kestrel.example/feed", "https://f.example/atom"]
    assert list(advertised(b"", BASE)) == list(advertised(b"\x00", BASE)) == []
