"""Days told by others: weekdays, last week, the same day, two years ago; and clock times.

``RULES`` is one table of patterns over lower-case text and of what they mean.
"""

from __future__ import annotations

import re

from dateline.resolve.time import changes, meanings
from dateline.resolve.time.calendar import DATE_BEHIND, YEARISH, year_in
from dateline.resolve.time.changes import changed
from dateline.resolve.time.days import Unit, year_of
from dateline.resolve.time.meanings import Origin, away
from dateline.resolve.time.phrases import Build, Phrase, Words, phrase
from dateline.resolve.time.setting import Meaning
from dateline.resolve.time.words import (
    HOURS,
    NUMBER,
    PART,
    SEASON,
    SEASON_MONTHS,
    UNIT,
    WEEKDAY,
    WHICH,
    ZONE,
    any_of,
    number_of,
    unit_of,
    weekday_of,
)

_SHIFTS = {
    "last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1, "the previous": -1,
    "the following": 1, "the next": 1, "that": 0, "the same": 0, "that same": 0,
}  # fmt: skip


# Weekdays.


def _weekday(found: re.Match[str], words: Words) -> Phrase | None:
    which, number, week = found["which"], weekday_of(found["wd"]), found["week"] or found["week2"]
    every = words.before(found.start()).endswith(("every ", "each "))
    if found["plural"] or every or not (words.given or _is_weekday(found, words)):
        return None
    if week:
        return phrase(found, meanings.weekday_of(number, _week(week)), deictic=True)
    if found["ago"]:
        weeks = number_of(found["ago"].split(" week")[0]) or 1
        earlier = changed(meanings.weekday(number), changes.counted_from(-weeks, "week"))
        return phrase(found, earlier, deictic=True)
    if which in ("the previous", "the following", "the next", "that", "the same", "that same"):
        return phrase(found, meanings.weekday_beside(number, _SHIFTS[which]))
    shift = _SHIFTS.get(which or "", 0)
    return phrase(found, meanings.weekday(number, shift), deictic=True, turns=not shift)


def _is_weekday(found: re.Match[str], words: Words) -> bool:
    """A full name, or a short one with a capital and a point: no "sun", no "wed"."""
    word = found["wd"]
    return len(word.rstrip(".")) > 5 or (word.endswith(".") and words.capital(found.start("wd")))


def _week(words: str) -> Meaning:
    which = re.search(r"(the )?(last|this|next|following|previous|same|that)\b", words)
    assert which
    if which[1] or which[2] == "that":
        return away(_SHIFTS[f"the {which[2]}" if which[1] else "that"], "week", "told")
    return away(_SHIFTS.get(which[2], 0), "week")


# Today and its like.

_DAYS = {
    "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2,
    "the day after tomorrow": 2, "day before yesterday": -2, "day after tomorrow": 2, "last night": -1,
    "last evening": -1, "last nite": -1,
}  # fmt: skip


def _today(found: re.Match[str], _: Words) -> Phrase:
    return phrase(found, away(_DAYS[found.group()], "day"), deictic=True)


def _overnight(found: re.Match[str], _: Words) -> Phrase:
    return phrase(found, meanings.overnight, deictic=True)


def _part_of_day(found: re.Match[str], _: Words) -> Phrase:
    """This morning, that night, the next morning, the previous evening."""
    which = found["which"]
    if which == "this":
        return phrase(found, away(0, "day"), deictic=True)
    return phrase(found, away(_SHIFTS[which], "day", "told"))


# Words that tell a time only where they are known to.


def _now(found: re.Match[str], words: Words) -> Phrase | None:
    return phrase(found, away(0, "day"), deictic=True) if words.given else None


def _recently(found: re.Match[str], words: Words) -> Phrase | None:
    return phrase(found, meanings.some("day", -1), deictic=True) if words.given else None


def _then(found: re.Match[str], words: Words) -> Phrase | None:
    return phrase(found, meanings.then) if words.given else None


def _of_the_day(found: re.Match[str], words: Words) -> Phrase | None:
    return phrase(found, meanings.of_the_day) if words.given else None


# One unit: last week, the past year, this month, the following day, that same year.

