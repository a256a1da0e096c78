"""Passwords: which may be chosen, and how they are kept (Argon2id)."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dateline.site.people import names

SHORTEST, LONGEST = 12, 1000
FEWEST_SIGNS = 5
"""Different signs that a password needs."""
COMMON = (
    *("password", "passwort", "passw0rd", "p@ssw0rd", "letmein", "welcome", "iloveyou", "monkey", "dragon"),
    *(
        "football",
        "baseball",
        "sunshine",
        "princess",
        "superman",
        "batman",
        "trustno1",
        "starwars",
        "default",
    ),
    *("whatever", "changeme", "administrator", "admin", "login", "secret", "master", "shadow", "qwerty"),
    *("qwertz", "azerty", "asdfgh", "zxcvbn", "dateline", "analyst", "moderator"),
)
"""Words of which, with figures and signs, most guessed passwords are made."""

HASHER = PasswordHasher()


def fault(password: str, name: str = "") -> str | None:
    """Why a password may not be chosen; null when it may."""
    if len(password) < SHORTEST:
        return f"the password needs at least {SHORTEST} signs"
    if len(password) > LONGEST:
        return f"the password is longer than {LONGEST} signs"
    if len(set(password)) < FEWEST_SIGNS or _is_row(password) or _is_common(password):
        return "the password is one of those that are guessed first"
    if name and names.key(name) in password.casefold():
        return "the password has the name in it"
    return None


def _is_row(password: str) -> bool:
    """Whether each sign but a few follows the one before, as in "abcdefgh" and "87654321"."""
    steps = [ord(after) - ord(before) for before, after in pairwise(password)]
    return max(steps.count(1), steps.count(-1)) > len(steps) * 2 / 3


def _is_common(password: str) -> bool:
    """Whether little is left without figures, signs and common words."""
    rest = password.casefold()
    for word in COMMON:
        rest = rest.replace(word, "")
    return len(re.sub(r"[\W\d_]+", "", rest)) < FEWEST_SIGNS and rest != password.casefold()


def kept(password: str) -> str:
    """What is kept of a password."""
    return HASHER.hash(password)


@cache
def unknown() -> str:
    """What is checked where there is no account, so that the answer takes as long."""
    return HASHER.hash("nobody has this one")


def fits(password: str, hash_: str | None) -> bool:
    """Whether a password is the one that a hash was made of; null fits none, and takes as long."""
    try:
        return HASHER.verify(hash_ or unknown(), password) and hash_ is not None
    except (VerificationError, InvalidHashError):
        return False
