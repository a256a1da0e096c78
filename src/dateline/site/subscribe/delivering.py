"""What is due is delivered: news gathered, mails and webhooks sent, what fails tried again.

unconfirmed forgotten ── news gathered into the outbox ── each delivery leased, sent, marked
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Connection

from dateline.errors import InputError
from dateline.record.engine import retrying, writing
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.site.changes import Change, changes
from dateline.site.settings import SiteSettings
from dateline.site.subscribe import mail, news, outbox, subscriptions, webhook
from dateline.site.subscribe.outbox import Delivery, Undelivered
from dateline.site.subscribe.subscriptions import Subscription

log = logging.getLogger(__name__)

T = TypeVar("T")

AT_A_TIME = 8
REFUSALS = 3
"""How often an address may be refused for good by its server: some say so when they are only busy."""


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """What delivering needs, and its ends, which tests replace: the clock, mail, webhooks."""

    record: Record
    settings: SiteSettings
    key: bytes
    now: Callable[[], datetime] = _now
    send: Callable[..., None] = mail.send
    post: Callable[..., None] = webhook.post


def deliver(office: Office) -> Counter[str]:
    """Deliver what is due, and tell how many were "delivered", how many "failed"."""
    _write(office, lambda connection: _sweep(connection, office.now()))
    news.gather(office.record, office.now())
    with office.record.reading() as connection:
        due = outbox.waiting(connection, office.now())
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return Counter(outcome for outcome in pool.map(lambda each: _attempt(office, each), due) if outcome)


def _sweep(connection: Connection, now: datetime) -> None:
    for each in subscriptions.unconfirmed(connection, now):
        subscriptions.end(connection, each)
    outbox.sweep(connection, now)


def _attempt(office: Office, delivery: Delivery) -> str | None:
    """Try to deliver something; null when another process is at it, or its subscription is gone."""
    if not _write(office, lambda connection: outbox.lease(connection, delivery, office.now())):
        return None
    with office.record.reading() as connection:
        to = subscriptions.by_number(connection, delivery.subscription)
        told = _told(connection, delivery)
    if to is None:
        return None
    try:
        _send(office, to, delivery, told)
    except (Undelivered, InputError) as error:
        failure = error if isinstance(error, Undelivered) else Undelivered(str(error))
        _write(office, lambda connection: _failed(connection, to, delivery, failure, office.now()))
        log.warning("%s of subscription %s: %s", delivery.kind, to.id, failure.reason)
        return "failed"
    _write(office, lambda connection: _arrived(connection, to, delivery, office.now()))
    return outbox.DELIVERED


def _told(connection: Connection, delivery: Delivery) -> Sequence[Change]:
    """The incidents of a delivery as they are now; what has been joined to another since is news of that."""
    return changes(connection, Wanted(), ids=delivery.incidents) if delivery.incidents else ()


def _send(office: Office, to: Subscription, delivery: Delivery, told: Sequence[Change]) -> None:
    if delivery.kind == "news" and not told:
        return
    settings, now = office.settings, office.now()
    if to.kind == "webhook":
        office.post(settings, to, delivery, told, now)
    elif delivery.kind == "confirm":
        office.send(settings, mail.confirmation(settings, office.key, to, delivery, now))
    else:
        office.send(settings, mail.news(settings, office.key, to, delivery, told, now))


def _arrived(connection: Connection, to: Subscription, delivery: Delivery, now: datetime) -> None:
    outbox.done(connection, delivery, now)
    subscriptions.succeeded(connection, to)


def _failed(
    connection: Connection, to: Subscription, delivery: Delivery, error: Undelivered, now: datetime
) -> None:
    """Have it tried again; a subscription that fails for long, or for good, waits to be resumed."""
    tries = delivery.attempts + 1
    over = error.for_good and (to.kind == "webhook" or tries >= REFUSALS)
    if outbox.again(connection, delivery, now, error.reason) and not over and delivery.kind != "test":
        subscriptions.failed(connection, to, error.reason, now)
    elif delivery.kind == "news":
        subscriptions.failed(connection, to, error.reason, now)
        subscriptions.pause(connection, to, error.reason)
    elif delivery.kind == "confirm":
        subscriptions.end(connection, to)
    else:
        outbox.done(connection, delivery, now, error.reason)


def _write(office: Office, act: Callable[[Connection], T]) -> T:
    def whole() -> T:
        with writing(office.record.engine) as connection:
            return act(connection)

    return retrying(whole)
