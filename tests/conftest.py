"""What several test modules ask for: a record's place, in either database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import Cluster, cluster, server_programs

from dateline.record.record import Record


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A private PostgreSQL; skipped by name where Debian's packages are not installed."""
    if server_programs() is None:
        pytest.skip("no PostgreSQL server; on Debian: apt-get install postgresql")
    with cluster() as started:
        yield started


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record in SQLite: a copy is there sooner than a new one."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    Record.open(path, create=True).close()
    return path


@pytest.fixture(scope="session")
def empty_database(postgresql: Cluster) -> Iterator[str]:
    """The name of an empty record's database in PostgreSQL."""
    with postgresql.database() as url:
        Record.open(url).close()
        yield url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where an empty record is kept, once in either database."""
    if request.param == "sqlite":
        yield str(shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "record.db"))
        return
    started: Cluster = request.getfixturevalue("postgresql")
    with started.database(request.getfixturevalue("empty_database")) as url:
        yield url
