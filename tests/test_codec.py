from __future__ import annotations

import json

from hypothesis import given, settings
from logs import claims as claims_of
from readings import RESOLVED, any_reading

from dateline.record.codec import decode_claim, decode_decision, encode_claim, encode_decision
from dateline.types import Decision, Reading


@settings(max_examples=40, deadline=None)
@given(any_reading())
def test_claims_come_back(reading: Reading) -> None:
    for claim in claims_of(reading):
        record = json.loads(json.dumps(encode_claim(claim)))
        assert decode_claim(record, claim.id, claim.reading, claim.citation) == claim


def test_a_claim_s_event_is_the_one_that_read_prints() -> None:
    claim = claims_of(RESOLVED)[4]
    record = encode_claim(claim)
    assert record["event"]["actor"][0]["resolved"]["id"] == "XMV-MIL"
    assert set(record) == {"event", "sentence", "speakers", "attributions"}


def test_decisions_come_back() -> None:
    decision = Decision("correction", "Ana", ("c1",), (), "seen", None, "status", '"future"', ("d1",))
    assert decode_decision(json.loads(json.dumps(encode_decision(decision)))) == decision
