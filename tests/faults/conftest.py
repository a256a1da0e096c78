"""Few readings for the short versions, and what a record of them comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.record.record import Record

from .killing import add_in_peace
from .prepared import PAGES, Prepared, prepared, readings_of, written

FEW = 12


@pytest.fixture(scope="session")
def few() -> list[Prepared]:
    names = "brenik-kestrel-wire.html", "corrin-skell-radio.html"
    return prepared(readings_of([PAGES / name for name in names]), FEW)


@pytest.fixture(scope="session")
def lines(few: list[Prepared], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return written(few, tmp_path_factory.mktemp("faults"), each=FEW // 3)


@pytest.fixture(scope="session")
def sound(lines: list[Path]) -> Path:
    """A record to which the readings were added in peace."""
    path = lines[0].with_name("undisturbed.db")
    add_in_peace(lines, str(path))
    return path


@pytest.fixture(scope="session")
def undisturbed(sound: Path) -> str:
    """The digest of such a record."""
    with Record.open(sound) as record:
        return record.digest()
