"""The task ``dates``: the days that given time words stand for (GUM, or dates as ``from`` and ``to``).

Gold is ``{"id", "published", "text", "dates": [{"start", "end", …}]}``, a date with ``from`` and ``to``,
``when``, or ``notBefore`` and ``notAfter``: ISO 8601, perhaps only a year, or a year and month. GUM's own
files are taken as they are: their publication is ``meta.dateCreated``. A date that does not bound an interval
is not counted.

- ``dates``: of all gold dates, the share of which the first and the last day are gold's;
- ``resolved``: the same share of those dates that were resolved to both;
- ``day``, ``days``, ``month``, ``year``, ``other``: the share of all, by the length of gold's interval.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.evaluation import gold as files
from dateline.evaluation.metrics import Figures, Tally, summed
from dateline.types import Article, Range, Span

REMEDY = "a dates line holds id, published, text and dates with start, end, and from and to or when"

Interval = tuple[str, str]
"""First and last day, ISO 8601."""

_ISO = re.compile(r"(-?\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Date(Span):
    """Time words and the days that they stand for, null when these are unknown or open."""

    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """An article's dates; its sentences, if gold tells them, and its genre, if it names one."""

    article: Article
    dates: tuple[Date, ...]
    sentences: tuple[Range, ...] = ()
    genre: str | None = None


def load(path: Path) -> dict[str, Dates]:
    """Gold dates by article id."""
    return files.load(path, parsed, REMEDY)


def parsed(record: files.Record) -> Dates:
    """A gold record; raises ValueError or KeyError if it is not one."""
    meta = record.get("meta") or {}
    article = files.article({"published": meta.get("dateCreated"), **record, "title": None})
    dates = tuple(_date(article, given) for given in record["dates"])
    sentences = tuple((start, end) for start, end in record.get("sentences") or ())
    return Dates(article, dates, sentences, record.get("genre"))


def _date(article: Article, given: files.Record) -> Date:
    span = files.span(article, given["start"], given["end"])
    return Date(span.start, span.end, span.text, interval(given))


def interval(given: files.Record) -> Interval | None:
    """The first and last day that a gold date bounds, null if it is open or names no day, month or year."""
    for low, high in (("from", "to"), ("when", "when"), ("notBefore", "notAfter")):
        if given.get(low) and given.get(high):
            first, last = _day(given[low], last=False), _day(given[high], last=True)
            return (first, last) if first and last else None
    return None


def _day(value: str, *, last: bool) -> str | None:
    """The first or last day of a year, a year and month, or a day."""
    found = _ISO.match(value)
    if not found:
        return None
    year, month, day = found[1], found[2] or ("12" if last else "01"), found[3]
    return f"{year}-{month}-{day or (f'{monthrange(int(year), int(month))[1]:02}' if last else '01')}"


@contextmanager
def answering(
    model: Path | None,  # noqa: ARG001  no reader takes part, so that there is no digest either
) -> Iterator[tuple[Callable[[Dates], Dates], str | None]]:
    """What answers an article: the days of the same words."""
    from dateline.read.sentences import split
    from dateline.resolve.time.timeline import Timeline

    def answer(gold: Dates) -> Dates:
        sentences = gold.sentences or split(gold.article.text, gold.article.body)
        timeline = Timeline.of(gold.article, sentences, gold.article.published)
        return replace(
            gold, dates=tuple(replace(each, interval=_told(timeline, each)) for each in gold.dates)
        )

    def _told(timeline: Timeline, date: Date) -> Interval | None:
        when = timeline.resolve(date.start, date.end).when
        return (when.start, when.end) if when and when.start and when.end else None

    yield answer, None


def save(path: Path, answers: Mapping[str, Dates]) -> None:
    """Predictions in gold's format, the days as ``from`` and ``to``."""
    files.save(
        path, ({"id": key, "dates": [_record(each) for each in got.dates]} for key, got in answers.items())
    )


def _record(date: Date) -> files.Record:
    days = dict(zip(("from", "to"), date.interval, strict=True)) if date.interval else {}
    return {"start": date.start, "end": date.end, **days}


def figures(gold: Mapping[str, Dates], answers: Mapping[str, Dates]) -> Figures:
    """``dates``, ``resolved`` and the share by the length of gold's interval."""
    tally = summed(
        counted
        for key, case in gold.items()
        for date in case.dates
        if date.interval
        for counted in _counted(date.interval, _answered(answers.get(key), date))
    )
    lengths = sorted(set(tally) - {"dates", "resolved"})
    return {name: tally[name].accuracy() for name in ("dates", "resolved", *lengths)}


def _answered(answer: Dates | None, date: Date) -> Interval | None:
    spans = {(each.start, each.end): each.interval for each in (answer.dates if answer else ())}
    return spans.get((date.start, date.end))


def _counted(gold: Interval, answer: Interval | None) -> Iterator[tuple[str, Tally]]:
    right = int(answer == gold)
    yield "dates", Tally(right, 1, 1)
    yield length(gold), Tally(right, 1, 1)
    if answer:
        yield "resolved", Tally(right, 1, 1)


def length(days: Interval) -> str:
    """How long an interval is: a day, days of one month, a month, a year, or another."""
    first, last = days
    if first == last:
        return "day"
    if first[:7] == last[:7]:
        return "month" if first.endswith("-01") and int(last[8:]) >= 28 else "days"
    whole = first[:4] == last[:4] and first.endswith("01-01") and last.endswith("12-31")
    return "year" if whole else "other"
