"""``incidents``, ``show``, ``chain`` and ``log`` on a small record."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from logs import COURIER, TEXT, article, claims, first_reading, read, report, tie
from readings import RESOLVED
from typer.testing import CliRunner

from dateline import cli
from dateline.errors import DatelineError
from dateline.record.ids import article_id
from dateline.record.record import Record

KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO = claims(first_reading(COURIER))[0]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, empty_file: Path) -> Any:
    path = str(shutil.copy(empty_file, tmp_path / "record.db"))
    with Record.open(path) as record:
        record.add(first_reading(title="Six guards killed"))
        record.add(first_reading(COURIER, publisher="Courier", published="2024-03-20"))
        record.add(RESOLVED)
        record.decide(tie(KILLED, KILLED_TOO, "same", "Ana", reason="one [bold]raid"))
    monkeypatch.setenv("DATELINE_RECORD", path)

    def invoke(*arguments: str) -> str:
        result = CliRunner().invoke(cli.app, arguments)
        if isinstance(result.exception, DatelineError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.stdout

    return invoke


def test_incidents_are_listed_the_latest_first(ask: Any) -> None:
    lines = ask("incidents").splitlines()
    assert len(lines) == 2 * 6
    assert "told 2031-05-04" in lines[0] and "2031-05-03" in lines[4]
    assert "killed 6 · 2 articles, 2 independent origins · disputed" in ask("incidents", "--query", "six")


def test_incidents_are_found_and_printed_as_json(ask: Any) -> None:
    (brief,) = json.loads(ask("incidents", "--place", "ostrel", "--until", "2024-03-12", "--json"))
    assert (brief["kind"], brief["articles"]) == ("ASSAULT", 1)
    assert ask("incidents", "--place", "Atlantis") == ""
    assert len(ask("incidents", "--as-of", "2024-03-15").splitlines()) == 2 * 2
    assert ask("incidents", "--recorded", "2020-01-01") == ""
    with pytest.raises(AssertionError, match="is no event type; choose one of AGREE"):
        ask("incidents", "--type", "WAR")


def test_an_incident_is_shown_side_by_side(ask: Any) -> None:
    shown = ask("show", "i" + KILLED.id[1:])
    for words in (
        "killed      6, best by most-origins",
        "6  the ministry: “six” (Kestrel Wire, 2024-03-12, ",
        "Courier, 2024-03-20, ",
        "disputed    it happened",
        "denied by   The Highland Front",
        "Kestrel Wire: ",
        "Ana  same: ",
        "one [bold]raid",
        "Answered by",
        "said in the article (reader)",
    ):
        assert words in shown
    assert "In answer to" in ask("show", SHELLED.id.replace("c", "i", 1))
    assert "1 article, 1" in ask("show", "i" + KILLED.id[1:], "--as-of", "2024-03-15")
    told = json.loads(ask("show", "i" + KILLED.id[1:], "--json"))
    assert told["values"]["killed"]["best"] == 6 and len(told["claims"]) == 4


def test_a_claim_is_shown_with_its_words(ask: Any) -> None:
    shown = ask("show", KILLED.id[:8])
    for words in ("it happened", "killed        “six”  6", "according to  “the ministry”", "incident      i"):
        assert words in shown
    shown = ask("show", claims(RESOLVED)[4].id)
    assert "“the army”  Army of Merovar, XMV MIL; the country's army" in shown
    assert json.loads(ask("show", KILLED.id, "--json"))["event"]["killed"][0]["value"] == 6


def test_an_article_is_shown_as_read_shows_it(ask: Any) -> None:
    name = article_id(first_reading().article)
    shown = ask("show", name)
    assert "3 event reports" in shown and "How it was captured" in shown and "read by m1" in shown
    assert json.loads(ask("show", name, "--json"))["url"] == "https://wire.example/post"


def test_a_chain_is_listed_from_its_causes(ask: Any) -> None:
    lines = ask("chain", SHELLED.id).splitlines()
    assert lines[0].startswith("-1  i") and lines[1].startswith(" 0  i")
    assert "in answer to i" in lines[2]
    assert [link["steps"] for link in json.loads(ask("chain", KILLED.id, "--json"))] == [0, 1, 1]
    assert len(ask("chain", KILLED.id, "--as-of", "2024-03-15").splitlines()) == 3


def test_the_log_is_listed(ask: Any) -> None:
    lines = ask("log").splitlines()
    assert [line.split()[0] for line in lines[:4]] == ["1", "2", "3", "4"]
    assert "Kestrel Wire: Six guards killed (3 claims)" in lines[0]
    assert "Ana  same: " in lines[4] and "one [bold]raid" in lines[4]
    assert len(ask("log", KILLED.id).splitlines()) == 3
    assert len(ask("log", "i" + KILLED.id[1:]).splitlines()) == 4
    assert [entry["number"] for entry in json.loads(ask("log", "--limit", "2", "--json"))] == [3, 4]


def test_decisions_whose_claims_are_gone_are_listed(ask: Any) -> None:
    assert ask("log", "--stranded") == ""
    path = os.environ["DATELINE_RECORD"]
    with Record.open(path) as record:
        record.add(read(article(), [report(TEXT, "shelled")], model="m2"))
    (line,) = ask("log", "--stranded").splitlines()
    assert "Ana  same: " in line and "one [bold]raid" in line
    assert ask("log", KILLED.id, "--stranded").splitlines() == [line]
    assert ask("log", SHELLED.id, "--stranded") == ask("log", "--stranded", "--recorded", "2020-01-01") == ""
    (told,) = json.loads(ask("log", "--stranded", "--recorded", "2999-01-01", "--json"))
    assert (told["by"], told["subject"]) == ("Ana", [KILLED.id])


def test_what_is_not_there_is_told(ask: Any) -> None:
    with pytest.raises(DatelineError, match="no incident of the record has this id"):
        ask("show", "i00000")
    with pytest.raises(DatelineError, match="there was no such incident then"):
        ask("show", "i" + claims(RESOLVED)[0].id[1:], "--as-of", "2024-03-15")
    name = article_id(first_reading().article)
    CliRunner().invoke(cli.app, ["redact", name, "--reason", "asked for", "--by", "Ana"])
    with pytest.raises(DatelineError, match="was redacted; dateline log"):
        ask("show", name)
    with pytest.raises(DatelineError, match="its article was redacted"):
        ask("show", KILLED.id)
    assert "asked for" in ask("log", name)
    assert "3 claims, erased since" in ask("log", KILLED.id)
