"""Tokens by which a program acts for an account; the table has their digests."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, String, cast, delete, func, insert, select

from dateline.errors import InputError
from dateline.site.people.accounts import account_of
from dateline.site.people.signed import Person
from dateline.site.people.tables import accounts
from dateline.site.subscribe.tables import tokens
from dateline.site.subscribe.timing import stamp

PREFIX = "dateline_"
"""By which leaked ones are found."""
MOST = 20
"""Of one account."""
SHOWN = 16
"""Digits of a digest by which its owner tells a token from others."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it; ``id`` is the beginning of its digest."""

    id: str
    name: str
    made: str


def make(connection: Connection, account: str, name: str, now: datetime) -> str:
    """A new token, which nobody can see again. Raises ``InputError`` when the account has enough of them."""
    count = select(func.count()).where(tokens.c.account == account)
    if connection.execute(count).scalar_one() >= MOST:
        raise InputError("the token", f"would be one more than {MOST}", "remove one that is not needed")
    token = PREFIX + secrets.token_urlsafe(32)
    row = {"token": _digest(token), "account": account, "name": name, "made": stamp(now)}
    connection.execute(insert(tokens).values(row))
    return token


def person_of(connection: Connection, token: str) -> Person | None:
    """For whom a token acts; null for one that there is not (any more), or of a disabled account."""
    of = cast(accounts.c.account, String) == tokens.c.account
    query = select(accounts).join(tokens, of).where(tokens.c.token == _digest(token), ~accounts.c.disabled)
    row = connection.execute(query).first()
    if row is None:
        return None
    account = account_of(row)
    return Person(str(account.number), account.name, account.role)


def of_account(connection: Connection, account: str) -> list[Token]:
    """An account's tokens, in the order in which they were made."""
    query = select(tokens).where(tokens.c.account == account).order_by(tokens.c.made, tokens.c.token)
    return [Token(row.token[:SHOWN], row.name, row.made) for row in connection.execute(query)]


def remove(connection: Connection, account: str, identity: str) -> None:
    """Have a token act no more."""
    mine = (tokens.c.account == account, func.substr(tokens.c.token, 1, SHOWN) == identity)
    connection.execute(delete(tokens).where(*mine))


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
