from __future__ import annotations

import json
from pathlib import Path

import typer
from test_notation import NOTE, TEXT
from typer.testing import CliRunner

from dateline.annotation import command, files
from dateline.evaluation import events

APP = typer.Typer()
APP.command()(command.annotation)


def put(path: Path, *articles: object) -> Path:
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path


def test_an_annotation_begins_with_numbered_sentences(tmp_path: Path) -> None:
    path = put(tmp_path / "articles.jsonl", {"id": "a1", "text": TEXT, "published": "2024-03-12"})
    result = CliRunner().invoke(APP, ["start", str(path)])
    assert files.objects(result.stdout).__next__()[1] == NOTE | {"events": [], "incidents": {}}


def test_what_was_read_can_be_filled_in_to_be_mended(tmp_path: Path) -> None:
    path = put(tmp_path / "mine.jsonl", NOTE)
    CliRunner().invoke(APP, ["check", str(path), "--to", str(tmp_path / "gold.jsonl")])
    for options, kept in (([], []), (["--filled"], NOTE["events"])):
        begun = CliRunner().invoke(APP, ["start", str(tmp_path / "gold.jsonl"), *options])
        assert json.loads(begun.stdout)["events"] == kept


def test_a_whole_annotation_becomes_gold(tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    result = CliRunner().invoke(APP, ["check", str(put(tmp_path / "mine.jsonl", NOTE)), "--to", str(out)])
    assert (result.exit_code, result.stdout) == (0, "1 articles, 2 event reports, 0 mistakes\n")
    assert [event.trigger.text for event in events.load(out)["a1"].events] == ["killed", "blamed"]


def test_an_annotation_with_mistakes_is_not_written(tmp_path: Path) -> None:
    out, path = tmp_path / "gold.jsonl", put(tmp_path / "mine.jsonl", NOTE | {"published": "March"})
    result = CliRunner().invoke(APP, ["check", str(path), "--to", str(out)])
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith(f"{path}:1: a1: published: 'March' is no day; write YYYY")
    assert result.stdout.splitlines()[-1] == "1 articles, 2 event reports, 1 mistakes"
    assert not out.exists()
