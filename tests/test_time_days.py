"""The calendar's units."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve.time import days
from dateline.resolve.time.days import Unit, Unresolved

DAY = date(2024, 2, 29)
DATES = st.dates(date(1000, 1, 1), date(2999, 12, 31))
UNITS = st.sampled_from(get_args(Unit))


@pytest.mark.parametrize(
    ("unit", "first", "last"),
    [
        ("day", "2024-02-29", "2024-02-29"),
        ("week", "2024-02-26", "2024-03-03"),
        ("weekend", "2024-03-02", "2024-03-03"),
        ("month", "2024-02-01", "2024-02-29"),
        ("quarter", "2024-01-01", "2024-03-31"),
        ("season", "2023-12-01", "2024-02-29"),
        ("half", "2024-01-01", "2024-06-30"),
        ("year", "2024-01-01", "2024-12-31"),
        ("decade", "2020-01-01", "2029-12-31"),
        ("century", "2000-01-01", "2099-12-31"),
    ],
)
def test_the_unit_around_a_day(unit: Unit, first: str, last: str) -> None:
    found = days.around(DAY, unit)
    assert (str(found.first), str(found.last), found.unit) == (first, last, unit)


@given(DATES, UNITS)
def test_a_unit_holds_its_day(day: date, unit: Unit) -> None:
    first, last = days.around(day, unit).closed()
    assert first <= last
    assert unit == "weekend" or first <= day <= last


@given(DATES, UNITS)
def test_parts_lie_within_in_order(day: date, unit: Unit) -> None:
    whole = days.around(day, unit)
    first, last = whole.closed()
    parts = [days.part(whole, which).closed() for which in ("early", "mid", "late")]
    assert all(first <= low <= high <= last for low, high in parts)
    assert parts == sorted(parts)


def test_months_end_where_they_end() -> None:
    assert days.plus_months(date(2023, 12, 31), 2) == DAY
    assert days.shifted(date(2023, 5, 31), "month", -3) == date(2023, 2, 28)
    assert days.shifted(DAY, "week", -1) == date(2024, 2, 22)


def test_nothing_leaves_the_calendar() -> None:
    for impossible in (
        lambda: days.on(2024, 2, 31),
        lambda: days.on(0, 1, 1),
        lambda: days.on(2024, 13, 1),
        lambda: days.plus(date.max, 1),
        lambda: days.plus_months(date(1, 1, 1), -1),
        lambda: days.shifted(date.max, "century", 10**9),
    ):
        with pytest.raises(Unresolved):
            impossible()
    assert days.around(date.max, "decade").last == date.max
    assert days.around(date.min, "century").first == date.min


def test_an_impossible_day_is_named() -> None:
    with pytest.raises(Unresolved) as refused:
        days.on(2024, 2, 31)
    assert refused.value.reason == "there is no 31 February 2024"


def test_precision_is_what_the_words_name() -> None:
    day = days.one(2024, 2, 4)
    assert day.precision == "day"
    assert days.Days(day.first, None, "day", "").precision == "open"
    assert days.Days(day.first, day.last, "day", "", time="10:00").precision == "minute"
    assert days.around(DAY, "quarter").precision == "season"


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, "04-02"), (2000, "04-23"), (2008, "03-23"), (2019, "04-21"), (2024, "03-31"), (2038, "04-25")],
)
def test_easter(year: int, day: str) -> None:
    assert str(days.easter(year)) == f"{year}-{day}"


def test_the_fourth_thursday_and_the_last_friday() -> None:
    assert days.nth_weekday(2023, 11, 3, 4) == date(2023, 11, 23)
    assert days.nth_weekday(2024, 3, 4, -1) == date(2024, 3, 29)
