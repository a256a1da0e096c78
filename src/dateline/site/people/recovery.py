"""Recovery codes: each stands in once for the second factor, when the device is not at hand."""

from __future__ import annotations

import base64
import secrets

from sqlalchemy import Connection, delete, func, insert, select

from dateline.site.people.keys import keyed
from dateline.site.people.tables import recovery_codes

MANY = 10
BYTES = 15
"""Of chance in each, 120 bits: so many that nobody finds one by its digest, even with the site's key."""


def renew(connection: Connection, key: bytes, account: int) -> tuple[str, ...]:
    """New codes of an account, in groups of four signs; nobody can see them again. Former ones go."""
    remove(connection, account)
    made = tuple(_grouped(base64.b32encode(secrets.token_bytes(BYTES)).decode().lower()) for _ in range(MANY))
    rows = [{"code": _digest(key, account, code), "account": account} for code in made]
    connection.execute(insert(recovery_codes), rows)
    return made


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def take(connection: Connection, key: bytes, account: int, code: str) -> bool:
    """Whether a code is one of an account's; then it is no more."""
    used = delete(recovery_codes).where(recovery_codes.c.code == _digest(key, account, code))
    return connection.execute(used).rowcount == 1


def left(connection: Connection, account: int) -> int:
    """How many codes an account has."""
    count = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.account == account)
    return connection.execute(count).scalar_one()


def remove(connection: Connection, account: int) -> None:
    """Take all codes of an account away."""
    connection.execute(delete(recovery_codes).where(recovery_codes.c.account == account))


def _digest(key: bytes, account: int, code: str) -> str:
    signs = "".join(sign for sign in code.lower() if sign.isalnum())
    return keyed(key, "recovery code", str(account), signs)
