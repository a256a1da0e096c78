"""Four writers for a moment; ``python -m faults writers`` lets them write for two minutes."""

from __future__ import annotations

from pathlib import Path

from .prepared import Prepared
from .writing import write_together


def test_four_writers_do_not_get_in_each_other_s_way(
    target: str, tmp_path: Path, few: list[Prepared]
) -> None:
    done = write_together(target, few, tmp_path, writers=4, seconds=2)
    assert done.faults == []
    assert 0 < done.added <= len(few) and done.looks
