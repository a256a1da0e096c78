"""Comments: what is sent, what is wrong with it, and whether a moderator should look at it first. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from dateline.record.corrections import FIELDS
from dateline.site.people import names, plain

State = Literal["shown", "held", "refused", "erased"]
STATES: tuple[State, ...] = get_args(State)

LONGEST = 10_000
"""Signs of a comment."""
LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """A correction that a reader proposes: that a claim's field has another value.

    ``value`` and ``words`` are as ``record.rewording.value_of`` takes them; ``credit`` is whether the reader
    wants to be named. ``decision`` is the id of the decision that accepted it, ``declined`` why it was not.
    """

    claim: str
    field: str
    value: str
    words: str | None = None
    credit: bool = False
    decision: str | None = None
    declined: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A comment as it was sent. ``start`` and ``end`` are of a phrase of the article ``about``, else null."""

    about: str
    name: str
    words: str
    start: int | None = None
    end: int | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that is kept. ``name`` and ``words`` are null once erased.

    ``role`` is of the writer's account, null when not signed in. ``reason`` is why it is in its state, as
    the writer is told.
    """

    number: int
    id: str
    about: str
    start: int | None
    end: int | None
    account: int | None
    role: str | None
    name: str | None
    words: str | None
    written: str
    state: State
    reason: str | None
    sender: str | None
    proposal: Proposal | None


def sent(fields: Mapping[str, str]) -> Sent:
    """What the fields of the form say. Raises ``ValueError`` when they cannot be those of our form."""
    start, end = (int(fields[name]) if fields.get(name) else None for name in ("start", "end"))
    proposal = None
    if fields.get("field") and fields.get("claim"):
        given = {name: names.written(fields.get(name, "")) for name in ("claim", "field", "value")}
        words = names.written(fields.get("field_words", "")) or None
        proposal = Proposal(**given, words=words, credit="credit" in fields)
    return Sent(
        fields.get("about", ""),
        names.written(fields.get("name", "")),
        fields.get("words", "").replace("\r\n", "\n").replace("\x00", "").strip(),
        start,
        end,
        proposal,
    )


def faults(told: Sent) -> dict[str, str]:
    """What has to be filled in or changed, by the name of the form's field."""
    found = {}
    if not told.words:
        found["words"] = "Please enter your comment"
    elif len(told.words) > LONGEST:
        found["words"] = (
            f"Please shorten your comment: it has {len(told.words):,} signs, {LONGEST:,} are taken"
        )
    if not told.name:
        found["name"] = "Please enter your name"
    elif len(told.name) > names.LONGEST:
        found["name"] = f"Please shorten your name to {names.LONGEST} signs"
    return found | (_proposal_faults(told.proposal) if told.proposal else {})


def _proposal_faults(proposal: Proposal) -> dict[str, str]:
    found = {}
    if proposal.field not in FIELDS:
        found["field"] = "Please choose what is to be corrected"
    if not proposal.value:
        found["value"] = "Please enter what it should be"
    if any(len(text or "") > LONGEST_VALUE for text in (proposal.value, proposal.words)):
        found["value"] = f"Please shorten this to {LONGEST_VALUE} signs"
    return found


UNCHECKED = "It came without the human check, as it does where a browser runs no scripts."
LINKED = "It has a link."
ALIKE = "Its name is like that of somebody who signs in here."


def first_state(told: Sent, *, signed_in: bool, proven: bool, names_known: bool) -> tuple[State, str | None]:
    """Whether a new comment is shown, or held for a moderator and why.

    ``names_known`` is whether the name is that of an account.
    """
    if signed_in:
        return "shown", None
    if not proven:
        return "held", UNCHECKED
    if names_known:
        return "held", ALIKE
    if plain.links(told.words) or plain.links(told.name):
        return "held", LINKED
    return "shown", None
