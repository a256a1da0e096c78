"""The linker that the record asks: which claims of other articles tell of the same happening, and why."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from dateline.link import blocking, copies, earlier
from dateline.link.copies import Document
from dateline.link.projection import Projection
from dateline.link.totals import is_total
from dateline.link.views import View, kept, of_claim
from dateline.link.weights import Judgement, Table, chance, odds
from dateline.types import Claim, Decision, DecisionKind, Reading

MOST = 3
"""How many claims one is tied to: the likeliest."""
KEPT = 8_000
"""Views kept in memory, those asked for last; some kilobytes each."""


class IncidentLinker:
    """Compares claims by one table of weights; which of two claims is asked about makes no difference."""

    def __init__(self, table: Table, projection: Projection) -> None:
        self._table = table
        self._projection = projection
        self._least = odds(table.unsure)
        self._views: OrderedDict[tuple[str, str], View] = OrderedDict()

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
        for other in self._close(claim, candidates)[:MOST]:
            judgement = self.judge(claim, other)
            sure = judgement.chance >= self._table.same and judgement.grounded
            kind: DecisionKind = "same" if sure else "unsure"
            score = round(judgement.chance, 4)
            yield Decision(kind, "linker", (claim.id,), (other.id,), judgement.reason, score)
        yield from earlier.decisions(claim, candidates)

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterable[Decision]:
        """ "copy" with those of the candidates that share most of the words."""
        return copies.decisions(document, candidates)

    def judge(self, one: Claim, other: Claim) -> Judgement:
        """How likely it is that two claims tell of one happening."""
        first, second = sorted((one, other), key=lambda claim: claim.id)
        return self._table.judge(self._view(first), self._view(second))

    def _close(self, claim: Claim, candidates: Iterable[Claim]) -> list[Claim]:
        """The candidates that are at least worth a look, the likeliest first."""
        own, total = self._view(claim), is_total(claim.event, claim.sentence)
        found = []
        for other in candidates:
            if is_total(other.event, other.sentence) != total:
                continue
            view = self._view(other)
            pair = (own, view) if claim.id <= other.id else (view, own)
            odds = self._table.odds(*pair, self._least)
            if odds is not None and chance(odds) >= self._table.unsure:
                found.append((-odds, other.id, other))
        return [other for *_, other in sorted(found, key=lambda each: each[:2])]

    def _view(self, claim: Claim) -> View:
        key = (claim.id, claim.reading)
        view = self._views.get(key)
        if view is None:
            view = of_claim(claim, self._projection)
            while len(self._views) >= KEPT:
                self._views.popitem(last=False)
            self._views[key] = view
        else:
            self._views.move_to_end(key)
        return view
