"""The human check: a proof of work that the browser does when a comment is sent, by ALTCHA's scheme.

A challenge does not run out, so that it cannot do so under a reader's fingers; each counts once.
"""

from __future__ import annotations

from typing import Any

from altcha import Payload, create_challenge, verify_solution
from sqlalchemy import Connection, insert, select

from dateline.site.people.keys import keyed
from dateline.site.people.tables import proofs

ALGORITHM = "SHA-256"
COST = 4
PREFIX = "000"
"""What the digest starts with that is looked for, in 4,000 tries on average: a fraction of a second."""
LONGEST = 4000
"""Signs of a proof."""


def challenge(key: bytes) -> dict[str, Any]:
    """A new challenge, signed by the site's key."""
    made = create_challenge(ALGORITHM, COST, key_prefix=PREFIX, hmac_secret=keyed(key, "proof"))
    found: dict[str, Any] = made.to_dict()
    return found


def nonce_of(key: bytes, proof: str) -> str | None:
    """What names the challenge that a proof solves; null when it solves none of ours."""
    if not proof or len(proof) > LONGEST or not verify_solution(proof, keyed(key, "proof")).verified:
        return None
    return str(Payload.from_base64(proof).challenge.parameters.nonce)


def use(connection: Connection, nonce: str) -> bool:
    """Whether a challenge had not been used before; it now has. Within a transaction that writes."""
    if connection.execute(select(proofs).where(proofs.c.nonce == nonce)).first():
        return False
    connection.execute(insert(proofs), {"nonce": nonce})
    return True
