"""``dateline user``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from peopled import PASSWORD
from steps import Clock
from typer.testing import CliRunner

from dateline import cli
from dateline.errors import InputError
from dateline.record.record import Record
from dateline.site.people import accounts, second_factor, sessions


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_file: Path) -> Path:
    path = Path(shutil.copy(empty_file, tmp_path / "record.db"))
    monkeypatch.setenv("DATELINE_RECORD", str(path))
    return path


def do(*arguments: str, typed: str = "") -> str:
    result = CliRunner().invoke(cli.app, ["user", *arguments], input=typed)
    if isinstance(result.exception, InputError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def signed_in(path: Path, name: str) -> bool:
    with Record.open(path) as record, record.engine.begin() as connection:
        found = accounts.named(connection, name)
        return bool(sessions.of_account(connection, found.number))


@pytest.mark.usefixtures("record")
def test_accounts_are_made_and_listed() -> None:
    assert (
        do("add", "Ana Brill", "--role", "analyst", typed=PASSWORD + "\n")
        == "Ana Brill: may sign in as analyst\n"
    )
    do("add", "Mo", typed=PASSWORD)
    listed = [line.split() for line in do("list").splitlines()]
    assert [(line[0], line[2]) for line in listed] == [("analyst", "Ana"), ("reader", "Mo")]
    with pytest.raises(InputError, match="is taken"):
        do("add", "MO", typed=PASSWORD)
    with pytest.raises(InputError, match="at least 12 signs"):
        do("add", "Lee", typed="short")


def test_another_role_or_none_ends_all_sign_ins(record: Path) -> None:
    do("add", "Ana", typed=PASSWORD)
    for act in (("role", "Ana", "moderator"), ("disable", "Ana")):
        with Record.open(record) as kept, kept.engine.begin() as connection:
            sessions.begin(connection, accounts.named(connection, "Ana").number)
        do(*act)
        assert not signed_in(record, "Ana")
    assert "moderator" in do("list") and "disabled" in do("list")
    assert do("disable", "Ana", "--enable") == "Ana: may sign in\n" and "disabled" not in do("list")
    with pytest.raises(InputError, match="has no account; see dateline user list"):
        do("role", "Lee", "reader")


def test_a_lost_second_factor_is_taken_away(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    do("add", "Ana Brill", typed=PASSWORD)
    assert do("second-factor", "Ana Brill") == "Ana Brill: has no second factor\n"
    clock, key, nonce = Clock(monkeypatch), b"k" * 32, second_factor.nonce()
    with Record.open(record) as kept, kept.engine.begin() as connection:
        number = accounts.named(connection, "Ana Brill").number
        code = clock.code(second_factor.secret(key, number, nonce))
        assert second_factor.set_up(connection, key, number, nonce, code)
        sessions.begin(connection, number)
    assert "has a second factor since 2027-01-15, recovery codes left: 0" in do("second-factor", "ana brill")
    assert "second factor" in do("list") and signed_in(record, "Ana Brill")
    done = "Ana Brill: has no second factor any more\n"
    assert do("second-factor", "Ana Brill", "--off") == done
    assert "second factor" not in do("list") and not signed_in(record, "Ana Brill")
    assert do("second-factor", "Ana Brill", "--off") == "Ana Brill: has no second factor\n"
    with pytest.raises(InputError, match="has no account"):
        do("second-factor", "Lee", "--off")


@pytest.mark.usefixtures("record", "loggers")
def test_what_a_command_did_is_in_the_log() -> None:
    acts = (("add", "Ana"), ("role", "Ana", "analyst"), ("disable", "Ana"), ("disable", "Ana", "--enable"))
    said = ["--log", "json", "user"]
    done = [CliRunner().invoke(cli.app, [*said, *act], input=f"{PASSWORD}\n") for act in acts]
    told = [json.loads(each.stderr) for each in done]
    assert [each["event"] for each in told] == [
        "account-made",
        "role-changed",
        "account-disabled",
        "account-enabled",
    ]
    assert {(each["account_name"], each["by"]) for each in told} == {("Ana", "command")}
    assert (told[1]["was"], told[1]["role"]) == ("reader", "analyst")
    assert not any(PASSWORD in each.output for each in done)
