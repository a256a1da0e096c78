"""Plain text is kept exactly; its lines are article or furniture."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.extract.plain import Row, headline, rows, unwrapped

FIRST_PAGE = Path(__file__).parents[1].parent / "shared" / "first_page"
PROSE = (
    "Rebels seized the river port of Damosa on Tuesday after two days of shelling, the governor said.",
    "Twelve soldiers were killed and about forty people wounded, according to the hospital in the town.",
    "The army said it would “answer in kind”. A spokesman for the rebels said talks were still possible.",
)


def scraped(*lines: str) -> str:
    return "\n\n".join(("Rebels seize port of Damosa", *PROSE, *lines))


def kinds(text: str) -> dict[str, str]:
    return {text[row.start : row.end]: row.kind for row in rows(text) if row.kind}


def test_furniture_after_an_article_is_found() -> None:
    assert kinds(scraped("Leave a comment", "Your name", "© 2024 Northern Lamp. All rights reserved.")) == {
        "Leave a comment": "comment",
        "Your name": "comment",
        "© 2024 Northern Lamp. All rights reserved.": "copyright",
    }


def test_an_article_stays_whole() -> None:
    assert kinds(scraped()) == {}


def test_lines_broken_at_a_column_are_one() -> None:
    text = (
        "Rebels seized the river port of Damosa on Tuesday after two\ndays of shelling, the governor said.\n"
        "A new line.\n\nAnother one, which an editor broke after sixty characters or\n\nso."
    )
    found = [text[start:end] for start, end in unwrapped(text)]
    assert [len(line.splitlines()) for line in found] == [2, 1, 1, 1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rebels seize port\n\nThe rebels came.", True),
        ("Rebels seize port\r\n\r\nThe rebels came.", True),
        ("  Rebels seize port  \n \nThe rebels came.", True),
        ("Rebels seize port\nThe rebels came.", False),
        ("Rebels seize port\r\nThe rebels came.", False),
        ("The rebels came.\n\nThey saw.", False),
        ("Rebels seize port", False),
        ("Damosa\n\nThe rebels came.", False),
        ("word " * 60 + "\n\nThe rebels came.", False),
        ("", False),
    ],
)
def test_a_headline_is_short_and_stands_apart(text: str, found: bool) -> None:
    assert (headline(text, unwrapped(text)) is not None) == found


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from([*PROSE, "Share", "", " ", "\r", "\u2028x", "a\tb", "word " * 14]), max_size=12
    ).map("\n".join)
)
def test_rows_hold_all_words_in_order(text: str) -> None:
    check(text, rows(text))


@settings(deadline=None)
@given(st.text())
def test_rows_of_any_text(text: str) -> None:
    check(text, rows(text))


def check(text: str, found: list[Row]) -> None:
    assert all(row.start < row.end <= len(text) for row in found)
    assert all(a.end < b.start for a, b in pairwise(found))
    assert "".join(text[row.start : row.end] for row in found).split() == text.split() or (
        "".join("".join(text[row.start : row.end].split()) for row in found) == "".join(text.split())
    )


@pytest.mark.skipif(not FIRST_PAGE.is_dir(), reason="needs ../shared/first_page")
def test_the_first_page() -> None:
    text = (FIRST_PAGE / "page.txt").read_text(encoding="utf-8")
    expected = json.loads((FIRST_PAGE / "expect.json").read_text(encoding="utf-8"))["furniture"]
    found = [(row.start, row.end, row.kind) for row in rows(text) if row.kind]
    assert found == [(line["start"], line["end"], line["kind"]) for line in expected]
