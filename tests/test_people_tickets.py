from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from steps import Clock

from dateline.site.people.tickets import parts_of, ticket

KEY = b"k" * 32


def test_a_ticket_says_what_it_was_given_until_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    made = ticket(KEY, "a walk", 5, "1", "ab")
    assert parts_of(KEY, "a walk", made) == ("1", "ab")
    clock.pass_by(5 * 60 - 1)
    assert parts_of(KEY, "a walk", made) == ("1", "ab")
    clock.pass_by(1)
    assert parts_of(KEY, "a walk", made) is None


def test_a_ticket_is_for_one_purpose_and_of_one_key() -> None:
    made = ticket(KEY, "a walk", 5, "1")
    assert parts_of(KEY, "a run", made) is None
    assert parts_of(b"l" * 32, "a walk", made) is None


@pytest.mark.parametrize("given", ["", ".", "..", "x.9999999999.1", "9999999999.1", "é.1"])
def test_what_is_no_ticket_says_nothing(given: str) -> None:
    assert parts_of(KEY, "a walk", given) is None


@given(st.integers(0, 10_000), st.characters(codec="ascii"))
def test_a_changed_ticket_says_nothing(place: int, sign: str) -> None:
    made = ticket(KEY, "a walk", 5, "1", "ab")
    place %= len(made)
    changed = made[:place] + sign + made[place + 1 :]
    assert changed == made or parts_of(KEY, "a walk", changed) is None
