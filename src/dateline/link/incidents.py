"""The linker that the record asks: which claims of other articles tell of the same happening, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from dateline.link import blocking, copies, earlier
from dateline.link.copies import Document
from dateline.link.projection import Projection
from dateline.link.views import View, kept, of_claim
from dateline.link.weights import Judgement, Table
from dateline.types import Claim, Decision, DecisionKind, Reading

MOST = 3
"""How many claims one is tied to: the likeliest."""
KEPT = 20_000
"""Views kept in memory, some kilobytes each."""


class IncidentLinker:
    """Compares claims by one table of weights; which of two claims is asked about makes no difference."""

    def __init__(self, table: Table, projection: Projection) -> None:
        self._table = table
        self._projection = projection
        self._views: dict[tuple[str, str], View] = {}

    @classmethod
    def load(cls) -> Self:
        """With the package's own weights."""
        return cls(Table.load("across"), Projection.load())

    def kept(self, reading: Reading) -> list[bytes]:
        """What the record keeps of each event report, to compare it later."""
        return kept(reading, self._projection)

    def claim_keys(self, claim: Claim) -> Iterable[str]:
        """Block keys of a claim."""
        return (*blocking.keys(self._view(claim)), *earlier.keys(claim))

    def article_keys(self, document: Document) -> Iterable[str]:
        """Block keys of an article."""
        return copies.keys(document)

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterator[Decision]:
        """ "same" and "unsure" with the likeliest of the candidates, "answers" with all."""
        judged = [(self.judge(claim, other), other.id) for other in candidates]
        close = [each for each in judged if each[0].chance >= self._table.unsure]
        for judgement, other in sorted(close, key=lambda each: (-each[0].odds, each[1]))[:MOST]:
            sure = judgement.chance >= self._table.same and judgement.grounded
            kind: DecisionKind = "same" if sure else "unsure"
            score = round(judgement.chance, 4)
            yield Decision(kind, "linker", (claim.id,), (other,), judgement.reason, score)
        yield from earlier.decisions(claim, candidates)

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterable[Decision]:
        """ "copy" with those of the candidates that share most of the words."""
        return copies.decisions(document, candidates)

    def judge(self, one: Claim, other: Claim) -> Judgement:
        """How likely it is that two claims tell of one happening."""
        first, second = sorted((one, other), key=lambda claim: claim.id)
        return self._table.judge(self._view(first), self._view(second))

    def _view(self, claim: Claim) -> View:
        key = (claim.id, claim.reading)
        if key not in self._views:
            if len(self._views) >= KEPT:
                self._views.clear()
            self._views[key] = of_claim(claim, self._projection)
        return self._views[key]
