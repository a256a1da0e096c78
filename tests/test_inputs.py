"""The options of ``read`` and ``add``."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
import typer

from dateline import cli
from dateline.commands import add, inputs
from dateline.errors import InputError

SHARED = ("published", "jobs", "any_language", "min_confidence", "places", "actors", "publishers")


def test_read_and_add_have_the_same_options() -> None:
    for command in (cli.read, add):
        named = inspect.signature(command).parameters
        assert [name for name in named if name in SHARED] == list(SHARED)


@pytest.mark.parametrize("value", [None, "2031-05-04", "2031-05-04T18:30:00+02:00"])
def test_times_stay_as_given(value: str | None) -> None:
    assert inputs.published_time(value) == value


@pytest.mark.parametrize("value", ["4 May 2031", "2031-02-30", "0031-05-04"])
def test_no_other_time_is_taken(value: str) -> None:
    with pytest.raises(typer.BadParameter, match=value):
        inputs.published_time(value)


def test_a_users_tables_are_part_of_what_is_asked() -> None:
    asked = inputs.options("2031-05-04", 1, False, 0.5, None, None, None)
    assert (asked.published, asked.min_confidence, asked.threads) == ("2031-05-04", 0.5, None)
    assert (asked.places, asked.tables) == ((), ())


def test_a_bad_table_is_told_before_anything_is_read(tmp_path: Path) -> None:
    table = tmp_path / "mine.tsv"
    table.write_text("neither\tplaces\na\tb\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.tsv"):
        inputs.options(None, 1, False, None, table, None, None)
