"""From pieces to the words of the article."""

from __future__ import annotations

import re

import numpy as np

from dateline.read import bounds
from dateline.read.bio import Found
from dateline.read.tokens import Pieces
from dateline.types import Article, Range, Span

EDGE = " \t\n\r,;:"
"""What a filler neither begins nor ends with; PolNeAR's spans do end with commas."""

LINKING = ("and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "to", "was", "with")
"""Words that lead to a party, a place or a weapon and are no part of it."""
FUNCTION_WORDS = frozenset(("", "the", "a", "an", *LINKING))
"""Words that alone fill no role."""
_LEADING = re.compile(rf"(?:(?:{'|'.join(LINKING)})\s+)+")


def characters(pieces: Pieces, found: Found) -> Range:
    """The characters of some pieces."""
    return int(pieces.starts[found.start]), int(pieces.ends[found.end - 1])


def sentence(pieces: Pieces, found: Found) -> Range:
    """The characters of the sentences that some pieces are in."""
    low = int(np.searchsorted(pieces.sentence, pieces.sentence[found.start], side="left"))
    high = int(np.searchsorted(pieces.sentence, pieces.sentence[found.end - 1], side="right"))
    return int(pieces.starts[low]), int(pieces.ends[high - 1])


def words(article: Article, pieces: Pieces, found: Found, edge: str = EDGE) -> Span:
    """The whole words that some pieces stand for, without the characters of ``edge`` at the ends."""
    return article.span(*trim(article.text, *characters(pieces, found), edge))


def party(article: Article, pieces: Pieces, found: Found, beside: Span, edge: str = EDGE) -> Span | None:
    """The words for a party that some pieces stand for, taken whole within their sentence but for the trigger
    or cue ``beside`` them; None where they name no party."""
    span = words(article, pieces, found, edge)
    low, high = sentence(pieces, found)
    room = (max(low, beside.end), high) if beside.end <= span.start else (low, min(high, beside.start))
    room = min(room[0], span.start), max(room[1], span.end)
    whole = bounds.whole(article.text, (span.start, span.end), room)
    return article.span(*trim(article.text, *whole, edge)) if whole else None


def trim(text: str, start: int, end: int, edge: str = EDGE) -> Range:
    """Whole words, without blanks and commas at the ends; at least one character stays."""
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while end - start > 1 and text[start] in edge:
        start += 1
    while end - start > 1 and text[end - 1] in edge:
        end -= 1
    return start, end


def led(text: str, span: Range) -> Range:
    """A phrase without the words that lead to it ("with Orlin")."""
    leading = _LEADING.match(text, *span)
    return (leading.end(), span[1]) if leading and leading.end() < span[1] else span


def plain(phrase: str) -> str:
    """A phrase as it is compared: lower case, no punctuation, no leading article or possessive."""
    bare = " ".join(re.findall(r"\w+", phrase.lower()))
    return re.sub(r"^(?:the|a|an|its|their|his|her) ", "", bare)
