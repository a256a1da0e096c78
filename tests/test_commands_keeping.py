from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from logs import first_reading
from typer.testing import CliRunner

from dateline import cli
from dateline.errors import RecordError
from dateline.record.record import Record


def do(*arguments: object) -> str:
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    if isinstance(result.exception, RecordError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_record_is_backed_up_and_restored(target: str, tmp_path: Path) -> None:
    if "://" in target and not (shutil.which("pg_dump") and shutil.which("pg_restore")):
        pytest.skip("no pg_dump; on Debian: apt-get install postgresql-client")
    with Record.open(target) as record:
        record.add(first_reading())
    assert "bytes" in do("backup", tmp_path / "kept", "--record", target)
    with pytest.raises(RecordError, match="is there already"):
        do("backup", tmp_path / "kept", "--record", target)
    if "://" in target:
        with pytest.raises(RecordError, match=r"pg_restore: .*already exists.*; look at the URL"):
            do("restore", tmp_path / "kept", "--record", target)
    else:
        restored = do("restore", tmp_path / "kept", "--record", tmp_path / "new.db")
        assert restored.split()[1] == do("digest", "--record", target).strip()


def test_postgresql_s_tools_may_be_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RecordError, match="pg_dump: is missing; on Debian"):
        do("backup", tmp_path / "kept", "--record", "postgresql://host/name")


def test_salvage_says_what_came_through(tmp_path: Path, empty_file: Path) -> None:
    path = shutil.copy(empty_file, tmp_path / "record.db")
    with Record.open(path) as record:
        record.add(first_reading())
    assert "1 entries of the log whole, 0 with something lost" in do("salvage", path, tmp_path / "new.db")
