"""Readings as a table: rows, Arrow, pandas."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from readings import RESOLVED as READING
from readings import any_reading

from dateline.columnar import COLUMNS, rows, to_arrow, to_pandas
from dateline.errors import DatelineError
from dateline.types import Reading


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(any_reading())
def test_rows_have_all_columns_with_values_of_their_kinds(read: Reading) -> None:
    found = list(rows([read, read]))
    assert len(found) == 2 * len(read.events)
    for row in found:
        assert list(row) == list(COLUMNS)
        assert all(value is None or isinstance(value, (COLUMNS[name], int)) for name, value in row.items())
        assert read.article.text[row["trigger_start"] : row["trigger_end"]] == row["trigger"]  # type: ignore[misc]


def test_rows_stream() -> None:
    def endless() -> Any:
        while True:
            yield READING

    assert next(rows(endless()))["article"] == READING.article.id


def test_an_arrow_table_has_the_types_of_the_columns() -> None:
    pytest.importorskip("pyarrow", reason="needs the parquet extra")
    table = to_arrow([READING])
    assert table.num_rows == len(READING.events) and table.column_names == list(COLUMNS)
    kinds = {str: "string", int: "int64", float: "double"}
    assert {name: str(table.schema.field(name).type) for name in COLUMNS} == {
        name: kinds[kind] for name, kind in COLUMNS.items()
    }
    assert table.to_pylist() == list(rows([READING]))
    assert to_arrow([]).num_rows == 0


def test_pandas_is_given_records_columns_and_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in, as pandas is no dependency."""

    class Frame:
        def __init__(self, records: Sequence[Any]) -> None:
            self.records, self.types = records, dict[str, str]()

        @classmethod
        def from_records(cls, records: Sequence[Any], columns: Sequence[str]) -> Frame:
            assert list(columns) == list(COLUMNS)
            return cls(records)

        def astype(self, types: dict[str, str]) -> Frame:
            self.types = types
            return self

    monkeypatch.setitem(sys.modules, "pandas", SimpleNamespace(DataFrame=Frame))
    frame = to_pandas([READING])
    assert frame.records == list(rows([READING]))
    assert (frame.types["killed_low"], frame.types["lat"], frame.types["type"]) == (
        "Int64",
        "float64",
        "string",
    )


@pytest.mark.parametrize(("module", "function"), [("pyarrow", to_arrow), ("pandas", to_pandas)])
def test_what_is_not_installed_is_told(module: str, function: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(DatelineError, match=f"{module}: is not installed; pip install"):
        function([])
