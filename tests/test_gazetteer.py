from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError, ModelError
from dateline.resolve.gazetteer import PACKAGED, Gazetteer, keys, normalised

HEADER = "name\taliases\tdemonyms\tlat\tlon\tradius_km\tcountry\tadmin1\tprecision\tpopulation\tsource\n"


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    opened = Gazetteer.open()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Dayr az-Zawr", "dayr az zawr"),
        ("N'Djamena", "NDjamena"),
        ("São Tomé", "Sao Tome"),
        ("Łódź", "Lodz"),
        ("the Netherlands", "Netherlands"),
        ("St. Louis", "Saint Louis"),
        ("Washington, D.C.", "Washington DC"),
    ],
)
def test_spellings_of_one_name_have_one_key(name: str, same: str) -> None:
    assert normalised(name) == normalised(same)


def test_capitals_and_full_stops_tell_abbreviations_from_words() -> None:
    assert keys("U.S.")[0] == keys("US")[0] != keys("us")[0]
    assert keys("Ill.")[0] != keys("ill")[0]
    assert keys("IRAQ") == ("IRAQ", "iraq")


@given(st.text())
def test_a_key_is_its_own_key(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


def test_a_name_has_its_places_the_likeliest_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.lookup("Aleppo")
    assert {(e.country, e.precision) for e in found} >= {("SYR", "province"), ("SYR", "settlement")}
    assert [e.precision for e in gazetteer.lookup("Red Sea")][:2] == ["region", "province"]
    places = [e for e in gazetteer.lookup("Santa Ana") if not e.alias]
    assert [e.population for e in places] == sorted((e.population for e in places), reverse=True)
    assert gazetteer.lookup("Qxzzyvork") == ()
    assert {e.country for e in gazetteer.lookup("Congo") if e.precision == "country"} == {"COD", "COG"}


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("US", "USA", "country"),
        ("Britain", "GBR", "country"),
        ("Burma", "MMR", "country"),
        ("Ill.", "USA", "province"),
        ("W. Va.", "USA", "province"),
        ("Deir al-Zor", "SYR", "province"),
        ("Robotyne", "UKR", "settlement"),
        ("Hodeidah", "YEM", "settlement"),
        ("Strait of Hormuz", None, "region"),
        ("Donbas", "UKR", "region"),
        ("Kremlin", "RUS", "site"),
        ("Rapides Parish", "USA", "district"),
        ("Middle East", None, "region"),
    ],
)
def test_what_news_names_is_there(
    gazetteer: Gazetteer, name: str, country: str | None, precision: str
) -> None:
    first = gazetteer.lookup(name)[0]
    assert (first.country, first.precision) == (country, precision)


def test_a_place_lies_in_its_divisions(gazetteer: Gazetteer) -> None:
    (parish,) = gazetteer.lookup("Rapides Parish")
    assert (parish.admin1, parish.precision) == ("Louisiana", "district")
    assert [e.name for e in gazetteer.containing(parish)] == ["Louisiana", "United States"]
    state = gazetteer.country("USA")
    assert state and gazetteer.containing(state) == ()
    assert gazetteer.country("XXX") is None


def test_a_division_is_found_with_its_kind(gazetteer: Gazetteer) -> None:
    for phrase in ("Homs province", "Kharkiv region", "Idlib governorate"):
        assert {e.precision for e in gazetteer.lookup(phrase)} <= {"province", "district"} != set(), phrase


def test_demonyms_name_countries_and_other_places(gazetteer: Gazetteer) -> None:
    words = {
        "Syrian": "SYR",
        "Syrians": "SYR",
        "Frenchmen": "FRA",
        "us": None,
        "Dominican": None,
        "Orlin": None,
    }
    assert {word: gazetteer.demonym(word) for word in words} == words
    assert {e.country for e in gazetteer.origins("Dominican")} == {"DMA", "DOM"}
    assert [e.name for e in gazetteer.origins("Chechens")] == ["Chechnya"]


def test_names_are_found_in_a_text(gazetteer: Gazetteer) -> None:
    text = (
        "The U.S. army left Deir ez-Zor; in St. Louis, Kharkiv and the Netherlands it met us, also in Mali."
    )
    found = gazetteer.matches(text)
    assert [m.text for m in found] == ["U.S.", "Deir ez-Zor", "St. Louis", "Kharkiv", "Netherlands", "Mali"]
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It snowed in Bavaria. They left.", ["Bavaria"]),
        ("They met in Springfield, Ill. and left.", ["Springfield", "Ill."]),
        ("At Wheeling, W.Va. it rained.", ["Wheeling", "W.Va."]),
    ],
)
def test_a_full_stop_is_kept_by_what_is_shortened_alone(
    gazetteer: Gazetteer, text: str, expected: list[str]
) -> None:
    assert [m.text for m in gazetteer.matches(text)] == expected


@given(st.text(alphabet="AaBb.’-, \nKabul Mali"))
def test_matches_are_in_order_and_apart(text: str) -> None:
    with_ends = [(m.start, m.end) for m in Gazetteer.open().matches(text)]
    assert all(a < b for a, b in with_ends)
    assert all(one[1] <= next[0] for one, next in pairwise(with_ends))


def test_a_users_places_override(tmp_path: Path) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text(
        HEADER + "Aleppo\tOrlin Post|Orlin\tOrlinite\t10\t20\t3\tTCD\t\tsite\t\tmy map\n", encoding="utf-8"
    )
    gazetteer = Gazetteer.open(own=[mine])
    (entry,) = gazetteer.lookup("Aleppo")
    assert (entry.lat, entry.precision, entry.source, entry.geonameid) == (
        10,
        "site",
        "mine.tsv: my map",
        None,
    )
    assert [e.alias for e in gazetteer.lookup("ORLIN POST")] == [True]
    assert [m.text for m in gazetteer.matches("Near Orlin Post")] == ["Orlin Post"]
    assert gazetteer.origins("Orlinite") == (entry,)
    assert [e.precision for e in gazetteer.containing(entry)] == ["country"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("\t\t\t1\t1\t1\t\t\tsite\t\t", "there is no name"),
        ("A\t\t\tx\t1\t1\t\t\tsite\t\t", "could not convert"),
        ("A\t\t\t91\t1\t1\t\t\tsite\t\t", "a number is out of range"),
        ("A\t\t\t1\t1\t1\t\t\tvillage\t\t", "the precision 'village' is none of site, settlement"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, reason: str) -> None:
    mine = tmp_path / "mine.tsv"
    mine.write_text(f"{HEADER}{row}\n", encoding="utf-8")
    with pytest.raises(InputError, match=rf"mine\.tsv:2: {reason}.*; the columns are name, aliases"):
        Gazetteer.open(own=[mine])


def test_a_missing_or_damaged_gazetteer_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"none\.sqlite: there is no gazetteer; install Dateline again"):
        Gazetteer.open(tmp_path / "none.sqlite")
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"SQLite format 3\x00" + b"\x07" * 5000)
    with pytest.raises(ModelError, match=r"damaged\.sqlite: cannot be read \(.*\); install Dateline again"):
        Gazetteer.open(damaged)
    sqlite3.connect(tmp_path / "old.sqlite").executescript("PRAGMA user_version = 99; CREATE TABLE t (a);")
    with pytest.raises(ModelError, match=r"old\.sqlite: has format 99, not 1"):
        Gazetteer.open(tmp_path / "old.sqlite")


def test_the_gazetteer_is_small() -> None:
    assert PACKAGED.stat().st_size < 40e6
