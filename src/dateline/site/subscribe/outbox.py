"""What is to be delivered, kept until it is: nothing is lost when a process dies, nor sent by two at once.

put ── leased by one process ── sent ── marked as done
                    │             └ failed: due again later, in longer and longer steps
                    └ that process dies: after ``LEASE`` another takes it, under the same id

Between the moment a receiver has it and the mark there is none in which a process may die unnoticed. It
is then sent once more under the same id, by which receivers know that they have it: the ``Message-ID`` of
a mail, the ``webhook-id`` of a webhook.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from dateline.record.loading import chunks
from dateline.site.subscribe.subscriptions import Subscription
from dateline.site.subscribe.tables import deliveries, subscriptions
from dateline.site.subscribe.timing import KEPT, LEASE, next_try, stamp

Kind = Literal["confirm", "news", "test"]

AT_ONCE = 100
"""Incidents in one delivery."""
DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to be delivered.

    "news" are of the incidents that entries of the log after ``since``, up to ``until``, changed.
    """

    number: int
    id: str
    subscription: int
    kind: Kind
    since: int
    until: int
    incidents: tuple[str, ...]
    made: str
    due: str
    attempts: int
    done: str | None
    outcome: str | None


class Undelivered(Exception):
    """A delivery that did not arrive; ``for_good`` when the receiver says that it never will."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


def put(
    connection: Connection,
    to: Subscription,
    kind: Kind,
    now: datetime,
    incidents: Iterable[str] = (),
    until: int | None = None,
) -> None:
    """Put something into the outbox, due at once; news in parts of ``AT_ONCE`` incidents."""
    parts: Sequence[list[str]] = [*chunks(incidents, AT_ONCE)] if kind == "news" else [[]]
    rows = [
        {
            "id": secrets.token_hex(16),
            "subscription": to.number,
            "kind": kind,
            "since": to.told,
            "until": to.told if until is None else until,
            "incidents": json.dumps(part),
            "made": stamp(now),
            "due": stamp(now),
            "attempts": 0,
        }
        for part in parts
    ]
    if rows:
        connection.execute(insert(deliveries), rows)


def waiting(connection: Connection, now: datetime) -> list[Delivery]:
    """What is due: of each subscription and kind the oldest that is not done, so that all arrive in order."""
    table, told = deliveries.c, subscriptions.c
    queue = (table.subscription, table.kind)
    first = select(func.min(table.delivery)).where(table.done.is_(None)).group_by(*queue)
    free = or_(table.leased.is_(None), table.leased < stamp(now))
    wanted = or_(told.state != "paused", table.kind == "test")
    of = and_(told.subscription == table.subscription, wanted)
    query = select(deliveries).join(subscriptions, of)
    return list(_found(connection, query.where(table.delivery.in_(first), table.due <= stamp(now), free)))


def lease(connection: Connection, known: Delivery, now: datetime) -> bool:
    """Take a delivery for oneself, for a while; false when another process has it."""
    table = deliveries.c
    free = or_(table.leased.is_(None), table.leased < stamp(now))
    taken = update(deliveries).where(table.delivery == known.number, table.done.is_(None), free)
    values = {"leased": stamp(now + LEASE), "attempts": known.attempts + 1}
    return connection.execute(taken.values(values)).rowcount == 1


def done(connection: Connection, known: Delivery, now: datetime, outcome: str = DELIVERED) -> None:
    """Mark a delivery as done."""
    _change(connection, known, leased=None, done=stamp(now), outcome=outcome)


def again(connection: Connection, known: Delivery, now: datetime, reason: str) -> bool:
    """Have a leased delivery that failed tried again later; false when it has been tried for long enough."""
    later = next_try(known.attempts + 1, now)
    _change(connection, known, leased=None, due=stamp(later or now), outcome=reason)
    return later is not None


def of_subscription(connection: Connection, number: int, limit: int) -> list[Delivery]:
    """The latest deliveries of a subscription, the last first."""
    query = select(deliveries).where(deliveries.c.subscription == number)
    return list(_found(connection, query.order_by(deliveries.c.delivery.desc()).limit(limit)))


def sweep(connection: Connection, now: datetime) -> None:
    """Forget what was done long ago."""
    connection.execute(delete(deliveries).where(deliveries.c.done < stamp(now - KEPT)))


def _change(connection: Connection, known: Delivery, **values: Any) -> None:
    connection.execute(update(deliveries).where(deliveries.c.delivery == known.number).values(**values))


def _found(connection: Connection, query: Any) -> Iterator[Delivery]:
    return map(_delivery, connection.execute(query).all())


def _delivery(row: Row[Any]) -> Delivery:
    told = dict(row._mapping)
    del told["leased"]
    return Delivery(number=told.pop("delivery"), incidents=tuple(json.loads(told.pop("incidents"))), **told)
