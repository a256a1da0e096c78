"""An article's time phrases, each resolved where it stands.

The publication (or the dateline, where the article has one) is the day that "Friday" and "last week" count
from, the tense says to which side, and "the next day" counts from the day told before. Days are those of
the publisher's calendar; nothing is shifted to another zone. Doubt yields nothing, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Self

from dateline.resolve.time.changes import over
from dateline.resolve.time.days import Days, Unresolved, around
from dateline.resolve.time.grammar import parse
from dateline.resolve.time.meanings import HOW_LONG
from dateline.resolve.time.phrases import Phrase, words_of
from dateline.resolve.time.publication import anchored, day_first
from dateline.resolve.time.relative import some_unit
from dateline.resolve.time.setting import Setting, Told
from dateline.resolve.time.tense import Tense, tense
from dateline.types import Article, DatePhrase, Evidence, Range, Span, When

_JOINED = re.compile(r"(?:['’]s)?,? (?:and|or) (?:the )?")
_APPOSED = re.compile(r", | ?\(|\),? ")
_OPENING = re.compile(r"(?:in )?(?:the )?", re.I)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A phrase and its days, or none for a reason."""

    phrase: Phrase
    days: Days | None
    reason: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """All outcomes in the order of the text, each phrase before those within it; and what they told."""

    article: Article
    sentences: tuple[Range, ...]
    setting: Setting
    outcomes: tuple[Outcome, ...]
    told: tuple[Told, ...]

    @classmethod
    def of(
        cls, article: Article, sentences: Sequence[Range], published: str | None, country: str | None = None
    ) -> Self:
        """The timeline of an article; ``country`` (ISO 3166-1 alpha-3) gives the order of 03/04/2024."""
        words = words_of(article.text)
        parsed = [(sentence, parse(words, *sentence)) for sentence in sentences]
        phrases = [phrase for _, found in parsed for phrase in found]
        anchor, reason = anchored(article, phrases, published)
        history = anchor is not None and _is_history(phrases, anchor.day)
        setting = Setting(anchor, reason, history=history, day_first=day_first(country))
        told: list[Told] = []
        outcomes: list[Outcome] = []
        for sentence, found in parsed:
            for phrase in found:
                here = _standing(article.text, setting, told, sentence, phrase.start, phrase.end)
                resolved = list(_outcomes(phrase, here))
                outcomes += resolved
                told += _tellings(article, resolved, told)
        return cls(article, tuple(sentences), setting, tuple(outcomes), tuple(told))

    def phrases(self) -> tuple[DatePhrase, ...]:
        """The longest phrases, with their days."""
        reached, longest = -1, []
        for outcome in self.outcomes:
            if outcome.phrase.start >= reached and outcome.reason != HOW_LONG:
                longest.append(self._said(outcome, outcome.phrase.start, outcome.phrase.end))
                reached = outcome.phrase.end
        return tuple(longest)

    def resolve(self, start: int, end: int, tense: Tense | None = None) -> DatePhrase:
        """The days of words known to tell a time, such as a date filler; ``tense`` overrules the verbs.

        They mean what they say by themselves; or, if they only name what comes again, what the phrase around
        them says ("the next Tuesday" around "Tuesday"); or else what stands beside them in other words.
        """
        exact = next(
            (each for each in self.outcomes if (each.phrase.start, each.phrase.end) == (start, end)), None
        )
        found = exact if exact and not tense else self._own(start, end, tense)
        around = None if found and not found.phrase.turns else self._core_around(start, end)
        if around and around is not exact:
            found = self._anew(around.phrase, tense)
        found = found or self._beside(start, end) or self._unnamed(start, end, tense)
        if found is None:
            return DatePhrase(
                start, end, self.article.text[start:end], None, "these words tell no time that is known"
            )
        return self._said(found, start, end)

    def _own(self, start: int, end: int, tense: Tense | None) -> Outcome | None:
        """What the words mean by themselves, if they are mostly such as tell a time."""
        found = self._joined(parse(words_of(self.article.text, given=True), start, end))
        outcomes = [self._anew(phrase, tense) for phrase in found if self._heads(phrase, start, end)]
        return max(outcomes, key=lambda each: each.days is not None, default=None)

    def _joined(self, found: list[Phrase]) -> list[Phrase]:
        """Phrases that "and" joins as the one that reaches over them all."""
        gaps = [self.article.text[left.end : right.start] for left, right in pairwise(found)]
        if len(found) < 2 or not all(map(_JOINED.fullmatch, gaps)):
            return found
        return [Phrase(found[0].start, found[-1].end, over([each.meaning for each in found]))]

    def _heads(self, phrase: Phrase, start: int, end: int) -> bool:
        """Whether a phrase is most of some words, or ends them, or is a year before their noun."""
        before = self.article.text[start : phrase.start]
        mostly = 2 * (phrase.end - phrase.start) >= end - start
        ends = phrase.end == end and " of " not in before
        return mostly or ends or (phrase.dated and _OPENING.fullmatch(before) is not None)

    def _core_around(self, start: int, end: int) -> Outcome | None:
        around = [each for each in self.outcomes if each.phrase.start <= start and end <= each.phrase.end]
        cores = [each for each in around if not each.phrase.parts]
        return min(cores, key=lambda each: each.phrase.end - each.phrase.start, default=None)

    def _beside(self, start: int, end: int) -> Outcome | None:
        """What is said in other words beside: "2003, his first year", "the opening night (4 March)"."""
        for outcome in self.outcomes:
            gap = (
                self.article.text[end : outcome.phrase.start] or self.article.text[outcome.phrase.end : start]
            )
            if outcome.days and _APPOSED.fullmatch(gap):
                return replace(outcome, days=outcome.days.because(f"the same as beside: {outcome.reason}"))
        return None

    def _unnamed(self, start: int, end: int, tense: Tense | None) -> Outcome | None:
        meaning = some_unit(self.article.text[start:end])
        return self._anew(Phrase(start, end, meaning), tense) if meaning else None

    def _anew(self, phrase: Phrase, tense: Tense | None) -> Outcome:
        """The outcome of a phrase where it stands, told whatever is told before it."""
        start, end = phrase.start, phrase.end
        sentence = next((each for each in self.sentences if each[0] <= start < each[1]), (start, end))
        told = [each for each in self.told if each.words.start < start]
        here = _standing(self.article.text, self.setting, told, sentence, start, end)
        return next(_outcomes(phrase, replace(here, tense=tense or here.tense)))

    def _said(self, outcome: Outcome, start: int, end: int) -> DatePhrase:
        span = self.article.span(start, end)
        when = _when(outcome.days, span) if outcome.days else None
        return DatePhrase(start, end, span.text, when, when.reason if when else outcome.reason)


