"""Accounts: who may sign in, and in what role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, insert, select, update

from dateline.errors import InputError
from dateline.site.people import names, passwords
from dateline.site.people.keys import keyed, same
from dateline.site.people.moments import now
from dateline.site.people.tables import accounts, second_factors

Role = Literal["reader", "analyst", "moderator"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may what the one before may: comment; decide; moderate."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in. ``disabled`` accounts stay, as the log names them, but cannot be used."""

    number: int
    name: str
    role: Role
    made: str
    disabled: bool


def add(connection: Connection, name: str, password: str, role: Role) -> Account:
    """A new account. Raises ``InputError`` for a name that is taken or cannot be, and for a poor password."""
    _refuse(name, names.fault(name), "choose another name")
    _refuse(name, passwords.fault(password, name), "choose a longer one of several words")
    taken = select(accounts.c.account).where(accounts.c.key == names.key(name))
    _refuse(name, "is taken" if connection.execute(taken).first() else None, "choose another name")
    row = {
        "name": names.written(name),
        "key": names.key(name),
        "role": role,
        "password": passwords.kept(password),
        "made": now(),
        "disabled": False,
    }
    connection.execute(insert(accounts), row)
    return named(connection, name)


def _refuse(name: str, reason: str | None, remedy: str) -> None:
    if reason:
        raise InputError(name or "the account", reason, remedy)


def named(connection: Connection, name: str) -> Account:
    """The account of a name. Raises ``InputError`` when there is none."""
    found = known(connection, name)
    if found is None:
        raise InputError(name, "has no account", "see dateline user list")
    return found


def known(connection: Connection, name: str) -> Account | None:
    """The account of a name; null when there is none."""
    row = connection.execute(select(accounts).where(accounts.c.key == names.key(name))).first()
    return None if row is None else account_of(row)


def all_accounts(connection: Connection) -> list[Account]:
    """Every account, by name."""
    return [account_of(row) for row in connection.execute(select(accounts).order_by(accounts.c.key))]


def proved(connection: Connection, name: str, password: str) -> Account | None:
    """The account that name and password are of; null, after as long a time, when they are of none."""
    row = connection.execute(select(accounts).where(accounts.c.key == names.key(name))).first()
    fits = passwords.fits(password, None if row is None else row.password)
    return account_of(row) if row is not None and fits and not row.disabled else None


def mark_of(connection: Connection, key: bytes, account: int) -> str:
    """What stands for an account as it is now: its password, second factor, role and state."""
    query = select(accounts, second_factors.c.nonce).outerjoin(second_factors)
    row = connection.execute(query.where(accounts.c.account == account)).one()
    told = keyed(key, "account", row.password, row.nonce or "", row.role, str(row.disabled))
    return f"{account}-{told}"


def marked(connection: Connection, key: bytes, mark: str) -> Account | None:
    """The account that a mark of ours stands for; null when it has been changed since."""
    number = int(mark.partition("-")[0])
    if not same(mark, mark_of(connection, key, number)):
        return None
    return account_of(connection.execute(select(accounts).where(accounts.c.account == number)).one())


def change(connection: Connection, account: int, **columns: Any) -> None:
    """Set some columns of an account's row."""
    connection.execute(update(accounts).where(accounts.c.account == account).values(**columns))


def account_of(row: Row[Any]) -> Account:
    """The account of a row."""
    return Account(row.account, row.name, row.role, row.made, row.disabled)
