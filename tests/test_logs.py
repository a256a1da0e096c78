from __future__ import annotations

import json
import logging

import pytest

from dateline import cli, logs
from dateline.errors import InputError

log = logging.getLogger("dateline.invented")

pytestmark = pytest.mark.usefixtures("loggers")


def test_a_line_is_an_object_with_what_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    log.info("kept %s", "a1", extra={"article": "a1", "reports": 3})
    try:
        raise ValueError("odd")
    except ValueError:
        log.exception("broke\nhere")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    time = first.pop("time")
    assert time.endswith("+00:00") and first == {
        "level": "info",
        "logger": "dateline.invented",
        "message": "kept a1",
        "article": "a1",
        "reports": 3,
    }
    assert second["message"] == "broke\nhere" and "ValueError: odd" in second["traceback"]


def test_people_are_told_warnings_alone(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    logs.configure("text")
    log.info("kept")
    log.warning("the disk is slow")
    assert capsys.readouterr().err == "dateline: the disk is slow\n"
    assert not logs.structured()


def test_a_refusal_is_an_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    cli.say(InputError("a.html", "is odd", "rename it"))
    told = json.loads(capsys.readouterr().err)
    assert told["level"] == "error" and told["message"] == "a.html: is odd; rename it"
    assert (told["input"], told["reason"], told["remedy"]) == ("a.html", "is odd", "rename it")
