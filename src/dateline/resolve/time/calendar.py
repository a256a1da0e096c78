"""Dates of the calendar: days, months, years, seasons, quarters, decades, holidays.

``RULES`` is one table of patterns over lower-case text and of what they mean.
"""

from __future__ import annotations

import re
from functools import partial

from dateline.resolve.time import meanings
from dateline.resolve.time.days import (
    MONTHS,
    WEEKDAYS,
    Days,
    Unit,
    around,
    easter,
    nth_weekday,
    on,
    one,
    plus,
    run,
    year_of,
)
from dateline.resolve.time.meanings import Within, away, yearly
from dateline.resolve.time.phrases import Build, Phrase, Words, phrase, ranged
from dateline.resolve.time.setting import Meaning, Setting
from dateline.resolve.time.words import (
    DAY,
    DECADES,
    JOINT,
    MONTH,
    NUMBER,
    ORDINAL,
    SEASON,
    SEASON_MONTHS,
    WEEKDAY,
    WHICH,
    WHICHES,
    YEAR,
    any_of,
    month_of,
    number_of,
    ordinal_of,
    weekday_of,
)

# The year with a date, if one is there: 2012, '12, 89, last year, 2012's.

_RELATIVE_YEAR = r"(?:last|this|next|that|the same|the following|the previous|the next) year"
YEARISH = (
    rf"(?:(?:,? ?(?:of |in )?|-)(?P<year>{YEAR})|,? ?['’](?P<yy>\d\d)(?!\d)|"
    rf",? (?:of )?(?P<relative>{_RELATIVE_YEAR})"
    r"|[ -](?P<short>\d\d)(?= ?[(–—-]|[,;)](?!\d)|\.(?!\d)|$))"
)
_WHOSE = rf"(?:(?P<whose>{YEAR}|(?:last|this|next) year(?=['’]))(?:['’]s)? )?"
_SHIFTS = {"last": -1, "this": 0, "next": 1}
_FROM_TOLD = {"same": 0, "that": 0, "following": 1, "next": 1, "previous": -1}


def year_in(found: re.Match[str]) -> int | Meaning | None:
    """The year that a match of ``YEARISH`` names, as a number or a meaning; null if none."""
    named = found.groupdict()
    year, short = named.get("year"), named.get("yy") or named.get("short")
    relative = named.get("relative") or named.get("whose")
    if year or (relative and relative.isdigit()):
        return int(year or relative or 0)
    if short:
        return century_of(int(short))
    return _relative_year(relative) if relative else None


def century_of(short: int) -> int:
    """The year of two digits: 30 to 99 are of the twentieth century."""
    return short + (1900 if short >= 30 else 2000)


def _relative_year(words: str) -> Meaning:
    which = words.split()[-2]
    if which in _SHIFTS and not words.startswith("the"):
        return away(_SHIFTS[which], "year")
    return away(_FROM_TOLD[which], "year", "told")


def _yearly(found: re.Match[str], name: str, within: Within) -> Phrase:
    year = year_in(found)
    return phrase(found, yearly(name, within, year), dated=year is not None, turns=year is None)


def _turned(found: re.Match[str], name: str, within: Within) -> Phrase:
    """What comes every year, with the words that choose one: last, this, next, that, the following."""
    which = found["which"]
    if not which or year_in(found) is not None:
        return _yearly(found, name, within)
    if which in ("last", "past", "this past"):
        return phrase(found, yearly(name, within, shift=-1), deictic=True)
    if which in ("next", "coming", "this coming"):
        return phrase(found, yearly(name, within, shift=1), deictic=True)
    if which == "this":
        return phrase(found, meanings.nearest(name, within), deictic=True)
    if which == "the":
        return phrase(found, yearly(name, within), turns=True)
    return phrase(found, meanings.beside(name, within, _FROM_TOLD.get(which.split()[-1], 0)))


# Days.


