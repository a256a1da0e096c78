from __future__ import annotations

import pytest
from invented_actors import lexicon

from dateline.resolve.actor.lexicon import Sense


def sense(text: str, words: str, published: str | None = "2006-05-01", **places: str) -> Sense | None:
    """What the first words of that form in a text mean."""
    found = lexicon(text, published, places)
    start = text.index(words)
    pieces = found.pieces(start, start + len(words))
    return pieces[0].sense if len(pieces) == 1 else None


def ids(found: Sense | None) -> list[str]:
    return [name.id for name in found.names] if found else []


@pytest.mark.parametrize(
    ("words", "names", "link"),
    [
        ("Kerlo", ["KER"], None),
        ("Kerlan", ["KER"], None),
        ("Highland Front", ["highland-front"], None),
        ("Dostrean-backed", ["DOS"], "backing"),
        ("pro-Dostrean", ["DOS"], "backing"),
        ("Kerlan-occupied", ["KER"], "holding"),
        ("Brenik-based", ["KER"], "origin"),
        ("Kerlan-Dostrean", ["KER", "DOS"], None),
    ],
)
def test_names_and_compounds(words: str, names: list[str], link: str | None) -> None:
    found = sense(f"It said {words} things.", words)
    assert ids(found) == names
    assert found and found.link == link


def test_titles_and_agent_words() -> None:
    office = sense("The foreign secretary spoke.", "foreign secretary")
    assert office and [each.of for each in office.offices] == ["DOS"]
    agent = sense("Its troops left.", "troops")
    assert agent and agent.agent and agent.agent.sector == "MIL"


def test_a_name_needs_a_capital_unless_the_text_is_in_one_case() -> None:
    assert sense("The kerlo is a bird that Ana saw.", "kerlo") is None
    assert ids(sense("troops of kerlo shelled the post.", "kerlo")) == ["KER"]
    assert sense("they told us in ds.", "ds") is None


def test_an_acronym_is_what_the_text_spells_out() -> None:
    assert ids(sense("The Highland Front (HF) struck. The HF fled.", "HF fled"[:2])) == ["highland-front"]
    assert ids(sense("The Home Fleet (HF) sailed.", "HF")) == ["home-fleet"]
    assert ids(sense("The Harbour Fishers (HF) met.", "HF")) == []


@pytest.mark.parametrize(
    ("text", "published", "bearer"),
    [
        ("Brandt met Kerlan troops.", "2006-05-01", ["ana-brandt"]),
        ("Brandt met Kerlan troops.", "2015-05-01", ["otto-brandt"]),
        ("Brandt met Kerlan troops.", "1990-05-01", []),
        ("Brandt met Kerlan troops.", None, ["ana-brandt", "otto-brandt"]),
        ("Brandt met troops.", None, []),
        ("Otto Brandt came. Brandt met Kerlan troops.", None, ["otto-brandt"]),
        ("Greta Brandt came. Brandt met Kerlan troops.", "2006-05-01", []),
        ("Veld met Dostrean troops.", None, ["jonas-veld"]),
    ],
)
def test_whom_a_surname_means(text: str, published: str | None, bearer: list[str]) -> None:
    """One person, or several of a country that the text names."""
    found = lexicon(text, published)
    last = text.index(" met")
    pieces = found.pieces(text.rfind(" ", 0, last) + 1, last)
    assert ids(pieces[0].sense) == bearer


def test_a_surname_of_the_text_is_no_common_noun() -> None:
    text = "Police held Kim Baker. They say Baker fled."
    assert sense(text, "Baker") is None
    found = sense("The baker fled.", "baker")
    assert found and found.agent


def test_countries_named_are_counted() -> None:
    found = lexicon("Kerlo and Tarnow: Kerlans met Dostreans.", places={"Tarnow": "KER"})
    assert found.mentioned == {"KER": 5, "DOS": 2}  # a place counts once, a state or its people twice


def test_a_surname_is_no_place() -> None:
    assert lexicon("Then Ana Tarnow left.", places={"Tarnow": "KER"}).mentioned == {}


def test_a_region_is_no_state() -> None:
    assert ids(sense("The South Kerlan states met.", "Kerlan")) == []


def test_unknown_names_are_runs_of_capitals() -> None:
    found = lexicon("On Monday Mr Olaf van Berg and Irena Dolck met the Kerlan president.")
    assert [" ".join(word.text for word in run) for run in found.unknown_names] == [
        "Olaf van Berg",
        "Irena Dolck",
    ]
