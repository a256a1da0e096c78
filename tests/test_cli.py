"""The command: options, lines on standard error, exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from readings import ARTICLE, ATTRIBUTIONS, EVENTS
from typer.testing import CliRunner, Result

from dateline import __version__, cli
from dateline.errors import InputError, ModelError, SkippedInput
from dateline.pipeline import Item, Options, Read
from dateline.show import jsonl
from dateline.types import Article, Page, Reading

seen: list[Options] = []


def fake_inputs(inputs: Sequence[str], *_: object, **__: object) -> Iterator[Page | Article | InputError]:
    for name in inputs:
        if name == "gone.html":
            yield InputError(name, "is not there", "check the name")
        else:
            yield replace(ARTICLE, id=name)


@contextmanager
def fake_pipeline(options: Options) -> Iterator[Read]:
    seen.append(options)

    def read(item: Item) -> Reading:
        assert isinstance(item, Article)
        if item.id == "french.html":
            raise SkippedInput(item.id, "skipped, as its language is 'fr'", "use --any-language")
        if item.id == "model.html":
            raise ModelError("reader.onnx: is missing; install dateline again")
        return Reading(item, "fake", attributions=ATTRIBUTIONS, events=EVENTS)

    yield read


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    files = ModuleType("dateline.ingest.files")
    files.open_inputs = fake_inputs  # type: ignore[attr-defined]
    files.size_of = len  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dateline.ingest.files", files)
    monkeypatch.setattr("dateline.pipeline.pipeline", fake_pipeline)
    seen.clear()
    yield CliRunner()


def invoke(run: CliRunner, *arguments: str) -> Result:
    return run.invoke(cli.app, ["read", *arguments])


def test_readings_are_told_in_input_order(run: CliRunner) -> None:
    result = invoke(run, "a.html", "b.html")
    assert result.exit_code == 0
    assert result.stdout.count("6 event reports") == 2
    assert result.stderr == ""


def test_json_lines_are_one_object_an_article(run: CliRunner) -> None:
    result = invoke(run, "--jsonl", "a.html", "b.html")
    readings = [jsonl.decode(json.loads(line)) for line in result.stdout.splitlines()]
    assert [reading.article.id for reading in readings] == ["a.html", "b.html"]


def test_a_failed_input_is_one_line_and_status_1(run: CliRunner) -> None:
    result = invoke(run, "--jsonl", "gone.html", "a.html")
    assert result.stderr == "dateline: gone.html: is not there; check the name\n"
    assert len(result.stdout.splitlines()) == 1
    assert result.exit_code == 1


@pytest.mark.parametrize(("inputs", "status"), [(["french.html", "a.html"], 0), (["french.html"], 1)])
def test_a_language_skip_is_said_and_fails_only_when_nothing_is_read(
    run: CliRunner, inputs: list[str], status: int
) -> None:
    result = invoke(run, *inputs)
    assert result.stderr == "dateline: french.html: skipped, as its language is 'fr'; use --any-language\n"
    assert result.exit_code == status


def test_a_missing_model_ends_it(run: CliRunner) -> None:
    assert isinstance(invoke(run, "model.html").exception, ModelError)


def test_options_reach_the_pipeline(run: CliRunner) -> None:
    invoke(
        run, "a.html", "--published", "2031-05-04T18:30:00+02:00", "--any-language", "--min-confidence", "0.5"
    )
    assert seen == [Options("2031-05-04T18:30:00+02:00", True, 0.5, None)]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["a.html", "--published", "4 May 2031"], "is not an ISO 8601 date or time"),
        (["a.html", "--published", "2031-02-30"], "there is no day 2031-02-30"),
        (["a.html", "--published", "2031-05-04T18:30 CEST"], "the zone 'CEST' is unknown"),
        (["a.html", "--published", "2031-05-04T18:30:00+99:00"], "the zone '+99:00' is unknown"),
        (["a.html", "--published", "2031-05-04T27:30"], "there is no such time"),
        (["a.html", "--published", "0031-05-04"], "is of the year 31; give one from 1600"),
        (["a.html", "--places", "no/such.tsv"], "does not exist"),
        (["a.html", "--jobs", "0"], "Invalid value for '--jobs'"),
        (["a.html", "--min-confidence", "1.5"], "Invalid value for '--min-confidence'"),
        (["a.html", "--html", "no/such/folder/page.html"], "there is no folder"),
        ([], "Missing argument"),
    ],
)
def test_wrong_usage_is_status_2(run: CliRunner, arguments: list[str], reason: str) -> None:
    result = invoke(run, *arguments)
    assert result.exit_code == 2
    assert reason in " ".join(result.stderr.replace("│", " ").split())
    assert seen == []


def test_own_tables_reach_the_pipeline_and_a_bad_one_is_told_first(
    run: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    actors = tmp_path / "actors.tsv"
    actors.write_text("no\tsuch\tcolumns\n")
    result = invoke(run, "a.html", "--actors", str(actors))
    assert isinstance(result.exception, InputError) and str(actors) in str(result.exception)
    assert seen == []
    checked: list[Options] = []
    monkeypatch.setattr("dateline.pipeline.check", checked.append)
    tables = ("--places", str(actors), "--actors", str(actors), "--publishers", str(actors))
    assert invoke(run, "a.html", *tables).exit_code == 0
    assert seen == checked == [Options(places=(actors,), tables=(actors, actors))]


def test_a_page_is_written_beside_what_is_shown(run: CliRunner, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = invoke(run, "a.html", "b.html", "--html", str(page))
    assert result.exit_code == 0 and result.stdout.count("6 event reports") == 2
    assert "2 articles, 12 event reports" in page.read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_an_error() -> None:
    with pytest.raises(InputError, match=r"^/dev/full: cannot be written"):
        cli._write(Path("/dev/full"), [Reading(ARTICLE, "fake")])


CLOSED_PIPE = """
import sys
from dateline import cli, pipeline
from test_cli import ModuleType, fake_inputs, fake_pipeline
sys.modules["dateline.ingest.files"] = files = ModuleType("files")
files.open_inputs, files.size_of, pipeline.pipeline = fake_inputs, len, fake_pipeline
sys.argv = ["dateline", "read", *OPTIONS, *(f"{n}.html" for n in range(300))]
cli.main()
"""


@pytest.mark.parametrize("options", [[], ["--jsonl"]])
def test_a_closed_pipe_ends_quietly(options: list[str]) -> None:
    code = CLOSED_PIPE.replace("OPTIONS", str(options))
    path = os.pathsep.join(sys.path)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_schema_and_version_are_printed() -> None:
    run = CliRunner()
    assert json.loads(run.invoke(cli.app, ["schema"]).stdout)["title"] == jsonl.SCHEMA
    assert run.invoke(cli.app, ["--version"]).stdout == f"dateline {__version__}\n"


def test_every_command_explains_itself() -> None:
    run = CliRunner()
    for command in ("read", "evaluate", "schema"):
        result = run.invoke(cli.app, [command, "--help"])
        assert result.exit_code == 0 and command in result.stdout
    assert "Exit status" in run.invoke(cli.app, ["read", "--help"]).stdout


def test_errors_are_one_harmless_line(capsys: pytest.CaptureFixture[str]) -> None:
    cli.say(InputError("a\nb\x1b[31m.html", "is odd", "rename it"))
    assert capsys.readouterr().err == "dateline: a b␛[31m.html: is odd; rename it\n"


def test_the_command_starts_without_the_readers_libraries() -> None:
    heavy = {"numpy", "onnxruntime", "tokenizers", "trafilatura", "lxml"}
    code = f"import sys, dateline.cli; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
