"""The task ``attribution``: who says what, against PolNeAR.

Spans become sets of tokens (runs of word characters, or single other marks; a token belongs to every
span that touches it), as annotators differ in blanks and quotation marks. What is counted, over all
articles together:

- ``token R``: tokens of a role, all attributions of an article together;
- ``exact R``: a role of one attribution is right if its tokens are just those of a gold one's, each
  gold one used once;
- ``attribution all roles``: an attribution is right if it can be paired, one to one and as many as can
  be, with a gold one so that every role is absent from both or common to at least half (Jaccard index).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dateline.evaluation import annotated
from dateline.evaluation import gold as files
from dateline.evaluation.annotated import answering
from dateline.evaluation.metrics import Figures, Tally, common, largest_matching, summed
from dateline.types import Attribution, Reading, Span

__all__ = ["answering", "figures", "load", "save"]

REMEDY = "an attribution line holds id, text and attributions with ranges of source, cue and content"
ROLES = ("source", "cue", "content")
TOKEN = re.compile(r"\w+|[^\w\s]")
AGREEMENT = 0.5

Tokens = frozenset[int]
Frame = dict[str, Tokens]
"""The tokens of each role of one attribution, by their number in the text."""


def load(path: Path) -> dict[str, Reading]:
    """Gold readings by article id."""
    return files.load(path, annotated.with_attributions, REMEDY)


def save(path: Path, answers: Mapping[str, Reading]) -> None:
    """Predictions in gold's format, one article a line."""
    files.save(path, (annotated.recorded_attributions(reading) for reading in answers.values()))


def figures(gold: Mapping[str, Reading], answers: Mapping[str, Reading]) -> Figures:
    """The figures that the module's docstring defines; an article without answer has no attributions."""
    tally = summed(
        counted
        for key, reading in gold.items()
        for counted in _counted(reading, answers[key].attributions if key in answers else ())
    )
    names = [f"{level} {role}" for level in ("token", "exact") for role in ROLES]
    return {name: tally[name].figure() for name in (*names, "attribution all roles")}


def _counted(reading: Reading, answered: Sequence[Attribution]) -> Iterator[tuple[str, Tally]]:
    tokens = tokenized(reading.article.text)
    gold, predicted = _frames(reading.attributions, tokens), _frames(answered, tokens)
    for role in ROLES:
        yield f"token {role}", common(_union(gold, role), _union(predicted, role))
        yield f"exact {role}", common(_present(gold, role), _present(predicted, role))
    edges = [[j for j, answer in enumerate(predicted) if agree(frame, answer)] for frame in gold]
    yield "attribution all roles", Tally(largest_matching(edges), len(predicted), len(gold))


def tokenized(text: str) -> Callable[[Iterable[Span]], Tokens]:
    """Gives a text's tokens that spans touch."""
    bounds = [match.span() for match in TOKEN.finditer(text)]
    starts, ends = [start for start, _ in bounds], [end for _, end in bounds]

    def tokens(spans: Iterable[Span]) -> Tokens:
        touched = (range(bisect_right(ends, span.start), bisect_left(starts, span.end)) for span in spans)
        return frozenset(number for numbers in touched for number in numbers)

    return tokens


def agree(a: Frame, b: Frame) -> bool:
    """Whether every role is absent from both or common to at least half."""
    return all(len(a[role] & b[role]) >= AGREEMENT * len(a[role] | b[role]) for role in ROLES)


def _frames(attributions: Iterable[Attribution], tokens: Callable[[Iterable[Span]], Tokens]) -> list[Frame]:
    return [{role: tokens(getattr(attribution, role)) for role in ROLES} for attribution in attributions]


def _union(frames: Iterable[Frame], role: str) -> Tokens:
    return frozenset(number for frame in frames for number in frame[role])


def _present(frames: Iterable[Frame], role: str) -> list[Tokens]:
    return [frame[role] for frame in frames if frame[role]]
