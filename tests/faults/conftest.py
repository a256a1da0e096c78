"""Few readings for the short versions, and what a record of them comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from .killing import add_in_peace
from .prepared import Prepared, example_readings, prepared, written

FEW = 12


@pytest.fixture(scope="session")
def few() -> list[Prepared]:
    return prepared(example_readings(["brenik-kestrel-wire.html", "corrin-skell-radio.html"]), FEW)


@pytest.fixture(scope="session")
def lines(few: list[Prepared], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(few, tmp_path_factory.mktemp("faults") / "readings.jsonl")


@pytest.fixture(scope="session")
def undisturbed(lines: Path) -> str:
    """The digest of a record to which the readings were added in peace."""
    return add_in_peace(lines, str(lines.with_name("undisturbed.db")))
