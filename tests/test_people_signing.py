from __future__ import annotations

from typing import Any

import pytest
from peopled import ANALYST, INCIDENT, PASSWORD, READER, Visitor

from dateline.record.engine import writing
from dateline.site.app import create_app
from dateline.site.people import accounts, signing
from dateline.site.people.confirming import TOO_OFTEN
from dateline.site.people.signing import WRONG
from dateline.site.settings import SiteSettings

OTHER = "a heron stands in reeds"


def cookie(answer: object) -> str:
    return str(answer.headers["set-cookie"])  # type: ignore[attr-defined]


def test_one_signs_in_and_out(visitor: Visitor) -> None:
    answer = visitor.post("/sign-in", name="ANA BRILL", password=PASSWORD, next="/desk")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert "HttpOnly" in cookie(answer) and "SameSite=lax" in cookie(answer) and "Path=/" in cookie(answer)
    assert visitor.get("/desk").headers["cache-control"] == "no-store"
    assert visitor.get("/sign-in?next=/desk").headers["location"] == "/desk"
    assert ANALYST in visitor.get("/account").text
    token = visitor.client.cookies["session"]
    visitor.post("/sign-out", next="/")
    assert visitor.get("/account").status_code == 303
    assert visitor.get("/account", Cookie=f"session={token}").status_code == 303


def test_an_unknown_name_and_a_wrong_password_are_told_alike(visitor: Visitor) -> None:
    told = [
        visitor.post("/sign-in", name=name, password="x" * 14, next="/") for name in (ANALYST, "Nobody Here")
    ]
    assert [answer.status_code for answer in told] == [422, 422]
    pages = [answer.text.replace(ANALYST, "").replace("Nobody Here", "") for answer in told]
    assert all(WRONG in page for page in pages)
    assert len(pages[0]) == len(pages[1])


def test_tries_are_limited(visitor: Visitor) -> None:
    tries = [visitor.post("/sign-in", name="Nobody", password="x", next="/") for _ in range(11)]
    assert [answer.status_code for answer in tries] == [422] * 10 + [429]
    assert TOO_OFTEN in tries[-1].text


def test_a_token_from_before_is_not_taken_over(visitor: Visitor) -> None:
    """Who plants a token on somebody's browser is not signed in with them."""
    visitor.client.cookies.set("session", "planted")
    visitor.sign_in(ANALYST)
    first = visitor.client.cookies.get("session", domain="testserver.local")
    assert first and first != "planted"
    assert Visitor(visitor.app).get("/account", Cookie="session=planted").status_code == 303


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\nb", ""])
def test_nobody_is_led_elsewhere(visitor: Visitor, next: str) -> None:
    answer = visitor.post("/sign-in", name=ANALYST, password=PASSWORD, next=next)
    assert answer.headers["location"] == "/"


def test_all_sign_ins_end_at_once(visitor: Visitor) -> None:
    other = Visitor(visitor.app)
    for each in (visitor, other):
        each.sign_in(READER)
    visitor.post("/sign-out", everywhere="yes", next="/")
    assert other.get("/account").status_code == 303


def test_the_password_is_changed(visitor: Visitor) -> None:
    other = Visitor(visitor.app)
    for each in (visitor, other):
        each.sign_in(READER)
    change = "/account/password"
    assert visitor.post(change, old="wrong", new=OTHER, again=OTHER).status_code == 422
    assert "at least 12" in visitor.post(change, old=PASSWORD, new="short", again="short").text
    assert "the two differ" in visitor.post(change, old=PASSWORD, new=OTHER, again=OTHER + "!").text
    assert visitor.post(change, old=PASSWORD, new=OTHER, again=OTHER).status_code == 303
    assert visitor.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert other.sign_in(READER).status_code == 422
    assert other.sign_in(READER, OTHER).status_code == 303


def test_what_was_typed_before_signing_in_comes_back(visitor: Visitor) -> None:
    """A form sent after the sign-in had ended is not lost, also without scripts."""
    path = f"/desk/incidents/{INCIDENT}/merge"
    asked = visitor.post(path, page="correct:c1", back="/desk/incidents/x", other="i2", reason="a long story")
    assert asked.status_code == 401 and "a long story" in asked.text and 'name="kept.reason"' in asked.text
    kept = {"kept_page": "correct:c1", "kept.reason": "a long story", "next": "/desk"}
    wrong = visitor.post("/sign-in", name=ANALYST, password="wrong wrong wrong", **kept)
    assert "a long story" in wrong.text
    visitor.post("/sign-in", name=ANALYST, password=PASSWORD, **kept)
    drafts = visitor.get("/drafts?page=correct:c1").json()
    assert drafts["reason"]["words"] == "a long story"


@pytest.mark.parametrize("change", [{"password": "another"}, {"disabled": True}])
def test_who_was_too_late_does_not_come_in(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any]
) -> None:
    """The account is changed between the look at the password and the new sign-in."""
    look = signing.mark_of_password

    def slow(*given: Any) -> str:
        mark = look(*given)
        with writing(visitor.record.engine) as connection:
            accounts.change(connection, accounts.named(connection, READER).number, **change)
        return mark

    monkeypatch.setattr(signing, "mark_of_password", slow)
    answer = visitor.post("/sign-in", name=READER, password=PASSWORD, next="/")
    assert answer.status_code == 422 and signing.LATE in answer.text
    assert "session" not in visitor.client.cookies


def test_over_https_only_this_host_can_have_set_the_cookie(peopled_file: object) -> None:
    app = create_app(SiteSettings(record=str(peopled_file), base_url="https://testserver"))
    visitor = Visitor(app)
    visitor.client.base_url = "https://testserver"
    answer = visitor.sign_in(ANALYST)
    assert cookie(answer).startswith("__Host-session=") and "Secure" in cookie(answer)
    assert visitor.get("/desk").status_code == 200
    app.state.site.record.close()
