from __future__ import annotations

import pytest
from peopled import PASSWORD, tables
from sqlalchemy import Connection, select, update
from steps import Clock

from dateline.site.people import accounts, second_factor, sessions
from dateline.site.people.moments import before, now
from dateline.site.people.tables import sessions as table


def age(connection: Connection, **columns: str) -> None:
    connection.execute(update(table).values(**columns))


def test_a_sign_in_holds_until_it_ends() -> None:
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "reader")
        token, other = sessions.begin(connection, ana.number), sessions.begin(connection, ana.number)
        found = sessions.found(connection, token)
        assert found and found.account == ana and not sessions.is_stale(found)
        assert token not in set(connection.execute(select(table.c.token)).scalars())
        sessions.end(connection, token)
        assert sessions.found(connection, token) is None
        assert sessions.found(connection, other) and len(sessions.of_account(connection, ana.number)) == 1
        sessions.end_all(connection, ana.number)
        assert sessions.found(connection, other) is None


def test_a_sign_in_ends_by_itself() -> None:
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "reader")
        token = sessions.begin(connection, ana.number)
        age(connection, used=before(now(), minutes=30))
        found = sessions.found(connection, token)
        assert found and sessions.is_stale(found)
        sessions.note_use(connection, token)
        age(connection, made=before(now(), days=7, minutes=1))
        assert sessions.found(connection, token) is None
        age(connection, made=now(), used=before(now(), hours=12, minutes=1))
        assert sessions.found(connection, token) is None
        sessions.begin(connection, ana.number)
        assert len(connection.execute(select(table)).all()) == 1


def test_a_disabled_account_is_not_signed_in() -> None:
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "reader")
        token = sessions.begin(connection, ana.number)
        accounts.change(connection, ana.number, disabled=True)
        assert sessions.found(connection, token) is None


def test_a_sign_in_tells_whether_there_is_a_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, key, nonce = Clock(monkeypatch), b"k" * 32, second_factor.nonce()
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "reader")
        token = sessions.begin(connection, ana.number)
        found = sessions.found(connection, token)
        assert found and not found.twofold
        code = clock.code(second_factor.secret(key, ana.number, nonce))
        assert second_factor.set_up(connection, key, ana.number, nonce, code)
        found = sessions.found(connection, token)
        assert found and found.twofold
