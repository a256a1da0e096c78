"""The value of a toll's words: "three" is 3, "at least 11" is 11, "a man" is 1, "dozens" is unknown."""

from __future__ import annotations

import re

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = (
    {w: i for i, w in enumerate(_UNITS)}
    | {w: 20 + 10 * i for i, w in enumerate(_TENS)}
    | {"both": 2, "couple": 2, "pair": 2, "duo": 2, "trio": 3}
)
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_VAGUE = re.compile(
    r"\b(?:dozens|scores|several|many|some|few|numerous|hundreds|thousands|tens|multiple|others|all|numbers?|"
    r"casualties|people|civilians|soldiers|members|residents|children|women|men|militants|troops|victims)\b"
)
# An age is no count: "a 10-year-old girl", "Sam Reyes (42)".
_AGE = re.compile(r"\b[\w-]+[ -]+(?:year|month)s?[ -]+olds?\b|\(\d+\)|\baged \w+")
_DIGITS = re.compile(r"(?<![\w.])\d{1,3}(?:[, ]\d{3})+(?!\d)|(?<![\w.])\d+(?!\d)")


def value(words: str) -> int | None:
    """How many the words count, or None where they give no one number.

    Digits come first, then number words; a phrase for one person counts 1.
    """
    lower = _AGE.sub(" ", words.lower()).replace("-", " ")
    digits = _DIGITS.search(lower)
    if digits:
        return int(re.sub(r"[, ]", "", digits.group())) * _scale_after(lower, digits.end())
    if re.search(r"\bhalf a million\b", lower):
        return 500_000
    spoken = _spoken(re.sub(r"^one of\b", "", lower))
    if spoken is not None:
        return spoken
    return None if _VAGUE.search(lower) else 1


def _scale_after(words: str, end: int) -> int:
    following = re.match(r"\s+(\w+)", words[end:])
    return _SCALES.get(following.group(1), 1) if following else 1


def _spoken(words: str) -> int | None:
    """The first run of number words, added up: "two hundred and five" is 205."""
    total: int | None = None
    before = ""
    for word in re.findall(r"[a-z]+", words):
        if word in _VALUES:
            total = (total or 0) + _VALUES[word]
        elif word in _SCALES and (total is not None or before in ("a", "an")):
            total = (total or 1) * _SCALES[word]
        elif total is not None and word != "and":
            break
        before = word
    return None if re.match(r"several|few", words) else total
