"""What time words mean: the calendar and the ways of news, as functions that make meanings.

Which words have which meaning is in ``calendar`` and ``relative``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from dateline.resolve.time.days import (
    MONTHS,
    WEEKDAYS,
    Days,
    Unit,
    Unresolved,
    around,
    on,
    one,
    plus,
    plus_months,
    run,
    shifted,
)
from dateline.resolve.time.setting import Anchor, Meaning, Setting, Told
from dateline.resolve.time.tense import Tense

FAR = 31
"""From so many days between the publication and a day told on, weekdays of a tale count from the latter."""
LATELY = 50
"""Among so many days told last a tale's day is looked for."""
NEAR = 7
"""Of two readings of a date, the one is believed that is no more days from the publication."""


def fixed(days: Days) -> Meaning:
    """Days that the words name in full."""
    return lambda _: days


def impossible(reason: str) -> Meaning:
    """No days, for a reason."""

    def meaning(_: Setting) -> Days:
        raise Unresolved(reason)

    return meaning


def _resting(days: Days, on: Anchor, reason: str) -> Days:
    return replace(days, reason=reason, rests_on=on.evidence)


# Within a year: months, days, seasons, quarters, holidays.

Within = Callable[[int], Days]
"""What a year has one of; raises ``Unresolved`` for a year without."""


def month(number: int) -> Within:
    """The month of a year."""
    return lambda year: run(on(year, number, 1), "month")


def month_day(number: int, day: int, weekday: int | None = None) -> Within:
    """The day of a year; with a weekday, only of the years in which it falls on that."""

    def within(year: int) -> Days:
        found = one(year, number, day)
        if weekday is not None and found.closed()[0].weekday() != weekday:
            raise Unresolved(f"{day} {MONTHS[number - 1]} {year} is no {WEEKDAYS[weekday]}")
        return found

    return within


def months(first: int, length: int, unit: Unit) -> Within:
    """Some months of a year, such as its second quarter or a season."""

    def within(year: int) -> Days:
        start = on(year, first, 1)
        return Days(start, plus(plus_months(start, length), -1), unit, "")

    return within


def yearly(name: str, within: Within, year: int | Meaning | None = None, shift: int = 0) -> Meaning:
    """What every year has one of, in a year that is named or meant, or else found by the tale or the tense.

    ``shift`` takes the last one before (-1: "last March") or the first after (1) the publication instead.
    """

    def meaning(setting: Setting) -> Days:
        if isinstance(year, int):
            return within(year).because(f"{name} {year}")
        if year is not None:
            meant = year(setting)
            found = within(meant.closed()[0].year)
            return replace(found, reason=f"{name} of {meant.reason}", rests_on=meant.rests_on)
        told = _told_itself(within, setting) or setting.narrated()
        if told and not shift:
            days = _near_told(name, within, told)
            if setting.published is None or setting.history or days.closed()[0] >= told.anchor().day:
                return days
        return _by_tense(name, within, setting, shift)

    return meaning


def nearest(name: str, within: Within) -> Meaning:
    """The one nearest to the publication, whatever the tense: "this summer"."""
    return lambda setting: _by_tense(name, within, replace(setting, tense=None))


def beside(name: str, within: Within, shift: int) -> Meaning:
    """The one before (-1), around (0) or after (1) what was told: "the following March"."""

    def meaning(setting: Setting) -> Days:
        anchor, _ = _anchor(setting, "year", "told")
        found = _years_around(within, anchor.day.year, anchor.day.year)
        days, side = _strictly(found, anchor.day, shift) if shift else _by_side(found, anchor.day, None)
        return _resting(days, anchor, f"{name} {side} {anchor}")

    return meaning


def reported(name: str, within: Within) -> Meaning:
    """A part of the business year: the latest that is over, or where the future is spoken of the next."""

    def meaning(setting: Setting) -> Days:
        today = setting.today()
        found = _years_around(within, today.day.year, today.day.year)
        over = [each for each in found if each.closed()[1] < today.day]
        to_come = [each for each in found if each.closed()[1] >= today.day]
        days = (to_come or found)[0] if setting.tense == "future" else (over or found)[-1]
        return _resting(days, today, f"{name} as seen from {today}{_tensed(setting)}")

    return meaning


def _candidates(within: Within, years: Iterable[int]) -> list[Days]:
    found = []
    for year in years:
        try:
            found.append(within(year))
        except Unresolved:
            continue
    return found


def _years_around(within: Within, first: int, last: int) -> list[Days]:
    """Those of the years around; of what few years have (29 February, a weekday's date) also further away."""
    near = _candidates(within, range(first - 1, last + 2))
    return near or _candidates(within, range(first - 7, last + 8)) or [within(first)]