_ORIGINS: dict[str, tuple[int, Origin]] = {
    "last": (-1, "published"), "past": (-1, "published"), "latest": (-1, "published"),
    "this": (0, "published"), "current": (0, "published"), "present": (0, "published"),
    "next": (1, "published"), "coming": (1, "published"), "previous": (-1, "told"), "preceding": (-1, "told"),
    "prior": (-1, "told"), "following": (1, "told"), "same": (0, "told"), "that": (0, "told"),
}  # fmt: skip


def _unit(found: re.Match[str], words: Words) -> Phrase | None:
    det, which, unit = found["det"], found["which"], unit_of(found["unit"])
    plural = (found["unit"].endswith("s") or found["unit"] == "centuries") and det not in ("this", "that")
    if unit is None:
        hours = det == "the" and which in ("past", "last")
        return phrase(found, away(0, "day"), deictic=True) if hours else None
    if plural:
        return _units(found, unit)
    if which == "last" and words.lower.startswith(" of ", found.end()):
        return None
    if (which, unit) == ("last", "day"):
        return None
    if det == "the" and which in (None, "last", "past", "next", "coming"):
        return _the_unit(found, words, unit)
    if which in ("year-ago", "year-earlier"):
        return phrase(found, meanings.same_of_year(away(-1, "year"), unit), deictic=True)
    origin = _ORIGINS.get(which or det or "")
    if origin is None:
        return None
    if (det, which, unit) == ("this", None, "weekend"):
        return phrase(found, meanings.weekend, deictic=True)
    return phrase(found, away(origin[0], unit, origin[1]), deictic=origin[1] == "published")


def _units(found: re.Match[str], unit: Unit) -> Phrase | None:
    """Recent years, the past few days, these days, the coming weeks."""
    which = found["which"]
    if which in ("recent", "past", "last", "previous") or found["det"] == "these":
        return phrase(found, meanings.some(unit, -1), deictic=True)
    return phrase(found, meanings.some(unit, 1), deictic=True) if which == "coming" else None


def _the_unit(found: re.Match[str], words: Words, unit: Unit) -> Phrase | None:
    which = found["which"]
    if which in ("last", "past", "coming"):
        return phrase(found, meanings.rolling(1 if which == "coming" else -1, unit), deictic=True)
    if which == "next":
        return phrase(found, meanings.next_one(unit))
    if unit == "weekend":
        return phrase(found, meanings.weekend, deictic=True)
    part_of = _PART_AHEAD.search(words.before(found.start(), 24))
    if _LEADS_ON.match(words.lower, found.end()) or not (words.given or part_of):
        return None
    return phrase(found, meanings.told_or_now(unit))


_PART_AHEAD = re.compile(
    r"(?:end|start|beginning|rest|remainder|half|middle|course|earlier|later|late|early) (?:of|in) $"
)
_LEADS_ON = re.compile(r" (?:ended|ending|to|through)\b")


def _same_period(found: re.Match[str], _: Words) -> Phrase:
    """The same period last year, the year-earlier period, the same month of 2011."""
    unit = unit_of(found["unit"]) if found["unit"] else None
    if found["back"]:
        year: int | Meaning | None = away(-(number_of(found["back"]) or 1), "year", "told")
    else:
        year = year_in(found)
    if isinstance(year, int):
        year = meanings.fixed(year_of(year))
    return phrase(found, meanings.same_of_year(year or away(-1, "year"), unit), deictic=True)


_SOME_UNIT = re.compile(
    rf"(?:an? (?!{NUMBER} )[a-z’'-]+|my|your|our|his|her|their|its|this)(?: [a-z’'-]+){{0,2}} "
    rf"(?:(?P<unit>week|weekend|month|year)|(?P<season>{SEASON}))"
)


def some_unit(words: str) -> Meaning | None:
    """A quiet summer, our week: words known to tell a time, which name none but the publication's."""
    found = _SOME_UNIT.fullmatch(words.lower())
    if not found:
        return None
    if found["season"]:
        return meanings.nearest(found["season"], meanings.months(SEASON_MONTHS[found["season"]], 3, "season"))
    return away(0, unit_of(found["unit"]) or "week")


# Several units: the past three months, two years ago, three weeks later, in ten days.


