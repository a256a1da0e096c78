from __future__ import annotations

from pathlib import Path

import pytest
import typer
from test_annotation_command import put
from test_notation import NOTE
from typer.testing import CliRunner

from dateline.annotation import command, steps
from dateline.errors import GoldError

APP = typer.Typer()
APP.command()(command.annotation)


def test_two_annotators_are_compared_as_the_reader_is(tmp_path: Path) -> None:
    one = put(tmp_path / "one.jsonl", NOTE)
    fewer = {**NOTE, "events": NOTE["events"][:1], "incidents": {"A": NOTE["incidents"]["A"]}}
    other = put(tmp_path / "other.jsonl", fewer, {**NOTE, "id": "a2"})
    evaluation = steps.agreement([one, other])
    assert evaluation.documents == 1
    assert evaluation.figures["event"]["f1"] == pytest.approx(200 / 3)
    assert not any(name.startswith("confidence") for name in evaluation.figures)
    shown = CliRunner().invoke(APP, ["agree", str(one), str(other)]).stdout
    assert f"agreement: 1 documents of {one}, {other}" in shown.replace("\n", "")


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    one = put(tmp_path / "one.jsonl", NOTE)
    with pytest.raises(GoldError, match="two files are compared; give one of each annotator"):
        steps.agreement([one])
    with pytest.raises(GoldError, match="no article is in both"):
        steps.agreement([one, put(tmp_path / "other.jsonl", NOTE | {"id": "a2"})])
    with pytest.raises(GoldError, match=r"'March' is no day.* run annotation check"):
        steps.agreement([one, put(tmp_path / "other.jsonl", NOTE | {"published": "March"})])
