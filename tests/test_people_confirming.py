from __future__ import annotations

import pytest
from peopled import ANALYST, PASSWORD, Visitor
from starlette.datastructures import FormData
from starlette.requests import Request
from steps import Clock

from dateline.record.engine import writing
from dateline.site.people import accounts, recovery, second_factor
from dateline.site.people.confirming import TOO_OFTEN, Refused, confirm, mark_of_password, shown
from dateline.site.people.signed import Person


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def request_of(visitor: Visitor) -> Request:
    """A request of the site, as far as a route looks at it."""
    return Request({"type": "http", "app": visitor.app, "client": ("192.0.2.1", 1), "headers": []})


def ana(visitor: Visitor, clock: Clock) -> tuple[Person, str, str]:
    """An analyst with a second factor: who it is, the secret, a recovery code."""
    key, chance = visitor.app.state.site.key, second_factor.nonce()
    with writing(visitor.record.engine) as connection:
        number = accounts.named(connection, ANALYST).number
        secret = second_factor.secret(key, number, chance)
        assert second_factor.set_up(connection, key, number, chance, clock.code(secret))
        code, *_ = recovery.renew(connection, key, number)
    clock.pass_by(30)
    return Person(str(number), ANALYST, "analyst"), secret, code


def refused(act: object, *given: object) -> dict[str, str]:
    with pytest.raises(Refused) as found:
        act(*given)  # type: ignore[operator]
    return found.value.faults


def test_a_password_is_asked_for_within_limits(visitor: Visitor, request_of: Request) -> None:
    asked = (request_of, ANALYST, "wrong", "old", "change-refused")
    mark = mark_of_password(request_of, ANALYST, PASSWORD, "old", "change-refused")
    with visitor.record.reading() as connection:
        found = accounts.marked(connection, visitor.app.state.site.key, mark)
    assert found and found.name == ANALYST
    assert [*refused(mark_of_password, *asked)] == ["old"]
    for _ in range(8):
        refused(mark_of_password, *asked)
    assert refused(mark_of_password, *asked) == {"limit": TOO_OFTEN}


def test_with_a_second_factor_both_are_asked_for(visitor: Visitor, request_of: Request, clock: Clock) -> None:
    person, secret, other = ana(visitor, clock)
    right = clock.code(secret)
    assert [*refused(confirm, request_of, person, FormData(password="wrong", code=right))] == ["password"]
    assert [*refused(confirm, request_of, person, FormData(password=PASSWORD))] == ["code"]
    assert [*refused(confirm, request_of, person, FormData(password=PASSWORD, recovery="x"))] == ["recovery"]
    confirm(request_of, person, FormData(password=PASSWORD, code=right))
    assert [*refused(confirm, request_of, person, FormData(password=PASSWORD, code=right))] == ["code"]
    confirm(request_of, person, FormData(password=PASSWORD, recovery=other))


def test_codes_are_tried_within_limits_from_wherever_it_is(
    visitor: Visitor, request_of: Request, clock: Clock
) -> None:
    person, secret, _ = ana(visitor, clock)
    for last in range(10):
        request_of.scope["client"] = (f"192.0.2.{last}", 1)
        assert [*refused(shown, request_of, person, FormData(code="000000"), "sign-in-refused")] == ["code"]
    right = FormData(code=clock.code(secret))
    assert refused(shown, request_of, person, right, "sign-in-refused") == {"limit": TOO_OFTEN}
    clock.pass_by(15 * 60)
    right = FormData(code=clock.code(secret))
    assert shown(request_of, person, right, "sign-in-refused") == "code"