def _period(found: re.Match[str], words: Words) -> Phrase | None:
    """The past three months, the last few days, the next two weeks, the previous five years."""
    which, unit, number = found["which"], unit_of(found["unit"]), number_of(found["num"])
    if words.lower.startswith(" of ", found.end()) and DATE_BEHIND.match(words.lower, found.end()):
        return None
    side = 1 if which in ("next", "coming", "following") else -1
    if unit is None:
        number, unit = max(1, round((number or 24) * HOURS[found["unit"].rstrip("s")] / 24 + 0.49)), "day"
    if number is None:
        return phrase(found, meanings.some(unit, side), deictic=True)
    told = which in ("previous", "preceding", "prior", "following")
    return phrase(found, meanings.rolling(side * number, unit, "told" if told else None), deictic=not told)


def _counted(found: re.Match[str], words: Words) -> Phrase | None:
    """Two years ago, a day earlier, three weeks later, two or three days from now."""
    unit, number, word = unit_of(found["unit"]), number_of(found["num"]), found["word"]
    if word in ("after", "before") and _HAPPENING_BEHIND.match(words.lower, found.end()):
        return _from_a_happening(found, words)
    side = -1 if word in ("ago", "earlier", "before", "previously", "prior", "back", "beforehand") else 1
    origin: Origin = "published" if word in ("ago", "back", "from now", "hence", "from today") else "told"
    if number is None:
        meaning = meanings.some(unit or "day", side, origin, least=1 if unit else 0)
    elif unit is None:
        meaning = meanings.hours(side * number * HOURS[found["unit"].rstrip("s")], origin)
    else:
        number += 0.5 if found["half"] else 0
        if found["unit"].startswith("fortnight"):
            number *= 2
        if (unit, word) == ("week", "from today"):
            number, unit = number * 7, "day"
        meaning = away(side * number, unit, origin)
        low = number_of(found["low"]) if found["low"] else None
        meaning = changes.over([meaning, away(side * low, unit, origin)]) if low else meaning
    return phrase(found, meaning, deictic=origin == "published")


def _some_ago(found: re.Match[str], _: Words) -> Phrase:
    """Days ago, weeks later."""
    unit, word = unit_of(found["unit"]) or "day", found["word"]
    origin: Origin = "published" if word == "ago" else "told"
    side = -1 if word in ("ago", "earlier") else 1
    return phrase(found, meanings.some(unit, side, origin, least=1), deictic=word == "ago")


_HAPPENING_BEHIND = re.compile(r" (?!(?:and|but|in|at|on|with|for|said|says)\b)[\w“\"]")


def _from_a_happening(found: re.Match[str], words: Words) -> Phrase | None:
    """A week after the vote; null where a date follows, for then ``grammar`` counts from that."""
    if DATE_BEHIND.match(words.lower, found.end()):
        return None
    return phrase(found, meanings.impossible("it counts from a happening, whose day these words do not tell"))


def _beside(found: re.Match[str], words: Words) -> Phrase | None:
    """The day before, the night after, the year before that."""
    unit = unit_of(found["unit"])
    if unit is None:
        return None
    if _HAPPENING_BEHIND.match(words.lower, found.end()):
        return _from_a_happening(found, words)
    return phrase(found, away(-1 if found["word"] == "before" else 1, unit, "told"))


def _ahead(found: re.Match[str], _: Words) -> Phrase | None:
    """In two weeks, within ten days: ahead of the publication, unless the past is spoken of."""
    unit, number = unit_of(found["unit"]), number_of(found["num"])
    if unit is None or number is None:
        return None
    meaning = meanings.rolling(number, unit) if found["within"] else away(number, unit)
    return phrase(found, meanings.unless_past(meaning), deictic=True)


# Clock times.

_CLOCKS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}


def _clock(found: re.Match[str], words: Words) -> Phrase | None:
    clock = _CLOCKS[found["word"]] if found["word"] else _hour_and_minute(found)
    if clock is None or not (words.given or found["word"] or _is_clock(found, words)):
        return None
    change = changes.timed(clock, (found["zone"] or "").strip(" ()") or None)
    return Phrase(found.start(), found.end(), changed(meanings.of_the_day, change), clock=change)


