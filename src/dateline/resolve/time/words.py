"""The words of time, as patterns over lower-case text and as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dateline.resolve.numbers import amount
from dateline.resolve.time.days import Unit


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


def _named(*rows: str) -> dict[str, int]:
    return {word: number for number, row in enumerate(rows, 1) for word in row.split()}


MONTH_NUMBERS = _named(
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
WEEKDAY_NUMBERS = {
    word: number - 1
    for word, number in _named(
        "monday mon", "tuesday tues tue", "wednesday wed weds", "thursday thurs thur thu", "friday fri",
        "saturday sat", "sunday sun",
    ).items()
}  # fmt: skip
SEASON_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which a season begins."""

UNITS: Mapping[str, Unit] = {
    "day": "day", "night": "day", "week": "week", "fortnight": "week", "weekend": "weekend", "month": "month",
    "quarter": "quarter", "year": "year", "decade": "decade", "century": "century", "centuries": "century",
}  # fmt: skip
HOURS = {"hour": 1.0, "minute": 1 / 60, "second": 1 / 3600}
"""Units shorter than a day, in hours."""

_ONES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
    "twentieth",
)  # fmt: skip
ORDINALS: dict[str, int] = (
    {word: number for number, word in enumerate(_ONES, 1)}
    | {f"twenty{joint}{word}": 20 + number for joint in "- " for number, word in enumerate(_ONES[:9], 1)}
    | {"thirtieth": 30, "thirty-first": 31, "thirty first": 31}
)
DECADES = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}  # fmt: skip

_TENS = any_of(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"))
_SMALL = any_of((
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
))  # fmt: skip
VAGUE = r"(?:a few|few|several|some|many|a number of|a handful of|recent|countless)"
NUMBER = (
    rf"(?:\d{{1,4}}(?:,\d{{3}})?(?: 1/2|½|\.5)?|{_TENS}(?:[- ]{_SMALL})?|{_SMALL}|half an?|an? half|"
    rf"a couple(?: of)?|a dozen|"
    rf"a hundred|an?|{VAGUE})(?: and an? half)?"
)


def _names(numbers: Mapping[str, int], longest: int) -> str:
    """Full names, and short ones with or without a point."""
    full = {word for word in numbers if len(word) > longest} | ({"may", "june", "july"} & set(numbers))
    return rf"(?:{any_of(full)}|{any_of(set(numbers) - full)}\.?)"


MONTH = _names(MONTH_NUMBERS, 4)
WEEKDAY = _names(WEEKDAY_NUMBERS, 5)
SEASON = any_of(SEASON_MONTHS)
UNIT = rf"(?:{any_of([*UNITS, *HOURS])}s?)"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{any_of(ORDINALS)})"
DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?(?!\d))"
YEAR = r"(?:[12]\d{3}(?!\d))"
JOINT = r"(?: ?[-–—/] ?| to | and | or | until | till | through | into )"
WHICHES = (
    "this past|this coming|the following|the next|the previous|that same|the same|"
    "last|past|next|coming|this|that"
)
WHICH = rf"(?:(?P<which>{WHICHES}) )?"
PART = r"(?:morning|afternoon|evening|night|nite|noon|midday|midnight|dawn|dusk|lunchtime)"
_ZONE = r"(?:local(?: time)?|gmt|utc|bst|[ecmp][sd]?t|cest|cet|eest|eet|ist|msk)\b"
ZONE = rf"(?: ?(?:hours|hrs)\b)?(?: {_ZONE}| \({_ZONE}\))?"


def month_of(word: str) -> int:
    """1 to 12 of a month's name."""
    return MONTH_NUMBERS[word.rstrip(".")]


def weekday_of(word: str) -> int:
    """0 (Monday) to 6 of a weekday's name."""
    return WEEKDAY_NUMBERS[word.rstrip(".")]


def ordinal_of(word: str) -> int:
    """The number of "21st" or "twenty-first"."""
    return int(re.sub(r"\D", "", word)) if word[0].isdigit() else ORDINALS[word]


def unit_of(word: str) -> Unit | None:
    """The unit of a singular or plural, null for what is shorter than a day."""
    return UNITS.get(word) or UNITS.get(word.rstrip("s"))


def number_of(words: str) -> float | None:
    """The value of a ``NUMBER``, null for a vague one."""
    half = re.search(r"(?:^half an?|^an? half|an? half|(?: and an? half| 1/2|½|\.5))$", words)
    plain = words[: half.start()] if half else words
    if not plain:
        return 0.5
    if re.fullmatch(VAGUE, plain):
        return None
    if plain in ("a", "an"):
        return 1 + (0.5 if half else 0)
    value = amount(plain).value
    return None if value is None else value + (0.5 if half else 0)
