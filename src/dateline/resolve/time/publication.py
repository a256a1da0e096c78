"""The day that an article counts from: its publication, as the publisher gave it, or its dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.resolve.time.days import Days, Unresolved, on
from dateline.resolve.time.phrases import Phrase
from dateline.resolve.time.setting import Anchor, Setting
from dateline.types import Article, Evidence

EARLIEST, LATEST = 1600, 2200
"""Years of publication that are believed: newspapers began about 1605."""
HEAD = 400
"""Within so many characters of the body's start a dateline is looked for."""
NEAR = 7
"""A dateline is believed if it is at most so many days from the publication."""

_ISO = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)", re.ASCII)
_LINE_BEFORE = re.compile(r"(?:^|\n)\W{0,3}(?:(?:published|updated|posted|last updated)(?: on|:)? ?)?$", re.I)
_LINE_BEHIND = re.compile(r"[\W\d]{0,12}(?:[ap]\.?m\.?)?[\W\d]{0,8}(?:[A-Z]{2,4})?\)?\s*(?:\n|$)")
_PLACE_BEFORE = re.compile(r"(?:^|\n)\W{0,3}[A-Z][\w.'’-]*(?:[ ,/]+[A-Za-z.'’()-]+){0,6},? \(?$")
_DASH_BEHIND = re.compile(r"\)?,? ?(?:\([^()\n]{2,40}\)|\[[^\]\n]{2,60}\])? ?(?:--|[-–—:_])")

_MONTH_FIRST = frozenset({"USA", "PRI", "GUM", "ASM", "VIR", "MNP", "PHL", "FSM", "MHL", "PLW"})
_EITHER = frozenset({"CAN", "CHN", "JPN", "KOR", "PRK", "TWN", "MNG", "HUN", "LTU", "IRN"})
"""Where a date in figures may have either order, or begins with the year."""


def publication_day(published: str | None) -> date:
    """The calendar day of an ISO 8601 date or date-time, just as it is written: no zone shifts it.

    A zone that nobody knows therefore does no harm. Raises ``Unresolved``, with the reason, where there is no
    such day or its year is absurd.
    """
    if not published:
        raise Unresolved("the day of publication is unknown")
    found = _ISO.match(published)
    if not found:
        raise Unresolved(f"the publication {published[:40]!r} is no ISO 8601 date")
    year, month, number = map(int, found.groups())
    if not EARLIEST <= year <= LATEST:
        raise Unresolved(f"the year of publication, {year}, is absurd")
    return on(year, month, number)


def day_first(country: str | None) -> bool | None:
    """Whether 03/04/2024 is 3 April in a country (ISO 3166-1 alpha-3), null where nobody can tell."""
    return None if country is None or country in _EITHER else country not in _MONTH_FIRST


def anchored(article: Article, phrases: Sequence[Phrase], published: str | None) -> tuple[Anchor | None, str]:
    """The day that others count from, or why there is none: the dateline's, or else the publication's."""
    reason, anchor = "", None
    try:
        anchor = Anchor(publication_day(published), "publication on", Evidence(field="published"))
    except Unresolved as unknown:
        reason = unknown.reason
    return next(_datelines(article, phrases, anchor), anchor), reason


def _datelines(article: Article, phrases: Sequence[Phrase], published: Anchor | None) -> Iterator[Anchor]:
    """Days named in the article's head as those it was written on, if the publication agrees."""
    start = next(
        (start for start, _ in article.body if article.headline is None or start != article.headline[0]), 0
    )
    for phrase in phrases:
        if start <= phrase.start < start + HEAD and _is_dateline(article.text, phrase):
            days = _day(phrase, published)
            if days and (published is None or abs((days - published.day).days) <= NEAR):
                yield Anchor(days, "the dateline,", Evidence((article.span(phrase.start, phrase.end),)))


def _day(phrase: Phrase, published: Anchor | None) -> date | None:
    try:
        days: Days = phrase.meaning(Setting(published))
    except Unresolved:
        return None
    return days.first if days.unit == "day" and days.first == days.last else None


def _is_dateline(text: str, phrase: Phrase) -> bool:
    """Whether a date has a line of its own, or stands between a place and a dash."""
    before, behind = text[max(0, phrase.start - 80) : phrase.start], text[phrase.end : phrase.end + 80]
    if phrase.dated and _LINE_BEFORE.search(before) and _LINE_BEHIND.match(behind):
        return True
    return bool(_PLACE_BEFORE.search(before) and _DASH_BEHIND.match(behind))
