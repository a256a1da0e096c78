"""Invented sentences with time words in square brackets, and what is told by them."""

from __future__ import annotations

import re

from dateline.read.sentences import split
from dateline.resolve.time.timeline import Timeline
from dateline.types import Article, DatePhrase, Range, When

SUNDAY = "2024-02-04"

Ends = tuple[str | None, str | None]


def unmarked(text: str) -> tuple[str, Range]:
    """A text without its brackets, and the range that they marked."""
    start, end = text.index("["), text.index("]")
    return text[:start] + text[start + 1 : end] + text[end + 1 :], (start, end - 1)


def article(text: str, published: str | None = SUNDAY) -> Article:
    """An article that is all body."""
    return Article("a", text, published=published, body=((0, len(text)),))


def timeline(text: str, published: str | None = SUNDAY, country: str | None = None) -> Timeline:
    """The timeline of a text without brackets."""
    told = article(text, published)
    return Timeline.of(told, split(text, told.body), published, country)


def told(text: str, published: str | None = SUNDAY, country: str | None = None) -> DatePhrase:
    """The marked words, resolved as words known to tell a time."""
    plain, span = unmarked(text)
    return timeline(plain, published, country).resolve(*span)


def found(text: str, published: str | None = SUNDAY) -> DatePhrase:
    """The marked words as found by themselves; fails if nobody marks just these."""
    plain, span = unmarked(text)
    phrases = timeline(plain, published).phrases()
    matching = [each for each in phrases if (each.start, each.end) == span]
    assert matching, f"{plain[slice(*span)]!r} is not among {[each.text for each in phrases]}"
    return matching[0]


def ends(phrase: DatePhrase) -> Ends:
    """First and last day, each null if open, or both if unknown."""
    return (phrase.when.start, phrase.when.end) if phrase.when else (None, None)


def days(first: str, last: str | None = None) -> Ends:
    """A day, month or year as its first and last day; or from the one to the other."""
    return _edge(first, "01-01", "-01"), _edge(last or first, "12-31", "")


def _edge(day: str, in_year: str, in_month: str) -> str:
    if re.fullmatch(r"\d{4}", day):
        return f"{day}-{in_year}"
    if re.fullmatch(r"\d{4}-\d\d", day):
        year, month = map(int, day.split("-"))
        from calendar import monthrange

        return f"{day}{in_month}" if in_month else f"{day}-{monthrange(year, month)[1]:02}"
    return day


def valid(when: When) -> bool:
    """Whether an interval does not end before it starts."""
    return not (when.start and when.end) or when.start <= when.end
