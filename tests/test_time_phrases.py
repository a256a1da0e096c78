"""Phrases, and the words they are found in."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve.time.days import one, year_of
from dateline.resolve.time.meanings import fixed, month, yearly
from dateline.resolve.time.phrases import Phrase, phrase, ranged, words_of
from dateline.resolve.time.setting import Setting


@given(st.text())
def test_lower_case_keeps_every_offset(text: str) -> None:
    words = words_of(text)
    assert len(words.lower) == len(text)
    assert not re.search("[A-Z\n\t\xa0]", words.lower)


def test_words_around_a_place() -> None:
    words = words_of("In May 2012 they met")
    assert (words.before(7), words.behind(11, 5)) == ("in may ", " they")
    assert words.capital(3) and not words.capital(5)


def test_a_match_is_a_phrase() -> None:
    found = re.search("2012", "In 2012")
    assert found
    made = phrase(found, fixed(year_of(2012)), dated=True)
    assert (made.start, made.end, made.dated, made.turns) == (3, 7, True, False)


def test_a_range_has_two_parts() -> None:
    left = Phrase(0, 5, yearly("March", month(3)), turns=True)
    right = Phrase(9, 13, fixed(one(2012, 5, 3)), dated=True)
    whole = ranged(0, 13, left, right)
    assert (whole.dated, whole.turns, len(whole.parts)) == (True, False, 2)
    assert [str(day) for day in whole.meaning(Setting()).closed()] == ["2012-03-01", "2012-05-03"]
    assert str(whole.parts[0].meaning(Setting()).first) == "2012-03-01"
