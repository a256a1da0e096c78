"""Subscriptions delivered end to end: through a real mail server and a real receiver on the loopback."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from logs import claims
from post import KEY, START, Clock, Mailbox, Receiver, mailbox, office, raid, receiver
from sqlalchemy import update

from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.subscribe import news, subscriptions
from dateline.site.subscribe.delivering import Office, deliver
from dateline.site.subscribe.links import subscription_of
from dateline.site.subscribe.outbox import Undelivered, put
from dateline.site.subscribe.subscriptions import Subscription
from dateline.site.subscribe.tables import subscriptions as subscription_table
from dateline.site.subscribe.timing import LEASE
from dateline.types import Decision

ANA = "ana@example.org"


@contextmanager
def by_mail(path: Path, box: Mailbox, pace: Any = "once", view: str = "") -> Iterator[tuple[Office, Clock]]:
    """An office with one confirmed subscription."""
    clock = Clock()
    with Record.open(path) as record:
        with writing(record.engine) as connection:
            asked = subscriptions.ask_by_mail(connection, ANA, view, pace, clock())
            subscriptions.confirm(connection, asked.id, clock())
        made = office(record, clock)
        yield replace(made, settings=replace(made.settings, smtp_port=box.port)), clock


@contextmanager
def to_webhook(path: Path, kept: Receiver) -> Iterator[tuple[Office, Clock]]:
    clock = Clock()
    with Record.open(path) as record:
        with writing(record.engine) as connection:
            subscriptions.make_webhook(connection, "7", kept.url, "", clock())
        yield office(record, clock), clock


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "record.db"
    copy.write_bytes(empty_file.read_bytes())
    return copy


def only(record: Record) -> Subscription:
    with record.reading() as connection:
        found = [*subscriptions.of_address(connection, ANA), *subscriptions.of_account(connection, "7")]
    (known,) = found
    return known


def incidents(body: bytes) -> list[tuple[str, str]]:
    return [(each["id"], each["change"]) for each in json.loads(body)["data"]["incidents"]]


def test_a_mail_asks_to_confirm_and_then_news_come_once(path: Path) -> None:
    clock = Clock()
    with mailbox() as box, Record.open(path) as record:
        made = office(record, clock)
        made = replace(made, settings=replace(made.settings, smtp_port=box.port))
        with writing(record.engine) as connection:
            asked = subscriptions.ask_by_mail(connection, ANA, "", "once", clock())
            put(connection, asked, "confirm", clock())
        record.add(raid(1))
        assert deliver(made) == {"delivered": 1}
        (question,) = box.mails
        link = re.search(r"https://site.example/confirm/(\S+)", question.get_content())
        assert link and subscription_of(KEY, "confirm", link[1]) == asked.id
        assert deliver(made) == {}
        with writing(record.engine) as connection:
            subscriptions.confirm(connection, asked.id, clock())
        record.add(raid(2))
        assert deliver(made) == {"delivered": 1}
        assert deliver(made) == {}
    news = box.mails[1]
    assert "post 2" in news.get_content() and "post 1" not in news.get_content()
    assert (news["To"], news["From"]) == (ANA, "Dateline <news@site.example>")
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_click = re.fullmatch(r"<https://site.example/unsubscribe/(\S+)>", news["List-Unsubscribe"])
    assert one_click and subscription_of(KEY, "unsubscribe", one_click[1]) == asked.id


def test_a_digest_has_all_of_a_day(path: Path) -> None:
    with mailbox() as box, by_mail(path, box, "daily") as (made, clock):
        made.record.add(raid(1))
        clock.on(hours=1)
        assert deliver(made) == {}
        made.record.add(raid(2))
        clock.on(hours=17)
        assert deliver(made) == {"delivered": 1}
        clock.on(hours=1)
        made.record.add(raid(3))
        assert deliver(made) == {}
        clock.on(hours=23)
        assert deliver(made) == {"delivered": 1}
        clock.on(hours=24)
        assert deliver(made) == {}
    assert ["post 1" in each.get_content() for each in box.mails] == [True, False]
    assert ["post 2" in each.get_content() for each in box.mails] == [True, False]
    assert "post 3" in box.mails[1].get_content()


def test_only_what_is_in_the_view_is_news(path: Path) -> None:
    with mailbox() as box, by_mail(path, box, view="type=AID") as (made, _):
        made.record.add(raid(1))
        assert deliver(made) == {}
        assert only(made.record).told == 1


def test_a_mail_server_that_is_down_is_tried_again(path: Path) -> None:
    with mailbox() as box, by_mail(path, box) as (made, clock):
        made.record.add(raid(1))
        box.answers += ["451 later", "452 later"]
        assert deliver(made) == {"failed": 1}
        assert only(made.record).reason == "the mail server answered 451 later"
        assert deliver(made) == {}
        clock.on(minutes=1)
        assert deliver(made) == {"failed": 1}
        clock.on(minutes=5)
        assert deliver(made) == {"delivered": 1}
        assert only(made.record).failing is None
    assert len(box.mails) == 1


def test_an_address_that_is_refused_again_and_again_gets_no_more(path: Path) -> None:
    with mailbox() as box, by_mail(path, box) as (made, clock):
        made.record.add(raid(1))
        box.answers += ["550 no such box"] * 9
        for minutes in (0, 1, 5):
            clock.on(minutes=minutes)
            assert deliver(made) == {"failed": 1}
        assert (only(made.record).state, len(box.answers)) == ("paused", 6)
        clock.on(days=9)
        assert deliver(made) == {}


def test_an_address_that_does_not_confirm_is_erased(path: Path) -> None:
    clock = Clock()
    with Record.open(path) as record:
        with writing(record.engine) as connection:
            subscriptions.ask_by_mail(connection, ANA, "", "once", clock())
        clock.on(hours=49)
        deliver(office(record, clock))
        with record.reading() as connection:
            assert subscriptions.of_address(connection, ANA) == []


def test_a_webhook_gets_news_that_it_can_verify(path: Path) -> None:
    with receiver() as kept, to_webhook(path, kept) as (made, clock):
        made.record.add(raid(1))
        assert deliver(made) == {"delivered": 1}
        made.record.add(raid(2))
        (one,), (other,) = (claims(raid(number)) for number in (1, 2))
        made.record.decide(Decision("same", "Ana", (one.id,), (other.id,), "one raid"))
        clock.on(minutes=1)
        assert deliver(made) == {"delivered": 1}
        joined = made.record.incident(one.id).id
    assert [change for _, body in kept.posts for _, change in incidents(body)] == ["new", "changed"]
    assert incidents(kept.posts[1][1]) == [(joined, "changed")]


def test_an_outage_of_five_hours_loses_and_doubles_nothing(path: Path) -> None:
    """One that is reached, but answers that it is down; new incidents come all the while."""
    expected, ids = set(), []
    with receiver() as kept, to_webhook(path, kept) as (made, clock):
        for minute in range(0, 12 * 60, 10):
            down = 60 <= minute < 6 * 60
            if minute % 30 == 0:
                made.record.add(raid(minute))
                (told,) = claims(raid(minute))
                expected.add("i" + told.id[1:])
            kept.statuses = [503] if down else []
            before = len(kept.posts)
            deliver(made)
            if not down:
                for headers, body in kept.posts[before:]:
                    ids.append(headers["webhook-id"])
                    expected -= {identity for identity, _ in incidents(body)}
                    assert [change for _, change in incidents(body)] == ["new"] * len(incidents(body))
            clock.on(minutes=10)
    assert expected == set()
    assert len(ids) == len(set(ids))
    tried = {headers["webhook-id"] for headers, _ in kept.posts}
    assert tried == set(ids), "what was tried during the outage arrived under the same id"


def test_a_webhook_that_is_gone_is_paused_and_goes_on_without_a_loss(path: Path) -> None:
    with receiver() as kept, to_webhook(path, kept) as (made, clock):
        made.record.add(raid(1))
        kept.statuses = [410]
        assert deliver(made) == {"failed": 1}
        assert only(made.record).state == "paused"
        made.record.add(raid(2))
        clock.on(days=5)
        assert deliver(made) == {}
        with writing(made.record.engine) as connection:
            subscriptions.resume(connection, only(made.record), clock())
        assert deliver(made) == {"delivered": 1}
        assert deliver(made) == {"delivered": 1}
    arrived = [identity for _, body in kept.posts[1:] for identity, _ in incidents(body)]
    assert arrived == ["i" + told.id[1:] for n in (1, 2) for told in claims(raid(n))]


def test_a_webhook_that_fails_for_days_is_paused(path: Path) -> None:
    with receiver() as kept, to_webhook(path, kept) as (made, clock):
        made.record.add(raid(1))
        for _ in range(100):
            kept.statuses = [500]
            deliver(made)
            clock.on(hours=1)
        known = only(made.record)
        assert (known.state, known.reason) == ("paused", "the webhook answered 500")
        assert known.failing == "2024-04-01T12:00:00Z"
        assert clock() - START > timedelta(days=4)


def test_no_redirect_is_followed(path: Path) -> None:
    with receiver() as kept, to_webhook(path, kept) as (made, _):
        made.record.add(raid(1))
        kept.statuses = [302]
        assert deliver(made) == {"failed": 1}
        assert len(kept.posts) == 1


def test_a_test_is_posted_and_its_failure_told(path: Path) -> None:
    with receiver() as kept, to_webhook(path, kept) as (made, _):
        with writing(made.record.engine) as connection:
            put(connection, only(made.record), "test", START)
            put(connection, only(made.record), "test", START)
        assert deliver(made) == {"delivered": 1}
        kept.statuses = [500]
        assert deliver(made) == {"failed": 1}
        assert deliver(made) == {}
        assert only(made.record).state == "active"
    assert json.loads(kept.posts[0][1])["type"] == "test"


def test_what_is_redacted_is_not_told_any_more(path: Path) -> None:
    with receiver() as kept, to_webhook(path, kept) as (made, clock):
        made.record.add(raid(1))
        kept.statuses = [503]
        deliver(made)
        (told,) = claims(raid(1))
        made.record.redact(told.citation.article, "Ana", "a mistake")
        clock.on(minutes=1)
        assert deliver(made) == {"delivered": 1}
    assert len(kept.posts) == 1


DYING = """
import os, sys
from dataclasses import replace
from pathlib import Path
sys.path[:0] = [{tests!r}]
from post import Clock, office
from dateline.record.record import Record
from dateline.site.subscribe import delivering, mail, news, outbox

