"""Plain text, also what someone else scraped, told into article and furniture without changing it."""

from __future__ import annotations

import re
from typing import NamedTuple

from dateline.extract.blocks import Line
from dateline.extract.furniture import END, SURE, guesses
from dateline.types import FurnitureKind, Range

LINE_END = re.compile(r"\r\n|\r|\n")
WRAPPED = range(50, 110)
"""Characters of a line that an editor may have broken: the next one goes on with its sentence."""
HEADLINE_CHARACTERS = 200


class Row(NamedTuple):
    """A line, or several that were one, at its offsets in the text; ``kind`` is None for the article."""

    start: int
    end: int
    kind: FurnitureKind | None = None


def rows(text: str) -> list[Row]:
    """The non-blank lines of a text in order, each article or furniture; the headline is article."""
    ranges = unwrapped(text)
    head = headline(text, ranges)
    found = guesses([Line(" ".join(text[start:end].split())) for start, end in ranges])
    return [
        Row(*place, guess.kind if guess.body < SURE and place != head else None)
        for place, guess in zip(ranges, found, strict=True)
    ]


def unwrapped(text: str) -> list[Range]:
    """Ranges of the lines without outer blanks; lines broken at a column are one."""
    found: list[Range] = []
    for match in re.finditer(r"[^\r\n]+", text):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + match[0].index(line)
        if found and goes_on(text, found[-1], start):
            found[-1] = (found[-1][0], start + len(line))
        else:
            found.append((start, start + len(line)))
    return found


def goes_on(text: str, before: Range, start: int) -> bool:
    """Whether the line at ``start`` goes on with the one before: no blank line between, the one before
    was broken at a column, within a sentence."""
    if len(LINE_END.findall(text, before[1], start)) > 1:
        return False
    last = LINE_END.split(text[max(before[0], before[1] - WRAPPED.stop) : before[1]])[-1]
    return len(last) in WRAPPED and END.search(last) is None and not text[start].isdigit()


def headline(text: str, ranges: list[Range]) -> Range | None:
    """The first line when it looks like a headline: short, no full stop, a blank line after it."""
    if len(ranges) < 2:
        return None
    (start, end), (following, _) = ranges[:2]
    line = text[start:end]
    is_short = len(line.split()) > 1 and len(line) <= HEADLINE_CHARACTERS
    is_apart = len(LINE_END.findall(text, end, following)) > 1
    return (start, end) if is_short and is_apart and line[-1] not in ".:,;。" else None
