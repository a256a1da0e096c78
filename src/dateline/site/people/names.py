"""Names of people: how one is written, and when two are the same."""

from __future__ import annotations

import unicodedata

LONGEST = 80
MACHINES = ("reader", "linker")
"""Whose decisions the log has besides those of people."""


def written(name: str) -> str:
    """A name without signs that cannot be seen and without spaces at the ends or side by side."""
    kept = (sign for sign in name if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(kept).split())


def key(name: str) -> str:
    """What is equal for names that look the same: capitals and width do not count."""
    return written(unicodedata.normalize("NFKC", name)).casefold()


def fault(name: str) -> str | None:
    """Why an account cannot have a name; null when it can."""
    if not written(name):
        return "a name is needed"
    if len(name) > LONGEST:
        return f"the name is longer than {LONGEST} signs"
    if key(name) in MACHINES:
        return f"{written(name)!r} decides by itself"
    return None
