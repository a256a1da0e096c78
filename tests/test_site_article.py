from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import readings
from shown import ARTICLE, CLAIM, OTHER, filled
from starlette.testclient import TestClient
from visitors import enter, record, visited

from dateline.record.ids import article_id
from dateline.site.article import Words, evidence_in
from dateline.types import Decision, Page


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    return filled(empty_file, tmp_path)


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    with visited(path) as client:
        yield client


def test_the_public_sees_the_sentences_that_are_evidence(client: TestClient) -> None:
    identity = record(client).add(readings.READING).article
    public = client.get(f"/articles/{identity}").text
    assert "These are the sentences that the record rests on" in public
    assert "Subscribe to our newsletter" not in public
    enter(client, "reader")
    whole = client.get(f"/articles/{identity}").text
    assert "These are the sentences" not in whole
    assert "Subscribe to our newsletter" in whole


def test_the_operator_may_show_the_whole_text(path: Path) -> None:
    with visited(path, show_text="full") as client:
        identity = record(client).add(readings.READING).article
        assert "Subscribe to our newsletter" in client.get(f"/articles/{identity}").text


def test_evidence_is_told_by_sentences() -> None:
    reading = readings.READING
    where = (0, len(reading.article.text))
    shown = evidence_in(reading, where)
    for event in reading.events:
        assert any(start <= event.trigger.start < end for start, end in shown)
    assert len(shown) <= len(reading.sentences)


def test_words_and_reports_point_at_each_other(client: TestClient) -> None:
    text = client.get(f"/articles/{ARTICLE}").text
    assert f'id="{CLAIM}"' in text
    assert f'href="#{CLAIM}"' in text
    assert 'data-id="e1"' in text
    assert "e1:trigger^" in text


def test_all_words_are_kept_whatever_overlaps() -> None:
    reading = readings.READING
    start, end = reading.article.headline or (0, 0)
    lit = Words(reading, [f"c{n}" for n, _ in enumerate(reading.events)]).words((start, end))
    assert lit.striptags() == reading.article.text[start:end]


def test_it_has_a_citation_a_capture_and_the_incident(client: TestClient) -> None:
    text = client.get(f"/articles/{ARTICLE}").text
    assert "Six guards killed" in text
    assert f"[{ARTICLE}]" in text
    assert "How it was captured" in text
    assert f"/incidents/{record(client).incident(CLAIM).id}#{CLAIM}" in text


def test_when_the_page_was_fetched_is_told_where_its_digest_is(path: Path) -> None:
    with visited(path) as client:
        page = Page("https://wire.example/9", b"<p>", "text/html", "2031-05-04T10:00:00Z")
        identity = record(client).add(readings.READING, page).article
        text = client.get(f"/articles/{identity}").text
        assert "<dt>Fetched</dt><dd><code>2031-05-04T10:00:00Z</code></dd>" in text
        assert "<dt>Fetched</dt>" not in client.get(f"/articles/{ARTICLE}").text


def test_more_articles_say_why(client: TestClient) -> None:
    text = client.get(f"/articles/{ARTICLE}").text
    more = text[text.index("More articles") :]
    assert f"/articles/{OTHER}" in more
    assert "the same incident" in more


def test_markup_in_articles_is_shown_and_not_obeyed(client: TestClient) -> None:
    identity = record(client).add(readings.hostile()).article
    text = client.get(f"/articles/{identity}").text
    assert "<script>alert" not in text
    assert "<img" not in text


def test_only_web_addresses_become_links(client: TestClient) -> None:
    bad = replace(readings.READING, article=replace(readings.ARTICLE, url="javascript:alert(1)"))
    identity = record(client).add(bad).article
    assert 'href="javascript:' not in client.get(f"/articles/{identity}").text


def test_what_is_erased_is_gone(client: TestClient) -> None:
    record(client).redact(ARTICLE, "Ana", "court order")
    answer = client.get(f"/articles/{ARTICLE}")
    assert answer.status_code == 410
    assert "have been erased" in answer.text
    assert client.get("/articles/a00000000").status_code == 404
    assert client.get("/articles/zzz").status_code == 404


def test_copies_are_folded(client: TestClient) -> None:
    kept = record(client)
    kept.decide(Decision("copy", "Ana", (OTHER,), (ARTICLE,), "the same words"))
    third = kept.add(readings.READING).article
    assert third == article_id(readings.ARTICLE)
    assert client.get(f"/articles/{ARTICLE}").status_code == 200
