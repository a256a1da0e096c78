"""The gazetteer of an invented world: what the compiler makes of its sources."""

from __future__ import annotations

import json
import math
import sqlite3
from collections import Counter
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve import gazetteer
from scripts import compile_gazetteer as compiler

CITIES = [
    # id, name, lat, lon, country, people, other names
    (11, "Halvec", 50.0, 20.0, "BR", 90_000, ["HLV", "halbic", "Halwetz", "Халвец"]),
    (12, "Orlin", 50.0, 21.0, "BR", 9_000, []),
    (13, "Orlin", 40.0, 10.0, "DO", 700, []),
    (14, "Aš Šamra", 40.1, 10.0, "DO", 600, ["Ash Shamra"]),
]
COUNTRIES = {
    "BR": {"geonameid": 1, "name": "Brenik", "iso3": "BRN", "capital": "Halvec", "population": 200_000},
    "DO": {"geonameid": 2, "name": "Dostrea", "iso3": "SYR", "capital": "Aš Šamra", "population": 5_000},
}
CONTINENT = {
    "geonameId": 3, "asciiName": "Oldland", "lat": "50", "lng": "0", "population": 9,
    "bbox": {"north": 60.0, "east": 10.0},
}  # fmt: skip
SUBDIVISIONS = [
    "Mērov\tBR-1\tBR.1\t21\tProvince\tMerov Governorate|Merova|Мерова\t1\t\t1",
    "Halvec Raion\t\tBR.1.1\t22\t\t\t2\t1\t1",
    "Nowhere\t\tBR.2\t23\t\t\t1\t\t1",
]
TABLES = {
    "states": [
        "id\tname\taliases\tcountry\tadjectives\tpeople\tcapitals\tfrom\tto\tsource",
        "BRN\tBrenik\tB.R.\tBRN\tBrenish\tBrenes\tHalvec\t\t\tunchecked",
        "SYR\tDostrea\t\tSYR\tDostrean\tDostreans\t\t\t\tunchecked",
        "OLD\tGreat Brenik\t\tBRN\t\t\t\t1900\t1950\tunchecked",
    ],
    "countries": ["country\tlat\tlon\taliases", "BRN\t50\t20.5\tBrenland", "SYR\t40\t10\t"],
    "places": [
        "\t".join(gazetteer.COLUMNS),
        "Kerl Strait\tStrait of Kerl\t\t45\t15\t30\t\t\tregion\t\tunchecked",
        "Merov\tMer.\tMerovan\t\t\t\tBRN\t\tprovince\t\tunchecked",
        "Camp Orlin\t\t\t50.1\t21\t2\tBRN\tMerov\tsite\t300\tunchecked",
    ],
}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {
        "data/cities500.json": {
            str(number): {
                "geonameid": number, "name": name, "latitude": lat, "longitude": lon, "countrycode": country,
                "population": people, "alternatenames": names,
            }
            for number, name, lat, lon, country, people, names in CITIES
        },
        "data/countries.json": COUNTRIES,
        "data/continents.json": {"OL": CONTINENT},
    }  # fmt: skip
    lines = {
        "data/countries/countries.tsv": ["Brenik\tBR\tBRN", "Dostrea\tDO\tSYR"],
        "data/subdivisions/subdivisions.tsv": SUBDIVISIONS,
        "data/cities/cities.tsv": ["Halvec\t11\t2|1\t1", "Orlin\t12\t1\t1", "Orlin\t13\t\t2"],
        **{f"{name}.tsv": rows for name, rows in TABLES.items()},
    }
    texts = {name: json.dumps(content) for name, content in files.items()}
    for name, text in (texts | {name: "\n".join(rows) for name, rows in lines.items()}).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(compiler, "DATA", tmp_path)
    monkeypatch.setattr(compiler, "package_file", lambda _, name: tmp_path / name)
    monkeypatch.setattr(compiler, "inputs_digest", lambda: "these inputs")
    return tmp_path


def test_settlements_lie_in_divisions_and_these_in_countries(world: Path) -> None:
    compiler.compile_to(world / "made.sqlite")
    opened = gazetteer.Gazetteer.open(world / "made.sqlite")
    city, district = opened.lookup("Halvec")
    assert (district.name, district.precision, district.alias) == ("Halvec Raion", "district", True)
    assert (city.country, city.admin1, city.admin2, city.capital) == ("BRN", "Merov", "Halvec Raion", True)
    assert [e.name for e in opened.containing(city)] == ["Halvec Raion", "Merov", "Brenik"]
    (province,) = opened.lookup("Mer.")
    assert (province.population, province.lat, province.lon, province.precision) == (
        99_000,
        50,
        20.5,
        "province",
    )
    assert 35 < province.radius_km < 37
    assert opened.lookup("Nowhere") == ()


