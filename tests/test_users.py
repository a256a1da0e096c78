"""``dateline user``."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from peopled import PASSWORD
from typer.testing import CliRunner

from dateline import cli
from dateline.errors import InputError
from dateline.record.record import Record
from dateline.site.people import accounts, sessions


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
