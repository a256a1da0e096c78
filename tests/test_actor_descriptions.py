from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_actors import told

CASES = [
    # phrase, country, sector, sponsor
    ("Kerlan troops", "KER", "MIL", None),
    ("14 Kerlan troops", "KER", "MIL", None),
    ("troops of Kerlo", "KER", "MIL", None),
    ("Kerlo's army", "KER", "MIL", None),
    ("the army", None, "MIL", None),
    ("Kerlo", "KER", "GOV", None),
    ("Brenik", "KER", "GOV", None),
    ("the Dostreans", "DOS", "GOV", None),
    ("six Dostreans", "DOS", "CVL", None),
    ("Dostreans", "DOS", "CVL", None),
    ("a Dostrean", "DOS", "CVL", None),
    ("Kerlan and Dostrean troops", None, "MIL", None),
    ("Dostrean-backed groups", None, "REB", "DOS"),
    ("Dostrean-backed forces", None, "REB", "DOS"),
    ("a Dostrean-led coalition", None, "MIL", "DOS"),
    ("villagers from Dostrean-occupied Orlin", None, "CVL", None),
    ("the Highland Front", "KER", "REB", "DOS"),
    ("Highland Front fighters", "KER", "REB", "DOS"),
    ("a spokesman for the Highland Front", "KER", "REB", None),
    ("a spokesman for Kerlo", "KER", "GOV", None),
    ("League of Nations officials", None, "IGO", None),
    ("Orlin forces", None, "REB", None),
    ("Orlin villagers", None, "CVL", None),
    ("a group of villagers", None, "CVL", None),
    ("Kerlan gunmen", "KER", "UAF", None),
    ("Highland Front gunmen", "KER", "REB", "DOS"),
    ("the Kerlan president", "KER", "GOV", None),
    ("Foreign Secretary Mara Lind", "DOS", "GOV", None),
    ("General Ilse Haverkamp", None, "MIL", None),
    ("Major Ilse Haverkamp", None, "MIL", None),
    ("General Haverkamp", None, None, None),
    ("the talks", None, None, None),
    ("dozens", None, "CVL", None),
]


@pytest.mark.parametrize(("phrase", "country", "sector", "sponsor"), CASES)
def test_what_phrases_say(phrase: str, country: str | None, sector: str | None, sponsor: str | None) -> None:
    found = told(phrase)
    values = [each.value if each else None for each in (found.country, found.sector, found.sponsor)]
    assert values == [country, sector, sponsor]


def test_a_reason_quotes_the_words() -> None:
    found = told("Kerlan troops")
    assert found.country and found.country.reason == "“Kerlan” → KER"
    assert found.sector and found.sector.reason == "“troops” → MIL"


@pytest.mark.parametrize(
    ("published", "holder"),
    [("2006-05-01", "ana-brandt"), ("2015", "otto-brandt"), ("1999-01-01", None), (None, None)],
)
def test_who_holds_an_office_hangs_on_the_day(published: str | None, holder: str | None) -> None:
    found = told("the Kerlan president", published)
    assert (found.row and found.row.id) == holder


def test_a_name_after_a_title_is_a_row_or_a_new_name() -> None:
    known = told("President Ana Brandt")
    assert known.row and known.row.id == "ana-brandt"
    phrase = "Kerlan spokeswoman Irena Dolck"
    new = told(phrase)
    assert new.row is None and new.name and phrase[slice(*new.name)] == "Irena Dolck"
    assert new.country and new.country.value == "KER"


def test_a_name_set_beside_an_office() -> None:
    known = told("the foreign minister, Jonas Veld")
    assert known.row and known.row.id == "jonas-veld"


def test_a_place_name_tells_the_country() -> None:
    found = told("Tarnow police", places={"Tarnow": "KER"})
    assert found.country and (found.country.value, found.country.reason) == ("KER", "“Tarnow” is in KER")


def test_phrases_within_phrases_take_no_time() -> None:
    found = told("troops of " * 300 + "Kerlo")
    assert found.country is None and found.sector and found.sector.value == "MIL"


def test_a_state_of_some_kind_is_a_state() -> None:
    found = told("a strong Kerlo")
    assert found.sector and found.sector.value == "GOV"


@given(st.text(alphabet="TheKrlotaps '’,.-()“ 1\n", max_size=60))
def test_no_phrase_makes_it_raise(text: str) -> None:
    assert told(text).phrase is not None


WORDS = ("the", "Kerlan", "troops", "of", "Brenik", ",", "Ana", "Brandt", "and", "-", "(", ")", "’s", "HF")


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_findings_lie_within_the_phrase(words: list[str]) -> None:
    text = " ".join(words)
    found = told(text)
    for each in (found.country, found.sector, found.sponsor):
        assert each is None or (0 <= each.range[0] < each.range[1] <= len(text))