def _iso(found: re.Match[str], _: Words) -> Phrase:
    year, month, day = (int(found[name]) for name in ("y", "m", "d"))
    clock = f"{found['h']}:{found['min']}" if found["h"] else None

    def meaning(_: Setting) -> Days:
        return Days(on(year, month, day), on(year, month, day), "day", "date in full", time=clock)

    return phrase(found, meaning, dated=True)


def _numeric(found: re.Match[str], words: Words) -> Phrase | None:
    if len(found["y"]) == 2 and found["sep"] != "/" and not words.given:
        return None
    year = century_of(int(found["y"])) if len(found["y"]) == 2 else int(found["y"])
    meaning = meanings.numeric(int(found["a"]), int(found["b"]), year, dotted=found["sep"] == ".")
    return phrase(found, meaning, dated=True)


def _day(found: re.Match[str], words: Words) -> Phrase | None:
    """3 March, Monday the 3rd of March 2012, March 3, 2012."""
    month, number = month_of(found["mon"]), ordinal_of(found["day"])
    if not 1 <= number <= 31 or (found.start("mon") < found.start("day") and _counts_things(found, words)):
        return None
    name = f"{number} {MONTHS[month - 1]}"
    year = year_in(found)
    if (month, number, year) == (9, 11, None) and _ATTACKS.match(words.lower, found.end()):
        return _attacks(found, words)
    weekday = weekday_of(found["wd"]) if found["wd"] and year is None else None
    return _yearly(found, name, meanings.month_day(month, number, weekday))


_ATTACKS = re.compile(r",? (?:terror|attack|hijack|suicide)")


def _attacks(found: re.Match[str], _: Words) -> Phrase:
    return phrase(found, meanings.fixed(one(2001, 9, 11).because("the day of the attacks")), dated=True)


def _counts_things(found: re.Match[str], words: Words) -> bool:
    """In May 12 people died: the number is no day."""
    ahead, behind = words.before(found.start(), 4), words.behind(found.end(), 2)
    return ahead.endswith("in ") and bool(re.match(" [a-z]", behind)) and year_in(found) is None


def _days(found: re.Match[str], words: Words) -> Phrase | None:
    """3 and 7 March, March 3-7, 12–14 June 2011, 5/6 June: two days of one month."""
    month, year = month_of(found["mon"]), year_in(found)
    first, last = (ordinal_of(found[name]) for name in ("day", "day2"))
    doubtful = len(found["mon"]) <= 3 and not words.capital(found.start("mon")) and not words.given
    if not 1 <= first < last <= 31 or doubtful:
        return None
    ends = [
        Phrase(
            *found.span(group),
            yearly(f"{number} {MONTHS[month - 1]}", meanings.month_day(month, number), year),
            dated=year is not None,
            turns=year is None,
        )
        for group, number in (("day", first), ("day2", last))
    ]
    return ranged(found.start(), found.end(), *ends)


def _nth_weekday(found: re.Match[str], _: Words) -> Phrase:
    """The first Monday of March, the last Friday in May 2012."""
    month, weekday = month_of(found["mon"]), weekday_of(found["wd"])
    number = -1 if found["n"] == "last" else ordinal_of(found["n"])
    name = f"{found['n']} {WEEKDAYS[weekday]} of {MONTHS[month - 1]}"
    return _yearly(found, name, lambda year: run(nth_weekday(year, month, weekday, number), "day"))


def _day_alone(found: re.Match[str], words: Words) -> Phrase | None:
    number = ordinal_of(found["day"])
    sure = words.given or found["wd"] or (found["on"] and found["day"][0].isdigit())
    if not sure or not 1 <= number <= 31:
        return None
    return phrase(found, meanings.day_of_month(number), turns=True)


# Months, seasons, quarters.


def _month(found: re.Match[str], words: Words) -> Phrase | None:
    name, year = MONTHS[month_of(found["mon"]) - 1], year_in(found)
    if not words.given and year is None and not _is_month(found, words):
        return None
    return _turned(found, name, meanings.month(month_of(found["mon"])))


