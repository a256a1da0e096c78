"""Dateline from Python, as its documents show it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from archives import html as page
from readings import READING

import dateline
from dateline.errors import InputError
from dateline.library import Html, html
from dateline.types import Article, Page

TEXT = "Gunmen killed four guards at the Orlin crossing on Sunday, the interior ministry said."
DOCUMENT = (Path(__file__).parents[1] / "docs/library.md").read_text("utf-8")


@pytest.fixture(scope="module")
def reader() -> dateline.Reader:
    return dateline.Reader(published="2031-05-05")


def test_every_public_name_is_there_and_in_the_document() -> None:
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None
        assert f"`{name}" in DOCUMENT or f"dateline.{name}" in DOCUMENT, name
    assert set(dateline.__all__) <= set(dir(dateline))
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = dateline.reed  # type: ignore[attr-defined]


def test_the_names_of_the_document_exist() -> None:
    assert set(re.findall(r"\bdateline\.([a-z_A-Z]+)", DOCUMENT)) <= {*dateline.__all__, "pipeline"}


def test_importing_takes_nothing_along() -> None:
    program = "import sys, dateline; print(sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    for heavy in ("numpy", "onnxruntime", "sqlalchemy", "fastwarc", "trafilatura", "pyarrow"):
        assert f"'{heavy}'" not in loaded


def test_a_text_is_read_as_it_stands(reader: dateline.Reader) -> None:
    read = reader.text(TEXT, published="2031-05-06", url="https://news.example/1")
    assert read.article.text == TEXT and read.article.published == "2031-05-06"
    assert read.events and all(TEXT[e.trigger.start : e.trigger.end] == e.trigger.text for e in read.events)
    assert reader.text(TEXT).article.published == "2031-05-05"
    with pytest.raises(InputError, match="not an ISO 8601 date"):
        reader.text(TEXT, published="yesterday")


def test_a_page_is_read(reader: dateline.Reader) -> None:
    read = reader.html(page(1), url="https://news.example/1.html")
    assert read.article.title == "Raid number 1 on Orlin crossing"
    assert read.article.url == "https://news.example/1.html"
    with pytest.raises(InputError, match="no article"):
        reader.html("<p>Menu</p>")


def test_readings_stream_in_the_order_of_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_bytes(page(1))
    (tmp_path / "bad.html").write_bytes(b"")
    given = [Page("two.html", page(2), "text/html"), Article("three", TEXT, body=((0, len(TEXT)),)), READING]
    told: list[InputError] = []
    found = dateline.read(tmp_path, *given, published="2031-05-05", on_error=told.append)
    assert [each.article.title or each.article.id for each in found] == [
        "Raid number 1 on Orlin crossing",
        "Raid number 2 on Orlin crossing",
        "three",
        READING.article.title,
    ]
    assert [error.reason for error in told] == ["empty"]
    with pytest.raises(InputError, match="empty"):
        list(dateline.read(tmp_path / "bad.html"))


def test_a_date_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="published is 'soon', not an ISO 8601 date"):
        dateline.Reader(published="soon")


def test_the_stage_is_still_a_module() -> None:
    import dateline.read.reading

    assert dateline.read.reading.Reader is not dateline.Reader  # type: ignore[attr-defined]
    assert callable(dateline.read)


def test_a_notebook_shows_readings_in_a_frame() -> None:
    shown = html(READING)
    assert isinstance(shown, Html) and shown.startswith("<!doctype html>")
    frame = shown._repr_html_()
    assert frame.startswith('<iframe srcdoc="&lt;!doctype html&gt;') and frame.count("<") == 2
    assert html([READING, READING]).count("<article") == 2 * shown.count("<article")
