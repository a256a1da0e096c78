"""Where comments stand now: those of an incident follow its redirects, those of a phrase its claim. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.record.holdings import successors
from dateline.record.ids import incident_id
from dateline.site.people.comments import Comment
from dateline.types import Claim, Incident


def subjects(incident: Incident) -> list[str]:
    """What a comment seen with an incident may have been written to: any id that it had, its articles."""
    told = (*incident.claims, *incident.former)
    return list(dict.fromkeys([incident_id([c.id]) for c in told] + [c.citation.article for c in told]))


def claim_under(comment: Comment, incident: Incident) -> str | None:
    """The claim of now that a comment on a phrase belongs to; null when the incident has none such.

    That is the one whose trigger the phrase overlaps, else one in whose sentence it is. Of a claim that is of
    a former reading or text it is what that became.
    """
    now = _overlapping(comment, incident.claims)
    if now is not None:
        return now.id
    former = _overlapping(comment, incident.former)
    return None if former is None else successors([former], incident.claims).get(former.id)


def adrift(comment: Comment, told: Incident) -> Claim | None:
    """The former claim that a comment on a phrase was under, where none of now took its place."""
    return None if claim_under(comment, told) else _overlapping(comment, told.former)


def _overlapping(comment: Comment, claims: Iterable[Claim]) -> Claim | None:
    if comment.start is None or comment.end is None:
        return None
    start, end = comment.start, comment.end
    shares = [
        (
            min(end, claim.event.trigger.end) - max(start, claim.event.trigger.start),
            min(end, claim.sentence.end) - max(start, claim.sentence.start),
            claim,
        )
        for claim in claims
        if claim.citation.article == comment.about
    ]
    near = [each for each in shares if each[1] > 0]
    return max(near, key=lambda each: (max(each[0], 0), each[1], each[2].id), default=(0, 0, None))[2]
