"""What the log tells of accounts, and that it never tells what must stay secret."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from peopled import ANALYST, MODERATOR, PASSWORD, READER, Visitor
from steps import Clock

from dateline import logs
from dateline.site.people.audit import Event, note

SECRET = re.compile(r"[A-Z2-7]{4}(?=</code>)")


class Heard(logging.Handler):
    """Every line, as the log in JSON has it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    @property
    def told(self) -> list[dict[str, Any]]:
        return [told for line in self.lines if "event" in (told := json.loads(line))]

    def of(self, event: Event) -> dict[str, Any]:
        """The only line of an event."""
        (found,) = (told for told in self.told if told["event"] == event)
        return found


@pytest.fixture
def heard(loggers: logging.Logger) -> Heard:
    handler = Heard()
    loggers.addHandler(handler)
    loggers.setLevel(logging.INFO)
    return handler


def test_a_sign_in_is_told_with_account_address_and_time(visitor: Visitor, heard: Heard) -> None:
    visitor.sign_in(ANALYST)
    told = heard.of("signed-in")
    assert told["account_name"] == ANALYST and isinstance(told["account"], int)
    assert told["address"] == "testclient" and told["time"].endswith("+00:00")
    assert (told["role"], told["by"], told["level"]) == ("analyst", "password", "info")
    visitor.post("/sign-out", next="/", everywhere="yes")
    assert heard.of("signed-out")["where"] == "everywhere"


def test_of_a_refused_sign_in_a_name_is_told_only_where_there_is_an_account(
    visitor: Visitor, heard: Heard
) -> None:
    visitor.post("/sign-in", name="ANA\u200b  brill", password="wrong wrong wrong", next="/")
    told = heard.of("sign-in-refused")
    assert (told["account_name"], told["reason"], told["level"]) == (ANALYST, "password", "warning")
    heard.lines.clear()
    visitor.post("/sign-in", name="a password in the wrong field", password="x", next="/")
    told = heard.of("sign-in-refused")
    assert (told["account"], told["account_name"]) == (None, "unknown")
    assert "wrong field" not in "".join(heard.lines)


def test_a_reached_limit_is_told(visitor: Visitor, heard: Heard) -> None:
    for _ in range(11):
        visitor.post("/sign-in", name=READER, password="x", next="/")
    told = heard.of("limit-reached")
    assert (told["limit"], told["account_name"]) == ("sign-ins under a name from an address", READER)


def test_a_refused_role_is_told_with_the_one_that_is_needed(visitor: Visitor, heard: Heard) -> None:
    visitor.sign_in(READER)
    assert visitor.get("/moderation/comments.csv").status_code == 403
    told = heard.of("role-refused")
    assert (told["needs"], told["has"], told["route"]) == ("moderator", "reader", "/moderation/comments.csv")
    heard.lines.clear()
    decision = {"X-Form-Token": visitor.token()}
    body = {"kind": "undo", "decision": f"d{'0' * 32}", "reason": "a slip"}
    assert visitor.client.post("/api/v1/decisions", json=body, headers=decision).status_code == 403
    told = heard.of("role-refused")
    assert (told["needs"], told["route"]) == ("analyst", "/api/v1/decisions")


def test_a_token_that_there_is_not_is_told(visitor: Visitor, heard: Heard) -> None:
    bearer = {"Authorization": "Bearer dateline_invented"}
    assert visitor.client.post("/api/v1/decisions", json={}, headers=bearer).status_code in (401, 422)
    assert heard.of("token-refused")["account"] is None
    assert "invented" not in "".join(heard.lines)


def test_a_form_of_another_site_is_told(visitor: Visitor, heard: Heard) -> None:
    visitor.client.post("/account/second-factor/off", data={"form_token": "0.0"})
    assert heard.of("form-refused")["route"] == "/account/second-factor/off"


def test_no_secret_is_ever_told(visitor: Visitor, heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that can be done with an account is done, rightly and wrongly."""
    clock, path = Clock(monkeypatch), "/account/second-factor"
    other, wrong = "a heron stands in reeds", "a wrong word of passage"
    visitor.sign_in(MODERATOR)
    visitor.post(path, password=wrong)
    page = visitor.post(path, password=PASSWORD).text
    secret, ticket = "".join(SECRET.findall(page)), field(page, "ticket")
    visitor.post(f"{path}/on", ticket=ticket, code="000000")
    codes = [clock.code(secret, steps) for steps in range(5)]
    page = visitor.post(f"{path}/on", ticket=ticket, code=codes[0]).text
    recovery = re.findall(r"<code>([a-z2-7-]+)</code>", page)
    assert len(secret) == 32 and len(recovery) == 10
    tokens = [visitor.client.cookies["session"]]
    visitor.post(f"{path}/codes", password=PASSWORD, recovery=recovery[0])
    clock.pass_by(30)
    visitor.post("/account/password", old=PASSWORD, new=other, again=other, code=codes[1])
    visitor.post("/sign-out", next="/")
    for name in (MODERATOR, "Nobody"):
        page = visitor.post("/sign-in", name=name, password=other, next="/").text
    page = visitor.post("/sign-in", name=MODERATOR, password=other, next="/").text
    tickets = [ticket, field(page, "ticket")]
    visitor.post("/sign-in/code", ticket=tickets[1], code="123123")
    visitor.post("/sign-in/code", ticket=tickets[1], recovery="abcd-efgh")
    clock.pass_by(30)
    visitor.post("/sign-in/code", ticket=tickets[1], code=codes[2])
    tokens.append(visitor.client.cookies["session"])
    clock.pass_by(30)
    visitor.post(f"{path}/off", password=other, code=codes[3])
    events = [told["event"] for told in heard.told]
    assert events == [
        *("signed-in", "change-refused", "second-factor-set", "recovery-codes-renewed", "password-changed"),
        *("signed-out", "sign-in-refused", "sign-in-refused", "sign-in-refused", "signed-in"),
        "second-factor-removed",
    ]
    lines = "\n".join(heard.lines)
    typed = ["123123", "abcd-efgh", "000000", wrong, other, PASSWORD]
    for kept in (*typed, *codes, *recovery, *tokens, *tickets, secret, ticket, visitor.token()):
        assert kept not in lines


def field(page: str, name: str) -> str:
    """What stands in a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_log_of_words_tells_refusals_alone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logs.ROOT):
        note("signed-out", None)
        note("sign-in-refused", None, address="192.0.2.1", reason="password")
    assert caplog.messages == ["sign in refused: account unknown, address 192.0.2.1, reason password"]
