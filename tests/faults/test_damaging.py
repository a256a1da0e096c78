"""A few damaged places; ``python -m faults damage`` does hundreds."""

from __future__ import annotations

from pathlib import Path

from .damaging import damage_often
from .prepared import Prepared

PLACES = 8


def test_a_damaged_file_is_told_and_salvaged(tmp_path: Path, few: list[Prepared], sound: Path) -> None:
    done = damage_often(sound, few, tmp_path, PLACES)
    assert done.faults == [] and done.places == PLACES
    assert done.lost < done.entries
