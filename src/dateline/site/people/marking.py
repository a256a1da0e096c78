"""An article's text cut into pieces, those of an event marked with what they say of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from dateline.ontology import COUNTS, FILLERS, ROLES
from dateline.types import Article, Count, EventReport, Range


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an article from ``start`` on; ``marks`` are the fields of the event that they fill."""

    start: int
    text: str
    marks: tuple[str, ...]


def values(event: EventReport) -> dict[str, str]:
    """What each field of an event holds, as a person would write it; empty where it holds nothing."""
    when = event.when
    days = "" if when is None else _days(when.start, when.end)
    told = {"type": event.type, "mode": event.mode, "status": event.status, "when": days}
    told |= {role: "; ".join(_words(each.text) for each in getattr(event, role)) for role in FILLERS}
    return told | {role: "; ".join(map(_number, getattr(event, role))) for role in COUNTS}


def _number(count: Count) -> str:
    low, high = count.low, count.high
    number = (
        "" if low is None else f"{low}+" if high is None else f"{low}" if low == high else f"{low}-{high}"
    )
    return f"{number} ({_words(count.text)})".strip()


def _days(start: str | None, end: str | None) -> str:
    return start or "" if start == end else f"{start or ''}..{end or ''}"


def _words(text: str) -> str:
    return " ".join(text.split())


def pieces(article: Article, event: EventReport) -> list[list[Piece]]:
    """The ranges of the article's body, each as pieces that together are its text."""
    marks = [((event.trigger.start, event.trigger.end), "trigger")]
    marks += [((each.start, each.end), role) for role in ROLES for each in getattr(event, role)]
    return [_cut(article.text, span, marks) for span in article.body or ((0, len(article.text)),)]


def _cut(text: str, span: Range, marks: list[tuple[Range, str]]) -> list[Piece]:
    start, end = span
    inside = [(max(start, first), min(end, last), name) for (first, last), name in marks]
    inside = [each for each in inside if each[0] < each[1]]
    edges = sorted({start, end, *(edge for first, last, _ in inside for edge in (first, last))})
    return [
        Piece(one, text[one:other], tuple(name for first, last, name in inside if first <= one < last))
        for one, other in pairwise(edges)
    ]
