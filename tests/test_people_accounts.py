from __future__ import annotations

import pytest
from peopled import PASSWORD, tables

from dateline.errors import InputError
from dateline.site.people import accounts


def test_an_account_is_made_once() -> None:
    with tables() as connection:
        made = accounts.add(connection, " Ana  Brill ", PASSWORD, "analyst")
        assert (made.name, made.role, made.disabled) == ("Ana Brill", "analyst", False)
        with pytest.raises(InputError, match="ANA BRILL: is taken; choose another name"):
            accounts.add(connection, "ANA BRILL", PASSWORD, "reader")
        with pytest.raises(InputError, match="at least 12 signs"):
            accounts.add(connection, "Mo", "short", "reader")
        assert accounts.all_accounts(connection) == [made] == [accounts.named(connection, "ana brill")]
        with pytest.raises(InputError, match="has no account"):
            accounts.named(connection, "Mo")


def test_name_and_password_prove_an_account() -> None:
    with tables() as connection:
        made = accounts.add(connection, "Ana", PASSWORD, "reader")
        assert accounts.proved(connection, "ANA", PASSWORD) == made
        assert accounts.proved(connection, "Ana", PASSWORD + "!") is None
        assert accounts.proved(connection, "Mo", PASSWORD) is None
        accounts.change(connection, made.number, disabled=True)
        assert accounts.proved(connection, "Ana", PASSWORD) is None


def test_a_mark_holds_until_the_account_is_changed() -> None:
    key = b"k" * 32
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "reader")
        made = accounts.mark_of(connection, key, ana.number)
        assert accounts.marked(connection, key, made) == ana
        assert accounts.marked(connection, b"l" * 32, made) is None
        for change in ({"role": "analyst"}, {"password": "another"}, {"disabled": True}):
            made = accounts.mark_of(connection, key, ana.number)
            accounts.change(connection, ana.number, **change)
            assert accounts.marked(connection, key, made) is None
