from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from dateline import logs
from dateline.cli import app
from dateline.errors import RecordError
from dateline.site.settings import SiteSettings


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the server was started with, and an environment that the command may change."""
    started: list[dict[str, Any]] = []
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(uvicorn, "run", lambda app, **options: started.append({"app": app, **options}))
    return started


def serve(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["serve", *arguments])


def test_every_worker_finds_the_settings_in_the_environment(
    ran: list[dict[str, Any]], empty_file: Path
) -> None:
    asked = ("--port", "8080", "--workers", "2", "--indexed", "--require-second-factor")
    done = serve("--record", str(empty_file), *asked)
    assert done.exit_code == 0, done.output
    (started,) = ran
    assert started["workers"] == 2
    assert (started["host"], started["port"]) == ("127.0.0.1", 8080)
    settings = SiteSettings.of(os.environ)
    told = SiteSettings(record=str(empty_file), base_url="http://127.0.0.1:8080", indexed=True)
    assert settings == replace(told, require_second_factor=True)


@pytest.mark.usefixtures("loggers")
def test_every_worker_logs_in_the_form_that_was_asked_for(
    ran: list[dict[str, Any]], empty_file: Path
) -> None:
    done = CliRunner().invoke(app, ["--log", "json", "serve", "--record", str(empty_file)])
    assert done.exit_code == 0 and ran
    logs.configure("text")
    logs.configure_worker()
    assert logs.structured()
    CliRunner().invoke(app, ["--log", "text", "serve", "--record", str(empty_file)])
    logs.configure_worker()
    assert not logs.structured()


def test_the_address_of_readers_can_be_told(ran: list[dict[str, Any]], empty_file: Path) -> None:
    serve("--record", str(empty_file), "--base-url", "https://record.example.org/", "--show-text", "full")
    settings = SiteSettings.of(os.environ)
    assert (settings.base_url, settings.show_text) == ("https://record.example.org", "full")
    assert ran


def test_a_record_that_is_not_there_is_said_before_anything_starts(
    ran: list[dict[str, Any]], tmp_path: Path
) -> None:
    done = serve("--record", str(tmp_path / "none.db"))
    assert isinstance(done.exception, RecordError)
    assert not ran
