"""Sentences with offsets: sentencex, with the repairs that news text needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from sentencex import get_sentence_boundaries

from dateline.types import Range

# "3 a.m. Tuesday" and "Ms. Brandt" go on; sentencex ends a sentence at these abbreviations.
_GOES_ON = re.compile(r"\d\s?[AaPp]\.\s?[Mm]\.\s*$|\b(?:Ms|Messrs|Pvt|Spc|Ft)\.\s*$")
# A hard-wrapped line goes on in lower case; any other line break ends a sentence.
_LINE = re.compile(r"\n\s*\n|\n(?!\s*[a-z])")
LONGEST = 400
"""Characters of a sentence beyond which a mark that stands alone does not hold it together any longer.

sentencex ends no sentence within a quotation, nor in a line behind a bullet; but quotations are often left
open, from one paragraph to the next.
"""
PAIRS = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
BULLETS = ("•", "▪")
_HOLDING = str.maketrans(dict.fromkeys((*chain(*PAIRS), *BULLETS, '"'), " "))
_OPENS = re.compile(r"(?<=\s)[\"“«(\[]+\s*$")


def split(text: str, ranges: Iterable[Range]) -> list[Range]:
    """The sentences of some ranges of a text, as half-open character ranges without outer blanks."""
    return [sentence for start, end in ranges for sentence in _split_range(text, start, end)]


def _split_range(text: str, start: int, end: int) -> Iterator[Range]:
    for line_start, line_end in _lines(text, start, end):
        pending: Range | None = None
        for boundary in get_sentence_boundaries("en", text[line_start:line_end]):
            low, high = line_start + boundary["start_index"], line_start + boundary["end_index"]
            pending = (pending[0], high) if pending else (low, high)
            if not _GOES_ON.search(text, *pending):
                yield from _not_too_long(text, *pending)
                pending = None
        if pending:
            yield from _not_too_long(text, *pending)


def _not_too_long(text: str, start: int, end: int) -> Iterator[Range]:
    if end - start <= LONGEST or _whole(text[start:end]):
        yield from _trim(text, start, end)
        return
    cut = start
    for boundary in get_sentence_boundaries("en", text[start:end].translate(_HOLDING)):
        high = start + boundary["end_index"]
        opening = _OPENS.search(text, cut, high)
        high = opening.start() if opening and high < end else high
        if not _GOES_ON.search(text, cut, high):
            yield from _trim(text, cut, high)
            cut = high
    yield from _trim(text, cut, end)


def _whole(words: str) -> bool:
    """Whether every quotation and bracket that opens is closed, and no bullet is in front."""
    closed = all(words.count(one) == words.count(other) for one, other in PAIRS)
    return closed and words.count('"') % 2 == 0 and not words.lstrip().startswith(BULLETS)


def _lines(text: str, start: int, end: int) -> Iterator[Range]:
    for found in _LINE.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _trim(text: str, start: int, end: int) -> Iterator[Range]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    if start < end:
        yield start, end
