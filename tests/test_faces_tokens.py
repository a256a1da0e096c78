from __future__ import annotations

import pytest
from post import START
from sqlalchemy import select

from dateline.errors import InputError
from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.faces.tokens import MOST, make, of_account, person_of, remove
from dateline.site.people import accounts
from dateline.site.subscribe.tables import tokens


def test_a_token_acts_for_its_account_until_it_is_removed(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        ana = accounts.add(connection, "Ana", "seven quiet lanterns", "analyst")
        token = make(connection, str(ana.number), "a script", START)
        person = person_of(connection, token)
        assert person is not None and (person.name, person.role) == ("Ana", "analyst")
        assert person_of(connection, token + "x") is None
        stored = connection.execute(select(tokens.c.token)).scalars().all()
        assert token not in stored
        (known,) = of_account(connection, str(ana.number))
        assert (known.name, known.made) == ("a script", "2024-04-01T12:00:00Z")
        remove(connection, "99", known.id)
        remove(connection, str(ana.number), "")
        assert person_of(connection, token) is not None
        remove(connection, str(ana.number), known.id)
        assert person_of(connection, token) is None


def test_a_disabled_account_has_none_that_act(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        ana = accounts.add(connection, "Ana", "seven quiet lanterns", "analyst")
        token = make(connection, str(ana.number), "a script", START)
        accounts.change(connection, ana.number, disabled=True)
        assert person_of(connection, token) is None


def test_an_account_has_so_many(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        for _ in range(MOST):
            make(connection, "7", "a script", START)
        with pytest.raises(InputError, match="one more than 20"):
            make(connection, "7", "a script", START)
