"""Words of an article found in its sentences, and what is said where they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from dateline.types import Range

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an annotated article: in which field, why, and what to do."""

    field: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}; {self.remedy}"


class Refusal(Exception):
    """A value that cannot be taken: the reason and the remedy."""


class Text:
    """An article's text by sentences, and the mistakes found in its annotation so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences: Sequence[Range] = []
        self.mistakes: list[Mistake] = []

    @contextmanager
    def field(self, name: str) -> Iterator[None]:
        """Takes down why a field was refused, or that it cannot be read at all."""
        try:
            yield
        except Refusal as refusal:
            self.mistakes.append(Mistake(name, *refusal.args))
        except (TypeError, ValueError, AttributeError, KeyError, IndexError):
            self.mistakes.append(Mistake(name, "it cannot be read", "write it as docs/annotation.md shows"))

    def locate(self, words: Any, number: Any, near: int | None = None) -> Record:
        """The words' span in a sentence (the first is 1): the occurrence nearest to ``near``, else the first.

        Whole words come before parts of words. Raises Refusal.
        """
        if not isinstance(words, str) or not words:
            raise Refusal(f"{words!r} are no words", "copy the words from the sentence, in quotation marks")
        if not isinstance(number, int) or not 1 <= number <= len(self.sentences):
            raise Refusal(f"there is no sentence {number!r}", f"give one from 1 to {len(self.sentences)}")
        starts = self.occurrences(words, number)
        if not starts:
            raise Refusal(f"{words!r} is not in sentence {number}", self._elsewhere(words, number))
        start = starts[0] if near is None else min(starts, key=lambda start: abs(start - near))
        return {"start": start, "end": start + len(words), "text": words}

    def occurrences(self, words: str, number: int) -> list[int]:
        """Where words begin in a sentence: as whole words, or if nowhere so, as parts of words."""
        low, high = self.sentences[number - 1]
        found = [low + m.start() for m in re.finditer(f"(?={re.escape(words)})", self.text[low:high])]
        whole = [start for start in found if self._whole(start, start + len(words))]
        return whole or found

    def _whole(self, start: int, end: int) -> bool:
        ends = (self.text[max(0, cut - 1) : cut + 1] for cut in (start, end))
        return not any(len(two) == 2 and two[0].isalnum() and two[1].isalnum() for two in ends)

    def _elsewhere(self, words: str, number: int) -> str:
        numbers = [n for n in range(1, len(self.sentences) + 1) if self.occurrences(words, n)]
        if numbers:
            nearest = min(numbers, key=lambda n: abs(n - number))
            return f'they stand in sentence {nearest}: write [{nearest}, "…"]'
        alike = re.search(_loosely(words), self.text[slice(*self.sentences[number - 1])], re.IGNORECASE)
        return f"write {alike.group()!r}, as the text does" if alike else "copy words exactly as they stand"


def _loosely(words: str) -> str:
    """A pattern for words that differ in case, blanks and marks alone."""
    return r"\W+".join(re.findall(r"\w+", words)) or r"\Z(?!)"


def sentences_of(text: str, given: Any) -> list[Range]:
    """A text's sentences, given as ranges, or as their words by number, or not at all. Raises Refusal."""
    if given is None:
        from dateline.read.sentences import split  # here, as commands start without the reader's libraries

        return split(text, [(0, len(text))])
    if isinstance(given, Mapping):
        return list(_placed(text, given))
    ranges = [(start, end) for start, end in given]
    if not all(0 <= start < end <= len(text) for start, end in ranges):
        raise Refusal("they are no ranges of the text", "leave them out, or take those of annotation start")
    return ranges


def _placed(text: str, given: Mapping[str, str]) -> Iterator[Range]:
    end = 0
    for number, words in given.items():
        start = text.find(words, end)
        if start < 0:
            raise Refusal(f"sentence {number} is not in the text", "leave text and sentences as they were")
        end = start + len(words)
        yield start, end
