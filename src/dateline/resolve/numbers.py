"""How many a toll's words count: "three" is 3, "at least 11" is 11 or more, "dozens" 24 or more.

``value`` is the one number that the words give; ``low`` and ``high`` bound what they leave open:

- a number alone, or one person ("a man", a name): exact, so that low = value = high;
- "at least", "more than", "over": no high; "up to", "as many as", "fewer than": no low. The number itself is
  the other bound, since news does not tell "more than 20" from "20 or more";
- "about", "some", "an estimated": a tenth to either side; "nearly": a tenth below;
- "between 5 and 7", "5–7", "three or four": these bounds, no value;
- "dozens", "hundreds", "tens of thousands": two of the greatest or more, no value; "several": three or more;
  "a few", "many", a bare plural ("soldiers"): two or more;
- "no one": 0;
- what "and" joins is added up: "two brothers and their mother" are 3; but two nouns without an article of
  their own may be one person, so that "his bodyguard and driver" are 1 or 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import prod
from typing import Any

from dateline.ontology import COUNTS
from dateline.types import Count, EventReport, Reading


@dataclass(frozen=True, slots=True)
class Amount:
    """How many: ``low <= value <= high``, each null where the words do not give it."""

    value: int | None
    low: int | None
    high: int | None


_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORTH: dict[str, float] = (
    {word: number for number, word in enumerate(_UNITS)}
    | {word: 10 * tens for tens, word in enumerate(_TENS, 2)}
    | {"both": 2, "couple": 2, "pair": 2, "duo": 2, "trio": 3, "half": 0.5}
)
_SCALE = {
    "dozen": 12, "score": 20, "hundred": 100, "thousand": 1_000, "lakh": 100_000, "million": 1_000_000,
    "crore": 10_000_000, "billion": 1_000_000_000,
}  # fmt: skip
_PLURAL = {f"{word}s": number for word, number in _SCALE.items()} | {"tens": 10}
_LEAST = {"several": 3, "few": 2, "handful": 2, "many": 2, "some": 2, "multiple": 2, "numerous": 2}


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(words) + ")"


# A word's hyphen does not part it ("twenty-one"), a digit's does ("30-40").
_DIGITS = r"(?<![\w.,])(?:\d{1,3}(?:[, ]\d{3})+|\d{1,12}(?:\.\d{1,6})?)(?![\w,.]*\d)(?!\w)"
_NUMERAL = rf"(?:{_any(_WORTH)}\b|an?(?= (?:{'|'.join([*_SCALE, 'couple', 'pair', 'half'])})\b))"
_MORE = rf"(?:[ -](?:of )?(?:an?[ -])?{_any(_SCALE)}s?\b|(?:[ -]| and )(?:an? )?{_any(_WORTH)}\b)"
_NUMBER = rf"(?:{_DIGITS}|\b{_NUMERAL}){_MORE}*"
_RANGE = re.compile(
    rf"\bbetween ({_NUMBER}) (?:and|to) ({_NUMBER})|({_NUMBER})(?:(?<=\d) ?- ?| ?[–—] ?| to | or )({_NUMBER})"
)
_ALONE = re.compile(_NUMBER)
_VAGUE = re.compile(rf"\b{_any([*_LEAST, *_PLURAL])}(?:[ -](?:of )?{_any([*_PLURAL, *_SCALE])})*\b")
_NOBODY = re.compile(r"(?:no(?: one|body)?|none|neither|not (?:one|a single))\b(?! (?:fewer|less|more))")

# What qualifies a number: the first that stands before it, or else right behind it, holds.
_BEFORE = (
    ("least", re.compile(r"\b(?:no|not) (?:fewer|less) than\b")),
    ("most", re.compile(r"\b(?:(?:no|not) more than|(?:fewer|less) than|up to|as many as|maximum)\b")),
    ("most", re.compile(r"\b(?:under|below)\b")),
    ("nearly", re.compile(r"\b(?:nearly|almost|close to|approaching)\b")),
    ("least", re.compile(r"\b(?:at least|more than|over|above|upwards? of|in excess of|minimum)\b")),
    ("about", re.compile(r"\b(?:about|around|approximately|roughly|some|estimated|perhaps|probably)\b")),
)  # fmt: skip
_BEHIND = (
    ("least", re.compile(r" ?\+|[ -]plus\b| or (?:more|above)\b")),
    ("most", re.compile(r" or (?:fewer|less)\b")),
    ("about", re.compile(r" or so\b")),
)

# An age is no count: "a 10-year-old girl", "aged 12", "Sam Reyes (42)", "Ann Hale, 34".
_AGE = re.compile(
    r"\b[\w-]+[ -]+(?:year|month|week|day)s?[ -]+olds?\b|\baged \w+|(?<=[a-z])(?:,| \() ?\d\d\)?$", re.I
)

_DETERMINED = _any(
    ["an?", "the", "his", "her", "their", "its", "another", *_WORTH, *_LEAST, *_PLURAL, *_SCALE]
)
_AND = r"(?:,? and|,? as well as|,? plus| &)"
_JOINT = re.compile(rf"(?<!hundred)(?<!thousand)(?<!million)(?:{_AND}|,) (?={_DETERMINED}\b|\d)", re.I)
_JOINING = re.compile(rf"{_AND} ", re.I)
_NAME = r"(?:[A-Z][\w.'’-]*|al-\w+|bin|de|la)"
_NAMES = re.compile(rf"{_NAME}(?: {_NAME})*")

_ONE = re.compile(r"(?:an?|another|him|he|she|each)\b")
_HEAD = re.compile(r"\b(?:of|in|from|at|on|who|that|which|with|including|by|near|among|as)\b|[,(]")
_MANY = {
    "people", "persons", "police", "men", "women", "children", "troops", "personnel", "casualties", "others",
    "civilians", "soldiers", "members", "residents", "militants", "victims", "all", "half", "everyone", "us",
    "them", "they", "we", "family", "families", "crowd", "crew", "number", "numbers",
}  # fmt: skip
_ENDINGS = re.compile(r"[a-z].*(?<![su'’i])s|.*(?:ians|eans|icans|ists)")


def amount(words: str) -> Amount:
    """How many the words of a toll count, by the rules above; for one person 1. Never fails."""
    plain = _AGE.sub("", " ".join(words.split())).strip()
    return _sum([_part(part) for part in _joined(plain)])


def counted(reading: Reading) -> Reading:
    """The reading with the numbers of its tolls."""
    return replace(reading, events=tuple(map(_with_tolls, reading.events)))


def _with_tolls(event: EventReport) -> EventReport:
    told: dict[str, Any] = {role: tuple(map(_counted, getattr(event, role))) for role in COUNTS}
    return replace(event, **told)


def _counted(count: Count) -> Count:
    found = amount(count.text)
    return replace(count, value=found.value, low=found.low, high=found.high)


def _joined(words: str) -> list[str]:
    """The parts that "and" adds up: each with a number or an article, or each a name."""
    sides = _JOINING.split(words)
    if len(sides) == 1 or "between" in words.lower():
        return [words]
    return sides if all(map(_NAMES.fullmatch, sides)) else _JOINT.split(words)


def _sum(parts: list[Amount]) -> Amount:
    return Amount(*(_total([getattr(part, bound) for part in parts]) for bound in ("value", "low", "high")))


def _total(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _part(words: str) -> Amount:
    """Nobody, a number with what qualifies it, a vague quantity, or persons without either."""
    lower = words.lower()
    if _NOBODY.match(lower):
        return Amount(0, 0, 0)
    for found in (*_RANGE.finditer(lower), *_ALONE.finditer(lower), *_VAGUE.finditer(lower)):
        told = _told(found)
        if told:
            return _qualified(told, _qualifier(lower, found))
    return _persons(words)


def _told(found: re.Match[str]) -> Amount | None:
    """What a match of ``_RANGE``, ``_ALONE`` or ``_VAGUE`` says by itself."""
    if found.re is _VAGUE:
        return Amount(None, _least(found.group()), None)
    if found.re is _ALONE:
        number = _number(found.group())
        return None if number is None else Amount(number, number, number)
    first, second = filter(None, found.groups())
    low, high = _number(first), _number(second)
    scale = _scale(second) if not second.startswith("a") and _scale(first) == 1 else 1
    if low is None or high is None:
        return None
    low, high = sorted((low * scale, high))
    return Amount(low if low == high else None, low, high)


def _number(words: str) -> int | None:
    """The value of a numeral: "two hundred and five", "1.5 million", "half a dozen"; null if no whole one."""
    total = group = 0.0
    for word in re.findall(r"\d[\d,. ]*(?<=\d)|[a-z]+", words):
        if word[0].isdigit():
            group += float(re.sub("[, ]", "", word))
        elif word in _WORTH:
            group += _WORTH[word]
        elif (scale := _scale(word)) > 1:
            group = (group or 1) * scale
            if scale >= 1_000:
                total, group = total + group, 0
    number = round(total + group, 3)
    return int(number) if number == int(number) else None


def _scale(words: str) -> int:
    """The product of the scales among the words: 12,000 of "dozens of thousands"."""
    return prod((_SCALE | _PLURAL).get(word, 1) for word in re.findall("[a-z]+", words))


def _least(words: str) -> int:
    """The least that a vague quantity means: its scale as often as its first word says, or else twice."""
    return _LEAST.get(re.split("[ -]", words)[0], 2) * _scale(words)


def _qualifier(words: str, found: re.Match[str]) -> str | None:
    before, behind = words[: found.start()], words[found.end() :]
    named = [name for name, pattern in _BEFORE if pattern.search(before)]
    return next(iter([*named, *(name for name, pattern in _BEHIND if pattern.match(behind))]), None)


def _qualified(told: Amount, qualifier: str | None) -> Amount:
    if qualifier == "least":
        return replace(told, high=None)
    if qualifier == "most":
        return replace(told, low=None)
    if qualifier is None or told.value is None:
        return told
    tenth = -(-told.value // 10)
    return Amount(told.value, told.value - tenth, told.value + tenth * (qualifier == "about"))


def _persons(words: str) -> Amount:
    """One person, several, or, of two nouns that may be one's, 1 or 2; null without letters."""
    if not re.search(r"[^\W\d_]", words):
        return Amount(None, None, None)
    head = (_HEAD.split(words)[0].split() or [""])[-1]
    one = _ONE.match(words.lower())
    if head.lower() in _MANY or (not one and _ENDINGS.fullmatch(head)):
        return Amount(None, 2, None)
    return Amount(None, 1, 2) if _JOINING.search(words) and not one else Amount(1, 1, 1)
