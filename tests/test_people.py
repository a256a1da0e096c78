"""``correct``, ``merge``, ``split``, ``undo`` and ``redact`` on a small record."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from logs import COURIER, claims, first_reading
from typer.testing import CliRunner

from dateline import cli
from dateline.errors import DatelineError
from dateline.record.ids import article_id
from dateline.record.record import Record

KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, DENIED_TOO, SHELLED_TOO = claims(first_reading(COURIER))
WHY = ("--reason", "seen", "--by", "Ana")


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_file: Path) -> Any:
    path = str(shutil.copy(empty_file, tmp_path / "record.db"))
    monkeypatch.setenv("DATELINE_RECORD", path)
    with Record.open(path) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        yield record


def do(*arguments: str) -> str:
    result = CliRunner().invoke(cli.app, [*arguments, *WHY])
    if isinstance(result.exception, DatelineError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_value_is_corrected_and_corrected_again(record: Record) -> None:
    assert do("correct", KILLED.id[:9], "killed", "7") == f"{KILLED.id}: killed is now 7\n"
    do("correct", KILLED.id, "killed", "8")
    do("correct", KILLED.id, "killed", "7")
    (claim,) = (c for c in record.incident(KILLED.id).claims if c.id == KILLED.id)
    assert claim.event.killed[0].value == 7
    (decision,) = claim.corrections
    assert (decision.by, decision.reason, len(decision.supersedes)) == ("Ana", "seen", 1)


def test_incidents_are_merged_and_split_and_merged(record: Record) -> None:
    assert do("merge", "i" + KILLED.id[1:], KILLED_TOO.id).endswith(": 4 claims\n")
    split = do("split", KILLED.id, KILLED_TOO.id, DENIED_TOO.id)
    assert split.count("i") >= 3 and len(record.incident(KILLED.id).claims) == 2
    do("merge", KILLED.id, KILLED_TOO.id)
    assert len(record.incident(KILLED.id).claims) == 4
    with pytest.raises(DatelineError, match="is one incident already; name two"):
        do("merge", KILLED.id, KILLED_TOO.id)


def test_what_was_decided_is_taken_back(record: Record) -> None:
    do("split", KILLED.id, DENIED.id)
    assert len(record.incident(KILLED.id).claims) == 1
    decision = record.entries()[-1].decisions[0].id
    assert do("undo", decision[:9]) == f"{decision}: taken back\n"
    assert len(record.incident(KILLED.id).claims) == 2


def test_a_text_is_redacted(record: Record) -> None:
    name, other = (article_id(first_reading(at).article) for at in ("https://wire.example/post", COURIER))
    told = do("redact", name[:9])
    assert told.startswith(f"{name}: erased, with 3 claims\nThe same text stays with {other}")
    with pytest.raises(DatelineError, match="what was redacted is gone and cannot come back"):
        do("undo", record.entries()[-1].decisions[0].id)
    with pytest.raises(DatelineError, match="is no claim with words"):
        do("correct", KILLED.id, "status", "future")


def test_what_cannot_be_decided_is_told(record: Record) -> None:
    with pytest.raises(DatelineError, match="name some of its claims, not all"):
        do("split", KILLED.id, KILLED.id, DENIED.id)
    with pytest.raises(DatelineError, match="name some of its claims"):
        do("split", KILLED.id, SHELLED.id)
    with pytest.raises(DatelineError, match="'WAR' is no type"):
        do("correct", KILLED.id, "type", "WAR")
    assert len(record.entries()) == 2
    merge = ["merge", KILLED.id, KILLED_TOO.id, "--reason", "", "--by", "reader"]
    result = CliRunner().invoke(cli.app, merge)
    assert result.exit_code == 2 and "decides by itself" in result.output


def test_an_answer_is_said_denied_and_taken_back(record: Record) -> None:
    def answered() -> set[str]:
        return {each.incident for each in record.incident(SHELLED.id).answers}

    before, there = answered(), record.incident(KILLED_TOO.id).id
    assert there not in before
    assert do("answer", SHELLED.id, KILLED_TOO.id) == (
        f"{record.incident(SHELLED.id).id} is in answer to {there}\n"
    )
    assert answered() == before | {there}
    assert there in {link.incident for link in record.chain(SHELLED.id)}
    do("answer", SHELLED.id, KILLED_TOO.id, "--not")
    assert answered() == before
    (decision,) = [d for d in record.incident(SHELLED.id).decisions if d.kind == "not-answers"]
    do("undo", decision.id)
    assert answered() == before
    do("answer", SHELLED.id, KILLED_TOO.id)
    assert answered() == before | {there}
    with pytest.raises(DatelineError, match="is one incident, which does not answer itself"):
        do("answer", SHELLED.id, SHELLED.id)
