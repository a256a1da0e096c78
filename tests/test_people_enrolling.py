"""The second factor as a browser without scripts meets it: set up, asked for, renewed, turned off."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from peopled import ANALYST, ARTICLE, INCIDENT, JSON, MODERATOR, PASSWORD, READER, Visitor
from sqlalchemy import func, select
from steps import Clock

from dateline.record.engine import writing
from dateline.site.app import create_app
from dateline.site.faces import tokens
from dateline.site.people import accounts, second_factor, tables
from dateline.site.people.confirming import NOT_A_CODE, NOT_A_RECOVERY_CODE, TOO_OFTEN
from dateline.site.people.enrolling import LATE, drawn
from dateline.site.people.signing import LATE as SIGN_IN_LATE
from dateline.site.settings import SiteSettings

PATH = "/account/second-factor"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def field(page: str, name: str) -> str:
    """What stands in a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"there is no field {name}"
    return unescape(found[1])


def key_on(page: str) -> str:
    """The key that a page shows in groups of four."""
    return "".join(re.findall(r"<code>([A-Z2-7]{4})</code>", page))


def recovery_codes_on(page: str) -> list[str]:
    return re.findall(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})</code>", page)


def set_up(visitor: Visitor, clock: Clock, name: str = ANALYST) -> tuple[str, list[str]]:
    """Somebody signs in and sets a second factor up: the key, and the recovery codes."""
    visitor.sign_in(name)
    page = visitor.post(PATH, password=PASSWORD).text
    key = key_on(page)
    done = visitor.post(f"{PATH}/on", ticket=field(page, "ticket"), code=clock.code(key))
    assert done.status_code == 201
    clock.pass_by(30)
    return key, recovery_codes_on(done.text)


def asked_for_code(visitor: Visitor, name: str = ANALYST, **more: str) -> Any:
    """The page that a right password leads to."""
    answer = visitor.post("/sign-in", name=name, password=PASSWORD, **({"next": "/desk"} | more))
    assert answer.status_code == 200, answer.status_code
    return answer


def test_a_second_factor_is_set_up(visitor: Visitor, clock: Clock) -> None:
    other = Visitor(visitor.app)
    for each in (visitor, other):
        each.sign_in(ANALYST)
    assert "Off: the password alone" in visitor.get("/account").text
    wrong = visitor.post(PATH, password="wrong wrong wrong")
    assert wrong.status_code == 422 and not key_on(wrong.text)
    asked = visitor.post(PATH, password=PASSWORD)
    assert (
        asked.headers["cache-control"] == "no-store" and "<svg" in asked.text and "style=" not in asked.text
    )
    key, ticket = key_on(asked.text), field(asked.text, "ticket")
    assert f"secret={key}" in unescape(asked.text) and len(key) == 32
    wrong = visitor.post(f"{PATH}/on", ticket=ticket, code="123")
    assert wrong.status_code == 422 and NOT_A_CODE in wrong.text
    assert key_on(wrong.text) == key, "a slip does not need another key"
    before = visitor.client.cookies["session"]
    done = visitor.post(f"{PATH}/on", ticket=field(wrong.text, "ticket"), code=clock.code(key))
    assert done.status_code == 201 and len(set(recovery_codes_on(done.text))) == 10
    assert visitor.client.cookies["session"] != before
    assert other.get("/account").status_code == 303, "sign-ins by password alone end"
    account = visitor.get("/account").text
    assert "with 10 recovery codes" in account and not recovery_codes_on(account)
    assert visitor.post(PATH, password=PASSWORD).headers["location"] == PATH


def test_a_key_is_set_up_by_whom_it_was_shown_to_and_in_time(visitor: Visitor, clock: Clock) -> None:
    visitor.sign_in(ANALYST)
    page = visitor.post(PATH, password=PASSWORD).text
    ticket, key = field(page, "ticket"), key_on(page)
    other = Visitor(visitor.app)
    other.sign_in(MODERATOR)
    assert LATE in other.post(f"{PATH}/on", ticket=ticket, code=clock.code(key)).text
    clock.pass_by(15 * 60)
    assert LATE in visitor.post(f"{PATH}/on", ticket=ticket, code=clock.code(key)).text
    assert "Off: the password alone" in visitor.get("/account").text


