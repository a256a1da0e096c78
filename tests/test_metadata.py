"""Metadata comes from named fields, as the publisher gave it; nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from dateline.extract.metadata import Metadata, iso_time, read_metadata


def read(head: str = "", body: str = "", lang: str = "") -> Metadata:
    return read_metadata(
        html.document_fromstring(f"<html {lang}><head>{head}</head><body>{body}</body></html>")
    )


def published(head: str = "", body: str = "") -> tuple[str | None, str | None]:
    found = read(head, body)
    return found.published, found.published_from


def ld(record: str) -> str:
    return f'<script type="application/ld+json">{record}</script>'


TIME = "2024-03-12T11:42:00+01:00"


@pytest.mark.parametrize(
    ("head", "body", "field"),
    [
        (f'<meta property="article:published_time" content="{TIME}">', "", "meta article:published_time"),
        (f'<meta name="PubDate" content="{TIME}">', "", "meta pubdate"),
        (
            ld(f'{{"@graph": [{{"@type": ["NewsArticle"], "datePublished": "{TIME}"}}]}}'),
            "",
            "json-ld datePublished",
        ),
        ("", f'<span itemprop="datePublished" content="{TIME}">', "itemprop datePublished"),
        ("", f'<h1>A</h1><time datetime="{TIME}">noon</time>', "time datetime"),
        (
            "",
            f'<h1>A</h1><time datetime="{TIME}"></time><time datetime="2020-01-01"></time>',
            "time datetime",
        ),
    ],
)
def test_each_field_is_named(head: str, body: str, field: str) -> None:
    assert published(head, body) == (TIME, field)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", "<p>Published on 12 March 2024</p>"),
        ('<meta property="article:published_time" content="yesterday">', ""),
        ('<meta property="article:published_time" content="0001-01-01T00:00:00Z">', ""),
        ('<meta property="article:modified_time" content="2024-03-12">', ""),
        (ld('{"@type": "Organization", "datePublished": "2024-03-12"}'), ""),
        (ld('{"@type": "NewsArticle", '), ""),
        (ld("[" * 100_000), ""),
        ("", '<time datetime="2024-03-12"></time><time datetime="2020-01-01"></time>'),
    ],
)
def test_without_a_named_time_there_is_none(head: str, body: str) -> None:
    assert published(head, body) == (None, None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2024-03-12", "2024-03-12"),
        ("2024-03-12 11:42:00+0100", "2024-03-12T11:42:00+0100"),
        ("2024-03-12T10:42:00.000Z", "2024-03-12T10:42:00.000Z"),
        ("20240312", "2024-03-12"),
        ("Tue, 12 Mar 2024 11:42:00 +0100", TIME),
        ("12/03/2024", None),
        ("1970-01-01T00:00:00Z", None),
        ("", None),
        (20240312, None),
    ],
)
def test_times_are_iso_as_given(given: object, expected: str | None) -> None:
    assert iso_time(given) == expected


def test_names_and_addresses() -> None:
    found = read(
        '<meta property="og:site_name" content="Kestrel Wire"><meta name="author" content="https://x.example/a">'
        '<link rel="canonical" href="https://kestrel.example/1">'
        '<meta property="article:modified_time" content="2024-03-13">'
        + ld('{"@type":"Article","author":[{"name":"Edda Marsh"},{"name":"Piet Sorrel"}]}'),
        lang="lang=en-GB",
    )
    assert found.publisher == "Kestrel Wire" and found.byline == "Edda Marsh, Piet Sorrel"
    assert found.url == "https://kestrel.example/1" and found.modified == "2024-03-13"
    assert found.language == "en-GB"


def test_a_relative_address_is_none_and_a_shown_byline_loses_its_by() -> None:
    found = read('<link rel="canonical" href="/1">', "<p class=byline>By Edda Marsh</p>")
    assert found.url is None and found.byline == "Edda Marsh"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Talks resume in the capital - Kestrel Wire</title>", "", "Talks resume in the capital"),
        (
            "<title>Talks resume in the capital | Kestrel Wire</title>",
            "<h1>Talks resume</h1>",
            "Talks resume",
        ),
        ("<title>Talks resume</title>", "<h1>Kestrel Wire</h1>", "Talks resume"),
        ("<title>Two killed in border clash - police</title>", "", "Two killed in border clash - police"),
        ("", "", None),
    ],
)
def test_the_title_is_the_headline(head: str, body: str, title: str | None) -> None:
    assert read(head, body).title == title


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_characters="<>\0", exclude_categories=["Cc", "Cs"])))
def test_any_title_and_time_is_read(text: str) -> None:
    found = read(
        f"<title>{text}</title><meta name=date content='{text}'>"
        + ld(f'{{"@type":"Article","headline":"{text}"}}')
    )
    assert found.title is None or found.title.encode()
