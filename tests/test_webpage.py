"""HTML is taken apart: what is refused before parsing, and what is found."""

from __future__ import annotations

import pytest

from dateline.extract.webpage import MAX_TAG, TagTooLong, take_apart

PROSE = "".join(
    f"<p>On day {i} the two delegations met again in the old customs house.</p>" for i in range(8)
)
PAGE = f"<html><head><title>Talks resume</title></head><body><h1>Talks resume</h1><article>{PROSE}</article>"


def test_a_page_has_metadata_paragraphs_and_lines() -> None:
    parts = take_apart(PAGE + "<footer>© 2024 Kestrel Wire</footer></body></html>")
    assert parts.metadata.title == "Talks resume"
    assert parts.paragraphs[-1].startswith("On day 7")
    assert parts.lines[-1].text == "© 2024 Kestrel Wire"


@pytest.mark.parametrize(
    "tag",
    [
        "<div " + " ".join(f'a{i}="x"' for i in range(100_000)) + ">",
        "<a " * MAX_TAG,
        f"<p title='{'x' * MAX_TAG}",
    ],
)
def test_a_tag_that_no_honest_page_has_is_refused(tag: str) -> None:
    with pytest.raises(TagTooLong):
        take_apart(f"<html><body>{tag}{PROSE}")


def test_an_inlined_picture_is_no_long_tag() -> None:
    parts = take_apart(f'{PAGE}<img src="data:image/png;base64,{"iVBOR" * MAX_TAG}"></body></html>')
    assert len(parts.paragraphs) == 8


@pytest.mark.parametrize(
    "page", ["<html>", "<html><body></body></html>", "<div>" * 100_000, "plain words", "<"]
)
def test_a_page_with_nothing_in_it_has_no_paragraphs_of_prose(page: str) -> None:
    assert not any(len(paragraph) >= 40 for paragraph in take_apart(page).paragraphs)
