from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from post import START, mailbox, raid
from typer.testing import CliRunner

from dateline import cli
from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.subscribe import subscriptions


@pytest.fixture
def path(empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "record.db"
    copy.write_bytes(empty_file.read_bytes())
    with Record.open(copy) as record:
        with writing(record.engine) as connection:
            asked = subscriptions.ask_by_mail(connection, "ana@example.org", "", "once", START)
            subscriptions.confirm(connection, asked.id, START)
        record.add(raid(1))
    monkeypatch.setenv("DATELINE_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("DATELINE_SMTP_SECURITY", "none")
    monkeypatch.setenv("DATELINE_MAIL_FROM", "Dateline <news@site.example>")
    monkeypatch.setenv("DATELINE_RECORD", str(copy))
    return copy


def test_what_is_due_is_delivered_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mailbox() as box:
        monkeypatch.setenv("DATELINE_SMTP_PORT", str(box.port))
        told = [CliRunner().invoke(cli.app, ["deliver"]) for _ in range(2)]
        assert [each.stdout for each in told] == ["1 delivered, 0 failed\n", "0 delivered, 0 failed\n"]
        assert len(box.mails) == 1 and path.with_suffix(".secret").exists()
    with Record.open(path) as record:
        record.add(raid(2))
    failed = CliRunner().invoke(cli.app, ["deliver"])
    assert (failed.stdout, failed.exit_code) == ("0 delivered, 1 failed\n", 1)


def test_it_goes_on_until_it_is_told_to_stop(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with mailbox() as box:
        monkeypatch.setenv("DATELINE_SMTP_PORT", str(box.port))
        command = [sys.executable, "-m", "dateline", "deliver", "--every", "1", "--record", str(path)]
        with subprocess.Popen(command) as running:
            until = time.monotonic() + 120
            while not box.mails and time.monotonic() < until:
                time.sleep(0.05)
            running.send_signal(signal.SIGTERM)
            assert running.wait(60) == 0
        assert len(box.mails) == 1