def _is_month(found: re.Match[str], words: Words) -> bool:
    """No name as short as "Jan", and neither a verb nor Mrs May where one might be meant."""
    word, place = found["mon"], found.start("mon")
    if word in ("may", "march"):
        beside = _MONTH_AHEAD.search(words.before(place, 24)) or _MONTH_BEHIND.match(words.lower, found.end())
        return words.capital(place) and bool(found["which"] or beside)
    return len(word) > 3


_OTHER_MONTH = r"(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)"
_MONTH_AHEAD = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|between|before|after|during|through|early|late|mid|"
    r"(?:end|start|beginning|middle|month) of)[ -]|"
    rf"\b{_OTHER_MONTH}[a-z]*\.?(?:,? \d+)?(?: and | or | to |[-–]))$"
)
_MONTH_BEHIND = re.compile(rf"(?: to | through | and |[-–]){_OTHER_MONTH}|(?<=march)['’]s ")


def _season(found: re.Match[str], words: Words) -> Phrase | None:
    season, which, year = found["season"], found["which"], year_in(found)
    if year is None and not words.given and (not which or (which, season) == ("the", "fall")):
        return None
    return _turned(found, season, meanings.months(SEASON_MONTHS[season], 3, "season"))


def _season_of_two_years(found: re.Match[str], _: Words) -> Phrase:
    within = meanings.months(SEASON_MONTHS[found["season"]], 3, "season")
    return phrase(found, yearly(found["season"], within, int(found["year"])), dated=True)


def _quarter(found: re.Match[str], words: Words) -> Phrase | None:
    number = int(found["q"] or 0) or (4 if found["n"] == "final" else ordinal_of(found["n"]))
    return _business(found, words, f"quarter {number}", meanings.months(number * 3 - 2, 3, "quarter"))


def _half(found: re.Match[str], words: Words) -> Phrase | None:
    if not words.given and not (year_in(found) or found["joint"] == "-" or found["the"]):
        return None
    number = ordinal_of(found["n"])
    return _business(found, words, f"half {number}", meanings.months(number * 6 - 5, 6, "half"))


def _first_months(found: re.Match[str], words: Words) -> Phrase | None:
    number = number_of(found["num"])
    if number is None or number not in range(1, 12):
        return None
    return _business(found, words, f"first {int(number)} months", meanings.months(1, int(number), "half"))


DATE_BEHIND = re.compile(
    rf" (?:of |in )?(?:the )?(?:\d|(?:{MONTH}|{WEEKDAY}|{SEASON}|last|next|this|that|christmas|easter|"
    r"new year)\b)"
)
"""A date behind a phrase that is then only what is said of that date."""


def _business(found: re.Match[str], words: Words, name: str, within: Within) -> Phrase | None:
    year = year_in(found)
    if year is None and DATE_BEHIND.match(words.lower, found.end()):
        return None
    if year is None:
        return phrase(found, meanings.reported(name, within), deictic=True)
    return phrase(found, yearly(name, within, year), dated=True)


def _year_end(found: re.Match[str], _: Words) -> Phrase:
    return _yearly(found, "the year's end", meanings.month_day(12, 31))


# Years and longer.


def _fiscal(found: re.Match[str], _: Words) -> Phrase:
    return phrase(found, yearly("fiscal year", year_of, year_in(found)), dated=True)


def _year(found: re.Match[str], words: Words) -> Phrase | None:
    year = int(found["y"])
    if not words.given and not _is_year(found, words):
        return None
    return phrase(found, meanings.fixed(year_of(year)), dated=True)


