from __future__ import annotations

import pytest
from logs import first_reading
from test_relinking import READINGS, Similar
from typer.testing import CliRunner

from dateline import cli, pipeline
from dateline.record.record import Record


def test_relink_says_what_it_did(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "linker", Similar)
    with Record.open(target) as record:
        for reading in READINGS:
            record.add(reading)
    first = CliRunner().invoke(cli.app, ["relink", "--record", target]).stdout
    again = CliRunner().invoke(cli.app, ["relink", "--record", target]).stdout
    told, digest = first.strip().split("; ")
    assert told.startswith("12 articles: ") and not told.startswith("12 articles: 0 new")
    assert again.strip() == f"12 articles: 0 new decisions, 0 withdrawn; {digest}"


def test_the_shipped_linker_links_anew(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
    result = CliRunner().invoke(cli.app, ["relink", "--record", target])
    assert result.exit_code == 0 and result.stdout.startswith("1 article: 0 new decisions, 0 withdrawn; ")
