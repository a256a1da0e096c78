"""The log → incidents. Pure: the same entries give the same incidents, wherever they lie.

entries ── gathered ── claims of now, former claims, standing decisions
              │
              ├ followed: people's decisions about former claims go over to those of now
              ├ partition: "same" joins, "different" keeps apart, in the order of who is heard first
              └ assembled: incidents with their former claims, origins and answers
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.record.corrections import corrected
from dateline.record.decisions import followed, implied, ordered
from dateline.record.holdings import Holdings, gathered, revised, successors
from dateline.record.ids import incident_id
from dateline.record.origins import origins, roots
from dateline.record.partition import partition
from dateline.record.times import earliest_first
from dateline.types import Answer, Claim, Decision, Entry, Incident

ABOUT_ARTICLES = ("copy", "not-copy", "redaction")


def incidents(entries: Iterable[Entry]) -> tuple[Incident, ...]:
    """The incidents of a log, or of a part of it, in the order of their ids."""
    return assembled(gathered(entries))


def stranded(held: Holdings) -> list[Decision]:
    """People's decisions for whose claims no reading of now has one: to be decided anew by a person."""
    return followed(_about_claims(held), _became(held))[1]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which claims belong together: the smallest claim's id for each.

    ``groups`` has the claims of now, ``went`` the former and erased ones that belong somewhere.
    ``decisions`` are about claims of now, as ``heard`` are, which has what the readings imply besides.
    """

    groups: Mapping[str, str]
    went: Mapping[str, str]
    decisions: tuple[Decision, ...]
    heard: tuple[Decision, ...]


def arranged(held: Holdings) -> Arrangement:
    """Which of the claims belong together."""
    became = _became(held)
    kept, _ = followed(_about_claims(held), became)
    heard = ordered([*kept, *implied(held.live)])
    groups = partition((claim.id for claim in held.live), heard)
    return Arrangement(groups, attached(held, became, groups), tuple(kept), tuple(heard))


def assembled(held: Holdings, arrangement: Arrangement | None = None) -> tuple[Incident, ...]:
    """The incidents of what is held, in the order of their ids."""
    told = arrangement or arranged(held)
    members: dict[str, list[Claim]] = defaultdict(list)
    corrections = by_claim(decision for decision in told.heard if decision.kind == "correction")
    for claim in held.live:
        members[told.groups[claim.id]].append(corrected(claim, corrections.get(claim.id, ())))
    former: dict[str, list[Claim]] = defaultdict(list)
    for claim in held.former:
        former[told.went.get(claim.id, "")].append(claim)
    answers = answered(told.heard, told.groups)
    touching = by_group(told.decisions, told.groups)
    root_of = roots(held.citations, held.decisions)
    return tuple(
        Incident(
            id=incident_id([smallest]),
            claims=tuple(sorted(claims, key=telling_order)),
            former=tuple(sorted(former[smallest], key=telling_order)),
            origins=origins((claim.citation for claim in claims), root_of, held.citations),
            answers=answers.get(smallest, ()),
            decisions=touching.get(smallest, ()),
        )
        for smallest, claims in sorted(members.items())
    )


def redirects(found: Iterable[Incident]) -> dict[str, str]:
    """Every id that these incidents have ever had or could have had, with the id of now."""
    return {
        incident_id([claim.id]): incident.id
        for incident in found
        for claim in (*incident.claims, *incident.former)
    }


def telling_order(claim: Claim) -> tuple[object, ...]:
    """A key that sorts claims by publication, then by their place in the article."""
    return *earliest_first(claim.citation), claim.event.trigger.start, claim.id


def _about_claims(held: Holdings) -> list[Decision]:
    return [decision for decision in held.decisions if decision.kind not in ABOUT_ARTICLES]


def _became(held: Holdings) -> dict[str, str]:
    went = successors(held.former, held.live) if held.former else {}
    return went | {claim.id: claim.id for claim in held.live}


def attached(held: Holdings, became: Mapping[str, str], groups: Mapping[str, str]) -> dict[str, str]:
    """The groups of former and erased claims.

    That is the group of what a claim became, as far as can be told; else of what its old reading, or
    a decision, called the same. Claims without either have none.
    """
    if not held.former and not held.erased:
        return {}
    became = revised(held.former, held.live) | {**became}
    went = {claim.id: groups[became[claim.id]] for claim in held.former if claim.id in became}
    ties = [d for d in (*implied(held.former), *ordered(held.decisions)) if d.kind == "same"]
    lost = {claim.id for claim in held.former} - went.keys() | set(held.erased)
    for decision in ties:
        for one, other in ((decision.subject, decision.object), (decision.object, decision.subject)):
            for claim in lost.intersection(one):
                known = (went.get(name) or groups.get(name) for name in other)
                group = next(filter(None, known), None)
                if group is not None:
                    went.setdefault(claim, group)
    return went


def answered(heard: Iterable[Decision], groups: Mapping[str, str]) -> dict[str, tuple[Answer, ...]]:
    """What each group is in answer to; of an "answers" and a "not-answers" the first heard holds."""
    said: dict[tuple[str, str], list[Decision]] = {}
    for decision in heard:
        if decision.kind in ("answers", "not-answers"):
            for pair in pairs(decision, groups):
                said.setdefault(pair, []).append(decision)
    found: dict[str, list[Answer]] = defaultdict(list)
    for (group, other), decisions in sorted(said.items()):
        if group != other and decisions[0].kind == "answers":
            telling = tuple(decision for decision in decisions if decision.kind == "answers")
            found[group].append(Answer(incident_id([other]), telling))
    return {group: tuple(answers) for group, answers in found.items()}


def pairs(decision: Decision, groups: Mapping[str, str]) -> set[tuple[str, str]]:
    """The groups of a decision's subject with those of its object."""
    return {
        (groups[one], groups[other])
        for one in decision.subject
        for other in decision.object
        if one in groups and other in groups
    }


def by_claim(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    """Decisions under each claim of their subjects."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for claim in decision.subject:
            found[claim].append(decision)
    return found


def by_group(decisions: Iterable[Decision], groups: Mapping[str, str]) -> dict[str, tuple[Decision, ...]]:
    """Decisions under each group that they touch."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        sides = (*decision.subject, *decision.object)
        for group in dict.fromkeys(groups[claim] for claim in sides if claim in groups):
            found[group].append(decision)
    return {group: tuple(each) for group, each in found.items()}