def test_signing_in_asks_for_a_code_that_counts_once(visitor: Visitor, clock: Clock) -> None:
    key, _ = set_up(visitor, clock)
    visitor.post("/sign-out", next="/")
    page = asked_for_code(visitor)
    assert "set-cookie" not in page.headers or "session=" not in page.headers["set-cookie"]
    assert visitor.get("/desk").status_code == 303, "the password alone gives no right"
    wrong = visitor.post("/sign-in/code", ticket=field(page.text, "ticket"), code="12", next="/desk")
    assert wrong.status_code == 422 and NOT_A_CODE in wrong.text
    ticket, code = field(wrong.text, "ticket"), clock.code(key)
    answer = visitor.post("/sign-in/code", ticket=ticket, code=code, next=field(wrong.text, "next"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert visitor.get("/desk").status_code == 200
    other = Visitor(visitor.app)
    again = other.post("/sign-in/code", ticket=field(asked_for_code(other).text, "ticket"), code=code)
    assert again.status_code == 422 and NOT_A_CODE in again.text
    assert other.get("/desk").status_code == 303


def test_what_the_password_opened_is_open_for_five_minutes(visitor: Visitor, clock: Clock) -> None:
    key, _ = set_up(visitor, clock)
    other = Visitor(visitor.app)
    kept = {"kept_page": "correct:c1", "kept.reason": "a long story"}
    page = asked_for_code(other, **kept).text
    clock.pass_by(5 * 60)
    late = other.post("/sign-in/code", ticket=field(page, "ticket"), code=clock.code(key), **kept)
    assert late.status_code == 422 and SIGN_IN_LATE in late.text and "a long story" in late.text
    page = asked_for_code(other, **kept).text
    assert field(page, "kept.reason") == "a long story"
    other.post("/sign-in/code", ticket=field(page, "ticket"), code=clock.code(key), **kept)
    assert other.get("/drafts?page=correct:c1").json()["reason"]["words"] == "a long story"


@pytest.mark.parametrize("change", [{"disabled": True}, {"password": "another"}, {"role": "reader"}])
def test_what_the_password_opened_ends_with_a_change(
    visitor: Visitor, clock: Clock, change: dict[str, Any]
) -> None:
    key, _ = set_up(visitor, clock)
    other = Visitor(visitor.app)
    ticket = field(asked_for_code(other).text, "ticket")
    with writing(visitor.record.engine) as connection:
        accounts.change(connection, accounts.named(connection, ANALYST).number, **change)
    assert SIGN_IN_LATE in other.post("/sign-in/code", ticket=ticket, code=clock.code(key)).text


@pytest.mark.parametrize("ticket", ["", "x", "0.0.0"])
def test_nobody_comes_in_by_a_ticket_of_their_own(visitor: Visitor, clock: Clock, ticket: str) -> None:
    key, codes = set_up(visitor, clock)
    other = Visitor(visitor.app)
    for given in ({"code": clock.code(key)}, {"recovery": codes[0]}):
        answer = other.post("/sign-in/code", ticket=ticket, **given)
        assert answer.status_code == 422 and SIGN_IN_LATE in answer.text
    setting_up = Visitor(visitor.app)
    setting_up.sign_in(READER)
    of_setting_up = field(setting_up.post(PATH, password=PASSWORD).text, "ticket")
    assert SIGN_IN_LATE in other.post("/sign-in/code", ticket=of_setting_up, code=clock.code(key)).text


def test_a_recovery_code_lets_in_once(visitor: Visitor, clock: Clock) -> None:
    _, codes = set_up(visitor, clock)
    other = Visitor(visitor.app)
    for expected in (303, 422):
        ticket = field(asked_for_code(other).text, "ticket")
        answer = other.post("/sign-in/code", ticket=ticket, recovery=codes[3].upper(), next="/desk")
        assert answer.status_code == expected
        assert (NOT_A_RECOVERY_CODE in answer.text) == (expected == 422)
    assert "with 9 recovery codes" in visitor.get("/account").text


def test_tries_at_codes_are_limited(visitor: Visitor, clock: Clock) -> None:
    key, _ = set_up(visitor, clock)
    other = Visitor(visitor.app)
    ticket = field(asked_for_code(other).text, "ticket")
    found = [other.post("/sign-in/code", ticket=ticket, code="x").status_code for _ in range(10)]
    assert found == [422] * 9 + [429], "that which set it up counts, too"
    right = other.post("/sign-in/code", ticket=ticket, code=clock.code(key))
    assert right.status_code == 429 and TOO_OFTEN in right.text


def test_recovery_codes_are_renewed_by_password_and_code(visitor: Visitor, clock: Clock) -> None:
    key, codes = set_up(visitor, clock)
    path = f"{PATH}/codes"
    for given in ({"password": "wrong", "code": clock.code(key)}, {"password": PASSWORD, "code": "000"}):
        answer = visitor.post(path, **given)
        assert answer.status_code == 422 and not recovery_codes_on(answer.text)
        assert 'id="codes-password-error"' in answer.text or 'id="codes-code-error"' in answer.text
        assert 'id="off-' in answer.text and 'id="off-code-error"' not in answer.text
    renewed = visitor.post(path, password=PASSWORD, code=clock.code(key))
    made = recovery_codes_on(renewed.text)
    assert renewed.status_code == 201 and len(made) == 10 and not set(made) & set(codes)


def test_it_is_turned_off_by_password_and_code(visitor: Visitor, clock: Clock) -> None:
    key, codes = set_up(visitor, clock)
    path = f"{PATH}/off"
    assert visitor.post(path, password=PASSWORD).status_code == 422
    assert visitor.post(path, password="wrong", recovery=codes[0]).status_code == 422
    assert visitor.post(path, password=PASSWORD, recovery=codes[0]).headers["location"] == PATH
    assert "Off: the password alone" in visitor.get("/account").text
    assert Visitor(visitor.app).sign_in(ANALYST).status_code == 303
    with visitor.record.reading() as connection:
        left = select(func.count()).select_from(tables.recovery_codes)
        assert connection.execute(left).scalar_one() == 0
    assert second_factor.step_of(key, clock.code(key))


def test_another_password_asks_for_a_code_too(visitor: Visitor, clock: Clock) -> None:
    key, _ = set_up(visitor, clock)
    change = {"old": PASSWORD, "new": "a heron stands in reeds", "again": "a heron stands in reeds"}
    refused = visitor.post("/account/password", **change)
    assert refused.status_code == 422 and NOT_A_CODE in refused.text
    assert visitor.post("/account/password", **change, code=clock.code(key)).status_code == 303


def test_the_drawing_has_no_style_and_is_well_formed() -> None:
    svg = ElementTree.fromstring(drawn('otpauth://totp/<"&>?secret=A'))
    assert svg.tag == "svg" and svg.get("class") == "qr" and "viewBox" in svg.attrib
    assert not [each for each in svg.iter() if "style" in each.attrib or each.tag == "style"]


@pytest.fixture
def required(peopled_file: Path, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody at a site whose operator requires a second factor."""
    path = shutil.copy(peopled_file, tmp_path / "record.db")
    told = SiteSettings(record=str(path), base_url="http://testserver", require_second_factor=True)
    app = create_app(told)
    yield Visitor(app)
    app.state.site.record.close()


def test_where_it_is_required_one_is_led_to_it(required: Visitor, clock: Clock) -> None:
    assert required.sign_in(ANALYST).headers["location"] == PATH
    assert "asks analysts and moderators for a second factor" in required.get(PATH).text
    assert required.get("/desk").headers["location"] == "/sign-in?next=/desk"
    assert required.get("/sign-in?next=/desk").headers["location"] == PATH
    page = required.post(PATH, password=PASSWORD).text
    key = key_on(page)
    required.post(f"{PATH}/on", ticket=field(page, "ticket"), code=clock.code(key))
    assert required.get("/desk").status_code == 200
    clock.pass_by(30)
    required.post(f"{PATH}/off", password=PASSWORD, code=clock.code(key))
    assert required.get("/desk").status_code == 303, "without it one may do nothing again"
    assert 'action="/sign-out"' in required.get(PATH).text
    required.post("/sign-out", next="/")
    assert required.get(PATH).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("name", [ANALYST, MODERATOR])
def test_until_then_one_may_do_nothing(required: Visitor, name: str) -> None:
    required.sign_in(name)
    public = Visitor(required.app)
    for path in ("/desk", "/moderation", "/account", "/subscriptions", "/drafts?page=x"):
        assert required.get(path, **JSON).status_code == public.get(path, **JSON).status_code == 401, path
    whole = "The army shelled Ostrel in retaliation"
    for path in (f"/articles/{ARTICLE}", f"/incidents/{INCIDENT}"):
        shown, to_all = (each.get(path).text for each in (required, public))
        assert (whole in shown) == (whole in to_all), path
        assert ">Desk<" not in shown
    asked = required.post(f"/desk/incidents/{INCIDENT}/unsure", reason="x")
    assert asked.status_code == 401
    assert required.comment().json()["state"] == "held"
    decided = {"kind": "undo", "decision": f"d{'0' * 32}", "reason": "a slip"}
    form = {"X-Form-Token": required.token()}
    assert required.client.post("/api/v1/decisions", json=decided, headers=form).status_code == 401


def test_readers_are_not_required_to_have_one(required: Visitor) -> None:
    assert required.sign_in(READER).headers["location"] == "/"
    assert required.get("/account").status_code == 200


def test_tokens_of_programs_act_without_one(required: Visitor) -> None:
    with writing(required.record.engine) as connection:
        number = accounts.named(connection, ANALYST).number
        token = tokens.make(connection, str(number), "a test", datetime(2027, 1, 15, tzinfo=UTC))
    decided = {"kind": "undo", "decision": f"d{'0' * 32}", "reason": "a slip"}
    bearer = {"Authorization": f"Bearer {token}"}
    answer = required.client.post("/api/v1/decisions", json=decided, headers=bearer)
    assert answer.status_code == 404, "it may, but there is no such decision"
