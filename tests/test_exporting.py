"""A record exported in each format, against files that were looked through by hand (tests/golden)."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from exported import KNOWN, courier, tied, wire

from dateline.errors import RecordError
from dateline.export.exporting import View, export_to, table_of
from dateline.export.foreign import SETS, Names
from dateline.export.views import Asked
from dateline.record.record import Record
from dateline.record.search import Wanted

GOLDEN = Path(__file__).with_name("golden")
VIEWS: tuple[View, ...] = ("incidents", "claims", "attributions", "articles")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("exporting") / "record.db", create=True) as made:
        made.add(wire())
        made.add(courier())
        made.decide(tied())
        yield made


def export(
    record: Record, file: Path, view: View = "incidents", names: Names = "own", asked: Asked | None = None
) -> int:
    return export_to(file, record, view, names, asked or Asked(), KNOWN, raw=False)


def golden_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / "incidents.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".geojson"])
def test_a_file_is_the_golden_one(record: Record, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"incidents{suffix}"
    assert export(record, file) == 2
    assert file.read_bytes() == (GOLDEN / file.name).read_bytes()


def test_a_database_is_the_golden_one(record: Record, tmp_path: Path) -> None:
    export(record, tmp_path / "incidents.sqlite")
    with closing(sqlite3.connect(tmp_path / "incidents.sqlite")) as connection:
        dumped = "\n".join(connection.iterdump()) + "\n"
    assert dumped == (GOLDEN / "incidents.sql").read_text("utf-8")


def test_parquet_has_the_golden_rows(record: Record, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="no pyarrow; pip install 'dateline[parquet]'")
    export(record, tmp_path / "incidents.parquet")
    assert parquet.read_table(tmp_path / "incidents.parquet").to_pylist() == golden_rows()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_written(record: Record, tmp_path: Path, view: View) -> None:
    written = export(record, tmp_path / "out.csv", view)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert header == table_of(record, view, "own", Asked(), KNOWN).names
    assert len(rows) == written == {"incidents": 2, "claims": 4, "attributions": 2, "articles": 2}[view]


@pytest.mark.parametrize("names", SETS)
def test_every_set_of_columns_can_be_written(record: Record, tmp_path: Path, names: Names) -> None:
    assert export(record, tmp_path / "out.jsonl", names=names) == 2
    first = json.loads((tmp_path / "out.jsonl").read_text("utf-8").splitlines()[0])
    assert list(first) == [column.name for column in SETS[names]]


def test_what_is_asked_is_exported(record: Record, tmp_path: Path) -> None:
    asked = Asked(Wanted(actor="gunmen"))
    assert export(record, tmp_path / "out.csv", "claims", asked=asked) == 3
    assert export(record, tmp_path / "out.csv", asked=Asked(Wanted(place="nowhere"))) == 0
    assert export(record, tmp_path / "out.csv", asked=Asked(as_of="2024-03-12")) == 2


@pytest.mark.parametrize(
    ("name", "view", "names", "asked", "told"),
    [
        ("out.csv", "claims", "ucdp", Asked(), "claims have no columns like those of ucdp"),
        ("out.geojson", "articles", "own", Asked(), "articles have no places"),
        ("out.csv", "log", "own", Asked(), "give the file the suffix .jsonl"),
        ("out.jsonl", "log", "acled", Asked(), "name a --view to choose from it"),
        ("out.jsonl", "log", "own", Asked(Wanted(place="Orlin")), "name a --view to choose from it"),
        ("out.doc", "incidents", "own", Asked(), "its suffix names no format"),
    ],
)
def test_what_cannot_be_is_refused(
    record: Record, tmp_path: Path, name: str, view: View, names: Names, asked: Asked, told: str
) -> None:
    with pytest.raises(RecordError, match=told):
        export(record, tmp_path / name, view, names, asked)
    assert list(tmp_path.iterdir()) == []


def test_the_log_is_written_whole(record: Record, tmp_path: Path) -> None:
    assert export(record, tmp_path / "log.jsonl", "log") == 3
