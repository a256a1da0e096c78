"""Tables written to files of each format."""

from __future__ import annotations

import csv
import importlib.util
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exported import POST
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import RecordError
from dateline.export import writers
from dateline.export.columns import Cell, Column, Type
from dateline.export.writers import FORMULA, WRITERS, Table, write

TYPES: tuple[Type, ...] = ("text", "integer", "real", "boolean")
NAMES = ("words", "count", "share", "so")
Row = tuple[Cell, ...]


def table(rows: list[Row], raw: bool = False) -> Table[Row]:
    """Four columns, one of each type; a row with a count has a place."""

    def column(place: int) -> Column[Row]:
        return Column(NAMES[place], lambda row: row[place], TYPES[place])

    return Table("rows", [*map(column, range(4))], iter(rows), lambda row: POST if row[1] else None, raw)


ROWS: list[Row] = [("=SUM(A1)", 1, -0.5, True), ("“a, b”\nc", None, None, False), (None, -7, 2.0, None)]
INSTALLED = importlib.util.find_spec("pyarrow") is not None
SUFFIXES = [suffix for suffix in WRITERS if suffix != ".parquet" or INSTALLED]


def read(path: Path) -> list[tuple[Any, ...]]:
    """The rows of a file of any format but CSV, which has texts alone."""
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return [tuple(row.values()) for row in parquet.read_table(path).to_pylist()]
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT * FROM rows").fetchall()
        return [(*row[:3], None if row[3] is None else bool(row[3])) for row in rows]
    text = path.read_text("utf-8")
    if path.suffix == ".geojson":
        return [tuple(feature["properties"].values()) for feature in json.loads(text)["features"]]
    return [tuple(json.loads(line).values()) for line in text.split("\n")[:-1]]


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix != ".csv"])
def test_what_is_written_is_read_again(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix.upper()}"
    assert write(table(ROWS), path) == 3
    assert read(path.rename(tmp_path / f"in{suffix}")) == ROWS
    assert write(table([]), path) == 0
    assert read(path.rename(tmp_path / f"in{suffix}")) == []


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_rows_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    one, other = tmp_path / f"one{suffix}", tmp_path / f"other{suffix}"
    write(table(ROWS), one)
    write(table(ROWS), other)
    assert one.read_bytes() == other.read_bytes()


def test_csv_guards_texts_and_leaves_numbers(tmp_path: Path) -> None:
    write(table(ROWS), tmp_path / "out.csv")
    lines = ["words,count,share,so", "'=SUM(A1),1,-0.5,true", '"“a, b”\nc",,,false', ",-7,2.0,", ""]
    told = "\r\n".join(lines)
    assert (tmp_path / "out.csv").read_bytes() == told.encode()
    write(table(ROWS, raw=True), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == told.replace("'=", "=").encode()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text() | st.sampled_from(FORMULA), max_size=4))
def test_no_text_of_csv_begins_like_a_formula(tmp_path: Path, texts: list[str]) -> None:
    rows: list[Row] = [(text, -1, -0.5, True) for text in texts]
    write(table(rows), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = [row[0] for row in csv.reader(file)][1:]
    kept = [text.replace("\x00", "") for text in texts]
    assert found == [f"'{text}" if text[:1] in tuple(FORMULA) else text for text in kept]


def test_geojson_has_a_point_or_null(tmp_path: Path) -> None:
    write(table(ROWS), tmp_path / "out.geojson")
    told = json.loads((tmp_path / "out.geojson").read_text("utf-8"))
    assert told["type"] == "FeatureCollection"
    point = {"type": "Point", "coordinates": [-21.25, 44.5]}
    assert [feature["geometry"] for feature in told["features"]] == [point, None, point]
    with pytest.raises(RecordError, match="rows have no places; export incidents or claims as GeoJSON"):
        write(replace(table(ROWS), place=None), tmp_path / "out.geojson")


@pytest.mark.parametrize("name", ["out", "out.xlsx", ".csv"])
def test_an_unknown_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match=r"names no format; choose one of \.csv, \.parquet"):
        write(table(ROWS), tmp_path / name)


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(writers.importlib, "import_module", missing)  # type: ignore[attr-defined]
    with pytest.raises(RecordError, match=r"Parquet needs pyarrow; .* 'dateline\[parquet\]'"):
        write(table(ROWS), tmp_path / "out.parquet")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_stays_as_it_was_until_all_is_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    path.write_text("before")

    def broken() -> Iterator[Row]:
        yield ROWS[0]
        raise RecordError("no more")

    with pytest.raises(RecordError, match="no more"):
        write(replace(table([]), items=broken()), path)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_text() == "before"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"none/out.csv: cannot be written \(No such file or directory\)"):
        write(table(ROWS), tmp_path / "none" / "out.csv")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_words_that_utf8_cannot_encode_are_replaced(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    assert write(table([("a\x00\ud800b\u2028", 1, 1.0, True)]), path) == 1
    if suffix != ".csv":
        assert read(path)[0][0] == "a?b\u2028"
