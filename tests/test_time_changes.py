"""What words beside a phrase make of its days."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.resolve.time import changes
from dateline.resolve.time.changes import Change
from dateline.resolve.time.days import Days, Unresolved, around, one, year_of
from dateline.resolve.time.meanings import fixed, month, yearly
from dateline.resolve.time.setting import Anchor, Setting
from dateline.types import Evidence

SETTING = Setting(Anchor(date(2024, 2, 4), "publication on", Evidence(field="published")))
YEAR, MONTH, DAY = year_of(2023), around(date(2024, 3, 4), "month"), one(2024, 3, 4)


@pytest.mark.parametrize(
    ("change", "of", "first", "last"),
    [
        (changes.part("early"), YEAR, "2023-01-01", "2023-04-30"),
        (changes.part("late"), MONTH, "2024-03-21", "2024-03-31"),
        (changes.part("late"), DAY, "2024-03-04", "2024-03-04"),
        (changes.half("first"), YEAR, "2023-01-01", "2023-06-30"),
        (changes.half("second"), MONTH, "2024-03-16", "2024-03-31"),
        (changes.half("first"), DAY, "2024-03-04", "2024-03-04"),
        (changes.last_day, YEAR, "2023-12-31", "2023-12-31"),
        (changes.units(9, "month"), YEAR, "2023-01-01", "2023-09-30"),
        (changes.units(1, "week", 1), MONTH, "2024-03-08", "2024-03-14"),
        (changes.units(-3, "month"), YEAR, "2023-10-01", "2023-12-31"),
        (changes.since, YEAR, "2023-01-01", None),
        (changes.until, YEAR, None, "2023-12-31"),
        (changes.before, YEAR, None, "2022-12-31"),
        (changes.after, YEAR, "2024-01-01", None),
        (changes.recent, YEAR, "2023-01-01", "2024-02-04"),
        (changes.counted_from(-2, "day"), DAY, "2024-03-02", "2024-03-02"),
        (changes.counted_from(1, "week"), DAY, "2024-03-11", "2024-03-11"),
        (changes.counted_from(-1, "year"), DAY, "2023-01-01", "2023-12-31"),
        (changes.counted_from(2, "day"), MONTH, "2024-03-03", "2024-04-02"),
        (changes.ending(9, "month"), DAY, "2023-06-05", "2024-03-04"),
        (changes.ending(1, "year"), MONTH, "2023-04-01", "2024-03-31"),
        (changes.week_around, DAY, "2024-03-04", "2024-03-10"),
        (changes.parted("past"), around(date(2024, 2, 1), "month"), "2024-02-01", "2024-02-04"),
        (changes.parted("future"), around(date(2024, 2, 1), "month"), "2024-02-04", "2024-02-29"),
        (changes.parted("past"), YEAR, "2023-01-01", "2023-12-31"),
    ],
)
def test_changes(change: Change, of: Days, first: str | None, last: str | None) -> None:
    days = change(of, SETTING)
    assert [day and str(day) for day in (days.first, days.last)] == [first, last]


@pytest.mark.parametrize(
    ("change", "of"),
    [
        (changes.units(1, "month", 14), YEAR),
        (changes.recent, one(2024, 2, 5)),
        (changes.since, Days(None, date(2024, 2, 5), "day", "")),
    ],
)
def test_what_is_not_there(change: Change, of: Days) -> None:
    with pytest.raises(Unresolved):
        change(of, SETTING)


def test_a_clock_time_is_of_one_day() -> None:
    timed = changes.timed("22:30", "gmt")
    assert timed(DAY, SETTING).time == "22:30"
    assert timed(DAY, SETTING).reason.endswith("at 22:30 GMT")
    assert timed(MONTH, SETTING).time is None


def test_a_range_is_in_order() -> None:
    low, high = fixed(one(2024, 1, 3)), fixed(DAY)
    assert [str(day) for day in changes.between(low, high)(SETTING).closed()] == ["2024-01-03", "2024-03-04"]
    assert changes.over([high, low])(SETTING).closed() == changes.between(low, high)(SETTING).closed()
    with pytest.raises(Unresolved, match="is after"):
        changes.between(high, low)(SETTING)


def test_what_comes_again_is_seen_from_the_other_end() -> None:
    march, december = yearly("March", month(3)), yearly("December", month(12))
    august, start = fixed(around(date(2011, 8, 1), "month")), fixed(around(date(2013, 12, 1), "month"))
    assert str(changes.latest_before(march, august)(SETTING).first) == "2011-03-01"
    assert str(changes.latest_before(december, august)(SETTING).first) == "2010-12-01"
    assert str(changes.earliest_after(march, start)(SETTING).first) == "2014-03-01"