_YEAR_AHEAD = re.compile(
    r"(?:^|\b(?:in|since|during|until|till|by|before|after|year|late|early|circa|fiscal|election|census|"
    r"class of|(?:for|in) the|(?:end|start|beginning|summer|winter|spring|autumn|fall) of) |"
    r"[(\[–—]\s?|c\. ?|\b(?:mid|pre|post|early|late)-)$"
)
_YEAR_PERHAPS_AHEAD = re.compile(
    r"(?:\b(?:of|from|to|through|and|or|between|the|a|this|that|around|about|on|its|his|their|our|[a-z]+['’]s)|"
    r"[,;:“\"‘-]) ?$"
)
_NUMBER_AHEAD = re.compile(r"[$£€#@/:.+]$|(?<!\d)[,-]$|\d\s?$")
_COUNTED = any_of(
    re.findall(
        r"\w+",
        """
        people men women children troops soldiers police dead tons tonnes miles km kilometers kilometres
        meters metres dollars euros pounds feet words votes seats others more other homes houses
        civilians fighters hours workers jobs points shares units megawatts acres hectares barrels years
        months days cases
        """,
    )
)
_COUNTED_BEHIND = re.compile(
    r" ?[%°$€£]|,\d|[.:/]\d|-\d(?!\d{3}\b)|-[a-z]\b|-(?:year|strong|mile|meter|metre|page|seat|foot|odd)|"
    rf" (?:{_COUNTED}|[a-z]+(?:ers|ants|ists|ians))\b"
)


def _is_year(found: re.Match[str], words: Words) -> bool:
    """Whether a bare number of four digits is a year, by the words around it."""
    before, behind = words.before(found.start()), words.behind(found.end(), 2)
    if _NUMBER_AHEAD.search(before) and not re.search(r"\b(?:mid|pre|post|early|late)-$", before):
        return False
    if _COUNTED_BEHIND.match(words.lower, found.end()):
        return behind != "%" and bool(re.search(r"\b(?:in|since|during) $", before))
    modern = 1900 <= int(found["y"]) <= 2100
    perhaps = _YEAR_PERHAPS_AHEAD.search(before) or not re.match(r" [a-z0-9]", behind)
    return bool(_YEAR_AHEAD.search(before)) or (modern and bool(perhaps))


def _short_year(found: re.Match[str], words: Words) -> Phrase | None:
    ahead = re.search(r"\b(?:in|since|of|by|until|from|the) $", words.before(found.start()))
    if not words.given and not ahead:
        return None
    return phrase(found, meanings.fixed(year_of(century_of(int(found["yy"])))), dated=True)


def _era(found: re.Match[str], words: Words) -> Phrase | None:
    """AD 842, 500 CE; three digits alone only where they are known to tell a time."""
    year = int(found["a"] or found["b"])
    if found["bc"]:
        return phrase(found, meanings.impossible("years before year 1 are not told in days"), dated=True)
    if not (words.given or found["ad"] or found["ce"]) or not 1 <= year <= 2100:
        return None
    return phrase(found, meanings.fixed(year_of(year)), dated=True)


def _years(found: re.Match[str], _: Words) -> Phrase | None:
    """1992–94, 2005-06, 1999-00: from one year to another within sixty."""
    first = int(found["y"])
    last = first // 100 * 100 + int(found["z"])
    last += 100 if last < first else 0
    if not 1 <= last - first <= 60:
        return None
    ends = [
        Phrase(*found.span(group), meanings.fixed(year_of(year)), dated=True)
        for group, year in (("y", first), ("z", last))
    ]
    return ranged(found.start(), found.end(), *ends)


def _decade(found: re.Match[str], words: Words) -> Phrase | None:
    """The 1990s, the '90s, the nineties; "the 1600s" are a century."""
    sure = found["the"] or found["mark"] or words.given
    if not found["full"] and (not sure or _OF_LIFE.search(words.before(found.start(), 20))):
        return None
    short = DECADES[found["word"]] if found["word"] else int(found["short"] or 0)
    first = int(found["full"]) if found["full"] else 1900 + short if found["word"] else century_of(short)
    if not 1000 <= first <= 2090:
        return None
    unit: Unit = "century" if first % 100 == 0 and first % 1000 else "decade"
    return phrase(found, meanings.fixed(run(on(first, 1, 1), unit).because(f"the {first}s")), dated=True)


