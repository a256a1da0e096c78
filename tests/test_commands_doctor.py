from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from dateline import cli


def test_each_thing_has_a_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli.app, ["doctor", "--record", str(tmp_path / "record.db")])
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        ["ok", thing] for thing in ("model", "gazetteer", "sqlite", "record", "disk")
    ]
    assert result.exit_code == 0


def test_what_is_wrong_has_a_remedy_and_a_status(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(b"noise" * 4096)
    result = CliRunner().invoke(cli.app, ["doctor", "--record", str(path)])
    assert result.exit_code == 1 and "!!  record" in result.stdout and "dateline salvage" in result.stdout
    result = CliRunner().invoke(cli.app, ["doctor", "--json", "--record", str(path)])
    told = {found["thing"]: found for found in map(json.loads, result.stdout.splitlines())}
    assert told["record"]["remedy"] and not told["model"]["remedy"] and result.exit_code == 1
