"""Links in mails that let whoever has them act: signed by the site's key, so that nothing of them is kept.

Whoever reads the database cannot make one, and each is good for one subscription and one purpose.
"""

from __future__ import annotations

from typing import Literal

from dateline.site.people.keys import keyed, same

Purpose = Literal["confirm", "unsubscribe"]


def token(key: bytes, purpose: Purpose, subscription: str) -> str:
    """What stands in a link: the subscription's id and a signature."""
    return f"{subscription}.{keyed(key, purpose, subscription)}"


def subscription_of(key: bytes, purpose: Purpose, given: str) -> str | None:
    """The id of the subscription that a token is for; null when it was not made here for this purpose."""
    subscription = given.partition(".")[0]
    return subscription if same(given, token(key, purpose, subscription)) else None
