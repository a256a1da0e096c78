"""Sign-ins, kept on the server: the browser has a random token, the table its digest."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from dateline.site.people.accounts import Account, account_of
from dateline.site.people.moments import before, now
from dateline.site.people.tables import accounts, second_factors, sessions

IDLE_HOURS = 12
LONGEST_DAYS = 7
"""A sign-in ends when it was not used for so long, and after so long in any case."""
NOTED_MINUTES = 5
"""How often it is noted that one is used."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that holds; ``used`` is when that was last noted.

    ``twofold`` is whether the account has a second factor: then it was shown, as other sign-ins ended
    when it was set up.
    """

    account: Account
    made: str
    used: str
    twofold: bool


def digest(token: str) -> str:
    """What the table has of a token."""
    return sha256(token.encode()).hexdigest()


def begin(connection: Connection, account: int) -> str:
    """The token of a new sign-in. Those that have ended are cleared away."""
    token, moment = secrets.token_urlsafe(32), now()
    connection.execute(delete(sessions).where(_ended(moment)))
    row = {"token": digest(token), "account": account, "made": moment, "used": moment}
    connection.execute(insert(sessions), row)
    return token


def _ended(moment: str) -> ColumnElement[bool]:
    idle, old = before(moment, hours=IDLE_HOURS), before(moment, days=LONGEST_DAYS)
    return (sessions.c.used < idle) | (sessions.c.made < old)


def found(connection: Connection, token: str) -> SignIn | None:
    """The sign-in of a token; null when there is none, or none any more."""
    columns = sessions.c.made.label("begun"), sessions.c.used, second_factors.c.nonce
    query = select(accounts, *columns).join(sessions).outerjoin(second_factors)
    holds = sessions.c.token == digest(token), ~_ended(now()), ~accounts.c.disabled
    row = connection.execute(query.where(*holds)).first()
    return None if row is None else SignIn(account_of(row), row.begun, row.used, row.nonce is not None)


def is_stale(sign_in: SignIn) -> bool:
    """Whether it is time to note that a sign-in is used."""
    return sign_in.used < before(now(), minutes=NOTED_MINUTES)


def note_use(connection: Connection, token: str) -> None:
    """Note that a sign-in is used."""
    connection.execute(update(sessions).where(sessions.c.token == digest(token)).values(used=now()))


def end(connection: Connection, token: str) -> None:
    """End one sign-in."""
    connection.execute(delete(sessions).where(sessions.c.token == digest(token)))


def end_all(connection: Connection, account: int) -> None:
    """End all sign-ins of an account."""
    connection.execute(delete(sessions).where(sessions.c.account == account))


def of_account(connection: Connection, account: int) -> list[tuple[str, str]]:
    """When each sign-in of an account that holds began and was last used, the latest first."""
    query = select(sessions.c.made, sessions.c.used).where(sessions.c.account == account, ~_ended(now()))
    return [(row.made, row.used) for row in connection.execute(query.order_by(sessions.c.made.desc()))]