def die(*_):
    os._exit(9)

def sent_then_dead(*given):
    mail.send(*given)
    os._exit(9)

where, clock = sys.argv[1], Clock()
clock.on(minutes=float(sys.argv[2]))
if where == "gathered":
    outbox.waiting = die
if where == "leased":
    delivering._told = die
if where == "marked":
    delivering._arrived = die
with Record.open({path!r}) as record:
    made = office(record, clock, send=sent_then_dead if where == "sent" else mail.send)
    delivering.deliver(replace(made, settings=replace(made.settings, smtp_port={port})))
"""


@pytest.mark.parametrize("seed", [1])
def test_whoever_is_killed_loses_nothing(path: Path, seed: int) -> None:
    """Killed between any two steps: each news arrives, and twice only under one Message-ID."""
    steps = ["gathered", "leased", "sent", "marked"]
    random.Random(seed).shuffle(steps)
    with mailbox() as box, by_mail(path, box) as (made, clock):
        tests = str(Path(__file__).parent)
        code = DYING.format(tests=tests, path=str(path), port=box.port)
        minutes = 0.0
        for number, step in enumerate(steps):
            made.record.add(raid(number))
            ended = subprocess.run([sys.executable, "-c", code, step, str(minutes)], check=False)
            assert ended.returncode == 9, step
            minutes += LEASE.total_seconds() / 60 + 1
            clock.moment = START + timedelta(minutes=minutes)
            while deliver(made):
                pass
    told: dict[str, str] = {}
    for each in box.mails:
        body = re.sub(r"unsubscribe/\S+", "", each.get_content())
        assert told.setdefault(each["Message-ID"], body) == body
    arrived = [number for body in told.values() for number in re.findall(r"post (\d)", body)]
    assert sorted(arrived) == ["0", "1", "2", "3"]
    assert len(box.mails) - len(told) == 2, "twice where it died between the server's OK and the mark"


def test_two_that_deliver_at_once_send_nothing_twice(path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with mailbox() as box, by_mail(path, box) as (made, _), Record.open(path) as other:
        for number in range(5):
            made.record.add(raid(number))
            offices = [made, replace(made, record=other)]
            with ThreadPoolExecutor(2) as pool:
                assert sum(each["delivered"] for each in pool.map(deliver, offices)) == 1
    assert len(box.mails) == 5


def test_a_view_that_is_not_understood_any_more_fails_alone(path: Path) -> None:
    with mailbox() as box, by_mail(path, box) as (made, clock):
        made.record.add(raid(1))
        news.gather(made.record, clock())
        with writing(made.record.engine) as connection:
            connection.execute(update(subscription_table).values(view="type=GONE"))
        assert deliver(made) == {"failed": 1}
        assert "type=GONE: is unknown" in (only(made.record).reason or "")
        assert box.mails == []


def test_a_failing_end_is_told_with_its_reason(path: Path) -> None:
    def fails(*_: object) -> None:
        raise Undelivered("the mail server: no route")

    with mailbox() as box, by_mail(path, box) as (made, _):
        made.record.add(raid(1))
        assert deliver(replace(made, send=fails)) == {"failed": 1}
        assert only(made.record).reason == "the mail server: no route"
