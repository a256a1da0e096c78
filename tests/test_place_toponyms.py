from __future__ import annotations

import json

import pytest
from invented_places import BRENIK, KERLO, ORLIN_EAST, ORLIN_WEST, InventedGazetteer, article

from dateline.resolve.place.signs import FEATURES
from dateline.resolve.place.toponyms import INTERCEPT, WEIGHTS, found, proposed
from dateline.types import Article, Furniture, Mention

GAZETTEER = InventedGazetteer()


def names(text: str, *mentions: Mention) -> list[str]:
    return [given.span.text for given in found(article(text), [(0, len(text))], mentions, GAZETTEER)]


def proposals(text: str, *mentions: Mention) -> list[str]:
    return [given.span.text for given in proposed(article(text), mentions, GAZETTEER)]


def test_the_package_has_a_weight_for_every_feature() -> None:
    assert set(json.loads(WEIGHTS.read_text("utf-8"))["weights"]) == {*FEATURES, INTERCEPT}


def test_the_gazetteer_alone_finds_names() -> None:
    assert names("Shells fell in Brenik as Kerlan troops left for Merovar.") == [
        "Brenik",
        "Kerlan",
        "Merovar",
    ]


def test_months_and_persons_are_no_places() -> None:
    assert names("In March, Henry Tarn said he was sorry.") == []


def test_the_reader_is_believed() -> None:
    mention = Mention(15, 26, "Lesser Tarn", "Toponym", 0.8)
    (given,) = found(article("Rebels entered Lesser Tarn."), [], [mention], GAZETTEER)
    assert (given.span.text, given.read, given.confidence, given.entries) == ("Lesser Tarn", True, 0.8, ())


def test_beside_the_reader_the_gazetteer_must_be_surer() -> None:
    text = "They praised Tarn, and in Brenik too."
    brenik = Mention(26, 32, "Brenik", "Location", 0.9)
    judged = {given.span.text: given.confidence for given in found(article(text), [], [], GAZETTEER)}
    assert (0.4 <= judged.get("Tarn", 0) < 0.7) <= ("Tarn" not in names(text, brenik))
    assert "Brenik" in names(text, brenik)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kerlo's army and Brenik’s", ["Kerlo", "Brenik"]),
        ("the Brenik Post on Orlin Road", []),
        ("along the Orlin River", ["Orlin River"]),
        ("The Kerlan army", ["Kerlan"]),
        ("on March 3", []),
    ],
)
def test_what_is_proposed(text: str, expected: list[str]) -> None:
    assert proposals(text) == expected


def test_the_readers_words_come_before_the_gazetteers() -> None:
    assert proposals("in old Brenik town", Mention(3, 13, "old Brenik", "Location")) == ["Brenik"]
    assert proposals("in Lesser Tarn", Mention(3, 14, "Lesser Tarn", "Toponym")) == ["Lesser Tarn"]
    assert proposals("in Eastlands", Mention(3, 7, "East", "Toponym")) == ["Eastlands"]
    assert proposals("in Brenik, Kerlo", Mention(3, 16, "Brenik, Kerlo", "Toponym")) == ["Brenik", "Kerlo"]
    assert proposals("in the Old Market", Mention(3, 17, "the Old Market", "Location")) == []
    assert proposals("Brenik Steel", Mention(0, 12, "Brenik Steel", "Organisation")) == ["Brenik"]


def test_what_is_proposed_comes_with_its_places() -> None:
    orlin, kerlan, brenik = proposed(article("Orlin, Kerlan Brenik"), [], GAZETTEER)
    assert (orlin.entries, orlin.demonym) == ((ORLIN_EAST, ORLIN_WEST), False)
    assert (kerlan.entries, kerlan.demonym, brenik.entries) == ((KERLO,), True, (BRENIK,))


def test_only_the_body_is_looked_at() -> None:
    text = "In Brenik. More: Merovar."
    furniture = (Furniture(11, 25, text[11:25], "related"),)
    page = Article("x", text, body=((0, 10),), furniture=furniture)
    assert [given.span.text for given in proposed(page, [], GAZETTEER)] == ["Brenik"]


def test_words_without_a_capital_name_no_place_where_names_have_one() -> None:
    vale = Mention(11, 19, "the vale", "Location", 0.9)
    assert names("They fled, the vale behind them.", vale) == []
    assert names("they fled, the vale behind them.", vale) == ["the vale"]


def test_a_persons_name_holds_no_place_but_a_title_may() -> None:
    assert proposals("as Brenik Dole said", Mention(3, 14, "Brenik Dole", "Person")) == []
    assert proposals("Mayor of Brenik Dole", Mention(0, 20, "Mayor of Brenik Dole", "Person")) == ["Brenik"]
    assert proposals("Brenik Mayor Dole", Mention(0, 17, "Brenik Mayor Dole", "Person")) == ["Brenik"]


def test_a_toponym_comes_before_the_location_around_it() -> None:
    around = Mention(3, 25, "eastern Lesser Tarn by", "Location", 0.9)
    within = Mention(11, 22, "Lesser Tarn", "Toponym", 0.8)
    assert names("in eastern Lesser Tarn by night", around, within) == ["Lesser Tarn"]