def _told_itself(within: Within, setting: Setting) -> Told | None:
    """In a tale, the same day of the year where it was told with its year."""
    days = (told for told in reversed(setting.told[-LATELY:]) if told.dated and told.days.unit == "day")
    return next((told for told in days if _is(within, told.days)), None) if setting.history else None


def _is(within: Within, days: Days) -> bool:
    first, last = days.closed()
    return [(first, last)] == [found.closed() for found in _candidates(within, [first.year])]


def _near_told(name: str, within: Within, told: Told) -> Days:
    """The one nearest to what was told; itself if it was told."""
    low, high = told.days.closed()
    found = _years_around(within, low.year, high.year)
    days = min(found, key=lambda each: _distance(each, low, high))
    return replace(days, reason=f"{name} of the year told in “{told.words.text}”", rests_on=told.evidence())


def _distance(days: Days, low: date, high: date) -> tuple[int, bool]:
    """Days apart, 0 where they overlap; of two equally far the later comes first, as tales go on."""
    first, last = days.closed()
    return max((first - high).days, (low - last).days, 0), first < low


def _by_tense(name: str, within: Within, setting: Setting, shift: int = 0) -> Days:
    today = setting.today()
    found = _years_around(within, today.day.year, today.day.year)
    days, side = _strictly(found, today.day, shift) if shift else _by_side(found, today.day, setting.tense)
    return _resting(days, today, f"{name} {side} {today}{'' if shift else _tensed(setting)}")


def _strictly(found: list[Days], today: date, shift: int) -> tuple[Days, str]:
    if shift < 0:
        return ([each for each in found if each.closed()[1] < today] or found[:1])[-1], "before"
    return ([each for each in found if each.closed()[0] > today] or found[-1:])[0], "after"


def _by_side(found: list[Days], today: date, tense: Tense | None) -> tuple[Days, str]:
    here = [each for each in found if each.closed()[0] <= today <= each.closed()[1]]
    if here:
        return here[0], "around"
    if tense is None:
        return min(found, key=lambda each: _distance(each, today, today)), "nearest to"
    return _strictly(found, today, -1 if tense == "past" else 1)


def _tensed(setting: Setting) -> str:
    return f"; {setting.tense} tense" if setting.tense else ""


# Dates that do not say all.


def numeric(first: int, second: int, year: int, dotted: bool) -> Meaning:
    """03/04/2024: in the order of the publisher's country, or the reading that lies at the publication, or
    else from the one to the other. With dots (3.4.2024) the day comes first everywhere."""

    def meaning(setting: Setting) -> Days:
        orders = {True: (second, first), False: (first, second)}
        readings = {
            day_first: found
            for day_first, (month, day) in orders.items()
            for found in _candidates(month_day(month, day), [year])
        }
        if not readings:
            raise Unresolved(f"there is no {first}/{second}/{year}")
        order = True if dotted else setting.day_first
        if len(readings) == 2 and first != second and order is None:
            return _either(list(readings.values()), setting)
        chosen = order if order in readings else next(iter(readings))
        return readings[chosen].because(f"date in figures, {'day' if chosen else 'month'} first")

    return meaning


def _either(readings: list[Days], setting: Setting) -> Days:
    today = setting.published
    at_hand = [each for each in readings if today and abs((each.closed()[0] - today.day).days) <= NEAR]
    if today and len(at_hand) == 1:
        return _resting(at_hand[0], today, f"date in figures, read so that it is near {today}")
    low, high = sorted(each.closed()[0] for each in readings)
    return Days(low, high, "day", "date in figures, of which the day or the month may come first")


def day_of_month(number: int) -> Meaning:
    """The 14th of the month told before, or else of one near the publication by the tense."""

    def meaning(setting: Setting) -> Days:
        try:
            anchor = setting.before("month").anchor()
        except Unresolved:
            return _day_by_tense(number, setting)
        return _resting(
            one(anchor.day.year, anchor.day.month, number), anchor, f"{number} of the month of {anchor}"
        )

    return meaning


def _day_by_tense(number: int, setting: Setting) -> Days:
    today = setting.today()
    near = [plus_months(today.day.replace(day=1), shift) for shift in (-2, -1, 0, 1, 2)]
    found = _candidates(lambda index: one(near[index].year, near[index].month, number), range(5))
    days, side = _by_side(found, today.day, setting.tense or "past")
    return _resting(days, today, f"{number} of the month, {side} {today}{_tensed(setting)}")


# Weekdays.


