from __future__ import annotations

from datetime import timedelta

from post import START
from sqlalchemy import Connection

from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.subscribe import outbox
from dateline.site.subscribe.subscriptions import Subscription, make_webhook
from dateline.site.subscribe.timing import KEPT, LEASE, WAITS


def hook(connection: Connection, account: str = "7") -> Subscription:
    return make_webhook(connection, account, "https://hook.example/", "", START)


def test_many_incidents_go_in_parts_and_in_order(target: str) -> None:
    ids = [f"i{n:032x}" for n in range(250)]
    with Record.open(target) as record, writing(record.engine) as connection:
        known = hook(connection)
        outbox.put(connection, known, "news", START, ids, 9)
        arrived: list[str] = []
        while waiting := outbox.waiting(connection, START):
            (first,) = waiting
            assert (first.since, first.until) == (0, 9)
            arrived += first.incidents
            outbox.done(connection, first, START)
        assert arrived == ids


def test_no_news_are_no_delivery(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        outbox.put(connection, hook(connection), "news", START, [], 9)
        assert outbox.waiting(connection, START) == []


def test_one_process_has_a_delivery_until_it_dies(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        outbox.put(connection, hook(connection), "news", START, ["i1"], 1)
        (found,) = outbox.waiting(connection, START)
        assert outbox.lease(connection, found, START)
        assert not outbox.lease(connection, found, START)
        assert outbox.waiting(connection, START) == []
        later = START + LEASE + timedelta(seconds=1)
        (again,) = outbox.waiting(connection, later)
        assert (again.id, again.attempts) == (found.id, 1)
        assert outbox.lease(connection, again, later)


def test_what_fails_is_tried_again_later_and_not_for_ever(target: str) -> None:
    now, tries = START, 0
    with Record.open(target) as record, writing(record.engine) as connection:
        outbox.put(connection, hook(connection), "news", START, ["i1"], 1)
        going = True
        while going:
            (found,) = outbox.waiting(connection, now)
            assert outbox.lease(connection, found, now)
            going = outbox.again(connection, found, now, "down")
            if going:
                assert outbox.waiting(connection, now + WAITS[tries] - timedelta(seconds=1)) == []
                now += WAITS[tries]
            tries += 1
    assert tries == len(WAITS) + 1


def test_a_test_does_not_wait_for_news(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        known = hook(connection)
        outbox.put(connection, known, "news", START, ["i1"], 1)
        outbox.put(connection, known, "test", START)
        assert [each.kind for each in outbox.waiting(connection, START)] == ["news", "test"]


def test_what_was_done_long_ago_is_forgotten(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        known = hook(connection)
        outbox.put(connection, known, "test", START)
        (found,) = outbox.waiting(connection, START)
        outbox.done(connection, found, START)
        outbox.sweep(connection, START + KEPT)
        assert len(outbox.of_subscription(connection, known.number, 5)) == 1
        outbox.sweep(connection, START + KEPT + timedelta(days=1))
        assert outbox.of_subscription(connection, known.number, 5) == []
