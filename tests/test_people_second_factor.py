from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from peopled import PASSWORD, tables
from pyotp import TOTP
from sqlalchemy import Connection, select
from steps import Clock

from dateline.record.engine import open_engine, retrying, writing
from dateline.site.people import accounts, recovery, second_factor
from dateline.site.people.second_factor import address, nonce, passed, secret, step_of
from dateline.site.people.tables import metadata

KEY = b"k" * 32
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def owner(connection: Connection, clock: Clock) -> tuple[int, str]:
    """An account that has a second factor, and its secret."""
    number = accounts.add(connection, "Ana", PASSWORD, "analyst").number
    chance = nonce()
    made = secret(KEY, number, chance)
    assert second_factor.set_up(connection, KEY, number, chance, clock.code(made))
    recovery.renew(connection, KEY, number)
    return number, made


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (2000000000, "279037"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(clock: Clock, seconds: int, code: str) -> None:
    """The last six of the eight digits in RFC 6238, appendix B."""
    clock.seconds = seconds
    assert step_of(RFC_SECRET, code) == seconds // 30


def test_a_code_holds_a_step_before_and_after(clock: Clock) -> None:
    codes = [clock.code(RFC_SECRET, steps) for steps in (-2, -1, 0, 1, 2)]
    now = clock.seconds // 30
    assert [step_of(RFC_SECRET, code) for code in codes] == [None, now - 1, now, now + 1, None]
    assert step_of(RFC_SECRET, codes[2], now - 1) == now
    assert step_of(RFC_SECRET, codes[2], now) is None
    assert step_of(RFC_SECRET, f" {codes[2][:3]} {codes[2][3:]} ") == now
    assert [step_of(RFC_SECRET, typed) for typed in ("", "1", codes[2] + "0", "éééééé")] == [None] * 4


def test_no_code_is_taken_twice(clock: Clock) -> None:
    with tables() as connection:
        number, made = owner(connection, clock)
        assert passed(connection, KEY, number, clock.code(made), "") is None  # the one that set it up
        clock.pass_by(30)
        assert passed(connection, KEY, number, clock.code(made), "") == "code"
        assert passed(connection, KEY, number, clock.code(made), "") is None
        assert passed(connection, KEY, number, clock.code(made, 1), "") == "code"
        assert passed(connection, KEY, number, clock.code(made), "") is None  # nor an earlier one afterwards


def test_of_two_with_one_code_at_once_one_passes(target: str, clock: Clock) -> None:
    engine = open_engine(target, create=False)
    with writing(engine) as connection:
        number, made = owner(connection, clock)
        other, *_ = recovery.renew(connection, KEY, number)
    clock.pass_by(30)

    def show(given: tuple[str, str]) -> str | None:
        def act() -> str | None:
            with writing(engine) as connection:
                return passed(connection, KEY, number, *given)

        return retrying(act)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(show, [(clock.code(made), ""), ("", other)] * 2))
    engine.dispose()
    assert sorted(each for each in found if each) == ["code", "recovery code"]


def test_a_recovery_code_stands_in(clock: Clock) -> None:
    with tables() as connection:
        number, _ = owner(connection, clock)
        code, *_ = recovery.renew(connection, KEY, number)
        assert passed(connection, KEY, number, "", code) == "recovery code"
        assert passed(connection, KEY, number, "", code) is None
        factor = second_factor.found(connection, number)
        assert factor and factor.left == 9
        second_factor.remove(connection, number)
        assert second_factor.found(connection, number) is None and recovery.left(connection, number) == 0
        assert passed(connection, KEY, number, "", "") is None


def test_a_second_factor_is_not_set_up_over_another(clock: Clock) -> None:
    with tables() as connection:
        number, _ = owner(connection, clock)
        other = nonce()
        clock.pass_by(60)
        code = clock.code(secret(KEY, number, other))
        assert not second_factor.set_up(connection, KEY, number, other, code)
        assert passed(connection, KEY, number, code, "") is None


def test_the_tables_do_not_give_the_secret(clock: Clock) -> None:
    with tables() as connection:
        number, made = owner(connection, clock)
        kept = " ".join(str(connection.execute(select(each)).all()) for each in metadata.sorted_tables)
        row = connection.execute(select(metadata.tables["second_factors"])).one()
    assert made not in kept and base64.b32decode(made).hex() not in kept
    assert secret(b"l" * 32, number, row.nonce) != made
    assert secret(KEY, number + 1, row.nonce) != made
    assert len(base64.b32decode(made)) == 20


def test_an_app_takes_the_secret_over_by_its_address() -> None:
    told = urlsplit(address(RFC_SECRET, "Ana: Brill é", "News & more"))
    assert (told.scheme, told.netloc) == ("otpauth", "totp")
    assert unquote(told.path) == "/News & more:Ana: Brill é"
    assert parse_qs(told.query) == {"secret": [RFC_SECRET], "issuer": ["News & more"]}
    assert TOTP(RFC_SECRET).digits == 6 and TOTP(RFC_SECRET).interval == 30