def weekday(number: int, shift: int = 0) -> Meaning:
    """A weekday by the tense, today's being today; or the one before (-1) or after (1) the publication."""

    def meaning(setting: Setting) -> Days:
        today = _weekdays_from(setting)
        ahead = (number - today.day.weekday()) % 7
        if shift:
            found = plus(today.day, (ahead or 7) if shift > 0 else ahead - 7)
        else:
            found = plus(today.day, ahead if setting.tense == "future" or not ahead else ahead - 7)
        name, tensed = WEEKDAYS[number], "" if shift else _tensed(setting)
        side = "after" if found > today.day else "before"
        reason = f"{name}, the day of {today}" if found == today.day else f"{name} {side} {today}{tensed}"
        return _resting(run(found, "day"), today, reason)

    return meaning


def weekday_of(number: int, week: Meaning) -> Meaning:
    """The weekday of some week: "Friday last week"."""

    def meaning(setting: Setting) -> Days:
        meant = week(setting)
        found = run(plus(meant.closed()[0], number), "day")
        return replace(found, reason=f"{WEEKDAYS[number]} of {meant.reason}", rests_on=meant.rests_on)

    return meaning


def weekday_beside(number: int, shift: int) -> Meaning:
    """The weekday before (-1), of the week of (0), or after (1) what was told: "the following Tuesday"."""

    def meaning(setting: Setting) -> Days:
        anchor, _ = _anchor(setting, "week", "told")
        ahead = (number - anchor.day.weekday()) % 7
        found = plus(anchor.day, (ahead or 7) if shift > 0 else ahead - 7 if shift < 0 else ahead)
        side = "after" if shift > 0 else "before" if shift < 0 else "on or after"
        return _resting(run(found, "day"), anchor, f"{WEEKDAYS[number]} {side} {anchor}")

    return meaning


def _weekdays_from(setting: Setting) -> Anchor:
    """The publication, or in a tale of other times the day told before."""
    told = setting.told[-1] if setting.told else None
    if told and told.dated and told.days.unit == "day" and (setting.history or setting.published is None):
        anchor = told.anchor()
        if setting.published is None or abs((anchor.day - setting.published.day).days) > FAR:
            return anchor
    return setting.today()


# Counted from the publication, or from what was told before.

Origin = Literal["published", "told"]


def away(number: float, unit: Unit, origin: Origin = "published") -> Meaning:
    """The unit that lies so many units away: today, last week, two years ago; that year, the next day.

    It is as coarse as the unit, but decades are counted in years, and what is compared with a quarter "a year
    earlier" is a quarter.
    """
    counted, step = whole(number * 10, "year") if unit == "decade" and number else whole(number, unit)

    def meaning(setting: Setting) -> Days:
        anchor, told = _anchor(setting, step, origin)
        as_told = step == "year" and counted and told in ("quarter", "half")
        kept = told if as_told else unit if step == "day" else step
        return _resting(
            around(shifted(anchor.day, step, counted), kept), anchor, counting(step, counted, anchor)
        )

    return meaning


def _anchor(setting: Setting, unit: Unit, origin: Origin) -> tuple[Anchor, Unit]:
    """The day to count from, and the unit in which it was told.

    Weeks and longer are counted from the publication where nothing was told.
    """
    if origin == "published":
        return setting.today(), "day"
    try:
        told = setting.before(unit)
    except Unresolved:
        if unit == "day" or setting.published is None:
            raise
        return setting.published, "day"
    return told.anchor(), told.days.unit


_FINER: dict[Unit, tuple[Unit, int]] = {
    "week": ("day", 7), "month": ("day", 30), "year": ("month", 12), "decade": ("year", 10), "century":
    ("year", 100),
}  # fmt: skip


def whole(number: float, unit: Unit) -> tuple[int, Unit]:
    """A whole number of units: half years are six months, half weeks days."""
    if number == int(number):
        return int(number), unit
    step, length = _FINER.get(unit, (unit, 1))
    return round(number * length), step


def counting(unit: Unit, number: int, origin: object) -> str:
    """A distance in words: "2 weeks before publication on …"."""
    if number == 0:
        return f"the {unit} of {origin}"
    side = "after" if number > 0 else "before"
    if abs(number) == 1:
        return f"the {unit} {side} {origin}"
    return f"{abs(number)} {'centuries' if unit == 'century' else f'{unit}s'} {side} {origin}"


