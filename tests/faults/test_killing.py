"""A few kills; ``python -m faults kills`` does hundreds."""

from __future__ import annotations

from pathlib import Path

from .killing import add_in_peace, kill_often
from .prepared import Prepared

KILLS = 6


def test_killed_writers_lose_nothing_and_store_nothing_twice(
    target: str, undisturbed: str, few: list[Prepared], lines: list[Path]
) -> None:
    done = kill_often(lines, few, target, KILLS)
    assert done.kills == KILLS and done.faults == []
    assert done.digest == undisturbed


def test_what_is_there_is_not_added_again(target: str, undisturbed: str, lines: list[Path]) -> None:
    assert [add_in_peace(lines, target) for _ in range(2)] == [undisturbed] * 2
