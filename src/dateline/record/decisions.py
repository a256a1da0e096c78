"""Decisions: whose counts more, which still stand, and those that a reading itself implies.

A person outranks the reader, and the reader the linker. Of two people the later decision goes first;
of two by the linker, the surer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dateline.record.ids import decision_id
from dateline.types import Claim, Decision

READER = "reader"
LINKER = "linker"
MACHINES = (LINKER, READER)

Sides = tuple[str, ...]

QUESTIONS = {"different": "same", "unsure": "same", "not-answers": "answers", "not-copy": "copy"}
"""Kinds that speak about the same question as another."""


def rank(by: str) -> int:
    """How much somebody's decisions count: 0 the linker, 1 the reader, 2 a person."""
    return MACHINES.index(by) if by in MACHINES else len(MACHINES)


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Those that no decision of the same rank or a higher one supersedes, withdrawals left out.

    What was superseded stays so, even if the later decision is withdrawn in turn.
    """
    gone: dict[str, int] = {}
    for decision in decisions:
        for former in decision.supersedes:
            gone[former] = max(rank(decision.by), gone.get(former, 0))
    return [
        decision
        for decision in decisions
        if decision.kind != "withdrawal"
        and (not gone or gone.get(decision_id(decision), -1) < rank(decision.by))
    ]


def kinds_asking(kind: str) -> list[str]:
    """The kinds that speak about the same question as a kind, itself among them."""
    asked = QUESTIONS.get(kind, kind)
    return [asked, *(other for other, question in QUESTIONS.items() if question == asked)]


def either_way(decision: Decision) -> list[tuple[Sides, Sides]]:
    """Subject and object; and the other way round, unless that makes a difference."""
    one, two = decision.subject, decision.object
    ways = [(one, two), (two, one)]
    return ways[:1] if _directed(decision.kind) else ways


def question(decision: Decision) -> tuple[object, ...]:
    """What a decision is about: whether the same, whichever side is named first, or which field of what."""
    kind = QUESTIONS.get(decision.kind, decision.kind)
    return (kind, decision.field, *_sides(decision.kind, decision.subject, decision.object))


def _sides(kind: str, subject: Sides, other: Sides) -> tuple[Sides, Sides]:
    """Both sides in an order that does not depend on which is named first, unless that makes a difference."""
    one, two = tuple(sorted(subject)), tuple(sorted(other))
    return (one, two) if _directed(kind) or one <= two else (two, one)


def _directed(kind: str) -> bool:
    return QUESTIONS.get(kind, kind) == "answers"


def asks_same(one: Decision, other: Decision) -> bool:
    """Whether two decisions are about the very same, so that the later one replaces the earlier."""
    return question(one) == question(other)


def renewed(decision: Decision, about: Iterable[Decision]) -> Decision:
    """A decision as it is to be appended: one that was superseded supersedes in turn what superseded it.

    ``about`` are the decisions of the same rank about the same things. Without this, deciding as one once
    did would be the old decision, which no longer stands.
    """
    later = {old: each.id for each in about for old in each.supersedes}
    while (identity := decision_id(decision)) in later:
        decision = replace(decision, supersedes=(later[identity],))
    return decision


def ordered(decisions: Iterable[Decision]) -> list[Decision]:
    """In the order in which they are heard, from decisions in the order of the log.

    The order in which the linker's were appended does not matter.
    """
    numbered = list(enumerate(decisions))

    def key(item: tuple[int, Decision]) -> tuple[object, ...]:
        number, decision = item
        level = rank(decision.by)
        if level == len(MACHINES):
            return -level, -number
        return (
            -level,
            -(decision.score or 0),
            decision.kind,
            *_sides(decision.kind, decision.subject, decision.object),
        )

    return [decision for _, decision in sorted(numbered, key=key)]


def implied(claims: Iterable[Claim]) -> list[Decision]:
    """What a reading says of its own claims: one happening's are the same, one answers another.

    ``claims`` are those of one reading; with several, labels of different readings are kept apart.
    """
    happenings: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        happenings.setdefault((claim.reading, claim.event.happening), []).append(claim)
    first = {label: group[0].id for label, group in happenings.items()}
    same = [
        Decision("same", READER, (group[0].id,), (claim.id,), "one happening in the article", 1.0)
        for group in happenings.values()
        for claim in group[1:]
    ]
    answers = [
        Decision("answers", READER, (claim.id,), (first[claim.reading, label],), "said in the article", 1.0)
        for group in happenings.values()
        for claim in group
        for label in claim.event.answers
        if (claim.reading, label) in first
    ]
    return same + answers


def followed(decisions: Iterable[Decision], live: Mapping[str, str]) -> tuple[list[Decision], list[Decision]]:
    """Decisions about the claims that there are now, and people's for whom there is none any more.

    ``live`` maps each claim of the log, former ones included, to the claim of now that it became.
    A machine's decisions hold for the very claims alone; a person's follow to the newer ones.
    """
    kept, stranded = [], []
    for decision in decisions:
        sides = decision.subject, decision.object
        if rank(decision.by) < len(MACHINES):
            if all(live.get(claim) == claim for side in sides for claim in side):
                kept.append(decision)
            continue
        subject, other = (tuple(dict.fromkeys(live[c] for c in side if c in live)) for side in sides)
        if subject and (other or not decision.object):
            kept.append(replace(decision, subject=subject, object=other))
        else:
            stranded.append(decision)
    return kept, stranded
