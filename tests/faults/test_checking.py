"""What is checked after each fault would be noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from logs import COURIER, first_reading
from sqlalchemy import text

from dateline.record.engine import writing
from dateline.record.record import Record

from .checking import faults, views_agree


@pytest.fixture
def held(target: str) -> dict[str, int]:
    with Record.open(target) as record:
        return {record.add(reading).article: 3 for reading in (first_reading(), first_reading(COURIER))}


def test_a_sound_record_has_no_fault(target: str, held: dict[str, int]) -> None:
    assert faults(target, held, held) == [] and views_agree(target)


def test_what_is_lost_is_noticed(target: str, held: dict[str, int]) -> None:
    assert faults(target, [*held, "a1"], held) == ["a1: acknowledged, but lost"]


def test_a_second_reading_of_an_article_is_noticed(target: str, held: dict[str, int]) -> None:
    with Record.open(target) as record:
        again = record.add(first_reading(model="m2")).article
    assert faults(target, held, held) == [f"{again}: 2 readings of the one that was added"]


def test_a_part_of_an_article_is_noticed(target: str, held: dict[str, int]) -> None:
    article = next(iter(held))
    assert faults(target, held, held | {article: 4}) == [f"{article}: 3 reports of 4"]


def test_views_of_another_time_are_noticed(target: str, held: dict[str, int]) -> None:
    assert held
    with Record.open(target) as record, writing(record.engine) as connection:
        connection.execute(text("DELETE FROM membership WHERE claim = 1"))
    assert not views_agree(target)


def test_a_damaged_file_is_noticed(empty_file: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(empty_file, tmp_path / "record.db"))
    content = bytearray(path.read_bytes())
    content[4096 : 8 * 4096] = b"\xaa" * 7 * 4096
    path.write_bytes(content)
    assert faults(str(path), (), {}) != []
