from __future__ import annotations

import pytest
from exported import FRONT, GUARDS, GUNMEN, attack, who
from logs import TEXT, filler
from readings import evidence

from dateline.record.facets import cell, facets, is_public, is_toponym, speaker_facet
from dateline.types import Actor

HEARD = evidence(filler(TEXT, "Gunmen"))


def actor(name: str, sector: str | None = None, identity: str = "") -> Actor:
    slug = identity or name.casefold().replace(" ", "-")
    return Actor(slug, name, None, sector, "stated", HEARD, "")


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (True, actor("Highland Front", "REB")),
        (True, actor("Interior Ministry", "GOV")),
        (True, actor("Dockers’ Union", "LAB")),
        (True, actor("Jonas Veld", "GOV")),
        (True, actor("Taruk", "REB")),
        (True, actor("Merovar", identity="XMV")),
        (True, actor("police of Merovar", "COP", "XMV-COP")),
        (False, actor("Rosa Quill")),
        (False, actor("Rosa Quill", "CVL")),
        (False, actor("Peter Amadi", "COP")),
        (False, actor("Ana Brill", "REB")),
        (False, actor("Edda Marsh", "JRN")),
        (False, actor("the Interior Ministry", "GOV", "interior-ministry@40")),
        (False, actor("River States. Merovar", "GOV")),
    ],
)
def test_private_persons_are_never_shown(shown: bool, told: Actor) -> None:
    assert is_public(told) is shown


def test_an_incident_is_found_by_its_values_and_shows_some() -> None:
    found = facets(attack().incident)
    assert found["type", "assault"] == "ASSAULT"
    assert found["party", "xmv-cop"] == "Guards of Merovar"
    assert found["actor", "gunmen"] is None
    assert ("party", "gunmen") not in found
    assert found["sector", "uaf"] == "UAF"
    assert found["place", "merovar post"] == "Merovar post"
    assert found["country", "xmv"] == "XMV"
    assert found["publisher", "courier"] == "Courier"
    assert found["speaker", "the ministry"] is None


def test_speakers_are_found_by_name_and_shown_when_public() -> None:
    told = speaker_facet(who("The Highland Front", FRONT))
    assert (told.value, told.label) == ("Highland Front", "Highland Front")
    assert speaker_facet(who("Gunmen", GUNMEN)).label is None
    assert speaker_facet(who("six guards", GUARDS)).label == "Guards of Merovar"
    assert speaker_facet(who("the ministry")).value == "the ministry"


@pytest.mark.parametrize(
    ("yes", "words"),
    [
        (True, "Brenik"),
        (True, "Port Corrin"),
        (True, "Kasseru prison"),
        (False, "the yard"),
        (False, "Amadi’s house"),
        (False, "in the upper valley"),
        (False, "Port Corrin and the whole coast"),
    ],
)
def test_words_of_an_unknown_place_are_shown_when_they_are_its_name(yes: bool, words: str) -> None:
    assert is_toponym(words) is yes


def test_a_square_degree_is_named_by_its_south_western_corner() -> None:
    assert cell(44.5, -21.25) == "44 -22"
    assert cell(-0.5, 0.0) == "-1 0"
    assert cell(None, 3.0) == ""
