from __future__ import annotations

import base64
import json

from altcha import Challenge, Payload, Solution, solve_challenge
from peopled import tables

from dateline.site.people import proofs

KEY = b"key"


def solved(key: bytes = KEY) -> dict[str, object]:
    made = Challenge.from_dict(proofs.challenge(key))
    solution = solve_challenge(made)
    assert solution is not None
    found: dict[str, object] = Payload(made, solution).to_dict()
    return found


def packed(told: object) -> str:
    return base64.b64encode(json.dumps(told).encode()).decode()


def test_a_challenge_does_not_run_out() -> None:
    assert "expiresAt" not in proofs.challenge(KEY)["parameters"]


def test_a_proof_counts_once() -> None:
    proof = packed(solved())
    nonce = proofs.nonce_of(KEY, proof)
    assert nonce and proofs.nonce_of(KEY, proof) == nonce
    with tables() as connection:
        assert proofs.use(connection, nonce)
        assert not proofs.use(connection, nonce)


def test_what_is_no_proof_is_none() -> None:
    made = Challenge.from_dict(proofs.challenge(KEY))
    guessed = Payload(made, Solution(1, "0" * 64)).to_dict()
    easier = solved()
    easier["challenge"]["parameters"]["keyPrefix"] = ""  # type: ignore[index]
    for wrong in ("", "x", "é", packed([]), packed({}), packed(guessed), packed(easier), "A" * 5000):
        assert proofs.nonce_of(KEY, wrong) is None
    assert proofs.nonce_of(KEY, packed(solved(b"other"))) is None
