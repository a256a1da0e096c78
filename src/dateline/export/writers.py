"""Rows → a file, by its suffix. The same rows give the same bytes.

Rows are written one after another. The file is there when all of them are: until then they go to one
beside it, whose name ends in ".part".
"""

from __future__ import annotations

import csv
import importlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Generic, TypeVar

from dateline.errors import RecordError
from dateline.export.columns import Cell, Column
from dateline.record.appending import clean
from dateline.show.jsonl import dumped
from dateline.types import Place

T = TypeVar("T")
Rows = Iterator[tuple[Cell, ...]]

FORMULA = "=+-@\t\r\n"
"""What a spreadsheet takes a cell for a formula by, when it begins so."""
GROUP = 5_000
"""Rows in a group of a Parquet file."""


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """What is written: its name, its columns, what the rows are about, and where that is.

    ``place`` is null where rows have no place. ``raw`` leaves cells of CSV as they are; else one that a
    spreadsheet would take for a formula begins with an apostrophe.
    """

    name: str
    columns: Sequence[Column[T]]
    items: Iterable[T]
    place: Callable[[T], Place | None] | None = None
    raw: bool = False

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def row(self, item: T) -> tuple[Cell, ...]:
        """The cells of a row; texts are such that UTF-8 can encode them."""
        cells = (column.of(item) for column in self.columns)
        return tuple(clean(cell) if isinstance(cell, str) else cell for cell in cells)

    def rows(self) -> Rows:
        """The rows, one after another."""
        return map(self.row, self.items)


def write(table: Table[T], path: Path) -> int:
    """Write a table to a file of a suffix in ``WRITERS`` and give the number of its rows.

    Raises ``RecordError`` for another suffix, for a format that cannot take this table or is not
    installed, and when the file cannot be written.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise RecordError(f"{path}: its suffix names no format; choose one of {', '.join(WRITERS)}")
    return whole(path, lambda part: writer(table, part))


def whole(path: Path, writing: Callable[[Path], int]) -> int:
    """What a writing to a file beside gives, with that file put in place at its end, and only then."""
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        written = writing(part)
        part.replace(path)
    except OSError as error:
        raise RecordError(f"{path}: cannot be written ({error.strerror}); choose another file") from error
    finally:
        part.unlink(missing_ok=True)
    return written


def _csv(table: Table[T], path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.names)
        return _each(table.rows(), lambda row: writer.writerow([_cell(cell, table.raw) for cell in row]))


def _cell(cell: Cell, raw: bool) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"'{cell}" if not raw and isinstance(cell, str) and cell.startswith(tuple(FORMULA)) else cell


def _jsonl(table: Table[T], path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        return _each(table.rows(), lambda row: file.write(dumped(dict(zip(table.names, row, strict=True)))))


def _geojson(table: Table[T], path: Path) -> int:
    """A point for each row, with the radius among its columns; null for a row without a place."""
    place = table.place
    if place is None:
        raise RecordError(f"{path}: {table.name} have no places; export incidents or claims as GeoJSON")

    def feature(item: T) -> str:
        row = dict(zip(table.names, table.row(item), strict=True))
        where = place(item)
        point = where and {"type": "Point", "coordinates": [where.lon, where.lat]}
        return dumped({"type": "Feature", "geometry": point, "properties": row}).rstrip("\n")

    with path.open("w", encoding="utf-8", newline="") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        written = _each(
            enumerate(table.items), lambda item: file.write((",\n" if item[0] else "\n") + feature(item[1]))
        )
        file.write("\n]}\n")
    return written


def _sqlite(table: Table[T], path: Path) -> int:
    """One table of the view's name."""
    types = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "BOOLEAN"}
    columns = ", ".join(f'"{column.name}" {types[column.type]}' for column in table.columns)
    marks = ", ".join("?" * len(table.columns))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        insert = f'INSERT INTO "{table.name}" VALUES ({marks})'
        return _each(table.rows(), lambda row: connection.execute(insert, row))


def _parquet(table: Table[T], path: Path) -> int:
    arrow, parquet = _arrow(path)
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "real": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    schema = arrow.schema([(column.name, types[column.type]) for column in table.columns])
    rows, written = table.rows(), 0
    with parquet.ParquetWriter(path, schema) as writer:
        while group := list(islice(rows, GROUP)):
            columns = [list(cells) for cells in zip(*group, strict=True)]
            arrays = [arrow.array(cells, kind) for cells, kind in zip(columns, schema.types, strict=True)]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            written += len(group)
    return written


def _arrow(path: Path) -> tuple[Any, Any]:
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError as error:
        remedy = "install it with pip install 'dateline[parquet]'"
        raise RecordError(f"{path}: Parquet needs pyarrow; {remedy}") from error


def _each(items: Iterable[T], act: Callable[[T], object]) -> int:
    """How many items were acted upon."""
    done = 0
    for item in items:
        act(item)
        done += 1
    return done


Writer = Callable[[Table[Any], Path], int]

WRITERS: Mapping[str, Writer] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".geojson": _geojson,
    ".jsonl": _jsonl,
    ".sqlite": _sqlite,
}
"""Formats by suffix."""
