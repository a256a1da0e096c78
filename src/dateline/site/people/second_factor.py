"""The second factor of an account: codes of an app (TOTP, RFC 6238), each taken once, or recovery codes.

The secret that the app has is kept nowhere. It is made anew, each time it is needed, of the site's key, the
account and a random nonce; a copy of the database does not give it.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Literal

from pyotp import TOTP
from sqlalchemy import Connection, delete, insert, select, update

from dateline.site.people import moments, recovery
from dateline.site.people.keys import keyed, same
from dateline.site.people.tables import second_factors

STEP_SECONDS = 30
AROUND = (-1, 0, 1)
"""Steps beside that of now whose codes are taken, as clocks differ and typing takes time."""
SECRET_BYTES = 20

How = Literal["code", "recovery code"]


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """That an account has one: since when, and how many recovery codes are left."""

    made: str
    left: int


def nonce() -> str:
    """A new nonce, from which a secret is made."""
    return secrets.token_hex(16)


def secret(key: bytes, account: int, nonce: str) -> str:
    """The secret of an account's nonce, in base 32, as an app takes it."""
    made = bytes.fromhex(keyed(key, "second factor", str(account), nonce))
    return base64.b32encode(made[:SECRET_BYTES]).decode()


def address(secret: str, name: str, site: str) -> str:
    """The otpauth address by which an app takes a secret over."""
    return TOTP(secret, name=name, issuer=site).provisioning_uri()


def step_of(secret: str, code: str, later_than: int = 0) -> int | None:
    """The time step that a code is of, near now and later than another; null when it is of none."""
    typed = "".join(code.split())
    step = int(moments.seconds()) // STEP_SECONDS
    codes = {near: TOTP(secret).at(near * STEP_SECONDS) for near in (step + by for by in AROUND)}
    return next((near for near, fits in codes.items() if same(typed, fits) and near > later_than), None)


def set_up(connection: Connection, key: bytes, account: int, nonce: str, code: str) -> bool:
    """Whether an account has this second factor now: when it had none, and the code is of the new one."""
    step = step_of(secret(key, account, nonce), code)
    if step is None or found(connection, account) is not None:
        return False
    row = {"account": account, "nonce": nonce, "made": moments.now(), "step": step}
    connection.execute(insert(second_factors), row)
    return True


def found(connection: Connection, account: int) -> SecondFactor | None:
    """The second factor of an account; null when it has none."""
    of_account = second_factors.c.account == account
    made = connection.execute(select(second_factors.c.made).where(of_account)).scalar()
    return None if made is None else SecondFactor(made, recovery.left(connection, account))


def passed(connection: Connection, key: bytes, account: int, code: str, other: str) -> How | None:
    """How an account's second factor is shown: by a code, else by a recovery code; null when it is not.

    Neither is taken another time. Within a transaction that writes.
    """
    if other.strip():
        return "recovery code" if recovery.take(connection, key, account, other) else None
    return "code" if _take(connection, key, account, code) else None


def _take(connection: Connection, key: bytes, account: int, code: str) -> bool:
    of_account = second_factors.c.account == account
    row = connection.execute(select(second_factors).where(of_account)).first()
    step = row and step_of(secret(key, account, row.nonce), code, row.step)
    if not step:
        return False
    connection.execute(update(second_factors).where(of_account).values(step=step))
    return True


def remove(connection: Connection, account: int) -> None:
    """Have an account be without a second factor."""
    recovery.remove(connection, account)
    connection.execute(delete(second_factors).where(second_factors.c.account == account))
