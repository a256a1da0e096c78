from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import pytest
from logs import first_reading
from sqlalchemy import text

from dateline import checkup
from dateline.record import engine as engines
from dateline.record.engine import open_engine, writing
from dateline.record.record import Record
from dateline.record.upgrading import HEAD


def test_all_is_well_with_what_was_installed(target: str) -> None:
    found = {each.thing: each for each in checkup.findings(target)}
    assert all(each.well for each in found.values()), found
    assert found["record"].state.endswith(": sound, tables of " + HEAD)
    assert ("disk" in found) == ("://" not in target)


def test_a_changed_or_missing_file_of_the_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"a.onnx": "00", "b.onnx": "00"}')
    (tmp_path / "a.onnx").write_bytes(b"changed")
    found = checkup.of_model(tmp_path)
    assert found.state.endswith("not as it was made: a.onnx, b.onnx") and "install" in found.remedy
    (tmp_path / "manifest.json").write_text("{")
    assert "no manifest that can be read" in checkup.of_model(tmp_path).state


def test_a_missing_or_damaged_gazetteer_is_told(tmp_path: Path) -> None:
    assert "there is no gazetteer" in checkup.of_gazetteer(tmp_path / "none.sqlite").state
    (tmp_path / "noise.sqlite").write_bytes(b"noise" * 1000)
    assert not checkup.of_gazetteer(tmp_path / "noise.sqlite").well


def test_a_faulty_sqlite_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    old = SimpleNamespace(sqlite_version="3.45.0", sqlite_version_info=(3, 45, 0), __name__="sqlite3")
    monkeypatch.setattr(engines, "sqlite_module", lambda: old)
    found = checkup.of_sqlite()
    assert "3.45.0, sqlite3: can lose writes" in found.state and "pysqlite3" in found.remedy


def test_a_record_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    found = checkup.of_record(str(path))
    assert found.well and "none yet" in found.state and not path.exists()


def test_a_damaged_record_is_told(empty_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(empty_file, tmp_path / "record.db"))
    with Record.open(path) as record:
        record.add(first_reading())
    content = path.read_bytes()
    for damaged in (b"noise" * 4096, content[:-8192] + b"\xaa" * 8192):
        path.write_bytes(damaged)
        found = checkup.of_record(str(path))
        assert "dateline salvage" in found.remedy, found


@pytest.mark.parametrize(("revision", "well"), [("0001", True), ("9999", False)])
def test_tables_of_another_version_are_told_and_left(target: str, revision: str, well: bool) -> None:
    engine = open_engine(target, create=False)
    with writing(engine) as connection:
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
    found = checkup.of_record(target)
    assert found.well == well and revision in found.state
    engine.dispose()


def test_a_server_that_cannot_be_reached_is_told() -> None:
    found = checkup.of_record("postgresql://dateline@127.0.0.1:9/none")
    assert "refused" in found.state and "look whether the server runs" in found.remedy


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**10, 10**10 - 10**8, 10**8))
    found = checkup.of_disk(tmp_path / "record.db")
    assert found.state.endswith("0.1 GB free") and found.remedy == "make room"
    assert "no such folder" in checkup.of_disk(tmp_path / "none" / "record.db").state
