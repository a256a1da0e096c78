from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from exported import FRONT, GUARDS, GUNMEN, attack, courier, who, wire
from logs import TEXT, read, report

from dateline.export.columns import Cell
from dateline.export.foreign import SETS, Names, event_type, inter, violence
from dateline.export.views import Told
from dateline.ontology import MODES, SECTORS
from dateline.types import Actor

VILLAGERS = replace(GUARDS, id="XMV-CVL", name="Villagers", sector="CVL")
ARMY = replace(GUARDS, id="XMV-MIL", name="Army", sector="MIL")


def row(names: Names, told: Told) -> dict[str, Cell]:
    return {column.name: cell for column in SETS[names] if (cell := column.of(told)) is not None}


def one(
    kind: str = "ASSAULT", mode: str = "", actor: Actor | None = None, recipient: Actor | None = None
) -> Told:
    parties: dict[str, Any] = {}
    if actor:
        parties["actor"] = (who("Gunmen", actor),)
    if recipient:
        parties["recipient"] = (who("six guards", recipient),)
    return attack(read(wire().article, [report(TEXT, "killed", type=kind, mode=mode, **parties)]))


def test_columns_like_polecats() -> None:
    told = row("polecat", attack())
    assert list(told)[:4] == ["Event ID", "Event Date", "Event Type", "Event Mode"]
    assert (told["Quad Code"], told["Actor Name"]) == ("MATERIAL CONFLICT", "Gunmen")
    assert (told["Recipient Country"], told["Primary Recipient Sector"]) == ("XMV", "COP")
    assert (told["Placename"], told["Province"], told["GeoNames ID"]) == ("Merovar post", "Halvec", 77)
    assert (told["Source"], told["Publication Date"]) == ("Kestrel Wire | Courier", "2024-03-12")
    assert "City" not in told and "Intensity" not in told
    assert row("polecat", one("CONCEDE"))["Quad Code"] == "VERBAL COOPERATION"
    assert row("polecat", one("RETREAT"))["Quad Code"] == "MATERIAL COOPERATION"


def test_columns_like_acleds() -> None:
    told = row("acled", attack())
    assert (told["event_date"], told["year"], told["time_precision"]) == ("2024-03-12", 2024, 1)
    assert (told["event_type"], told["sub_event_type"]) == ("Battles", "Armed clash")
    assert (told["actor1"], told["assoc_actor_1"], told["actor2"]) == (
        "Gunmen",
        "Highland Front",
        "Guards of Merovar",
    )
    assert told["interaction"] == "Political militia-State forces"
    assert (told["country"], told["geo_precision"], told["fatalities"]) == ("Merovar", 1, 9)
    assert (told["source"], told["source_scale"]) == ("Kestrel Wire; Courier", "International-Subnational")
    assert "fatalities" not in row("acled", one())


def test_columns_like_ucdps() -> None:
    told = row("ucdp", attack())
    assert (told["type_of_violence"], told["dyad_name"]) == (1, "Gunmen - Guards of Merovar")
    assert (told["low"], told["best"], told["high"], told["deaths_unknown"]) == (6, 9, 9, 9)
    assert (told["where_prec"], told["date_prec"], told["geom_wkt"]) == (1, 1, "POINT (-21.25 44.5)")
    assert told["source_original"] == "the ministry | Highland Front | Courier"
    assert (told["number_of_sources"], told["source_headline"]) == (
        2,
        "Six guards killed | =HYPERLINK(“here”)",
    )
    assert row("ucdp", attack(courier()))["date_prec"] == 3


@pytest.mark.parametrize(
    ("actor", "recipient", "code"),
    [
        (GUNMEN, GUARDS, 1),
        (ARMY, FRONT, 1),
        (FRONT, GUNMEN, 2),
        (ARMY, VILLAGERS, 3),
        (VILLAGERS, ARMY, None),
        (GUNMEN, None, None),
        (None, GUARDS, None),
        (replace(FRONT, sector=None), GUARDS, None),
    ],
)
def test_violence_is_by_the_sectors_of_the_parties(
    actor: Actor | None, recipient: Actor | None, code: int | None
) -> None:
    assert violence(one("ASSAULT", "", actor, recipient)) == code
    assert violence(one("COERCE", "", actor, recipient)) is None


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (one("ASSAULT", "aerial"), ("Explosions/Remote violence", "Air/drone strike")),
        (one("ASSAULT", "abduct"), ("Violence against civilians", "Abduction/forced disappearance")),
        (one("ASSAULT", "firearms", FRONT, VILLAGERS), ("Violence against civilians", "Attack")),
        (
            one("ASSAULT", "seize-territory", FRONT, GUARDS),
            ("Battles", "Non-state actor overtakes territory"),
        ),
        (one("ASSAULT", "seize-territory", ARMY, FRONT), ("Battles", "Government regains territory")),
        (one("ASSAULT", "firearms"), None),
        (one("PROTEST", "strike"), ("Protests", "Peaceful protest")),
        (one("PROTEST", "riot"), ("Riots", "Violent demonstration")),
        (one("COERCE", "curfew"), None),
        (one("CONSULT", "phone"), None),
    ],
)
def test_event_types_are_by_type_mode_and_parties(told: Told, found: tuple[str, str] | None) -> None:
    assert event_type(told) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (one("ASSAULT", "", ARMY), "State forces"),
        (one("ASSAULT", "", FRONT), "Rebel group"),
        (one("PROTEST", "demo", VILLAGERS), "Protesters"),
        (one("PROTEST", "riot", VILLAGERS), "Rioters"),
        (one("PROTEST", "riot", GUARDS), "State forces"),
        (one("ASSAULT", "", VILLAGERS), "Civilians"),
        (one("ASSAULT"), None),
    ],
)
def test_kinds_of_parties_are_by_their_sectors(told: Told, found: str | None) -> None:
    assert inter(told, "actor") == found


def test_a_states_forces_abroad_are_external() -> None:
    abroad = replace(ARMY, country="XDO")
    reading = wire()
    first, *_ = reading.events
    told = attack(replace(reading, events=(replace(first, actor=(who("Gunmen", abroad),)),)))
    assert inter(told, "actor") == "External/Other forces"


def test_every_type_mode_and_sector_has_its_cells() -> None:
    for kind, modes in MODES.items():
        for mode in ("", *modes):
            assert row("polecat", one(kind, mode))["Quad Code"]
            event_type(one(kind, mode))
    for sector in SECTORS:
        assert inter(one("ASSAULT", "", replace(ARMY, sector=sector)), "actor")
