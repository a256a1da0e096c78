"""``dateline batch`` as it is typed: once with the real reader, else with one that is faked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from archives import html, news, zipped
from logs import first_reading
from typer.testing import CliRunner, Result

from dateline import cli
from dateline.errors import InputError, SkippedInput
from dateline.pipeline import Item, Options, Read
from dateline.record.record import Record
from dateline.scale import executors
from dateline.scale.shards import Answer, Share, answer
from dateline.show.jsonl import Printed
from dateline.types import Page


@contextmanager
def fake_pipeline(_: Options) -> Iterator[Read]:
    def read(item: Item) -> object:
        if isinstance(item, Printed):
            return item.reading()
        assert isinstance(item, Page)
        if "refuse" in item.address:
            raise InputError(item.address, "no article was found", "give another")
        if "skip" in item.address:
            raise SkippedInput(item.address, "in French", "use --any-language")
        return first_reading(f"https://pages.example/{Path(item.address).name}")

    yield read  # type: ignore[misc]


class Here(executors.Local):
    """Reads in this process, so that the faked pipeline is taken."""

    def submit(self, share: Share) -> None:
        self.share = share

    def completed(self) -> tuple[Share, Answer | None]:
        with self._start.args[0]() as read:
            return self.share, answer(read, self.share)

    def room(self) -> int:
        return 1


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> CliRunner:
    monkeypatch.setattr("dateline.pipeline.pipeline", fake_pipeline)
    monkeypatch.setattr("dateline.scale.executors.Local", Here)
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in ("a", "b", "refuse", "skip"):
        (tmp_path / f"in/{name}.html").write_text(f"<p>{name}")
    return CliRunner()


def invoke(run: CliRunner, *arguments: str) -> Result:
    return run.invoke(cli.app, ["batch", "in", "--out", "out", "--shard", "3", *arguments])


def test_shards_are_told_and_at_the_end_the_digest(run: CliRunner) -> None:
    done = invoke(run)
    first, second, last = done.stdout.splitlines()
    assert first.startswith("done    ") and first.endswith("2 read, 1 failed")
    assert second.endswith("0 read, 1 skipped")
    assert last.startswith("2 shards: 2 read, 1 skipped, 1 failed; digest ")
    assert "in/refuse.html: no article was found; give another" in done.stderr
    assert done.exit_code == 1
    again = invoke(run)
    assert [line.split()[0] for line in again.stdout.splitlines()] == ["before", "before", "2"]
    assert again.stdout.splitlines()[-1] == last


def test_a_record_is_filled_besides(run: CliRunner) -> None:
    Path("in/refuse.html").unlink()
    done = invoke(run, "--record", "record.db")
    assert done.exit_code == 0, done.output
    assert [line.split("  ")[-1] for line in done.stdout.splitlines() if line.startswith("added")] == [
        "2 articles: 2 new"
    ]
    again = invoke(run, "--record", "record.db")
    assert "2 articles: 2 known" in again.stdout
    with Record.open("record.db") as record:
        (first, second) = [entry.citation.article for entry in record.entries() if entry.citation]
        assert record.page_of(first) == b"<p>a" and record.page_of(second) == b"<p>b"


def test_the_shards_of_a_folder_are_added_by_add(run: CliRunner) -> None:
    invoke(run)
    added = run.invoke(cli.app, ["add", "out", "--record", "record.db"])
    assert added.stdout.splitlines()[-1] == "2 articles: 2 new"


def test_shards_of_other_inputs_are_told(run: CliRunner, caplog: pytest.LogCaptureFixture) -> None:
    invoke(run)
    Path("in/a.html").write_text("<p>another")
    done = invoke(run)
    assert "out holds 1 shard of other inputs or code" in done.stderr + caplog.text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--executor", "dask"], "--executor dask and --scheduler ADDRESS go together"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--executor dask and --scheduler ADDRESS go together"),
    ],
)
def test_dask_and_its_scheduler_go_together(run: CliRunner, arguments: list[str], told: str) -> None:
    done = invoke(run, *arguments)
    assert done.exit_code == 2 and told in " ".join(done.stderr.replace("│", " ").split())


def test_with_the_real_reader_an_archive_comes_to_one_digest_in_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("news.warc.gz").write_bytes(b"".join(zipped(news(range(3)))))
    Path("four.html").write_bytes(html(4))
    digests = []
    for out, *more in (("one", "--jobs", "1"), ("two", "--jobs", "2", "--shard", "1")):
        done = CliRunner().invoke(cli.app, ["batch", "news.warc.gz", "four.html", "--out", out, *more])
        assert done.exit_code == 0, done.output
        digests.append(done.stdout.split()[-1])
    assert digests[0] == digests[1]
    lines = CliRunner().invoke(cli.app, ["read", "news.warc.gz", "four.html", "--jsonl"]).stdout.splitlines()
    assert len(lines) == 4 and json.loads(lines[0])["url"] == "https://news.example/0.html"
