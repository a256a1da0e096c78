from __future__ import annotations

from datetime import timedelta

import pytest
from post import START, raid

from dateline.errors import InputError
from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.subscribe import outbox, subscriptions
from dateline.site.subscribe.subscriptions import (
    ASKED,
    WEBHOOKS,
    ask_by_mail,
    by_id,
    confirm,
    due,
    end,
    mail_address,
    make_webhook,
    may_ask,
    of_account,
    of_address,
    told,
    unconfirmed,
)

ANA = "ana@example.org"


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (" ana@Example.ORG ", "ana@example.org"),
        ("Ana.O'Neil+news@mail.example", "Ana.O'Neil+news@mail.example"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_taken_as_mail_servers_take_it(given: str, address: str) -> None:
    assert mail_address(given) == address


@pytest.mark.parametrize(
    "given",
    [
        "",
        "ana",
        "ana@",
        "@example.org",
        "ana@example",
        "a..na@example.org",
        "ana@exa mple.org",
        "änne@example.org",
        "ana@example.org\nBcc: all@example.org",
        "ana@example.org, ben@example.org",
        f"{'a' * 65}@example.org",
        f"ana@{'a' * 64}.example",
        "ana@" + "a." * 130 + "example",
        "ana@.example",
    ],
)
def test_another_text_is_refused(given: str) -> None:
    with pytest.raises(InputError):
        mail_address(given)


def test_news_begin_when_the_address_is_confirmed(target: str) -> None:
    with Record.open(target) as record:
        with writing(record.engine) as connection:
            asked = ask_by_mail(connection, ANA, "type=AID", "once", START)
            assert (asked.state, asked.told) == ("pending", 0)
            assert due(connection, START) == []
        record.add(raid(1))
        with writing(record.engine) as connection:
            known = confirm(connection, asked.id, START)
            assert known is not None and (known.state, known.told) == ("active", 1)
            assert confirm(connection, asked.id, START) == known
            assert due(connection, START) == [known]
            assert confirm(connection, "0" * 32, START) is None


def test_an_address_is_not_asked_again_and_again(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        for number in range(ASKED):
            assert may_ask(connection, ANA, START)
            outbox.put(
                connection,
                ask_by_mail(connection, ANA, f"text={number % 2}", "once", START),
                "confirm",
                START,
            )
        assert len(of_address(connection, ANA)) == 2
        assert not may_ask(connection, ANA, START)
        assert may_ask(connection, "ben@example.org", START)
        assert may_ask(connection, ANA, START + timedelta(days=3))


def test_nobody_changes_what_an_address_has_confirmed(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        asked = ask_by_mail(connection, ANA, "", "once", START)
        ask_by_mail(connection, ANA, "", "weekly", START)
        confirm(connection, asked.id, START)
        ask_by_mail(connection, ANA, "", "daily", START)
        (known,) = of_address(connection, ANA)
        assert (known.state, known.pace) == ("active", "weekly")


def test_what_is_not_confirmed_is_forgotten_after_two_days(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        asked = ask_by_mail(connection, ANA, "", "once", START)
        assert unconfirmed(connection, START + timedelta(hours=47)) == []
        assert unconfirmed(connection, START + timedelta(hours=49)) == [asked]


def test_nothing_is_left_of_what_has_ended(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        asked = ask_by_mail(connection, ANA, "", "once", START)
        outbox.put(connection, asked, "confirm", START)
        end(connection, asked)
        assert by_id(connection, asked.id) is None
        assert of_address(connection, ANA) == []
        assert outbox.waiting(connection, START) == []


def test_a_webhook_has_a_secret_of_its_own_and_an_account_so_many(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        made = [make_webhook(connection, "7", "https://hook.example/", "", START) for _ in range(WEBHOOKS)]
        assert len({each.secret for each in made}) == WEBHOOKS
        assert all(each.secret and each.secret.startswith("whsec_") for each in made)
        assert of_account(connection, "7") == made
        assert of_account(connection, "8") == []
        with pytest.raises(InputError, match="one more than 20"):
            make_webhook(connection, "7", "https://hook.example/", "", START)


def test_of_two_processes_one_tells_the_news(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        known = make_webhook(connection, "7", "https://hook.example/", "", START)
        assert told(connection, known, 3, START)
        assert not told(connection, known, 3, START)


def test_what_is_on_its_way_comes_first(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        known = make_webhook(connection, "7", "https://hook.example/", "", START)
        outbox.put(connection, known, "news", START, ["i1"], 1)
        assert due(connection, START) == []
        subscriptions.pause(connection, known, "gone")
        assert outbox.waiting(connection, START) == []
        subscriptions.resume(connection, known, START)
        assert len(outbox.waiting(connection, START)) == 1