_OF_LIFE = re.compile(r"\b(?:his|her|their|my|your|our) (?:early |mid-?|late )?$")


def _century(found: re.Match[str], _: Words) -> Phrase | None:
    number = ordinal_of(found["ord"])
    if not 1 <= number <= 21:
        return None
    century = around(on(max(1, number * 100 - 100), 1, 1), "century")
    return phrase(found, meanings.fixed(century.because(f"century {number}")), dated=True)


_FIRST_WAR = Days(on(1914, 7, 28), on(1918, 11, 11), "decade", "the first world war")
_SECOND_WAR = Days(on(1939, 9, 1), on(1945, 9, 2), "decade", "the second world war")
PERIODS = dict.fromkeys(
    ("world war i", "world war one", "the first world war", "first world war", "wwi"), _FIRST_WAR
) | dict.fromkeys(
    ("world war ii", "world war two", "the second world war", "second world war", "wwii"), _SECOND_WAR
)
"""Periods whose days are beyond doubt, by their names."""


def _period(found: re.Match[str], words: Words) -> Phrase | None:
    return phrase(found, meanings.fixed(PERIODS[found.group()]), dated=True) if words.given else None


# Holidays: those of one day everywhere.

_FIXED = {
    "christmas day": (12, 25), "christmas eve": (12, 24), "christmas": (12, 25), "boxing day": (12, 26),
    "new year['’]?s eve": (12, 31), "new year['’]?s day": (1, 1), "new year['’]s": (1, 1), "may day": (5, 1),
    "valentine['’]?s day": (2, 14), "halloween": (10, 31), "fourth of july": (7, 4), "bastille day": (7, 14),
    "april fools?['’]? day": (4, 1), "st\\.? patrick['’]?s day": (3, 17),
}  # fmt: skip
_FROM_EASTER = {
    "easter sunday": 0, "easter monday": 1, "easter": 0, "good friday": -2, "holy saturday": -1,
    "maundy thursday": -3, "palm sunday": -7, "ash wednesday": -46, "ascension day": 39, "pentecost": 49,
    "whit monday": 50,
}  # fmt: skip


def _holiday(found: re.Match[str], words: Words) -> Phrase | None:
    name, place = found["name"], found.span("name")
    if not words.given and not words.capital(place[0]):
        return None
    return _turned(found, words.text[slice(*place)], _holiday_within(name))


def _holiday_within(name: str) -> Within:
    if name in _FROM_EASTER:
        return partial(_after_easter, _FROM_EASTER[name])
    if name.startswith("thanksgiving"):
        return lambda year: run(nth_weekday(year, 11, 3, 4), "day")
    month, day = next(day for pattern, day in _FIXED.items() if re.fullmatch(pattern, name))
    return meanings.month_day(month, day)


def _after_easter(number: int, year: int) -> Days:
    return run(plus(easter(year), number), "day")


_OF_YEAR = rf"(?:(?: of)?(?: fiscal)?{YEARISH})"
_NTH_QUARTER = r"(?P<n>first|second|third|fourth|final|1st|2nd|3rd|4th)"
_NO_DAY = (
    r"(?! (?:century|centuries|anniversary|amendment|floor|time|day|year|street|avenue|birthday|grade|place|"
    r"army|brigade|division|battalion|district|round|congress))"
)

