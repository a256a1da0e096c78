"""What the makers of meanings make, in settings made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve.time import meanings
from dateline.resolve.time.days import Unresolved, around, one, year_of
from dateline.resolve.time.setting import Anchor, Meaning, Setting, Told
from dateline.resolve.time.tense import Tense
from dateline.types import Evidence, Span

DAYS = st.dates(date(1700, 1, 1), date(2199, 12, 31))
TENSES = st.sampled_from(("past", "future", None))


def published(day: date, tense: Tense | None = None) -> Setting:
    return Setting(Anchor(day, "publication on", Evidence(field="published")), tense=tense)


SUNDAY = published(date(2024, 2, 4))
TOLD = Told(one(1991, 3, 4), Span(0, 12, "4 March 1991"), True)


def first(meaning: Meaning, setting: Setting = SUNDAY) -> str:
    return str(meaning(setting).first)


@given(DAYS, st.integers(0, 6), TENSES)
def test_a_weekday_is_less_than_a_week_away(day: date, number: int, tense: Tense | None) -> None:
    found = meanings.weekday(number)(published(day, tense)).closed()[0]
    assert found.weekday() == number
    away = found - day if tense == "future" else day - found
    assert timedelta(0) <= away < timedelta(7)


@given(DAYS, st.integers(0, 6), st.sampled_from((-1, 1)))
def test_last_and_next_are_never_today(day: date, number: int, shift: int) -> None:
    found = meanings.weekday(number, shift)(published(day)).closed()[0]
    assert found.weekday() == number
    assert timedelta(0) < shift * (found - day) <= timedelta(7)


@given(DAYS, st.integers(1, 12), TENSES)
def test_a_month_is_on_the_tenses_side(day: date, number: int, tense: Tense | None) -> None:
    low, high = meanings.yearly("it", meanings.month(number))(published(day, tense)).closed()
    assert low.month == number
    assert tense != "past" or low <= day
    assert tense != "future" or day <= high
    assert abs((low - day).days) < 366


def test_what_few_years_have() -> None:
    assert first(meanings.yearly("leap day", meanings.month_day(2, 29))) == "2024-02-29"
    assert first(meanings.yearly("it", meanings.month_day(3, 3, weekday=4))) == "2023-03-03"
    with pytest.raises(Unresolved, match="there is no 31 February"):
        meanings.yearly("it", meanings.month_day(2, 31))(SUNDAY)


def test_a_tale_goes_on_from_what_it_told() -> None:
    tale = Setting(SUNDAY.published, told=(TOLD,), history=True)
    assert first(meanings.yearly("August", meanings.month(8)), tale) == "1991-08-01"
    assert first(meanings.yearly("January", meanings.month(1)), tale) == "1991-01-01"
    assert first(meanings.weekday(4), tale) == "1991-03-01"
    since = replace(tale, told=(TOLD, Told(year_of(1980), Span(0, 4, "1980"), True)))
    assert first(meanings.yearly("4 March", meanings.month_day(3, 4)), since) == "1991-03-04"
    assert first(meanings.yearly("5 March", meanings.month_day(3, 5)), since) == "1980-03-05"
    assert first(meanings.rolling(2, "week"), tale) == "1991-03-04"


def test_counted_from_what_was_told() -> None:
    told = Setting(SUNDAY.published, told=(TOLD,))
    assert first(meanings.away(2, "day", "told"), told) == "1991-03-06"
    assert first(meanings.away(0, "year", "told"), told) == "1991-01-01"
    assert first(meanings.weekday_beside(1, 1), told) == "1991-03-05"
    assert first(meanings.beside("spring", meanings.months(3, 3, "season"), 1), told) == "1992-03-01"
    with pytest.raises(Unresolved, match="no day is told before"):
        meanings.away(1, "day", "told")(SUNDAY)
    assert first(meanings.away(-1, "month", "told")) == "2024-01-01"


def test_a_year_earlier_keeps_the_quarter() -> None:
    quarter = Told(around(date(2023, 8, 1), "quarter"), Span(0, 4, "that"), True)
    compared = meanings.away(-1, "year", "told")(Setting(SUNDAY.published, told=(quarter,)))
    assert [str(day) for day in compared.closed()] == ["2022-07-01", "2022-09-30"]


@pytest.mark.parametrize(
    ("number", "unit", "first_day", "last_day"),
    [
        (2, "year", "2022-01-01", "2022-12-31"),
        (1.5, "year", "2022-08-01", "2022-08-31"),
        (3, "week", "2024-01-08", "2024-01-14"),
        (1, "decade", "2014-01-01", "2014-12-31"),
        (0.5, "century", "1974-01-01", "1974-12-31"),
        (10, "day", "2024-01-25", "2024-01-25"),
    ],
)
def test_ago_is_as_coarse_as_its_unit(number: float, unit: str, first_day: str, last_day: str) -> None:
    found = meanings.away(-number, unit)(SUNDAY)  # type: ignore[arg-type]
    assert [str(day) for day in found.closed()] == [first_day, last_day]


def test_the_business_year_looks_back() -> None:
    second = meanings.reported("quarter 2", meanings.months(4, 3, "quarter"))
    assert first(second) == "2023-04-01"
    assert first(second, published(date(2024, 2, 4), "future")) == "2024-04-01"


def test_figures_in_either_order() -> None:
    ambiguous = meanings.numeric(3, 4, 2024, dotted=False)
    assert [str(day) for day in ambiguous(SUNDAY).closed()] == ["2024-03-04", "2024-04-03"]
    assert first(ambiguous, Setting(day_first=True)) == "2024-04-03"
    assert first(ambiguous, Setting(day_first=False)) == "2024-03-04"
    assert first(ambiguous, published(date(2024, 4, 5))) == "2024-04-03"
    assert first(meanings.numeric(3, 4, 2024, dotted=True)) == "2024-04-03"
    assert first(meanings.numeric(10, 26, 1989, dotted=False), Setting(day_first=True)) == "1989-10-26"
    with pytest.raises(Unresolved, match="there is no 13/32/2024"):
        meanings.numeric(13, 32, 2024, dotted=False)(SUNDAY)


def test_a_weekend() -> None:
    assert first(meanings.weekend) == "2024-02-03"
    assert first(meanings.weekend, published(date(2024, 2, 5))) == "2024-02-03"
    assert first(meanings.weekend, published(date(2024, 2, 5), "future")) == "2024-02-10"


def test_open_where_nobody_says_how_many() -> None:
    recent, coming = meanings.some("year", -1)(SUNDAY), meanings.some("day", 1)(SUNDAY)
    assert (recent.first, str(recent.last)) == (None, "2024-02-04")
    assert (str(coming.first), coming.last) == ("2024-02-04", None)
    assert str(meanings.some("month", -1, least=1)(SUNDAY).last) == "2024-01-04"


def test_how_long_is_not_when() -> None:
    in_two_weeks = meanings.unless_past(meanings.away(2, "week"))
    with pytest.raises(Unresolved, match="how long"):
        in_two_weeks(published(date(2024, 2, 4), "past"))
    assert first(in_two_weeks, published(date(2024, 2, 4), "future")) == "2024-02-12"


def test_the_year_is_the_one_just_told() -> None:
    told = Setting(SUNDAY.published, told=(Told(year_of(2011), Span(0, 4, "2011"), True),))
    assert first(meanings.told_or_now("year"), told) == "2011-01-01"
    assert first(meanings.told_or_now("month"), told) == "2024-02-01"
