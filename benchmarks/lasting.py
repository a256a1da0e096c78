"""Which keys of claims hold for all days: in a record of more days, others share these alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dateline.record.candidates import key_number
from dateline.record.linking import Document, Linker
from dateline.types import Claim, Decision, Reading

LASTING = ("answers ", "undated ")
"""How these keys begin (``link/earlier.py``, ``link/blocking.py``)."""


class Through:
    """A linker that asks another one."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def kept(self, reading: Reading) -> Sequence[bytes]:
        return self._linker.kept(reading)

    def claim_keys(self, claim: Claim) -> Iterable[str]:
        return self._linker.claim_keys(claim)

    def article_keys(self, document: Document) -> Iterable[str]:
        return self._linker.article_keys(document)

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterable[Decision]:
        return self._linker.decide(claim, candidates)

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterable[Decision]:
        return self._linker.copies(document, candidates)


class Noting(Through):
    """Notes the keys that hold for all days: those of what may be answered, or has no day."""

    def __init__(self, linker: Linker) -> None:
        super().__init__(linker)
        self.lasting: set[int] = set()

    def claim_keys(self, claim: Claim) -> Iterator[str]:
        for key in super().claim_keys(claim):
            if key.startswith(LASTING):
                self.lasting.add(key_number(key))
            yield key
