from __future__ import annotations

import smtplib
from dataclasses import replace
from email.message import EmailMessage

import pytest
from post import KEY, SETTINGS, START, mailbox, raid

from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.site.changes import changes
from dateline.site.subscribe import mail
from dateline.site.subscribe.outbox import Delivery, Undelivered
from dateline.site.subscribe.subscriptions import ask_by_mail

DELIVERY = Delivery(1, "d" * 32, 1, "news", 0, 2, (), "", "", 0, None, None)


def told(target: str, readings: int, query: str = "") -> EmailMessage:
    with Record.open(target) as record:
        for number in range(readings):
            record.add(raid(number))
        with writing(record.engine) as connection:
            asked = ask_by_mail(connection, "ana@example.org", query, "daily", START)
            found = changes(connection, Wanted())
    return mail.news(SETTINGS, KEY, asked, DELIVERY, found, START)


def test_a_mail_names_no_one_and_leads_to_the_incidents(target: str) -> None:
    message = told(target, 2, "type=ASSAULT")
    assert message["Subject"] == "Dateline: Attack and 1 more"
    body = message.get_content()
    assert body.startswith("2 incidents new or changed: attack\nhttps://site.example/?type=ASSAULT\n")
    assert body.count("https://site.example/incidents/i") == 2
    assert message["Message-ID"] == f"<{'d' * 32}@site.example>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_question_has_no_way_to_unsubscribe_as_nothing_is_sent_yet(target: str) -> None:
    with Record.open(target) as record, writing(record.engine) as connection:
        asked = ask_by_mail(connection, "ana@example.org", "place=Ostrel", "weekly", START)
    message = mail.confirmation(SETTINGS, KEY, asked, replace(DELIVERY, kind="confirm"), START)
    assert "once a week" in message.get_content()
    assert "Ostrel" not in str(message), "nobody has us write their words to others"
    assert message["List-Unsubscribe"] is None


def message() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = SETTINGS.mail_from, "ana@example.org", "Hello"
    made.set_content("Ostrel\n")
    return made


def test_a_mail_is_handed_over_from_the_address_alone() -> None:
    with mailbox() as box:
        mail.send(replace(SETTINGS, smtp_port=box.port), message())
    assert [each["Subject"] for each in box.mails] == ["Hello"]


@pytest.mark.parametrize(("answer", "for_good"), [("451 later", False), ("550 nobody", True)])
def test_a_refusal_is_told_with_whether_it_is_for_good(answer: str, for_good: bool) -> None:
    with mailbox() as box, pytest.raises(Undelivered) as refused:
        box.answers.append(answer)
        mail.send(replace(SETTINGS, smtp_port=box.port), message())
    assert (refused.value.reason, refused.value.for_good) == (f"the mail server answered {answer}", for_good)


def test_a_server_without_encryption_is_not_used_where_that_is_asked_for() -> None:
    with mailbox() as box, pytest.raises(Undelivered, match="STARTTLS"):
        mail.send(replace(SETTINGS, smtp_port=box.port, smtp_security="starttls"), message())
    assert box.mails == []


def test_without_a_server_it_says_what_to_set() -> None:
    for missing in ({"smtp_host": ""}, {"mail_from": ""}):
        with pytest.raises(Undelivered, match="set DATELINE_SMTP_HOST and DATELINE_MAIL_FROM"):
            mail.send(replace(SETTINGS, **missing), message())


def test_a_server_that_is_not_there_is_no_end_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ConnectionRefusedError("refused")

    monkeypatch.setattr(smtplib, "SMTP", refuse)
    with pytest.raises(Undelivered, match="the mail server: refused") as refused:
        mail.send(SETTINGS, message())
    assert not refused.value.for_good
