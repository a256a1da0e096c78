"""The grammar of time phrases: cores, the words around them, and ranges between them.

Cores ("3 March", "last week") are found by the rules of ``calendar`` and ``relative``, the longest at each
place. Words beside them change them: ``CLOSE`` ("late", "the first half of") before two phrases are joined to
a range ("from … to …"), ``OPEN`` ("since", "until") after that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Literal

from dateline.resolve.time import calendar, changes, relative
from dateline.resolve.time.changes import Change, changed
from dateline.resolve.time.days import Part
from dateline.resolve.time.phrases import Phrase, Words, ranged
from dateline.resolve.time.words import (
    DECADES,
    MONTH_NUMBERS,
    NUMBER,
    ORDINALS,
    PART,
    SEASON_MONTHS,
    UNITS,
    WEEKDAY_NUMBERS,
    any_of,
    number_of,
    ordinal_of,
    unit_of,
)

RULES = tuple(
    (re.compile(rf"(?:{pattern})(?!\w)"), build) for pattern, build in (*calendar.RULES, *relative.RULES)
)

_FIRST_WORDS = re.findall(
    r"\w+",
    """
    the this that these those last past previous preceding prior next coming following current present
    latest recent same every each year corresponding comparable like a an half several few some many
    countless one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety today
    tonight yesterday tomorrow overnight now right currently at presently nowadays recently lately in
    then within during noon midday midnight fiscal financial fy q1 q2 q3 q4 final end christmas boxing
    new valentine halloween april bastille st easter good holy maundy palm ash ascension pentecost whit
    thanksgiving world wwi wwii ad
    """,
)
_NAMES = (
    *MONTH_NUMBERS,
    *WEEKDAY_NUMBERS,
    *SEASON_MONTHS,
    *ORDINALS,
    *DECADES,
    *UNITS,
    *(f"{unit}s" for unit in UNITS),
)
_START = re.compile(rf"(?<![\w$£€#@])(?:['’]?\d|{any_of([*_FIRST_WORDS, *_NAMES])}(?![a-z]))")
"""Where a core may start: at no other words are the rules tried."""


def parse(words: Words, start: int, end: int) -> list[Phrase]:
    """The time phrases in a range of a text, in order, none within another."""
    phrases = _with_clocks(words, _cores(words, start, end))
    phrases = _all_changed(words, phrases, start, end, CLOSE)
    phrases = _with_ranges(words, phrases, start)
    return _all_changed(words, phrases, start, end, OPEN)


def _cores(words: Words, start: int, end: int) -> Iterator[Phrase]:
    reached = start
    for found in _START.finditer(words.lower, start, end):
        core = _longest(words, found.start(), end) if found.start() >= reached else None
        if core:
            yield core
            reached = core.end


def _longest(words: Words, place: int, end: int) -> Phrase | None:
    best: Phrase | None = None
    for pattern, build in RULES:
        found = pattern.match(words.lower, place, end)
        if found and found.end() > (best.end if best else place):
            best = build(found, words) or best
    return best


# A clock time beside a day is of that day.

_CLOCK_DAY = re.compile(r",? (?:on )?")
_DAY_CLOCK = re.compile(r",? (?:at |around |at about |at around |about |shortly (?:before|after) )?")


def _with_clocks(words: Words, phrases: Iterable[Phrase]) -> list[Phrase]:
    joined: list[Phrase] = []
    for phrase in phrases:
        left = joined[-1] if joined else None
        gap = words.lower[left.end : phrase.start] if left else ""
        if left and left.clock and not phrase.clock and _CLOCK_DAY.fullmatch(gap):
            joined[-1] = _at(phrase, left.clock, left.start, phrase.end)
        elif left and phrase.clock and not left.clock and _DAY_CLOCK.fullmatch(gap):
            joined[-1] = _at(left, phrase.clock, left.start, phrase.end)
        else:
            joined.append(phrase)
    return joined


def _at(day: Phrase, clock: Change, start: int, end: int) -> Phrase:
    return replace(day, start=start, end=end, meaning=changed(day.meaning, clock), clock=clock, parts=(day,))


# Words beside a phrase.

Maker = Callable[["re.Match[str]"], "Change | None"]
Side = Literal["before", "behind", "alone", "ago"]
"""Where the words of a change stand: "alone" before a phrase that ends its clause, "ago" before one that
counts back."""
Table = tuple[tuple[Side, "re.Pattern[str]", Maker], ...]


def _always(change: Change) -> Maker:
    return lambda _: change


_PARTS: dict[str, Part] = {
    "early": "early", "start": "early", "beginning": "early", "outset": "early", "opening days": "early",
    "first days": "early", "early part": "early", "mid": "mid", "middle": "mid", "late": "late",
    "end": "late", "close": "late", "closing days": "late", "last days": "late", "final days": "late",
    "latter part": "late",
}  # fmt: skip


def _part(found: re.Match[str]) -> Change:
    return changes.part(_PARTS[found["part"]])


def _half(found: re.Match[str]) -> Change:
    return changes.half("first" if found["n"] == "first" else "second")


def _units(found: re.Match[str]) -> Change | None:
    """The first three weeks of, the last week of, the second month of."""
    unit, which = unit_of(found["unit"]), found["n"]
    number = number_of(found["num"]) if found["num"] else 1
    if unit is None or number is None or number != int(number):
        return None
    if which in ("last", "final", "closing"):
        return changes.units(-int(number), unit)
    return changes.units(int(number), unit, 0 if which == "opening" else ordinal_of(which) - 1)


def _from_days(found: re.Match[str]) -> Change | None:
    """Two days before, a week after, the day after, the eve of."""
    if found["eve"]:
        return changes.counted_from(-1, "day")
    unit, number = unit_of(found["unit"]), number_of(found["num"]) if found["num"] else 1
    if unit is None or number is None:
        return None
    back = found["side"] in ("before", "prior to", "ahead of")
    return changes.counted_from(-number if back else number, unit)


def _ending(found: re.Match[str]) -> Change | None:
    """The year ended, the nine months to."""
    told = found["num"] or found["num2"]
    unit, number = unit_of(found["unit"] or found["unit2"]), number_of(told) if told else 1
    return changes.ending(number, unit) if unit and number else None


_UNIT = rf"(?P<unit>{any_of(UNITS)}s?)"
_OF = r"(?: of| in)(?: the)? "
_CLOSE: tuple[tuple[Side, str, Maker], ...] = (
    (
        "before",
        r"(?:the )?(?:very )?(?P<part>early|mid|late|end(?=-))(?:-| |,? (?:in|on)(?: the)? )(?:the )?$",
        _part,
    ),
    ("before", rf"(?:(?<=\bby )|(?<=\buntil ))(?:the )?end{_OF}$", _always(changes.last_day)),
    ("before", rf"(?:the )?(?:very )?(?P<part>{any_of(_PARTS)}){_OF}$", _part),
    ("before", r"(?:earlier (?:in |on )?(?:the )?|so far )$", _always(changes.parted("past"))),
    (
        "before",
        rf"(?:later (?:in |on )?(?:the )?|(?:the )?(?:rest|remainder){_OF})$",
        _always(changes.parted("future")),
    ),
    ("before", rf"(?:the )?(?P<n>first|second|latter|last) half{_OF}$", _half),
    (
        "before",
        r"(?:the )?(?P<n>first|second|third|fourth|fifth|last|final|opening|closing) "
        rf"(?:(?P<num>{NUMBER}) )?{_UNIT}{_OF}$",
        _units,
    ),
    (
        "before",
        rf"(?:(?:the )?(?P<eve>eve) of|(?:(?P<num>{NUMBER})|the) {_UNIT} "
        r"(?P<side>before|prior to|ahead of|after|following|from)) (?:the )?$",
        _from_days,
    ),
    (
        "before",
        r"(?:the )?week(?:end)? (?:of|beginning|starting)(?: on)? (?:the )?$",
        _always(changes.week_around),
    ),
    (
        "before",
        rf"(?:(?:the )?(?:(?P<num>{NUMBER}) )?(?:fiscal )?{_UNIT} (?:ended|ending)(?: on)?|"
        rf"the (?:(?P<num2>{NUMBER}) )?(?:fiscal )?(?P<unit2>{any_of(UNITS)}s?) (?:to|through)) (?:the )?$",
        _ending,
    ),
    ("before", r"(?:the )?(?:month|year|season) of $", _always(changes.same)),
    (
        "before",
        rf"(?:(?:the )?(?:{PART}|(?:early|small|predawn|pre-dawn) hours){_OF}|"
        r"(?:before|at|around|after|since) (?:dawn|dusk|sunrise|sunset|nightfall|daybreak)(?: on)? |"
        r"(?:dawn|dusk|early morning|late night)(?: on)? )$",
        _always(changes.same),
    ),
    (
        "behind",
        rf"(?:['’]s)?,? (?:(?:early|late|mid)[- ])?(?:in the |at )?(?:early |late )?{PART}(?! of\b)(?!\w)",
        _always(changes.same),
    ),
)
_OPEN: tuple[tuple[Side, str, Maker], ...] = (
    ("before", r"(?:ever )?since (?:at least |about |around |the )?$", _always(changes.since)),
    ("before", r"\b(?:starting|beginning|effective)(?: from| on| in)? (?:the )?$", _always(changes.since)),
    (
        "behind",
        r" onwards?\b| and (?:beyond|afterwards?)\b| ?[-–—] ?present\b| to (?:the present|date)\b",
        _always(changes.since),
    ),
    ("before", r"(?:up )?(?:until|till|til) (?:at least |about |the )?$", _always(changes.until)),
    ("before", r"\b(?:by|up to|through|no later than) (?:about |around )?(?:the )?$", _always(changes.until)),
    ("ago", r"\b(?:over|more than|at least) $", _always(changes.until)),
    ("ago", r"\b(?:less than|under) $", _always(changes.recent)),
    ("alone", r"\b(?:before|prior to) (?:the )?$", _always(changes.before)),
    ("alone", r"\bafter (?:the )?$", _always(changes.after)),
)

CLOSE: Table = tuple((side, re.compile(pattern), maker) for side, pattern, maker in _CLOSE)
"""Words before or behind a phrase that lie in or beside its days."""
OPEN: Table = tuple((side, re.compile(pattern), maker) for side, pattern, maker in _OPEN)
"""Words that leave a phrase without its first or its last day."""

_AGO = re.compile(r"(?:ago|earlier|before|back)$")
_ALONE_BEHIND = re.compile(
    r"(?:$|[\s,]*(?:[.;:)\n]|,|"
    r"(?:and|but|when|as|while|that|which|who|with|for|in|at|the|to|it|he|she|they)\b))"
)
_LOOK = 40
"""How many characters before a phrase are looked at."""


def _all_changed(words: Words, phrases: list[Phrase], start: int, end: int, table: Table) -> list[Phrase]:
    done: list[Phrase] = []
    for number, phrase in enumerate(phrases):
        low = done[-1].end if done else start
        high = phrases[number + 1].start if number + 1 < len(phrases) else end
        done.append(_changed(words, phrase, low, high, table))
    return done


def _changed(words: Words, phrase: Phrase, low: int, high: int, table: Table) -> Phrase:
    """The phrase with the words beside it that the table knows, the nearest first; only one opens it."""
    if table is OPEN and phrase.clock:
        return phrase
    for side, pattern, maker in table:
        found = _found_beside(words, phrase, low, high, side, pattern)
        change = maker(found) if found else None
        if found and change:
            inner = phrase.parts if change is changes.same else (phrase,)
            start, end = min(found.start(), phrase.start), max(found.end(), phrase.end)
            wider = replace(
                phrase, start=start, end=end, meaning=changed(phrase.meaning, change), parts=inner
            )
            return wider if table is OPEN else _changed(words, wider, low, high, table)
    return phrase


def _found_beside(
    words: Words, phrase: Phrase, low: int, high: int, side: Side, pattern: re.Pattern[str]
) -> re.Match[str] | None:
    """The match of a pattern that touches a phrase, between the phrases before and behind it."""
    if side == "behind":
        return pattern.match(words.lower, phrase.end, high)
    if side == "ago" and not _AGO.search(words.lower, phrase.start, phrase.end):
        return None
    if side == "alone" and not _ALONE_BEHIND.match(words.lower, phrase.end):
        return None
    found = pattern.search(words.lower, max(low, phrase.start - _LOOK), phrase.start)
    return None if found and words.before(found.start(), 1).isalnum() else found


# Ranges.

_TO = re.compile(r" ?[-–—] ?| (?:to|until|till|through|into) (?:the |early |late )?")
_AND = re.compile(r" and (?:the )?")
_FROM = re.compile(r"\b(from|between) (?:the )?$")


def _with_ranges(words: Words, phrases: list[Phrase], start: int) -> list[Phrase]:
    joined: list[Phrase] = []
    for phrase in phrases:
        left = joined[-1] if joined else None
        if len(phrase.parts) == 2:
            phrase = replace(phrase, start=_opening(words, phrase, start))
        opened = _range_start(words, left, phrase, start) if left else None
        if left and opened is not None:
            joined[-1] = ranged(opened, phrase.end, left, phrase)
        else:
            joined.append(phrase)
    return joined


def _range_start(words: Words, left: Phrase, right: Phrase, start: int) -> int | None:
    """Where the range of two phrases starts, null if they do not bound one."""
    if left.clock and not right.clock:
        return None
    opening = _opening(words, left, start)
    joint = _AND if words.lower.startswith("between", opening) else _TO
    return opening if joint.fullmatch(words.lower, left.end, right.start) else None


def _opening(words: Words, phrase: Phrase, start: int) -> int:
    """Where "from" or "between" before a phrase stands, or else the phrase."""
    word = _FROM.search(words.lower, max(start, phrase.start - 13), phrase.start)
    return word.start() if word else phrase.start
