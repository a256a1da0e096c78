"""What is new for whom: put into the outbox, once for each entry of the log."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import parse_qsl

from dateline.errors import InputError
from dateline.record.deciding import last_entry
from dateline.record.engine import retrying, writing
from dateline.record.record import Record
from dateline.site.changes import changes
from dateline.site.filters import Filter, understood
from dateline.site.subscribe import outbox, subscriptions
from dateline.site.subscribe.subscriptions import Subscription


def view_of(query: str) -> Filter:
    """The view that is subscribed to: of now, from its first page on. Raises ``InputError`` for none."""
    return understood(parse_qsl(query)).but(as_of=None)


def gather(record: Record, now: datetime) -> int:
    """Put what is new for every subscription that is due into the outbox; how many have news."""
    with record.reading() as connection:
        last = last_entry(connection)
        found = [each for each in subscriptions.due(connection, now) if _is_behind(each, last)]
    return sum(_gather(record, each, now) for each in found)


def _is_behind(known: Subscription, last: int) -> bool:
    """Whether the log has grown; a digest is put off even if it has not."""
    return known.told < last or known.pace != "once"


def _gather(record: Record, known: Subscription, now: datetime) -> bool:
    try:
        asked = view_of(known.view)
    except InputError as error:
        reason = str(error)
        retrying(lambda: _pause(record, known, reason))
        return False
    with record.reading() as connection:
        last = last_entry(connection)
        ids = [each.brief.id for each in changes(connection, asked.wanted(), since=known.told)]

    def put() -> bool:
        with writing(record.engine) as connection:
            if not subscriptions.told(connection, known, last, now):
                return False
            outbox.put(connection, known, "news", now, ids, last)
            return bool(ids)

    return retrying(put)


def _pause(record: Record, known: Subscription, reason: str) -> None:
    with writing(record.engine) as connection:
        subscriptions.pause(connection, known, reason)
