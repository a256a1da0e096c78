from __future__ import annotations

import pytest
from post import START, raid
from sqlalchemy import Connection, update

from dateline.errors import InputError
from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.subscribe import outbox, subscriptions
from dateline.site.subscribe.news import gather, view_of
from dateline.site.subscribe.subscriptions import make_webhook
from dateline.site.subscribe.tables import subscriptions as table


def test_a_view_is_of_now_and_begins_at_its_first_page() -> None:
    assert view_of("as_of=2024-03-01&type=aid&cursor=a~b~i1&text=").query() == "type=AID"
    with pytest.raises(InputError):
        view_of("since=yesterday")


def hook(connection: Connection, view: str = "") -> subscriptions.Subscription:
    return make_webhook(connection, "7", "https://hook.example/", view, START)


def test_each_subscription_gets_its_news_once(target: str) -> None:
    with Record.open(target) as record:
        with writing(record.engine) as connection:
            hook(connection)
            hook(connection, "type=AID")
        record.add(raid(1))
        assert gather(record, START) == 1
        assert gather(record, START) == 0
        with record.reading() as connection:
            (found,) = outbox.waiting(connection, START)
            assert (len(found.incidents), found.since, found.until) == (1, 0, 1)
            assert [each.told for each in subscriptions.of_account(connection, "7")] == [1, 1]


def test_a_view_that_is_not_understood_any_more_waits_for_its_owner(target: str) -> None:
    with Record.open(target) as record:
        with writing(record.engine) as connection:
            known = hook(connection)
            connection.execute(update(table).values(view="type=GONE"))
        record.add(raid(1))
        assert gather(record, START) == 0
        with record.reading() as connection:
            found = subscriptions.by_id(connection, known.id)
        assert found is not None and (found.state, found.told) == ("paused", 0)
        assert found.reason and "type=GONE: is unknown" in found.reason
