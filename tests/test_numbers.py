"""Words of a toll, and what they bound."""

from __future__ import annotations

import re
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import EVENTS, READING, count

from dateline.resolve.numbers import Amount, amount, counted

EXACT = {
    "three": 3,
    "Twenty-one": 21,
    "two hundred and five": 205,
    "1,200": 1200,
    "12 000": 12000,
    "1.5 million": 1_500_000,
    "half a million": 500_000,
    "half-a-million": 500_000,
    "a dozen": 12,
    "half a dozen": 6,
    "two dozen": 24,
    "a couple of dozen": 24,
    "both": 2,
    "no one": 0,
    "No casualties": 0,
    "none of the guards": 0,
    "a man": 1,
    "another guard": 1,
    "Captain Ana Brandt": 1,
    "the guards’ cook": 1,
    "one of the guards": 1,
    "a 10-year-old girl": 1,
    "her 12 - year - old son": 1,
    "Sam Reyes (42)": 1,
    "Sam Reyes, 42": 1,
    "the fifth hostage": 1,
    "two 9-year-olds": 2,
    "two brothers and their mother": 3,
    "a woman, her husband and two children": 4,
    "Sam Reyes and Ana Brandt": 2,
}


@pytest.mark.parametrize(("words", "number"), EXACT.items())
def test_one_number_is_exact(words: str, number: int) -> None:
    assert amount(words) == Amount(number, number, number)


@pytest.mark.parametrize(
    ("words", "value", "low", "high"),
    [
        ("at least 11", 11, 11, None),
        ("At Least Eleven", 11, 11, None),
        ("more than 20", 20, 20, None),
        ("no fewer than a dozen", 12, 12, None),
        ("40 or more", 40, 40, None),
        ("40-plus", 40, 40, None),
        ("20+", 20, 20, None),
        ("up to 30", 30, None, 30),
        ("as many as 300", 300, None, 300),
        ("no more than five", 5, None, 5),
        ("about 40", 40, 36, 44),
        ("some 200", 200, 180, 220),
        ("ten or so", 10, 9, 11),
        ("nearly 200", 200, 180, 200),
        ("under five", 5, None, 5),
        ("between 5 and 7", None, 5, 7),
        ("between five and seven", None, 5, 7),
        ("between two hundred and three hundred", None, 200, 300),
        ("5–7", None, 5, 7),
        ("5 to 7", None, 5, 7),
        ("three or four", None, 3, 4),
        ("two to three dozen", None, 24, 36),
        ("at least 5 to 7", None, 5, None),
        ("dozens", None, 24, None),
        ("scores of people", None, 40, None),
        ("hundreds", None, 200, None),
        ("tens of thousands", None, 20_000, None),
        ("several", None, 3, None),
        ("several hundred", None, 300, None),
        ("a few dozen", None, 24, None),
        ("soldiers", None, 2, None),
        ("a large number", None, 2, None),
        ("others", None, 2, None),
        ("11 civilians and dozens of others", None, 35, None),
        ("his bodyguard and driver", None, 1, 2),
        ("3.5", None, None, None),
        ("…", None, None, None),
        ("", None, None, None),
    ],
)
def test_what_is_open_is_bounded(words: str, value: int | None, low: int | None, high: int | None) -> None:
    assert amount(words) == Amount(value, low, high)


WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "a an and or to between at least most than more no half dozen dozens hundred thousand million two "
        "ninety about some nearly several few – - , + 7 40 1,200 2.5 soldiers man their one up many as",
    )
)


@given(st.text() | st.lists(WORDS, max_size=8).map(" ".join))
def test_bounds_hold_the_value_whatever_the_words(words: str) -> None:
    found = amount(words)
    known = [number for number in (found.low, found.value, found.high) if number is not None]
    assert known == sorted(known)
    assert all(number >= 0 for number in known)


@given(st.integers(0, 10**9))
def test_digits_are_their_number(number: int) -> None:
    assert amount(str(number)) == amount(f"{number:,}") == Amount(number, number, number)


@pytest.mark.parametrize(
    "words", ["A" * 400 + "! and B", "two " * 400, "1-" * 400, "a and " * 200, "of dozens " * 200]
)
def test_odd_words_take_no_time(words: str) -> None:
    started = process_time()
    amount(words)
    assert process_time() - started < 0.5


def test_the_tolls_of_a_reading_are_counted_and_nothing_else_changes() -> None:
    unread = replace(
        READING, events=(replace(EVENTS[5], injured=(count("11", None), count("dozens", None))),)
    )
    eleven, dozens = counted(unread).events[0].injured
    assert (eleven.value, eleven.low, eleven.high) == (11, 11, 11)
    assert (dozens.value, dozens.low, dozens.high) == (None, 24, None)
    assert (eleven.text, eleven.confidence) == ("11", 0.8)
    assert counted(replace(unread, events=())) == replace(unread, events=())
