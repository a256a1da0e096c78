from __future__ import annotations

import json

import pytest
from logs import claims, first_reading

from dateline.record.corrections import corrected, with_field
from dateline.types import Decision

KILLED = claims(first_reading())[0]


def correction(field: str, value: object, by: str = "Ana") -> Decision:
    return Decision("correction", by, (KILLED.id,), (), "seen", None, field, json.dumps(value))


def test_a_correction_takes_the_place_of_a_field() -> None:
    toll = {"start": 14, "end": 17, "text": "six", "confidence": 1.0, "value": 7, "low": 7, "high": 9}
    claim = corrected(KILLED, [correction("killed", [toll]), correction("status", "future")])
    assert (claim.event.killed[0].low, claim.event.status) == (7, "future")
    assert [decision.field for decision in claim.corrections] == ["killed", "status"]
    assert claim.id == KILLED.id and claim.event.trigger == KILLED.event.trigger


def test_of_two_corrections_the_first_heard_holds() -> None:
    claim = corrected(KILLED, [correction("status", "future", "Ana"), correction("status", "negated", "Ben")])
    assert (claim.event.status, claim.corrections[0].by) == ("future", "Ana")


def test_without_corrections_the_claim_is_itself() -> None:
    other = Decision("correction", "Ana", ("c0",), (), "", None, "status", '"future"')
    assert corrected(KILLED, [other]) is KILLED


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("trigger", "{}", "'trigger' is none of type, mode"),
        ("killed", '[{"start": 0}]', "killed cannot be"),
        ("killed", "six", "killed cannot be six .JSONDecodeError"),
        ("when", '{"start": null}', "when cannot be"),
    ],
)
def test_what_a_field_cannot_hold_is_refused(field: str, value: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        with_field(KILLED.event, field, value)
