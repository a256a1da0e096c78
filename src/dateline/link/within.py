"""Which event reports of one article are of one happening, now that their words are resolved.

The reader tells how alike two reports are by their words alone; what they stand for (the same day, town,
party, toll) is told by the comparisons that also bring together reports of different articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from dateline.grouping import grouped, label
from dateline.link import earlier
from dateline.link.projection import Projection
from dateline.link.totals import is_total
from dateline.link.views import Vector, View, projected, viewed
from dateline.link.weights import Table
from dateline.types import EventReport, Range, Reading, Span

READER, UNSURE = 0.1, 0.4
"""What a unit of the reader's log-odds is worth, and how much more where reports are not sure, for what fills
their roles is not either. Chosen on the development articles, as the table's threshold is: the reader has
learnt the table's own articles by heart."""
NEVER = -30.0
"""The log-odds of what cannot be."""
SHARE = 0.5
"""A part of an answered happening is answered as the largest is, when it has this share of its reports."""
LEAST = 1e-3
"""A chance of the reader's is taken to be no nearer to 0 or 1."""


class Happenings:
    """Groups an article's reports by one table of weights."""

    def __init__(self, table: Table, projection: Projection) -> None:
        self._table = table
        self._projection = projection

    @classmethod
    def load(cls) -> Self:
        """With the package's own weights."""
        return cls(Table.load("within"), Projection.load())

    def joined(self, reading: Reading) -> Reading:
        """The reading with its happenings told anew; as it is where its reader left no ``alike``."""
        if not reading.events or not all(event.alike for event in reading.events):
            return reading
        answering = earlier.within(reading)
        groups = grouped(self.chances(reading, answering), self._table.same)
        return replace(reading, events=relabelled(reading.events, groups, answering))

    def chances(self, reading: Reading, answering: Iterable[tuple[int, int]] = ()) -> NDArray[np.float32]:
        """The chances [k, k] that two reports of a reading are of one happening.

        What they stand for counts as far as both reports are certain, and the less they are, the more counts
        what the reader says. What is in answer to another, ``answering``, is not the same; nor are two tolls,
        one of what happened and one of years.
        """
        seen = views(reading, self._projection)
        sure = [event.confidence for event in reading.events]
        odds = told(reading.events)
        for i, one in enumerate(seen):
            for j in range(i):
                both = sure[i] * sure[j]
                odds[i, j] *= READER + UNSURE * (1 - both)
                odds[i, j] += both * self._table.judge(one, seen[j]).odds
                odds[j, i] = odds[i, j]
        for first, second in (*answering, *apart(reading)):
            odds[first, second] = odds[second, first] = NEVER
        return (1 / (1 + np.exp(-odds))).astype(np.float32)


def apart(reading: Reading) -> list[tuple[int, int]]:
    """The reports, by their places, whose tolls are of years, each with those whose tolls are not."""
    tolls = [number for number, event in enumerate(reading.events) if event.killed or event.injured]
    total = {n: is_total(reading.events[n], around(reading.events[n].trigger, reading)) for n in tolls}
    return [(one, other) for one in tolls for other in tolls if total[one] and not total[other]]


def told(reports: Sequence[EventReport]) -> NDArray[np.float64]:
    """The reader's log-odds [k, k] that two reports are alike, the same either way."""
    chances = np.stack([np.frombuffer(report.alike, dtype=np.float32) for report in reports])
    chances = np.clip((chances + chances.T) / 2, LEAST, 1 - LEAST).astype(np.float64)
    odds: NDArray[np.float64] = np.log(chances / (1 - chances))
    return odds


def views(reading: Reading, projection: Projection) -> list[View]:
    """What is compared of each report; of the article's words nothing, as all have these."""
    vectors: Sequence[Vector | None] = projected(reading, projection) or [None] * len(reading.events)
    return [
        viewed(
            event,
            around(event.trigger, reading).text,
            reading.article.published,
            {},
            {},
            vector,
            before(event.trigger, reading),
            number(event.trigger, reading),
        )
        for event, vector in zip(reading.events, vectors, strict=True)
    ]


def number(trigger: Span, reading: Reading) -> int | None:
    """Which of the article's sentences holds a trigger, counted from 0; null when none does."""
    found = (i for i, (a, b) in enumerate(reading.sentences) if a <= trigger.start and trigger.end <= b)
    return next(found, None)


def around(trigger: Span, reading: Reading) -> Span:
    """The sentence that holds a trigger, else the trigger's own words."""
    return reading.article.span(*_sentence(trigger, reading))


def before(trigger: Span, reading: Reading) -> str:
    """What its sentence says before a trigger."""
    return reading.article.text[_sentence(trigger, reading)[0] : trigger.start]


def _sentence(trigger: Span, reading: Reading) -> Range:
    held = number(trigger, reading)
    return (trigger.start, trigger.end) if held is None else reading.sentences[held]


def relabelled(
    reports: Sequence[EventReport], groups: Sequence[int], answering: Iterable[tuple[int, int]] = ()
) -> tuple[EventReport, ...]:
    """The reports with the happenings of some groups.

    What one answered, its whole new happening answers: of those that the answered one fell into the one with
    the most of it, and any with ``SHARE`` as much. ``answering`` are reports, by their places, of which the
    first answers the second, too.
    """
    where: dict[str, Counter[int]] = {}
    for report, group in zip(reports, groups, strict=True):
        where.setdefault(report.happening, Counter())[group] += 1
    became = {label: _main(parts) for label, parts in where.items()}
    answers: dict[int, set[int]] = {group: set() for group in groups}
    for report, group in zip(reports, groups, strict=True):
        answers[group] |= {each for label in report.answers for each in became.get(label, ())} - {group}
    for one, other in answering:
        answers[groups[one]] |= {groups[other]} - {groups[one]}
    return tuple(
        replace(report, happening=label(group), answers=tuple(map(label, sorted(answers[group]))), alike=b"")
        for report, group in zip(reports, groups, strict=True)
    )


def _main(parts: Counter[int]) -> set[int]:
    return {part for part, count in parts.items() if count >= SHARE * max(parts.values())}