def _when(days: Days, words: Span) -> When:
    """Days as the value of some words; they rest on the words and on whatever else they needed."""
    start, end = (day.isoformat() if day else None for day in (days.first, days.last))
    more = days.rests_on or Evidence((words,))
    spans = (words, *(span for span in more.spans if span != words))
    return When(start, end, days.precision, "stated", Evidence(spans, more.field), days.reason, days.time)


def _standing(
    text: str, setting: Setting, told: Sequence[Told], sentence: Range, start: int, end: int
) -> Setting:
    """The setting of some words in a sentence."""
    verbs = tense(text[slice(*sentence)], start - sentence[0], end - sentence[0])
    return replace(setting, told=told, tense=verbs, paragraph=text.rfind("\n", 0, start) + 1)


def _outcomes(phrase: Phrase, setting: Setting) -> Iterator[Outcome]:
    """The outcome of a phrase, then those of the phrases within."""
    try:
        days = phrase.meaning(setting)
        yield Outcome(phrase, days, days.reason)
    except Unresolved as unknown:
        yield Outcome(phrase, None, unknown.reason)
    for part in phrase.parts:
        yield from _outcomes(part, setting)


def _tellings(article: Article, outcomes: Iterable[Outcome], told: Sequence[Told]) -> list[Told]:
    """What later phrases may count from: days within one unit of the calendar."""
    return [
        Told(
            each.days,
            article.span(each.phrase.start, each.phrase.end),
            each.phrase.dated or _from_dated(each.days, told),
        )
        for each in outcomes
        if each.days
        and each.days.first
        and each.days.last
        and _is_one(each.days, each.days.first, each.days.last)
    ]


def _is_one(days: Days, first: date, last: date) -> bool:
    unit = around(first, days.unit)
    return unit.last is not None and last <= unit.last


def _from_dated(days: Days, told: Sequence[Told]) -> bool:
    """Whether days were counted from others whose year the article names."""
    spans = days.rests_on.spans if days.rests_on else ()
    return any(each.dated and each.words in spans for each in reversed(told))


def _is_history(phrases: Iterable[Phrase], published: date) -> bool:
    """Whether years other than the publication's are told far more often than days counted from it."""
    counted = told = 0
    for phrase in phrases:
        if phrase.deictic:
            counted += 1
        elif phrase.dated:
            days = next(_outcomes(phrase, Setting())).days
            told += days is not None and days.first is not None and abs(days.first.year - published.year) > 1
    return told >= max(3, 4 * counted)
