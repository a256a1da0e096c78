"""What a program may decide for an analyst, each in its form. All of it stays in the log."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from dateline.record import deciding
from dateline.record.record import Record
from dateline.types import Decision

Id = Annotated[str, Field(pattern="^[acdi][0-9a-f]{32}$")]
Reason = Annotated[str, Field(min_length=1, max_length=2000, description="Why; it stays in the log.")]
Seen = Annotated[
    int | None,
    Field(
        ge=0,
        le=2**31 - 1,
        description="The last entry of the log that you have seen: refused if somebody was quicker.",
    ),
]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")

    reason: Reason
    seen: Seen = None


class Correction(_Form):
    """Another value for a field of a claim; the words for it must stand in the article."""

    kind: Literal["correction"]
    claim: Id
    field: str = Field(max_length=40)
    value: str = Field(max_length=2000, description="As ``dateline correct`` takes it.")
    words: str | None = Field(None, max_length=2000)

    def decide(self, record: Record, by: str) -> list[str]:
        """Say so to the record; the claims that it concerns."""
        deciding.correct(
            record, self.claim, self.field, self.value, self.words, by, self.reason, seen=self.seen
        )
        return [self.claim]


class Merge(_Form):
    """That incidents are one."""

    kind: Literal["merge"]
    incidents: list[Id] = Field(min_length=2, max_length=50)

    def decide(self, record: Record, by: str) -> list[str]:
        """Say so to the record; the incident that it concerns."""
        return [deciding.merge(record, self.incidents, by, self.reason, self.seen).id]


class Split(_Form):
    """That some claims of an incident are about another."""

    kind: Literal["split"]
    incident: Id
    claims: list[Id] = Field(min_length=1, max_length=500)

    def decide(self, record: Record, by: str) -> list[str]:
        """Say so to the record; the incidents that it concerns."""
        return deciding.split(record, self.incident, self.claims, by, self.reason, self.seen)


class Judgement(_Form):
    """Of two claims: whether they are the same, or one is in answer to the other."""

    kind: Literal["same", "different", "unsure", "answers", "not-answers"]
    one: Annotated[str, Field(pattern="^c[0-9a-f]{32}$")]
    other: Annotated[str, Field(pattern="^c[0-9a-f]{32}$")]

    def decide(self, record: Record, by: str) -> list[str]:
        """Say so to the record; the claims that it concerns."""
        record.insist(Decision(self.kind, by, (self.one,), (self.other,), self.reason), self.seen)
        return [self.one, self.other]


class Undo(_Form):
    """That a decision no longer holds."""

    kind: Literal["undo"]
    decision: Annotated[str, Field(pattern="^d[0-9a-f]{32}$")]

    def decide(self, record: Record, by: str) -> list[str]:
        """Say so to the record; what it concerns."""
        old = record.decision(deciding.undo(record, self.decision, by, self.reason))
        return [*old.subject, *old.object]


Form = Annotated[Correction | Merge | Split | Judgement | Undo, Field(discriminator="kind")]
