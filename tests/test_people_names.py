from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.site.people.names import fault, key, written


def test_names_that_look_the_same_are_the_same() -> None:
    assert key("Ana  BRILL") == key("ana brill") == key("Ａna Brill") == key("Ana\u200b Brill")
    assert key("Ana Brill") != key("Ana Brell")
    assert written("  Ana \n\u202e Brill\x00 ") == "Ana Brill"


@given(st.text())
def test_what_is_written_stays_as_it_is(name: str) -> None:
    assert written(written(name)) == written(name)
    assert key(key(name)) == key(name) or "\u0345" in name.casefold()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "needed"),
        (" \u200b", "needed"),
        ("x" * 81, "longer"),
        ("LINKER", "decides by itself"),
        ("Ana", None),
    ],
)
def test_what_no_account_can_be_called(name: str, reason: str | None) -> None:
    found = fault(name)
    assert (found is None) if reason is None else reason in (found or "")