def _hour_and_minute(found: re.Match[str]) -> str | None:
    hour, minute = int(found["h"] or found["h24"]), int(found["m"] or found["m24"] or 0)
    if found["h"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["ap"].startswith("p") else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else None


def _is_clock(found: re.Match[str], words: Words) -> bool:
    """Digits alone are a clock time after "at" and the like, before a zone, or before their day."""
    if found["ap"] or found["zone"].strip():
        return True
    if ":" in found.group():
        return bool(_AT.search(words.before(found.start())))
    return "." not in found.group() and bool(_DAY_OF_CLOCK.match(words.lower, found.end()))


_AT = re.compile(r"\b(?:at|by|around|about|until|till|since|from|before|after|between|to) $")
_DAY_OF_CLOCK = re.compile(r" (?:today|tonight|last night|yesterday|on (?:mon|tue|wed|thu|fri|sat|sun))")


def _oclock(found: re.Match[str], _: Words) -> Phrase | None:
    number = number_of(found["num"])
    if number is None or number not in range(1, 13):
        return None
    change = changes.timed(f"{int(number):02}:00", None)
    return Phrase(found.start(), found.end(), changed(meanings.of_the_day, change), clock=change)


_BACK = (
    "ago|earlier|beforehand|before|later|afterwards?|after|previously|prior|hence|from now|from today|back"
)
_IN_A_WEEK = r"(?:last|this|next|the following|the previous|the same|the next|that) week"

RULES: tuple[tuple[str, Build], ...] = (
    (
        rf"{WHICH}(?P<week2>(?:last|this|next) week['’]s )?(?P<wd>{WEEKDAY})(?P<plural>s)?"
        rf"(?P<week>,? (?:of )?{_IN_A_WEEK})?(?: (?P<ago>{NUMBER} weeks? ago))?",
        _weekday,
    ),
    (any_of(_DAYS), _today),
    (r"overnight", _overnight),
    (r"(?:now|right now|currently|(?:at |the )?present(?: day)?|presently|nowadays|at the moment)", _now),
    (r"(?:recently|lately|in the past)", _recently),
    (r"(?:at )?(?:then|(?:the same|the|that|this) (?:time|moment|point|period))", _then),
    (rf"(?:in |during )?the {PART}", _of_the_day),
    (rf"(?P<which>this|that same|that|the same|the previous|the next|the following) {PART}", _part_of_day),
    (
        r"(?:(?P<det>the|this|that|these|those) )?"
        r"(?:(?P<which>same|last|past|previous|preceding|prior|next|coming|following|current|present|latest|"
        rf"recent|year-ago|year-earlier) )?(?:fiscal |calendar |financial )?(?P<unit>{UNIT})",
        _unit,
    ),
    (
        rf"(?:the )?(?:same|corresponding|comparable|like) (?:(?P<unit>{UNIT})|period|time|stage|point)"
        rf"(?: of| in| the| a)?(?:{YEARISH}| (?P<back>{NUMBER}) years? (?:ago|earlier|before))",
        _same_period,
    ),
    (r"(?:the )?year[- ](?:ago|earlier|before) (?P<unit>period)(?P<back>)", _same_period),
    (
        r"(?:(?:the|these|this) )?(?P<which>last|past|previous|preceding|prior|next|coming|following|recent) "
        rf"(?P<num>{NUMBER})[ -](?P<unit>{UNIT})",
        _period,
    ),
    (
        rf"(?:(?P<low>{NUMBER}) (?:or|to) )?(?P<num>{NUMBER})(?: (?:long|short|full|whole|more))?[ -]"
        rf"(?P<unit>{UNIT})(?P<half> and an? half)?['’]?[ -](?P<word>{_BACK})",
        _counted,
    ),
    (r"(?P<unit>(?:day|week|month|year|decade)s) (?P<word>ago|earlier|later)", _some_ago),
    (rf"the (?P<unit>{UNIT}) (?P<word>before|after)(?: that)?", _beside),
    (
        rf"(?:(?P<within>within)|in) (?:about |around |just |another )?(?P<num>{NUMBER}) (?P<unit>{UNIT})"
        r"(?:['’] time)?",
        _ahead,
    ),
    (
        r"(?:(?P<h>[01]?\d)(?:[:.](?P<m>[0-5]\d))? ?(?P<ap>[ap]\.?m\b\.?)|"
        r"(?P<h24>[01]?\d|2[0-3])[:.h]?(?P<m24>[0-5]\d)(?! ?%)|"
        rf"(?P<word>noon|midday|midnight))(?P<zone>{ZONE})",
        _clock,
    ),
    (rf"(?P<num>{NUMBER}|\d\d?) o['’]?clock", _oclock),
)
"""Patterns over lower-case text, and what they mean."""
