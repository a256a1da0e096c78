"""Progress by bytes, on a terminal's standard error alone."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator

import pytest

from dateline.commands.progress import Meter, counted


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_things_and_bytes_are_counted_and_standard_output_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "stdout", out := io.StringIO())
    monkeypatch.setattr(sys, "stderr", err := Terminal())
    meter = Meter(300)

    def things() -> Iterator[str]:
        for _ in range(3):
            meter.passed(50)
            yield "fake"

    for thing in counted(things(), meter):
        print(thing)
    assert out.getvalue() == "fake\n" * 3
    assert "3 read" in err.getvalue() and "50 %" in err.getvalue()


def test_without_a_size_there_is_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", err := Terminal())
    assert list(counted("ab", Meter())) == ["a", "b"]
    assert "2 read" in err.getvalue() and "%" not in err.getvalue()


@pytest.mark.parametrize(("seen", "error"), [(Terminal, Terminal), (io.StringIO, io.StringIO)])
def test_nothing_is_told_where_nobody_looks(
    seen: type[io.StringIO], error: type[io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", seen())
    monkeypatch.setattr(sys, "stderr", err := error())
    assert list(counted("ab", Meter(10))) == ["a", "b"]
    assert err.getvalue() == ""
