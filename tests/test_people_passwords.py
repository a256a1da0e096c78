from __future__ import annotations

import pytest

from dateline.site.people import passwords
from dateline.site.people.passwords import fault, fits, kept


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevensigns", "at least 12"),
        ("aaaaaaaaaaaaaaaa", "guessed first"),
        ("abcdefghijklmnop", "guessed first"),
        ("9876543210987", "guessed first"),
        ("Password12345!", "guessed first"),
        ("qwertyqwerty12", "guessed first"),
        ("ana brill is it", "has the name"),
        ("x" * 1001, "longer"),
        ("kestrel over the river", None),
        ("masterful otters dance", None),
    ],
)
def test_what_may_be_a_password(password: str, reason: str | None) -> None:
    found = fault(password, "Ana Brill")
    assert (found is None) if reason is None else reason in (found or "")


def test_a_password_fits_its_hash_alone() -> None:
    hash_ = kept("kestrel over the river")
    assert hash_.startswith("$argon2id$")
    assert fits("kestrel over the river", hash_)
    assert not fits("kestrel over the rivers", hash_)
    assert not fits("nobody has this one", None)
    assert not fits("x", "no hash")


def test_an_unknown_name_costs_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []

    class Hasher:
        def verify(self, hash_: str, _: str) -> bool:
            checked.append(hash_)
            return True

        def hash(self, _: str) -> str:
            return "made"

    monkeypatch.setattr(passwords, "HASHER", Hasher())
    passwords.unknown.cache_clear()
    assert not fits("any", None)
    passwords.unknown.cache_clear()
    assert checked == ["made"]
