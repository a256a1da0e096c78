"""The words of time."""

from __future__ import annotations

import re

import pytest

from dateline.resolve.time import words


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("a", 1),
        ("an", 1),
        ("two", 2),
        ("twenty-three", 23),
        ("1,200", 1200),
        ("a couple of", 2),
        ("a dozen", 12),
        ("half a", 0.5),
        ("two and a half", 2.5),
        ("2 1/2", 2.5),
        ("several", None),
        ("a few", None),
    ],
)
def test_numbers(told: str, number: float | None) -> None:
    assert re.fullmatch(words.NUMBER, told)
    assert words.number_of(told) == number


def test_names() -> None:
    assert [words.month_of(name) for name in ("january", "sept.", "may", "jun")] == [1, 9, 5, 6]
    assert [words.weekday_of(name) for name in ("monday", "thurs.", "sun")] == [0, 3, 6]
    assert [words.ordinal_of(word) for word in ("3rd", "14", "twenty-first", "thirtieth")] == [3, 14, 21, 30]
    assert [words.unit_of(word) for word in ("weeks", "century", "centuries", "night", "hours")] == [
        "week",
        "century",
        "century",
        "day",
        None,
    ]


@pytest.mark.parametrize("name", ["mar", "mar.", "march", "may", "sept."])
def test_patterns_match_whole_names(name: str) -> None:
    assert re.fullmatch(words.MONTH, name)


def test_full_names_take_no_point() -> None:
    assert not re.fullmatch(words.MONTH, "march.")
    assert not re.fullmatch(words.WEEKDAY, "monday.")
    assert re.fullmatch(words.WEEKDAY, "mon.")