def test_names_are_those_of_english_news(world: Path) -> None:
    compiler.compile_to(world / "made.sqlite")
    opened = gazetteer.Gazetteer.open(world / "made.sqlite")
    for name in (
        "Halwetz",
        "Merov Governorate",
        "Mērov",
        "Merova",
        "Great Brenik",
        "Brenland",
        "BR",
        "Shamra",
    ):
        assert opened.lookup(name), name
    for name in ("HLV", "halbic", "Халвец"):
        assert opened.lookup(name) == (), name
    assert [e.country for e in opened.lookup("Orlin")] == ["BRN", "SYR"]
    assert opened.demonym("Dostreans") == "SYR"
    assert [e.name for e in opened.origins("Merovans")] == ["Merov"]


def test_the_supplement_adds_what_is_missing(world: Path) -> None:
    compiler.compile_to(world / "made.sqlite")
    opened = gazetteer.Gazetteer.open(world / "made.sqlite")
    (strait,) = opened.lookup("Strait of Kerl")
    assert (strait.geonameid, strait.precision, strait.source) == (None, "region", "supplement, unchecked")
    (camp,) = opened.lookup("Camp Orlin")
    assert (camp.admin1, camp.population) == ("Merov", 300)
    assert [e.precision for e in opened.lookup("Oldland")] == ["region"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Vorsk\t\t\t\t\t\tBRN\t\tsettlement\t\t", "Vorsk has no position, and GeoNames no such place"),
        ("Vorsk\t\t\t1\t1\t1\tBRN\tKerlo\tsite\t\t", "Vorsk: no division of BRN is Kerlo"),
    ],
)
def test_a_row_that_fits_nowhere_is_named(world: Path, row: str, reason: str) -> None:
    (world / "places.tsv").write_text("\n".join([TABLES["places"][0], row]), encoding="utf-8")
    with pytest.raises(SystemExit, match=reason):
        compiler.compile_to(world / "made.sqlite")
    assert not (world / "made.sqlite").exists()


def test_the_same_inputs_give_the_same_bytes_and_are_compiled_once(world: Path) -> None:
    one, two = world / "one.sqlite", world / "two.sqlite"
    compiler.compile_to(one)
    compiler.compile_to(two)
    assert one.read_bytes() == two.read_bytes()
    with closing(sqlite3.connect(two)) as database:
        database.execute("DELETE FROM demonym")
        database.commit()
    compiler.compile_to(two)
    assert one.read_bytes() != two.read_bytes(), "made of the same inputs, it was left alone"
    two.write_bytes(b"damaged")
    compiler.compile_to(two)
    assert one.read_bytes() == two.read_bytes()


def test_the_middle_of_a_division_is_that_of_its_hull() -> None:
    square = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0), (1.9, 1.9), (1.8, 1.8)]
    assert compiler.middle(square) == pytest.approx((1, 1))
    assert compiler.middle([(1.0, 1.0), (3.0, 3.0)]) == (2, 2)
    assert compiler.middle([(5.0, 6.0)]) == (5, 6)
    assert compiler.without_outliers([*square, (80.0, 9.0)]) == square


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-170, 170)), min_size=1))
def test_the_middle_lies_between_the_points(points: list[tuple[float, float]]) -> None:
    lat, lon = compiler.middle(points)
    assert min(p[0] for p in points) - 0.01 <= lat <= max(p[0] for p in points) + 0.01
    assert min(p[1] for p in points) - 0.01 <= lon <= max(p[1] for p in points) + 0.01


def test_a_missing_package_is_named() -> None:
    with pytest.raises(SystemExit, match="the package no_such_module is not installed; use `make gazetteer`"):
        compiler.package_file("no_such_module", "data.json")


def test_every_country_has_a_name_and_a_position() -> None:
    states = {row[0] for row in compiler.rows("states") if row[0] == row[3]}
    assert states == {row[0] for row in compiler.rows("countries")}


def test_the_supplement_is_consistent() -> None:
    rows = gazetteer.read(compiler.DATA / "places.tsv", located=False)
    assert len(rows) > 500
    named = Counter((row["name"], row["country"], row["admin1"], row["precision"]) for row in rows)
    assert [row for row, times in named.items() if times > 1] == []
    for row in rows:
        aliases = row["aliases"].split("|") if row["aliases"] else []
        assert len(set(aliases)) == len(aliases) and row["name"] not in aliases, row["name"]
        assert row["source"] == "unchecked" or row["source"].startswith("checked:"), row["name"]


def test_what_the_supplement_puts_in_a_country_is_near_its_settlements() -> None:
    query = "SELECT country, lat, lon FROM place WHERE precision = 'settlement' AND id > 0"
    with closing(sqlite3.connect(gazetteer.PACKAGED)) as database:
        rows = database.execute(f"{query} ORDER BY country").fetchall()
    settlements = {key: np.array([row[1:] for row in group]) for key, group in groupby(rows, itemgetter(0))}
    for row in gazetteer.read(compiler.DATA / "places.tsv", located=False):
        if row["lat"] and row["country"] not in ("", "ATA"):
            lat, lon, radius = (float(row[name]) for name in ("lat", "lon", "radius_km"))
            apart = (settlements[row["country"]] - (lat, lon)) * (1, math.cos(math.radians(lat)))
            near = 111 * float(np.hypot(*apart.T).min())
            assert near < radius + 150, (
                f"{row['name']} is {near:.0f} km from any settlement in {row['country']}"
            )
