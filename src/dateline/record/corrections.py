"""Corrections: what a person puts in the place of a field that was read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from dateline.ontology import ROLES
from dateline.show.jsonl import decode_event, encode_event
from dateline.types import Claim, Decision, EventReport

FIELDS = ("type", "mode", "status", "when", *ROLES)
"""What can be corrected."""


def with_field(event: EventReport, field: str, value: str) -> EventReport:
    """The event with one field replaced by a value in the JSON of ``read --jsonl``.

    Raises ``ValueError`` for an unknown field, and for a value that the field cannot hold.
    """
    if field not in FIELDS:
        raise ValueError(f"{field!r} is none of {', '.join(FIELDS)}")
    try:
        return decode_event(encode_event(event) | {field: json.loads(value)})
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ValueError(f"{field} cannot be {value} ({type(error).__name__}: {error})") from error


def corrected(claim: Claim, decisions: Iterable[Decision]) -> Claim:
    """The claim with its fields as corrected; the first decision about a field holds."""
    event, heard = claim.event, dict[str, Decision]()
    for decision in decisions:
        if decision.kind == "correction" and claim.id in decision.subject and decision.field not in heard:
            assert decision.field is not None and decision.value is not None
            event = with_field(event, decision.field, decision.value)
            heard[decision.field] = decision
    return replace(claim, event=event, corrections=tuple(heard.values())) if heard else claim
