"""Where time words stand, and what a meaning is: a function from there to days."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.resolve.time.days import SIZE, Days, Unit, Unresolved, spoken
from dateline.resolve.time.tense import Tense
from dateline.types import Evidence, Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day that others are counted from, what it is called, and what it rests on."""

    day: date
    name: str
    evidence: Evidence | None

    def __str__(self) -> str:
        return f"{self.name} {spoken(self.day)}"


@dataclass(frozen=True, slots=True)
class Told:
    """Days told earlier in the article, by which words; ``dated`` where these name the year."""

    days: Days
    words: Span
    dated: bool

    def anchor(self) -> Anchor:
        """The first of the days, to count from."""
        first = self.days.first or self.days.last
        assert first
        return Anchor(first, f"“{self.words.text}”,", self.evidence())

    def evidence(self) -> Evidence:
        """The words."""
        return Evidence((self.words,))


@dataclass(frozen=True, slots=True)
class Setting:
    """Where time words stand.

    ``published`` is the publication or the dateline, ``unpublished`` why there is none. ``told`` are the
    days told before, the latest last. ``tense`` is that of the nearest verb. ``history`` holds for an
    article that tells of years far from its publication. ``paragraph`` is where the paragraph starts.
    ``day_first`` is the order of 03/04/2024 where the article is from, null if unknown.
    """

    published: Anchor | None = None
    unpublished: str = "the day of publication is unknown"
    told: Sequence[Told] = ()
    tense: Tense | None = None
    history: bool = False
    paragraph: int = 0
    day_first: bool | None = None

    def today(self) -> Anchor:
        """The publication; raises Unresolved when it is unknown."""
        if self.published is None:
            raise Unresolved(self.unpublished)
        return self.published

    def before(self, unit: Unit) -> Told:
        """The latest days told that are no coarser than a unit; raises Unresolved if there are none."""
        for told in reversed(self.told):
            if SIZE.index(told.days.unit) <= SIZE.index(unit):
                return told
        raise Unresolved(f"no {unit} is told before that this one could be counted from")

    def narrated(self) -> Told | None:
        """The latest days told from which yearless ones go on, where the publication does not say the year.

        That is so in a tale of other times, or in a paragraph that has just told a month or day of another
        year.
        """
        if self.history:
            return next(
                (each for each in reversed(self.told) if SIZE.index(each.days.unit) <= SIZE.index("year")),
                None,
            )
        told = self.told[-1] if self.told else None
        if told is None or not told.dated or told.days.unit not in ("day", "month"):
            return None
        if self.published is None:
            return told
        here, year = told.words.start >= self.paragraph, told.days.closed()[0].year
        return told if here and abs(year - self.published.day.year) > 1 else None


Meaning = Callable[[Setting], Days]
"""What time words mean in a setting; raises ``Unresolved`` where that does not say enough."""
