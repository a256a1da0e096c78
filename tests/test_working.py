from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from post import Clock, office

from dateline.errors import RecordError
from dateline.record.record import Record
from dateline.site.subscribe import working


def test_it_goes_on_after_an_error_until_it_is_told_to_stop(
    empty_file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, tries = Event(), []

    def deliver(_: object) -> None:
        tries.append(1)
        if len(tries) == 3:
            stop.set()
        raise RecordError("the record: is locked") if len(tries) > 1 else ValueError("a fault of ours")

    monkeypatch.setattr(working, "deliver", deliver)
    with Record.open(empty_file) as record:
        working.work(office(record, Clock()), stop, every=0.001)
    assert len(tries) == 3
    assert "the record: is locked" in caplog.text and "a fault of ours" in caplog.text


def test_it_works_beside_something_else(empty_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = Event()
    monkeypatch.setattr(working, "deliver", lambda _: began.set())
    with Record.open(empty_file) as record, working.at_work(office(record, Clock()), every=60):
        assert began.wait(10)
