"""Near-duplicate articles: wire copies, trimmed, re-headed or lightly rewritten.

A text's five-word runs are hashed, and the smallest hashes are its sketch (Broder 1997, minimum
shingles): what two texts share they draw into their sketches alike, so that a cut copy still meets the
whole. Two articles whose sketches meet are compared by all their three-word runs, of which more outlive a
changed word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple, Protocol

from dateline.types import Citation, Decision

SKETCHED, COMPARED = 5, 3
"""Words in a run of a sketch, and of a comparison."""
SKETCH = 64
"""How many of a text's runs stand for it."""
LEAST_RUNS = 16
"""Runs that two texts must share at the least: fewer are boilerplate or a quotation."""
COPIED = 0.42
"""The share of the shorter text's runs from which it is a copy. Reports of one event that quote the same
speech, or have the same boilerplate, share up to 38 %; of copies in which one word in seven was replaced,
dropped or moved, nineteen in twenty have more left."""
REMEMBERED = 128
"""Texts whose runs are kept in memory: those near in time are compared again and again."""

Run = tuple[str, ...]


class Document(Protocol):
    """An article's citation and the text of its body."""

    @property
    def citation(self) -> Citation: ...

    @property
    def text(self) -> str: ...


class Copied(NamedTuple):
    """How much of the shorter of two texts stands in the other: ``shared`` of its ``runs``."""

    shared: int
    runs: int

    @property
    def share(self) -> float:
        """In [0, 1]."""
        return self.shared / self.runs if self.runs else 0.0

    @property
    def is_copy(self) -> bool:
        """Whether that makes one a copy of the other."""
        return self.shared >= LEAST_RUNS and self.share >= COPIED


def keys(document: Document) -> tuple[str, ...]:
    """The smallest hashes of an article's runs, at most ``SKETCH``: copies have some of them in common."""
    hashes = (
        blake2b(" ".join(run).encode(), digest_size=8).hexdigest() for run in runs(document.text, SKETCHED)
    )
    return tuple(sorted(hashes)[:SKETCH])


def decisions(document: Document, candidates: Iterable[Document]) -> list[Decision]:
    """ "copy" decisions, by the linker, of an article with those of some that it shares its origin with."""
    return list(_decisions(document, candidates))


def _decisions(document: Document, candidates: Iterable[Document]) -> Iterator[Decision]:
    own = runs(document.text, COMPARED)
    for other in candidates:
        copied = compared(own, runs(other.text, COMPARED))
        if copied.is_copy:
            ends = (document.citation.article,), (other.citation.article,)
            yield Decision("copy", "linker", *ends, _reason(copied), round(copied.share, 4))


def _reason(copied: Copied) -> str:
    return f"{copied.shared} of the {copied.runs} three-word runs of the shorter text stand in the other"


@lru_cache(maxsize=REMEMBERED)
def runs(text: str, length: int) -> frozenset[Run]:
    """The different runs of so many words, without regard to case and punctuation."""
    words = re.findall(r"\w+", re.sub(r"['’]", "", text.lower()))
    return frozenset(zip(*(words[start:] for start in range(length)), strict=False))


def compared(one: frozenset[Run], other: frozenset[Run]) -> Copied:
    """How much of the shorter text stands in the other."""
    return Copied(len(one & other), min(len(one), len(other)))
