from __future__ import annotations

from pathlib import Path

import pytest
import typer

from dateline.commands.options import day, moment, opened, person
from dateline.errors import RecordError


def test_days_and_times_are_those_of_iso_8601() -> None:
    assert day("2024-03-12") == "2024-03-12" and day(None) is None
    assert moment("2024-03-12T18:30:00") == "2024-03-12T18:30:00" and moment(None) is None
    with pytest.raises(typer.BadParameter, match="'12 March' is no day; write it as 2024-02-04"):
        day("12 March")
    with pytest.raises(typer.BadParameter, match="is no day or time"):
        moment("noon")


def test_whoever_decides_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_USER", "Ben")
    assert (person("Ana"), person(None)) == ("Ana", "Ben")
    monkeypatch.delenv("DATELINE_USER")
    monkeypatch.setenv("LOGNAME", "cleo")
    assert person(None) == "cleo"
    with pytest.raises(typer.BadParameter, match="'linker' decides by itself"):
        person("linker")


def test_a_record_is_made_only_where_that_is_meant(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no record; make one with dateline add"):
        opened(str(tmp_path / "record.db"))
    with opened(str(tmp_path / "record.db"), create=True) as record:
        assert record.entries() == []
