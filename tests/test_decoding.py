"""Bytes to text, whatever is declared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.extract import decoding
from dateline.extract.decoding import decode
from dateline.types import Page

FRENCH = "L’armée a été déployée à l’aube, selon le ministère de la défense."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_encodings_are_told_by_their_marks(encoding: str) -> None:
    assert decode(Page("page", FRENCH.encode(encoding))) == FRENCH


def test_a_declared_encoding_is_used() -> None:
    page = f'<meta charset="windows-1251"><p>{"Переговоры продолжаются"}</p>'
    assert decode(Page("page", page.encode("cp1251"))) == page
    text = "Der Müller sagte: „nein“"
    assert decode(Page("page", text.encode("cp1252"), "text/plain; charset=ISO-8859-1")) == text


def test_a_lying_declaration_is_seen_through() -> None:
    lie = f'<html><head><meta charset="iso-8859-1"></head><p>{FRENCH}</p>'
    assert decode(Page("page", lie.encode("utf-8"))) == lie
    text = "Müßig war die Straße über Köln für die Jäger, wie Händler erzählten. " * 5
    reverse = f'<html><head><meta charset="utf-8"></head><p>{text}</p>'
    assert decode(Page("page", reverse.encode("cp1252"))) == reverse


def test_an_unknown_encoding_is_guessed() -> None:
    text = "Правительство заявило, что переговоры продолжатся в понедельник. " * 5
    assert decode(Page("page", text.encode("cp1251"))) == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "not text"),
        (b"words\x00words", "not text"),
        (b"\x01\x02\x03\x04words", "not text"),
    ],
)
def test_what_is_not_text_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        decode(Page("page", content))
    assert caught.value.name == "page" and "\n" not in str(caught.value)


def test_a_page_over_the_cap_is_refused() -> None:
    with pytest.raises(InputError, match="larger than 20 MB"):
        decode(Page("page", b"x" * (decoding.MAX_BYTES + 1)))


@given(st.binary())
def test_no_bytes_crash(content: bytes) -> None:
    try:
        text = decode(Page("page", content))
    except InputError:
        return
    text.encode()
