from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from exported import KNOWN, POST, attack, courier, wire
from hypothesis import HealthCheck, given, settings
from logs import claims, first_reading
from readings import any_reading

from dateline.export import foreign
from dateline.export.columns import (
    ARTICLES,
    ATTRIBUTIONS,
    CLAIMS,
    INCIDENTS,
    Column,
    claim_place,
    listed,
    quoted,
    scale_of,
)
from dateline.export.views import Held, Reported, Said
from dateline.record.claims import cited
from dateline.types import Decision, Reading

DOCUMENT = (Path(__file__).parents[1] / "docs/export.md").read_text("utf-8")


def row(columns: tuple[Column[Any], ...], item: Any) -> dict[str, Any]:
    return {column.name: cell for column in columns if (cell := column.of(item)) is not None}


def test_an_incident_shows_what_stands_and_all_that_is_told() -> None:
    told = row(INCIDENTS, attack())
    assert (told["type"], told["mode"], told["status"], told["disputed"]) == (
        "ASSAULT",
        "firearms",
        "actual",
        True,
    )
    assert (told["day_start"], told["day_end"], told["day_precision"]) == ("2024-03-12", "2024-03-12", 1)
    assert told["days_told"] == "2024-03-11 to 2024-03-17 (Courier) | 2024-03-12 (the ministry)"
    assert (told["place"], told["latitude"], told["place_precision"]) == ("Merovar post", 44.5, 1)
    assert (told["actors"], told["actor_sectors"]) == ("Gunmen | Highland Front", "UAF | REB")
    assert (told["killed_low"], told["killed_best"], told["killed_high"]) == (6, 9, 9)
    assert told["killed_told"] == "6 (the ministry) | 9 (Courier)"
    assert told["denied_by"] == "Highland Front"
    assert (told["claims"], told["articles"], told["sources"], told["origins"]) == (3, 2, 2, 2)
    assert told["source_scales"] == "1 wire | 1 local"
    assert told["citation"].startswith(
        "Kestrel Wire, “Six guards killed”, 2024-03-12T10:00:00+00:00, https://"
    )
    assert "answers" not in told and "injured_best" not in told


def test_the_rule_chooses_the_best_number() -> None:
    assert row(INCIDENTS, attack(wire()))["killed_best"] == 6


def test_notes_quote_each_speaker_once() -> None:
    notes = quoted(attack().incident.claims)
    assert notes is not None
    assert notes.split(" | ") == [
        "the ministry, in Kestrel Wire: “Gunmen killed six guards at the Merovar post on Tuesday, "
        "the ministry said.”",
        "Highland Front, in Kestrel Wire: “The Highland Front denied the attack.”",
        "Courier: “Gunmen killed =9 guards at the Merovar post on Tuesday, the ministry said.”",
    ]
    copied = claims(wire())[:1] + claims(first_reading("https://post.example/", publisher="Post"))[:1]
    assert (quoted(copied) or "").count("“") == 1
    assert quoted(()) is None


def test_a_cell_has_each_value_once() -> None:
    assert listed(["b", None, "a", "", "b"]) == "b | a"
    assert listed([]) is None


def test_scales_are_known_by_the_host() -> None:
    assert scale_of(cited(wire().article), KNOWN) == "wire"
    for address in ("orlin-1", "https://[orlin", "https://other.example/"):
        assert scale_of(replace(cited(wire().article), address=address), KNOWN) is None


def test_a_claim_has_its_words_and_offsets() -> None:
    killed, denied, _ = claims(wire())
    fixed = Decision("correction", "Ana", (killed.id,), (), "", None, "status", '"future"')
    told = row(CLAIMS, Reported("i1", replace(killed, corrections=(fixed,))))
    assert (told["claim"], told["incident"], told["trigger"], told["start"]) == (killed.id, "i1", "killed", 7)
    assert (told["speaker"], told["actor"], told["actor_ids"]) == ("the ministry", "Gunmen", "gunmen")
    assert (told["killed"], told["killed_low"], told["killed_high"]) == ("six", 6, 6)
    assert (told["place_words"], told["country"], told["day_precision"]) == ("Merovar post", "XMV", 1)
    assert (told["corrected_by"], told["publisher"]) == ("Ana", "Kestrel Wire")
    assert claim_place(Reported("i1", killed)) == POST and claim_place(Reported("i1", denied)) is None


def test_an_attribution_has_its_words_and_offsets() -> None:
    reading = wire()
    held = Held(cited(reading.article), "r1", "m1", "2024-04-01", 3, True, False, "a1", KNOWN)
    said = reading.attributions[1]
    told = row(ATTRIBUTIONS, Said(held, replace(said, content=said.cue + said.source), None, ("c1", "c2")))
    assert (told["source"], told["source_offsets"]) == ("The Highland Front", "76-94")
    assert (told["content"], told["content_offsets"]) == ("denied … The Highland Front", "95-101 76-94")
    assert told["claims"] == "c1 | c2" and "source_id" not in told
    assert row(ARTICLES, held)["scale"] == "wire"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_reading())
def test_any_reading_has_rows_of_its_columns_types(reading: Reading) -> None:
    kinds: dict[str, type | tuple[type, ...]] = {
        "text": str,
        "integer": int,
        "real": (int, float),
        "boolean": bool,
    }
    held = Held(cited(reading.article), "r1", "m1", "2024-04-01", 3, True, False, "a1", KNOWN)
    rows: list[tuple[tuple[Column[Any], ...], Any]] = [
        *((CLAIMS, Reported("i1", claim)) for claim in claims(reading)),
        *((ATTRIBUTIONS, Said(held, said, None, ())) for said in reading.attributions),
        (ARTICLES, held),
    ]
    if reading.events:
        rows += ((names, attack(reading)) for names in foreign.SETS.values())
    for columns, item in rows:
        for column in columns:
            cell = column.of(item)
            assert cell is None or isinstance(cell, kinds[column.type]), column.name


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        ("incidents", INCIDENTS),
        ("claims", CLAIMS),
        ("attributions", ATTRIBUTIONS),
        ("articles", ARTICLES),
        ("polecat", foreign.POLECAT),
        ("acled", foreign.ACLED),
        ("ucdp", foreign.UCDP),
    ],
)
def test_the_document_explains_every_column_in_order(heading: str, columns: tuple[Column[Any], ...]) -> None:
    section = re.split(r"^##", DOCUMENT.split(f"`{heading}`\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (`[^|]*`) \|", section, re.MULTILINE)
    assert re.findall(r"`([^`]+)`", " ".join(rows)) == [column.name for column in columns]


def test_two_outlets_differ() -> None:
    assert attack(courier()).incident.id != attack(wire()).incident.id