def hours(number: float, origin: Origin = "published") -> Meaning:
    """Some hours away: the same day, and from six hours up also the days that they may reach."""
    reach = 0 if abs(number) < 6 else -(-int(abs(number)) // 24)

    def meaning(setting: Setting) -> Days:
        anchor, _ = _anchor(setting, "day", origin)
        first, last = sorted((anchor.day, plus(anchor.day, reach if number > 0 else -reach)))
        reason = f"hours {'after' if number > 0 else 'before'} {anchor}"
        return Days(first, last, "day", reason, anchor.evidence)

    return meaning


def weekend(setting: Setting) -> Days:
    """The weekend nearest on the tense's side; one that has begun is meant by both tenses."""
    today = setting.today()
    begun = today.day.weekday() >= 5
    last = not begun and setting.tense != "future"
    side = "around" if begun else "before" if last else "after"
    found = around(plus(today.day, -7 if last else 0), "weekend")
    return _resting(found, today, f"weekend {side} {today}{_tensed(setting)}")


def rolling(number: float, unit: Unit, origin: Origin | None = None) -> Meaning:
    """The so many units that end (negative) or begin at the publication, or at what was told.

    By default a tale of other times counts on from what it told.
    """
    counted, step = whole(number, unit)

    def meaning(setting: Setting) -> Days:
        anchor, _ = _anchor(setting, step, origin or ("told" if setting.history else "published"))
        first, last = sorted((anchor.day, shifted(anchor.day, step, counted)))
        return Days(first, last, step, f"up to {counting(step, counted, anchor)}", anchor.evidence)

    return meaning


def some(unit: Unit, side: int, origin: Origin = "published", least: int = 0) -> Meaning:
    """So many units before (-1) or after (1) that nobody says how many: "recent years", "the coming days".

    Open at the far end. ``least`` units are between: one for "several years ago".
    """

    def meaning(setting: Setting) -> Days:
        anchor, _ = _anchor(setting, unit, origin)
        bound = shifted(anchor.day, unit, side * least)
        reason = f"some {unit}s {'after' if side > 0 else 'before'} {anchor}, nobody says how many"
        first, last = (bound, None) if side > 0 else (None, bound)
        return Days(first, last, unit, reason, anchor.evidence)

    return meaning


HOW_LONG = "how long something took, not when it was"


def unless_past(meaning: Meaning) -> Meaning:
    """Not where the past is spoken of: "died in two weeks" tells no day."""

    def meant(setting: Setting) -> Days:
        if setting.tense == "past":
            raise Unresolved(HOW_LONG)
        return meaning(setting)

    return meant


def next_one(unit: Unit) -> Meaning:
    """The next day is the one after that told; "the next week", where the future is spoken of, begins now."""

    def meaning(setting: Setting) -> Days:
        ahead = setting.tense == "future" and unit != "day"
        return (rolling(1, unit) if ahead else away(1, unit, "told"))(setting)

    return meaning


def told_or_now(unit: Unit) -> Meaning:
    """The year, the quarter: the one just told, or else the publication's, of quarters the last one over."""

    def meaning(setting: Setting) -> Days:
        if setting.told and (setting.history or setting.told[-1].days.unit == unit):
            return away(0, unit, "told")(setting)
        return away(-1 if unit == "quarter" else 0, unit)(setting)

    return meaning


def same_of_year(year: Meaning, unit: Unit | None) -> Meaning:
    """The same period last year: what was told (no longer than half a year), or else the last one over, in
    another year."""

    def meaning(setting: Setting) -> Days:
        try:
            told = setting.before(unit or "half")
            anchor, step = told.anchor(), unit or told.days.unit
        except Unresolved:
            step = unit or "quarter"
            today = setting.today()
            anchor = replace(today, day=shifted(today.day, step, -1), name="what was over on")
        meant = year(setting)
        found = around(plus_months(anchor.day, 12 * (meant.closed()[0].year - anchor.day.year)), step)
        return replace(found, reason=f"the {step} of {anchor}, in {meant.reason}", rests_on=meant.rests_on)

    return meaning


def overnight(setting: Setting) -> Days:
    """The night into the day of the publication."""
    today = setting.today()
    return Days(plus(today.day, -1), today.day, "day", f"night into {today}", today.evidence)


def then(setting: Setting) -> Days:
    """What was told last."""
    if not setting.told:
        raise Unresolved("nothing is told before that this could be the time of")
    told = setting.told[-1]
    return replace(told.days, reason=f"time of “{told.words.text}”", rests_on=told.evidence())


def of_the_day(setting: Setting) -> Days:
    """The day that a clock time alone is of: the last told, or that of the publication."""
    try:
        anchor = setting.before("day").anchor()
    except Unresolved:
        anchor = setting.today()
    return Days(anchor.day, anchor.day, "day", f"day of {anchor}", anchor.evidence)
