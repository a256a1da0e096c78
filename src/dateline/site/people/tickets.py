"""Tickets: what a page gives a browser to bring back, signed, for one purpose and some minutes.

Who has one can read it; nobody can make or change one without the site's key.
"""

from __future__ import annotations

from dateline.site.people import moments
from dateline.site.people.keys import keyed, same


def ticket(key: bytes, purpose: str, minutes: int, *parts: str) -> str:
    """A ticket that says some parts, none of which has a dot in it."""
    told = ".".join((str(int(moments.seconds()) + minutes * 60), *parts))
    return f"{_signature(key, purpose, told)}.{told}"


def parts_of(key: bytes, purpose: str, given: str) -> tuple[str, ...] | None:
    """What a ticket says; null when it is none of ours, is for something else, or its time is over."""
    signature, _, told = given.partition(".")
    if not same(signature, _signature(key, purpose, told)):
        return None
    until, *parts = told.split(".")
    return tuple(parts) if moments.seconds() < int(until) else None


def _signature(key: bytes, purpose: str, told: str) -> str:
    return keyed(key, "ticket", purpose, told)