RULES: tuple[tuple[str, Build], ...] = (
    (
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
        r"(?:[t ](?P<h>\d\d):(?P<min>\d\d)(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?",
        _iso,
    ),
    (r"(?P<y>\d{4})/(?P<m>\d\d)/(?P<d>\d\d)(?P<h>)(?P<min>)", _iso),
    (r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?P<h>)(?P<min>)", _iso),
    (r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4}|\d\d)", _numeric),
    (r"9/11", _attacks),
    (rf"(?:the )?(?P<day>{DAY}){JOINT}(?:the )?(?P<day2>{DAY})(?: of)? (?P<mon>{MONTH}){YEARISH}?", _days),
    (rf"(?P<mon>{MONTH}) (?P<day>{DAY}){JOINT}(?P<day2>{DAY})(?![:\d]){YEARISH}?", _days),
    (
        rf"(?:(?P<wd>{WEEKDAY}),? ?)?(?:the )?(?P<day>{DAY}|{ORDINAL})(?:,? (?:of )?|-)?(?P<mon>{MONTH})"
        rf"{YEARISH}?",
        _day,
    ),
    (
        rf"(?:(?P<wd>{WEEKDAY}),? )?(?P<mon>{MONTH}) ?(?:the )?(?P<day>{DAY})"
        rf"(?!:\d|%| ?(?:percent|per cent|people)){YEARISH}?",
        _day,
    ),
    (
        rf"(?:the )?(?P<n>first|second|third|fourth|last) (?P<wd>{WEEKDAY}) (?:of|in) (?P<mon>{MONTH})"
        rf"{YEARISH}?",
        _nth_weekday,
    ),
    (
        rf"(?:(?P<wd>{WEEKDAY}),? the |(?P<on>(?<=on )the ))?(?P<day>{ORDINAL})(?! {WEEKDAY}){_NO_DAY}",
        _day_alone,
    ),
    (rf"{_WHOSE}{WHICH}(?P<mon>{MONTH}){YEARISH}?", _month),
    (rf"{_WHOSE}(?:(?P<which>{WHICHES}|the) )?(?P<season>{SEASON})(?:time)?{_OF_YEAR}?", _season),
    (rf"(?:the )?(?P<season>winter)(?: of)? (?P<year>{YEAR}) ?[-–/] ?\d\d(?:\d\d)?", _season_of_two_years),
    (
        rf"{_WHOSE}(?:the )?(?:(?:fiscal )?{_NTH_QUARTER}(?: fiscal)?[ -]quarter|q(?P<q>[1-4])){_OF_YEAR}?",
        _quarter,
    ),
    (rf"{_WHOSE}(?P<the>the )?(?:fiscal )?(?P<n>first|second)(?P<joint>[ -])half{_OF_YEAR}?", _half),
    (rf"{_WHOSE}(?:the )?first (?P<num>{NUMBER}) months{_OF_YEAR}?", _first_months),
    (r"(?:the )?(?:year[- ]end|year['’]s end|end[- ]of[- ]year)", _year_end),
    (rf"(?:the )?(?:fiscal|financial)(?: year)?{YEARISH}", _fiscal),
    (r"fy ?['’]?(?:(?P<year>\d{4})|(?P<yy>\d\d))", _fiscal),
    (rf"(?:the year )?(?P<y>{YEAR})", _year),
    (r"['’](?P<yy>\d\d)", _short_year),
    (
        r"(?:(?P<ad>a\.?d\.?) ?(?P<a>\d{1,4})|(?P<b>\d{3}|\d{1,4}(?= (?:a\.?d|c\.?e|b\.?c)))"
        r"(?: (?:(?P<ce>a\.?d\.?|c\.?e\.?)|(?P<bc>b\.?c\.?(?:e\.?)?)))?)",
        _era,
    ),
    (r"(?P<y>[12]\d{3}) ?[-–/] ?['’]?(?P<z>\d\d)(?![\d-])", _years),
    (
        rf"(?P<the>the )?(?:(?P<full>\d{{3}}0)['’]?s|(?P<mark>['’])?(?P<short>\d0)['’]?s|"
        rf"(?P<word>{any_of(DECADES)}))",
        _decade,
    ),
    (rf"(?:the )?(?P<ord>{ORDINAL})[ -]century", _century),
    (any_of(PERIODS), _period),
    (
        rf"{_WHOSE}{WHICH}(?P<name>{any_of([*_FIXED, *_FROM_EASTER])}|thanksgiving(?: day)?){YEARISH}?",
        _holiday,
    ),
)
"""Patterns over lower-case text, and what they mean."""
