"""What several test modules ask for: a record's place, in either database."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from databases import Cluster, cluster, server_programs

from dateline.logs import ROOT
from dateline.record.record import Record


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in a browser come last: its driver keeps an event loop running in the main thread."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A private PostgreSQL; skipped by name where Debian's packages are not installed."""
    if server_programs() is None:
        pytest.skip("no PostgreSQL server; on Debian: apt-get install postgresql")
    with cluster() as started:
        yield started


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty record in SQLite: a copy is there sooner than a new one. Only a copy is written to."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    Record.open(path, create=True).close()
    yield path
    with Record.open(path) as record:
        assert not record.entries(), "a test wrote to the file that others copy"


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


@pytest.fixture
def loggers() -> Iterator[logging.Logger]:
    """That of the package; whatever a test configures is as it was afterwards."""
    logger = logging.getLogger(ROOT)
    handlers, level = logger.handlers[:], logger.level
    yield logger
    logger.handlers[:] = handlers
    logger.setLevel(level)


@pytest.fixture(scope="session")
def peopled_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two articles, with an account in each role."""
    import peopled  # the site takes a while to import

    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("peopled") / "record.db"))
    peopled.fill(path)
    return path


@pytest.fixture
def visitor(peopled_file: Path, tmp_path: Path) -> Iterator[Any]:
    """Somebody at a site over a copy of that record."""
    import peopled

    app = peopled.site(Path(shutil.copy(peopled_file, tmp_path / "record.db")))
    yield peopled.Visitor(app)
    app.state.site.record.close()
