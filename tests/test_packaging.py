"""What is shipped to run Dateline as a service names commands and options that there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from dateline import cli

PACKAGING = Path(__file__).parents[1] / "packaging"
UNITS = sorted(PACKAGING.glob("*.service"))
COMMANDS = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]


def understood(arguments: list[str]) -> None:
    command = COMMANDS[arguments[0]]
    options = {name for parameter in command.params for name in parameter.opts}
    assert [each for each in arguments[1:] if each.startswith("--") and each not in options] == []


def test_there_are_units() -> None:
    assert [path.name for path in UNITS] == ["dateline-watch.service", "dateline.service"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_commands_that_there_are(path: Path) -> None:
    started = re.findall(r"^ExecStart(?:Pre)?=/opt/dateline/bin/dateline (.*)$", path.read_text(), re.M)
    assert len(started) == 2
    for line in started:
        understood(shlex.split(line))


def test_so_does_the_container() -> None:
    text = (PACKAGING / "Containerfile").read_text()
    lines = re.findall(r"^(?:CMD|HEALTHCHECK .* CMD) \[(.*)\]$", text, re.M)
    assert len(lines) == 2
    for line in lines:
        understood([part.strip(' "') for part in line.split(",") if part.strip(' "') != "dateline"])
