"""``dateline export`` and ``dateline import``, as they are typed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from exported import courier, tied, wire
from logs import article, read, report
from typer.testing import CliRunner, Result

from dateline.cli import app
from dateline.errors import RecordError
from dateline.export.command import known
from dateline.record.record import Record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("command") / "record.sqlite"
    with Record.open(path, create=True) as made:
        made.add(wire())
        made.add(courier())
        made.decide(tied())
        local = article("https://apnews.com/post", "A raid.", publisher="AP", published="2024-03-20")
        made.add(read(local, [report("A raid.", "raid", "A", "PROTEST")]))
    yield path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_is_written_and_counted(record: Path, tmp_path: Path) -> None:
    done = run("export", tmp_path / "out.csv", "--record", record)
    assert (done.exit_code, done.output) == (0, "3 incidents\n")
    assert [row["source_scales"] for row in rows(tmp_path / "out.csv")] == [
        "1 wire",
        "2 unknown",
        "1 unknown",
    ]
    done = run("export", tmp_path / "out.csv", "--record", record, "--view", "claims", "--raw")
    assert done.output == "5 claims\n"


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["--since", "2024-03-18"], 1),
        (["--until", "2024-03-15"], 2),
        (["--place", "merovar"], 1),
        (["--actor", "front"], 1),
        (["--type", "PROTEST"], 1),
        (["--status", "negated"], 1),
        (["--query", "army shelled"], 1),
        (["--as-of", "2024-03-12"], 2),
        (["--recorded", "2020-01-01"], 0),
        (["--best", "lowest"], 3),
        (["--columns", "ucdp"], 3),
    ],
)
def test_options_choose(record: Path, tmp_path: Path, options: list[str], count: int) -> None:
    done = run("export", tmp_path / "out.csv", "--record", record, *options)
    assert done.output == f"{count} incidents\n"
    assert len(rows(tmp_path / "out.csv")) == count


def test_a_log_goes_round(record: Path, tmp_path: Path) -> None:
    exported = run("export", tmp_path / "log.jsonl", "--record", record)
    imported = run("import", tmp_path / "log.jsonl", "--record", tmp_path / "copy.db")
    assert exported.output == imported.output
    assert exported.output.startswith("4 entries, digest ")
    again = run("import", tmp_path / "log.jsonl", "--record", tmp_path / "copy.db")
    assert isinstance(again.exception, RecordError) and "has entries already" in str(again.exception)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--view", "events"], "'events' is not one of"),
        (["--columns", "gdelt"], "'gdelt' is not one of"),
        (["--since", "March"], "'March' is no day; write it as"),
        (["--best", "mean"], "'mean' is not one of"),
        (["--type", "RAID"], "'RAID' is no event type; choose one of AGREE"),
    ],
)
def test_wrong_usage_is_told(record: Path, tmp_path: Path, options: list[str], told: str) -> None:
    done = run("export", tmp_path / "out.csv", "--record", record, *options)
    assert done.exit_code == 2
    assert told in " ".join(done.output.replace("│", " ").split())


def test_the_record_itself_and_a_missing_one_are_refused(record: Path, tmp_path: Path) -> None:
    done = run("export", record, "--record", record)
    assert isinstance(done.exception, RecordError) and "is the record itself" in str(done.exception)
    done = run("export", tmp_path / "out.csv", "--record", tmp_path / "none.db")
    assert isinstance(done.exception, RecordError) and "there is no record" in str(done.exception)


def test_publishers_of_the_user_go_over_ours(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text(
        "domain\tname\tcountry\tzone\tscale\tsource\napnews.com\tAP\tUSA\tUTC\tlocal\tmine\n", "utf-8"
    )
    assert (known(None).scale("apnews.com"), known(table).scale("www.apnews.com")) == ("wire", "local")
    assert (known(None).scale("nowhere.example"), known(None).country("XMV")) == (None, None)
    assert known(None).country("JOR") == "Jordan"
