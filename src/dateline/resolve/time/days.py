"""Runs of calendar days: the units of the calendar around a day, and parts of them.

All of it is the proleptic Gregorian calendar from year 1 to 9999; whatever would leave it raises
``Unresolved``. Weeks are ISO 8601's, Monday to Sunday. Seasons are the northern hemisphere's by whole
months (summer: June to August), and a winter is named by the year in which it begins.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateline.types import DatePrecision, Evidence

Unit = Literal["day", "week", "weekend", "month", "quarter", "season", "half", "year", "decade", "century"]
Part = Literal["early", "mid", "late"]

PRECISION: dict[Unit, DatePrecision] = {
    "day": "day", "week": "week", "weekend": "day", "month": "month", "quarter": "season", "season": "season",
    "half": "season", "year": "year", "decade": "decade", "century": "decade",
}  # fmt: skip
"""The precision told of a unit: a quarter and a half are told as seasons, a century as decades."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SIZE: tuple[Unit, ...] = (
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century",
)  # fmt: skip
"""The units from the finest to the coarsest."""
SPAN: dict[Unit, int] = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
    "century": 1200,
}
"""How many months the units from a month up are long."""

# Which part of a unit early, mid and late are, from and to: days of a week or month, months of what is
# longer. A third of each, but half of a decade and a quarter of a century, as their writers mean them.
_PARTS: dict[Unit, dict[Part, tuple[int, int | None]]] = {
    "week": {"early": (0, 3), "mid": (2, 4), "late": (3, None)},
    "month": {"early": (0, 10), "mid": (10, 20), "late": (20, None)},
    "quarter": {"early": (0, 1), "mid": (1, 2), "late": (2, 3)},
    "season": {"early": (0, 1), "mid": (1, 2), "late": (2, 3)},
    "half": {"early": (0, 2), "mid": (2, 4), "late": (4, 6)},
    "year": {"early": (0, 4), "mid": (4, 8), "late": (8, 12)},
    "decade": {"early": (0, 60), "mid": (36, 84), "late": (60, 120)},
    "century": {"early": (0, 300), "mid": (300, 900), "late": (900, 1200)},
}


class Unresolved(Exception):
    """Words whose days cannot be known, with the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Days:
    """From a first to a last day, both inclusive, either null where open, and why.

    ``unit`` is the calendar unit that the words name; ``rests_on`` what besides the words was needed to
    know the days: a day told before, or the publication.
    """

    first: date | None
    last: date | None
    unit: Unit
    reason: str
    rests_on: Evidence | None = None
    time: str | None = None

    @property
    def precision(self) -> DatePrecision:
        """``open`` without a first or a last day, ``minute`` with a clock time, else the unit's."""
        if self.first is None or self.last is None:
            return "open"
        return "minute" if self.time else PRECISION[self.unit]

    def because(self, reason: str) -> Days:
        """The same days for another reason."""
        return replace(self, reason=reason)

    def closed(self) -> tuple[date, date]:
        """First and last day; raises Unresolved when one is open."""
        if self.first is None or self.last is None:
            raise Unresolved(f"{self.reason} has no first or no last day")
        return self.first, self.last


def spoken(day: date) -> str:
    """A day as a person says it: "Sunday 4 February 2024"."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def on(year: int, month: int, day: int) -> date:
    """A day of the calendar; raises Unresolved for 31 February."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        named = MONTHS[month - 1] if 1 <= month <= 12 else f"month {month}"
        raise Unresolved(f"there is no {day} {named} {year}") from None


def plus(day: date, number: int) -> date:
    """The day some days later, or earlier if negative."""
    try:
        return day + timedelta(days=number)
    except OverflowError:
        raise Unresolved(f"{number} days from {spoken(day)} leave the calendar") from None


def plus_months(day: date, number: int) -> date:
    """The same day some months later, or the month's last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not 1 <= year <= 9999:
        raise Unresolved(f"{number} months from {spoken(day)} leave the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def run(first: date, unit: Unit) -> Days:
    """The unit that begins on a day."""
    if unit in SPAN:
        last = plus(plus_months(first, SPAN[unit]), -1) if first.year + SPAN[unit] // 12 <= 9999 else date.max
    else:
        last = plus(first, {"day": 0, "weekend": 1, "week": 6}[unit])
    return Days(first, last, unit, "")


def around(day: date, unit: Unit) -> Days:
    """The unit that a day lies in; of weekends, the one of its week."""
    if unit == "week":
        return run(plus(day, -day.weekday()), unit)
    if unit == "weekend":
        return run(plus(day, 5 - day.weekday()), unit)
    if unit == "season":
        return run(plus_months(day.replace(day=1), -(day.month % 3)), unit)
    if unit in ("month", "quarter", "half"):
        return run(day.replace(month=(day.month - 1) // SPAN[unit] * SPAN[unit] + 1, day=1), unit)
    if unit in ("year", "decade", "century"):
        years = SPAN[unit] // 12
        return run(date(max(1, day.year // years * years), 1, 1), unit)
    return run(day, unit)


def one(year: int, month: int, number: int) -> Days:
    """A day as a run of one; raises Unresolved if there is none."""
    return run(on(year, month, number), "day")


def year_of(number: int) -> Days:
    """A year, with itself as the reason."""
    return around(on(number, 1, 1), "year").because(f"the year {number}")


def shifted(day: date, unit: Unit, number: int) -> date:
    """The same day some units later: "three months ago" from 31 May is 28 February."""
    if unit in SPAN:
        return plus_months(day, SPAN[unit] * number)
    return plus(day, number * (1 if unit == "day" else 7))


def part(whole: Days, which: Part) -> Days:
    """The early, middle or late part of a unit; of a day or a weekend the whole."""
    first, last = whole.closed()
    if whole.unit not in _PARTS:
        return whole
    low, high = _PARTS[whole.unit][which]
    if whole.unit in ("week", "month"):
        return replace(whole, first=plus(first, low), last=last if high is None else plus(first, high - 1))
    assert high is not None
    end = last if high == SPAN[whole.unit] else plus(plus_months(first, high), -1)
    return replace(whole, first=plus_months(first, low), last=end)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm: Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    w = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + w - 7 * ((a + 11 * h + 22 * w) // 451) + 114, 31)
    return on(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The first, second … Monday (0) to Sunday (6) of a month; the last if the number is -1."""
    first, last = around(on(year, month, 1), "month").closed()
    if number < 0:
        return plus(last, -((last.weekday() - weekday) % 7))
    return plus(first, (weekday - first.weekday()) % 7 + 7 * (number - 1))
