"""What words beside a time phrase make of its days: late, since, the first half of, from … to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from dateline.resolve.time.days import (
    SIZE,
    SPAN,
    Days,
    Part,
    Unit,
    Unresolved,
    around,
    plus,
    plus_months,
    shifted,
)
from dateline.resolve.time.days import part as part_of
from dateline.resolve.time.meanings import counting, whole
from dateline.resolve.time.setting import Anchor, Meaning, Setting
from dateline.resolve.time.tense import Tense

Change = Callable[[Days, Setting], Days]


def changed(meaning: Meaning, change: Change) -> Meaning:
    """A meaning with a change made to its days."""
    return lambda setting: change(meaning(setting), setting)


def same(days: Days, _: Setting) -> Days:
    """No change: "the morning of"."""
    return days


# Parts.


def part(which: Part) -> Change:
    """The early, middle or late part."""
    named = "the middle of" if which == "mid" else f"{which} in"
    return lambda days, _: part_of(days, which).because(f"{named} {days.reason}")


def half(which: Literal["first", "second"]) -> Change:
    """The first or second half of a unit from the month up; of a shorter one all."""

    def change(days: Days, _: Setting) -> Days:
        first, last = days.closed()
        length = SPAN.get(days.unit, 0)
        middle = (
            plus_months(first, length // 2) if length > 1 else plus(first, ((last - first).days + 1) // 2)
        )
        if middle == first:
            return days
        ends = (first, plus(middle, -1)) if which == "first" else (middle, last)
        return replace(days, first=ends[0], last=ends[1], reason=f"{which} half of {days.reason}")

    return change


def last_day(days: Days, _: Setting) -> Days:
    """The last day: "by the end of the year"."""
    return replace(days, first=days.closed()[1], unit="day", reason=f"last day of {days.reason}")


def units(number: int, unit: Unit, skipped: int = 0) -> Change:
    """The first so many units, or those after some skipped; the last ones if negative.

    "The first nine months of 2011", "the second week of March", "the last week of March".
    """

    def change(days: Days, _: Setting) -> Days:
        first, last = days.closed()
        start = shifted(first, unit, skipped) if number > 0 else shifted(plus(last, 1), unit, number)
        end = min(last, plus(shifted(start, unit, abs(number)), -1))
        if not first <= start <= end:
            raise Unresolved(f"there is no such {unit} in {days.reason}")
        return replace(days, first=start, last=end, unit=unit, reason=f"part of {days.reason}")

    return change


def parted(side: Tense) -> Change:
    """What has gone by ("earlier this year") or is to come ("later that month").

    They part at the publication, or else at the last day told in them; without either, nothing is left out.
    """

    def change(days: Days, setting: Setting) -> Days:
        first, last = days.closed()
        cut = next((each for each in _cuts(setting) if first <= each.day <= last), None)
        if cut is None or days.unit == "day":
            return days
        rests_on = days.rests_on or cut.evidence
        if side == "past":
            return replace(days, last=cut.day, reason=f"{days.reason}, before {cut}", rests_on=rests_on)
        return replace(days, first=cut.day, reason=f"{days.reason}, after {cut}", rests_on=rests_on)

    return change


def _cuts(setting: Setting) -> Iterator[Anchor]:
    if setting.published:
        yield setting.published
    yield from (told.anchor() for told in reversed(setting.told) if told.days.unit == "day")


# Open ends.


def since(days: Days, _: Setting) -> Days:
    """From the first day on."""
    return replace(days, first=days.closed()[0], last=None, reason=f"from {days.reason} on")


def until(days: Days, _: Setting) -> Days:
    """Up to the last day."""
    return replace(days, first=None, last=days.closed()[1], reason=f"up to {days.reason}")


def before(days: Days, _: Setting) -> Days:
    """Up to the day before."""
    return replace(days, first=None, last=plus(days.closed()[0], -1), reason=f"before {days.reason}")


def after(days: Days, _: Setting) -> Days:
    """From the day after on."""
    return replace(days, first=plus(days.closed()[1], 1), last=None, reason=f"after {days.reason}")


def recent(days: Days, setting: Setting) -> Days:
    """From the first day up to the publication: "less than a year ago"."""
    first, today = days.closed()[0], setting.today()
    if first > today.day:
        raise Unresolved(f"{days.reason} is after {today}")
    return replace(days, last=today.day, reason=f"between {days.reason} and {today}")


# Others that are counted from them.


def counted_from(number: float, unit: Unit) -> Change:
    """So many units away: "two days before Christmas". Weeks from a day are to the day."""
    counted, step = whole(number, unit)

    def change(days: Days, _: Setting) -> Days:
        first, last = (shifted(each, step, counted) for each in days.closed())
        reason = counting(step, counted, days.reason)
        if SIZE.index(days.unit) > SIZE.index(step) or (days.unit, step) == ("day", "week"):
            return replace(days, first=first, last=last, reason=reason)
        return replace(around(first, step), reason=reason, rests_on=days.rests_on)

    return change


def ending(number: float, unit: Unit) -> Change:
    """The so many units that end with the last day: "the nine months ended 30 September"."""
    counted, step = whole(number, unit)
    length = counted * SPAN.get(step, 0)
    named = next((each for each in SIZE if length and SPAN.get(each) == length), step)

    def change(days: Days, _: Setting) -> Days:
        last = days.closed()[1]
        first = shifted(plus(last, 1), step, -counted)
        return replace(days, first=first, last=last, unit=named, reason=f"the {step} up to {days.reason}")

    return change


def week_around(days: Days, _: Setting) -> Days:
    """The week that the first day lies in."""
    week = around(days.closed()[0], "week")
    return replace(week, reason=f"week of {days.reason}", rests_on=days.rests_on)


def timed(clock: str, zone: str | None) -> Change:
    """The same day at a clock time, "HH:MM", in whatever zone the article tells it."""

    def change(days: Days, _: Setting) -> Days:
        told = f"{days.reason}, at {clock}{f' {zone.upper()}' if zone else ''}"
        return replace(days, time=clock if days.first == days.last else None, reason=told)

    return change


# Two phrases.


def between(left: Meaning, right: Meaning) -> Meaning:
    """From the first day of the one to the last of the other; raises Unresolved if that comes first."""

    def meaning(setting: Setting) -> Days:
        start, end = left(setting), right(setting)
        first, last = start.closed()[0], end.closed()[1]
        if first > last:
            raise Unresolved(f"{start.reason} is after {end.reason}")
        return _hull([start, end], first, last, f"from {start.reason} to {end.reason}")

    return meaning


def over(several: Sequence[Meaning]) -> Meaning:
    """From the first to the last of several: "Monday and Tuesday"."""

    def meaning(setting: Setting) -> Days:
        each = [meaning(setting) for meaning in several]
        first, last = min(days.closed()[0] for days in each), max(days.closed()[1] for days in each)
        return _hull(each, first, last, " and ".join(days.reason for days in each))

    return meaning


def _hull(each: Sequence[Days], first: date, last: date, reason: str) -> Days:
    coarsest = max((days.unit for days in each), key=SIZE.index)
    rests_on = next((days.rests_on for days in each if days.rests_on), None)
    return Days(first, last, coarsest, reason, rests_on)


def latest_before(turning: Meaning, end: Meaning) -> Meaning:
    """Of what comes again, the last one not after some days: the March of "March to August 2011"."""
    return _seen_from(turning, end, "past")


def earliest_after(turning: Meaning, start: Meaning) -> Meaning:
    """Of what comes again, the first one not before some days: the March of "December 2013 to March"."""
    return _seen_from(turning, start, "future")


def _seen_from(turning: Meaning, other: Meaning, tense: Tense) -> Meaning:
    def meaning(setting: Setting) -> Days:
        days = other(setting)
        anchor = Anchor(days.closed()[tense == "past"], "the other end,", days.rests_on)
        return turning(replace(setting, published=anchor, told=(), tense=tense, history=False))

    return meaning
