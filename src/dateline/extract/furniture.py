"""Tells the lines of a page that are furniture from those that are the article.

One softmax over hashed features of a line, its place and its neighbours; trained by
``training/furniture.py``. Hints of HTML elements are features like others, left out of half of the
training lines, so that plain text which someone else scraped is told apart as well.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from dateline.errors import ModelError
from dateline.extract.blocks import Line
from dateline.types import FurnitureKind

KINDS: tuple[FurnitureKind, ...] = get_args(FurnitureKind)
LABELS: tuple[Literal["body"] | FurnitureKind, ...] = ("body", *KINDS)
BUCKETS = 8_192
MAX_FEATURES = 72
"""Features of one line beyond this number are left out, the most telling come first."""


class Guess(NamedTuple):
    """The likeliest kind of furniture of a line, and the probability that it is body instead."""

    kind: FurnitureKind
    body: float


MAX_LINES = 5_000
SURE = 0.1
"""A line of plain text is furniture below this probability of body: in two-fold validation on the training
half that lost 1 % of the body's characters and found 99 % of the furniture."""
LIKELY = 0.3
"""The same for the first and last paragraphs that trafilatura finds, and 0.5 for what it leaves out."""

WORD = re.compile(r"\w+|[©®›»→]")
END = re.compile(r"""[.!?…。！？][)\]"'”’»]*$""")
SENTENCE_CHARACTERS = 60
CONTENT_WORDS = 8
SHORT_WORDS = 12


def guesses(lines: Sequence[Line]) -> list[Guess]:
    """What each line is. Lines past MAX_LINES are body unseen: a hostile page may have millions."""
    rows = probabilities(lines[:MAX_LINES])
    found = [Guess(kind_of(row), float(row[0])) for row in rows]
    return found + [Guess(KINDS[0], 1.0)] * (len(lines) - len(found))


def probabilities(lines: Sequence[Line]) -> NDArray[np.float32]:
    """Probability of each label for each line, (lines, len(LABELS)).

    Raises ModelError when the package lacks the weights or holds others' weights.
    """
    if not lines:
        return np.zeros((0, len(LABELS)), np.float32)
    scores = weights()[indices(lines)].sum(axis=1)
    scores -= scores.max(axis=1, keepdims=True)
    exponentials = np.exp(scores)
    return np.asarray(exponentials / exponentials.sum(axis=1, keepdims=True), np.float32)


def kind_of(row: NDArray[np.float32]) -> FurnitureKind:
    """The likeliest kind of furniture in one row of ``probabilities``."""
    return KINDS[int(row[1:].argmax())]


@cache
def weights() -> NDArray[np.float32]:
    """The weights, (BUCKETS + 1, labels); the last row is zero and stands for no feature."""
    try:
        with files("dateline").joinpath("model", "furniture.npz").open("rb") as stream:
            stored = np.load(stream, allow_pickle=False)
            table = stored["weights"].astype(np.float32) * stored["scale"]
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"model/furniture.npz: cannot be loaded ({error}); install dateline again") from None
    if table.shape != (BUCKETS, len(LABELS)):
        raise ModelError(f"model/furniture.npz: {table.shape} does not fit; run training/furniture.py")
    return np.vstack([table, np.zeros((1, len(LABELS)), np.float32)])


def indices(lines: Sequence[Line]) -> NDArray[np.int64]:
    """Hashed features of each line, (lines, MAX_FEATURES), padded with BUCKETS."""
    table = np.full((len(lines), MAX_FEATURES), BUCKETS, np.int64)
    for row, names in enumerate(features(lines)):
        found = [zlib.crc32(name.encode("utf-8", "replace")) % BUCKETS for name in names[:MAX_FEATURES]]
        table[row, : len(found)] = found
    return table


def features(lines: Sequence[Line]) -> list[list[str]]:
    """Names of each line's features: shape, place, neighbours, hints, words."""
    shapes = [shape(line.text) for line in lines]
    prose = [is_prose(line.text) for line in lines]
    places = place(prose)
    source = "page" if any(line.hints for line in lines) else "scraped"
    found = []
    for i, line in enumerate(lines):
        before = shapes[i - 1] if i else ["start"]
        after = shapes[i + 1] if i + 1 < len(lines) else ["end"]
        around = [f"before:{before[0]}", f"after:{after[0]}", f"around:{before[0]}:{shapes[i][0]}:{after[0]}"]
        hints = [f"hint:{hint}" for hint in line.hints] + [f"nearest:{hint}" for hint in line.hints[:1]]
        apart = [source, f"{source}:{places[i][0]}", f"{source}:{places[i][-1]}"]
        found.append([*shapes[i], *places[i], *apart, *around, *hints, *words(line.text)])
    return found


def is_prose(text: str) -> bool:
    """Whether a line is long and ends as a sentence does."""
    return len(text) >= SENTENCE_CHARACTERS and END.search(text) is not None


def shape(text: str) -> list[str]:
    """Length, ending and characters of a line; the first name sums them up."""
    size = len(text).bit_length()
    ending = "stop" if END.search(text) else text[-1:] if text[-1:] in ":,;|-" else "none"
    letters = sum(map(str.isalpha, text)) or 1
    capitals = round(4 * sum(map(str.isupper, text)) / letters)
    digits = round(4 * sum(map(str.isdigit, text)) / len(text)) if text else 0
    marks = [f"mark:{mark}" for mark in '©@|›»•→“"?!' if mark in text]
    address = ["address"] if "http" in text or "www." in text else []
    sizes = [f"{size}:{ending}", f"size:{size}", f"ending:{ending}", f"shape:{size}:{capitals}:{ending}"]
    return [*sizes, f"capitals:{capitals}", f"digits:{digits}", *marks, *address]


def place(prose: Sequence[bool]) -> list[list[str]]:
    """Where each line stands to the page's prose: before, between or after it, and how near."""
    at = [i for i, yes in enumerate(prose) if yes]
    if not at:
        return [["place:no-prose"] for _ in prose]
    found = []
    last = -99
    following = iter((*at, len(prose) + 99))
    nearest_after = next(following)
    for i, yes in enumerate(prose):
        while nearest_after < i:
            last, nearest_after = nearest_after, next(following)
        side = "before" if i < at[0] else "after" if i > at[-1] else "between"
        gap = min(i - last, nearest_after - i, 20).bit_length() if not yes else 0
        found.append([f"place:{side}", f"gap:{side}:{gap}"])
    return found


def words(text: str) -> list[str]:
    """The words of a short line, singly, in pairs and by their beginnings; of a long one, its ends."""
    found = [word.lower() for word in WORD.findall(text[:400])]
    if len(found) > SHORT_WORDS:
        found = [*found[:CONTENT_WORDS], *found[-4:]]
    pairs = [f"pair:{a} {b}" for a, b in zip(["^", *found], [*found, "$"], strict=True)]
    beginnings = [f"begin:{word[:size]}" for word in found for size in (4, 6) if len(word) > size]
    return [*(f"word:{word}" for word in found), *pairs, *beginnings]
