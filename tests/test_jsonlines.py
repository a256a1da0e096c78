"""JSON lines are taken exactly as they stand; a broken line is named, the others are read."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import READING

from dateline.errors import InputError
from dateline.ingest import jsonlines
from dateline.ingest.jsonlines import read_articles
from dateline.show import jsonl
from dateline.show.jsonl import Printed
from dateline.types import Article

GOOD = b'{"id": "good", "text": "Talks went on."}\n'


def read(content: bytes) -> list[Article | InputError]:
    return list(read_articles("in.jsonl", io.BytesIO(content), {}))


@given(st.text(min_size=1).filter(str.strip))
def test_text_is_kept_exactly(text: str) -> None:
    (article,) = read(json.dumps({"id": "a", "text": text}).encode())
    assert isinstance(article, Article)
    assert article.text == text and article.body == ((0, len(text)),) and not article.furniture


def test_fields_are_the_input_s() -> None:
    record = {
        "id": "7",
        "text": "Talks fail\r\nThe talks failed.",
        "title": "Talks fail",
        "published": "2024-02-04T10:00:00+03:00",
        "url": "https://example.org/7",
        "more": [1],
    }
    (article,) = read(json.dumps(record).encode())
    assert isinstance(article, Article)
    assert article.headline == (0, 10) and article.title == "Talks fail"
    assert (article.published, article.published_from) == ("2024-02-04T10:00:00+03:00", "input")
    assert article.url == "https://example.org/7"


def test_a_title_that_does_not_begin_the_text_is_no_headline() -> None:
    (article,) = read(b'{"id": "a", "text": "The talks failed.", "title": "Talks fail"}')
    assert isinstance(article, Article) and article.headline is None and article.title == "Talks fail"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[1]", "not a JSON object"),
        (b'{"text": "x"}', "'id' is missing"),
        (b'{"id": "a"}', "'text' is missing"),
        (b'{"id": "a", "text": " "}', "'text' is not text"),
        (b'{"id": 7, "text": "x"}', "'id' is not text"),
        (b'{"id": "a", "text": "x", "url": 3}', "'url' is not text"),
        (b'{"id": "a", "text": "\\ud800"}', "surrogate"),
        (b'{"id": "a", "text": "x", "published": "on Sunday"}', "not an ISO 8601 date"),
        (b'{"id": "a", "text": "x", "published": "20240204"}', "not an ISO 8601 date"),
        (b'{"id": "good", "text": "x"}', "was already at in.jsonl:1"),
    ],
)
def test_a_broken_line_is_named(line: bytes, reason: str) -> None:
    first, error, last = read(GOOD + line + b"\n" + GOOD.replace(b"good", b"last"))
    assert isinstance(first, Article) and isinstance(last, Article) and isinstance(error, InputError)
    assert error.name == "in.jsonl:2" and reason in error.reason
    assert "\n" not in str(error)


def test_a_line_without_end_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "MAX_LINE_BYTES", 100)
    error, article = read(b"x" * 1_000 + b"\n" + GOOD)
    assert isinstance(error, InputError) and error.name == "in.jsonl:1"
    assert isinstance(article, Article)


@given(st.binary())
def test_no_bytes_crash(content: bytes) -> None:
    assert all(isinstance(item, Article | InputError) for item in read(content))


def test_a_line_that_read_printed_is_its_reading() -> None:
    lines = (jsonl.line(READING) * 2).encode()
    items = list(read_articles("in", io.BytesIO(lines), {}))
    assert [item.reading() for item in items if isinstance(item, Printed)] == [READING, READING]


def test_a_reading_s_line_is_kept_as_it_stands_whatever_ends_it() -> None:
    line = jsonl.line(READING)
    for written in (line, line.rstrip(), line.replace("\n", "\r\n"), "\ufeff" + line):
        (item,) = read_articles("in", io.BytesIO(written.encode()), {})
        assert item == Printed("in:1", line, READING.article)


def test_a_reading_that_does_not_fit_is_named_when_it_is_needed() -> None:
    def only(**instead: object) -> object:
        line = json.dumps(jsonl.encode(READING) | instead).encode()
        (item,) = read_articles("in", io.BytesIO(line), {})
        return item

    item, error = only(events=[1]), only(text=1)
    assert isinstance(item, Printed) and isinstance(error, InputError) and error.name == "in:1"
    with pytest.raises(InputError, match=r"^in:1: does not fit dateline\.reading/2"):
        item.reading()


def test_a_reading_of_another_format_is_named() -> None:
    (error,) = read_articles("in", io.BytesIO(b'{"schema": "dateline.reading/1", "id": "x"}'), {})
    assert isinstance(error, InputError)
    assert str(error).startswith(
        "in:1: its schema is 'dateline.reading/1', not 'dateline.reading/2'; read the page"
    )
