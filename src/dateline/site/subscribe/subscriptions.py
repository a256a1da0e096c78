"""Who wants the news of which view, where to, and how often.

mail:     asked for (pending) ── confirmed by its link ──▸ active ── unsubscribed: all is erased
webhook:  made by somebody signed in ─────────────────▸ active ── removed: all is erased
either:   active ── refused, or failing for long ──▸ paused ── resumed ──▸ active
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from dateline.errors import InputError
from dateline.record.deciding import last_entry
from dateline.site.subscribe.tables import deliveries, subscriptions
from dateline.site.subscribe.timing import CONFIRM_WITHIN, Pace, next_look, stamp

Kind = Literal["mail", "webhook"]
State = Literal["pending", "active", "paused"]

ASKED = 3
"""Mails that ask one address to confirm, in two days."""
WEBHOOKS = 20
"""Of one account."""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription; ``told`` is the entry of the log as far as which its news are told or on their way."""

    number: int
    id: str
    kind: Kind
    target: str
    view: str
    pace: Pace
    state: State
    account: str | None
    secret: str | None
    made: str
    told: int
    due: str
    failing: str | None
    reason: str | None


def mail_address(given: str) -> str:
    """An address that mail can be sent to; the host in lower case. Raises ``InputError`` for another text."""
    local, _, host = given.strip().rpartition("@")
    try:
        address = f"{local}@{host.encode('idna').decode().lower()}"
    except UnicodeError:
        address = ""
    if len(address) > 254 or not _ADDRESS.fullmatch(address) or ".." in local or local.startswith("."):
        raise InputError(
            given.strip() or "the address", "is no mail address", "write one such as ana@example.org"
        )
    return address


def ask_by_mail(connection: Connection, address: str, view: str, pace: Pace, now: datetime) -> Subscription:
    """A subscription that waits for its address to confirm; the one that is there when that is active."""
    table = subscriptions.c
    known = next(_found(connection, table.kind == "mail", table.target == address, table.view == view), None)
    if known is None:
        return _put(connection, "mail", address, view, pace, "pending", now)
    if known.state == "pending":
        _change(connection, known, pace=pace, made=stamp(now))
    return known


def may_ask(connection: Connection, address: str, now: datetime) -> bool:
    """Whether an address has not been asked to confirm too often lately, for whatever view."""
    since = stamp(now - CONFIRM_WITHIN)
    asked = select(func.count()).select_from(deliveries.join(subscriptions))
    asked = asked.where(subscriptions.c.kind == "mail", subscriptions.c.target == address)
    asked = asked.where(deliveries.c.kind == "confirm", deliveries.c.made > since)
    return connection.execute(asked).scalar_one() < ASKED


def confirm(connection: Connection, identity: str, now: datetime) -> Subscription | None:
    """The subscription with its address confirmed: what is new from now on is told. None when it is gone."""
    known = by_id(connection, identity)
    if known is None or known.state != "pending":
        return known
    due = stamp(next_look(known.pace, now))
    _change(connection, known, state="active", told=last_entry(connection), due=due)
    return by_id(connection, identity)


def make_webhook(connection: Connection, account: str, target: str, view: str, now: datetime) -> Subscription:
    """A webhook with a new secret. Raises ``InputError`` when the account has enough of them."""
    if len(of_account(connection, account)) >= WEBHOOKS:
        raise InputError("the webhook", f"would be one more than {WEBHOOKS}", "remove one that is not needed")
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()
    return _put(connection, "webhook", target, view, "once", "active", now, account=account, secret=secret)


def resume(connection: Connection, known: Subscription, now: datetime) -> None:
    """Deliver again, first of all what was on its way."""
    _change(
        connection, known, state="active", failing=None, reason=None, due=stamp(next_look(known.pace, now))
    )
    waiting = (deliveries.c.subscription == known.number, deliveries.c.done.is_(None))
    connection.execute(update(deliveries).where(*waiting).values(due=stamp(now), attempts=0))


def pause(connection: Connection, known: Subscription, reason: str) -> None:
    """Deliver nothing more until somebody resumes it."""
    _change(connection, known, state="paused", reason=reason)


def failed(connection: Connection, known: Subscription, reason: str, now: datetime) -> None:
    """Note that a delivery failed."""
    _change(connection, known, failing=known.failing or stamp(now), reason=reason)


def succeeded(connection: Connection, known: Subscription) -> None:
    """Note that a delivery arrived."""
    if known.failing is not None:
        _change(connection, known, failing=None, reason=None)


def told(connection: Connection, known: Subscription, entry: int, now: datetime) -> bool:
    """Note as far as which entry the news are told; false when another process has done so meanwhile."""
    changed = update(subscriptions).where(
        subscriptions.c.subscription == known.number, subscriptions.c.told == known.told
    )
    due = stamp(next_look(known.pace, now))
    return connection.execute(changed.values(told=entry, due=due)).rowcount == 1


def end(connection: Connection, known: Subscription) -> None:
    """Erase a subscription with all that belongs to it."""
    connection.execute(delete(deliveries).where(deliveries.c.subscription == known.number))
    connection.execute(delete(subscriptions).where(subscriptions.c.subscription == known.number))


def unconfirmed(connection: Connection, now: datetime) -> list[Subscription]:
    """Those whose address has not confirmed in time."""
    before = stamp(now - CONFIRM_WITHIN)
    return list(_found(connection, subscriptions.c.state == "pending", subscriptions.c.made < before))


def due(connection: Connection, now: datetime) -> list[Subscription]:
    """The active ones for which to look for news, and for which nothing is on its way."""
    waiting = select(deliveries.c.subscription).where(deliveries.c.done.is_(None))
    table = subscriptions.c
    return list(
        _found(
            connection, table.state == "active", table.due <= stamp(now), table.subscription.not_in(waiting)
        )
    )


def by_id(connection: Connection, identity: str) -> Subscription | None:
    """The subscription with an id."""
    return next(_found(connection, subscriptions.c.id == identity), None)


def by_number(connection: Connection, number: int) -> Subscription | None:
    """The subscription with a number."""
    return next(_found(connection, subscriptions.c.subscription == number), None)


def of_account(connection: Connection, account: str) -> list[Subscription]:
    """Somebody's webhooks, in the order in which they were made."""
    return list(_found(connection, subscriptions.c.account == account))


def of_address(connection: Connection, address: str) -> list[Subscription]:
    """What an address has asked for."""
    return list(_found(connection, subscriptions.c.kind == "mail", subscriptions.c.target == address))


def _put(
    connection: Connection,
    kind: Kind,
    target: str,
    view: str,
    pace: Pace,
    state: State,
    now: datetime,
    **more: str,
) -> Subscription:
    row = {"kind": kind, "target": target, "view": view, "pace": pace, "state": state, **more}
    identity = secrets.token_hex(16)
    row |= {"id": identity, "made": stamp(now), "due": stamp(next_look(pace, now))}
    connection.execute(insert(subscriptions).values(row | {"told": last_entry(connection)}))
    found = by_id(connection, identity)
    assert found is not None
    return found


def _change(connection: Connection, known: Subscription, **values: Any) -> None:
    changed = update(subscriptions).where(subscriptions.c.subscription == known.number)
    connection.execute(changed.values(**values))


def _found(connection: Connection, *conditions: Any) -> Iterator[Subscription]:
    query = select(subscriptions).where(*conditions).order_by(subscriptions.c.subscription)
    return map(_subscription, connection.execute(query).all())


def _subscription(row: Row[Any]) -> Subscription:
    told = dict(row._mapping)
    return Subscription(number=told.pop("subscription"), **told)
