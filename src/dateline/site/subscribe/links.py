"""Links in mails that let whoever has them act: signed by the site's key, so that nothing of them is kept.

Whoever reads the database cannot make one, and each is good for one subscription and one purpose.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import Literal

Purpose = Literal["confirm", "unsubscribe"]


def token(key: bytes, purpose: Purpose, subscription: str) -> str:
    """What stands in a link: the subscription's id and a signature."""
    return f"{subscription}.{_signature(key, purpose, subscription)}"


def subscription_of(key: bytes, purpose: Purpose, given: str) -> str | None:
    """The id of the subscription that a token is for; null when it was not made here for this purpose."""
    subscription, _, signature = given.partition(".")
    good = _signature(key, purpose, subscription)
    return subscription if hmac.compare_digest(signature.encode(), good.encode()) else None


def _signature(key: bytes, purpose: Purpose, subscription: str) -> str:
    return hmac.new(key, f"subscription\n{purpose}\n{subscription}".encode(), sha256).hexdigest()
