from __future__ import annotations

import re

from peopled import PASSWORD, tables
from sqlalchemy import select

from dateline.site.people import accounts, recovery
from dateline.site.people.tables import recovery_codes

KEY = b"k" * 32


def test_each_code_counts_once_and_for_its_owner() -> None:
    with tables() as connection:
        ana, mo = (accounts.add(connection, name, PASSWORD, "reader").number for name in ("Ana", "Mo"))
        made = recovery.renew(connection, KEY, ana)
        assert len(set(made)) == 10 and recovery.left(connection, ana) == 10
        assert all(re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){5}", code) for code in made)
        assert not recovery.take(connection, KEY, mo, made[0])
        assert not recovery.take(connection, b"l" * 32, ana, made[0])
        assert not recovery.take(connection, KEY, ana, "")
        assert recovery.take(connection, KEY, ana, made[0])
        assert not recovery.take(connection, KEY, ana, made[0])
        assert recovery.take(connection, KEY, ana, f" {made[1].upper().replace('-', ' ')}")
        assert recovery.left(connection, ana) == 8


def test_new_codes_take_the_place_of_the_former() -> None:
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "reader").number
        former, made = recovery.renew(connection, KEY, ana), recovery.renew(connection, KEY, ana)
        assert not recovery.take(connection, KEY, ana, former[0])
        assert recovery.left(connection, ana) == 10
        kept = str(connection.execute(select(recovery_codes)).all())
        assert not any(code in kept or code.replace("-", "") in kept for code in made)
        recovery.remove(connection, ana)
        assert recovery.left(connection, ana) == 0
