from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from databases import Cluster
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from dateline.errors import RecordError
from dateline.record import engine as engines
from dateline.record.engine import has_wal_fault, open_engine, retrying, writing


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 2)])
def test_versions_with_the_wal_fault(version: tuple[int, ...]) -> None:
    assert has_wal_fault(version)


@pytest.mark.parametrize("version", [(3, 6, 23), (3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 4)])
def test_versions_without(version: tuple[int, ...]) -> None:
    assert not has_wal_fault(version)


def pragma(engine: Any, name: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(text(f"PRAGMA {name}")).scalar_one()


def test_a_file_is_kept_safe(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "record.db", create=True)
    assert pragma(engine, "synchronous") == 2
    assert pragma(engine, "foreign_keys") == 1
    assert pragma(engine, "busy_timeout") == 60_000
    with engine.connect() as connection:
        version = tuple(map(int, connection.execute(text("SELECT sqlite_version()")).scalar_one().split(".")))
    assert pragma(engine, "journal_mode") == ("delete" if has_wal_fault(version) else "wal")
    engine.dispose()


def test_a_faulty_sqlite_goes_without_wal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(engines, "has_wal_fault", lambda _: True)
    with caplog.at_level(logging.WARNING):
        engine = open_engine(tmp_path / "record.db", create=True)
    assert "can lose writes in WAL mode" in caplog.text
    assert pragma(engine, "journal_mode") == "delete"
    engine.dispose()


def test_without_pysqlite3_it_is_python_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(engines, "importlib", SimpleNamespace(import_module=missing))
    assert engines.sqlite_module().__name__ == "sqlite3"


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("gone.db", "gone.db: there is no record; make one with dateline add"),
        ("mysql://host/name", "is kept in SQLite or PostgreSQL"),
        ("://", "is no database URL"),
    ],
)
def test_what_cannot_be_opened_is_said(target: str, reason: str) -> None:
    with pytest.raises(RecordError, match=reason):
        open_engine(target, create=False)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no folder"):
        open_engine(tmp_path / "no" / "record.db", create=True)


def test_a_url_of_sqlite_is_a_file(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/record.db", create=True)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE kept (one INTEGER)"))
    assert (tmp_path / "record.db").is_file()
    engine.dispose()


def test_a_server_compiles_no_queries(postgresql: Cluster) -> None:
    with postgresql.database() as url:
        engine = open_engine(url, create=False)
        with engine.connect() as connection:
            assert connection.execute(text("SHOW jit")).scalar_one() == "off"
        engine.dispose()


def test_half_a_transaction_is_nothing(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "record.db", create=True)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE kept (one INTEGER)"))
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:
        connection.execute(text("INSERT INTO kept VALUES (1)"))
        1 / 0  # noqa: B018
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM kept")).scalar_one() == 0
    engine.dispose()


def failing(reasons: list[str]) -> Any:
    def act() -> str:
        if reasons:
            raise OperationalError("BEGIN", {}, Exception(reasons.pop(0)))
        return "done"

    return act


def test_a_busy_database_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "time", SimpleNamespace(sleep=lambda _: None, monotonic=lambda: 0))
    assert retrying(failing(["database is locked", "deadlock detected"])) == "done"


@pytest.mark.parametrize(
    ("reason", "remedy"),
    [
        ("database disk image is malformed", "dateline salvage"),
        ("database or disk is full", "make room and run the command again"),
        ("something else", "the record: something else$"),
    ],
)
def test_other_complaints_are_told_with_a_remedy(reason: str, remedy: str) -> None:
    with pytest.raises(RecordError, match=remedy):
        retrying(failing([reason]))


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE_SECONDS", -1)
    with pytest.raises(RecordError, match="another process holds it"):
        retrying(failing(["database is locked"]))
