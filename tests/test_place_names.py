from __future__ import annotations

import pytest
from invented_places import BRENIK, KERLO, ORLIN_EAST, ORLIN_WEST, VALE, InventedGazetteer, article

from dateline.resolve.place.names import Found, governs, inside, meant, noun, told_inside
from dateline.types import Span

GAZETTEER = InventedGazetteer()


def founds(text: str, *names: str) -> list[Found]:
    spans = (article(text).span(text.index(name), text.index(name) + len(name)) for name in names)
    return [Found(span, *meant(span.text, GAZETTEER)) for span in spans]


@pytest.mark.parametrize(
    ("words", "entries", "demonym"),
    [
        ("Orlin", (ORLIN_EAST, ORLIN_WEST), False),
        ("Kerlans", (KERLO,), True),
        ("northern Kerlo", (KERLO,), False),
        ("Brenik city", (BRENIK,), False),
        ("eastern Brenik suburb", (BRENIK,), False),
        ("Orlin River", (), False),
        ("Nowhere", (), False),
        ("north", (), False),
    ],
)
def test_what_words_may_mean(words: str, entries: tuple[object, ...], demonym: bool) -> None:
    assert meant(words, GAZETTEER) == (entries, demonym)


@pytest.mark.parametrize(
    "text",
    [
        "in Orlin, Kerlo, on Monday",
        "at Orlin (Kerlo) they",
        "in Orlin in western Kerlo",
        "Orlin, a small town in northern Kerlo, fell",
        "Kerlo's Orlin was quiet",
        "Kerlo’s northern border town of Orlin",
    ],
)
def test_what_a_name_is_said_to_lie_in(text: str) -> None:
    names = sorted(("Orlin", "Kerlo"), key=text.index)
    told = dict(zip(names, told_inside(text, founds(text, *names)), strict=True))
    assert told == {"Orlin": (KERLO,), "Kerlo": ()}


def test_a_people_holds_its_towns() -> None:
    text = "the Kerlan town of Orlin"
    assert told_inside(text, founds(text, "Kerlan", "Orlin")) == [(), (KERLO,)]


@pytest.mark.parametrize(
    "text", ["Orlin, Brenik and others", "Kerlo's attack on Orlin", "from Kerlo to Orlin"]
)
def test_other_neighbours_say_nothing(text: str) -> None:
    names = sorted((n for n in ("Orlin", "Brenik", "Kerlo") if n in text), key=text.index)
    assert not any(told_inside(text, founds(text, *names)))


def test_an_unknown_name_lies_in_any_country_or_province_told() -> None:
    unknown, vale = founds("Lesser Tarn, Vale", "Lesser Tarn", "Vale")
    assert inside(unknown, vale) == (VALE,)
    assert inside(unknown, Found(Span(0, 6, "Brenik"), (BRENIK,))) == ()


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Vale province", "Vale", "province"),
        ("the city of Brenik", "Brenik", "city"),
        ("Orlin and Tarn counties", "Orlin", "county"),
        ("Orlin Valley", "Orlin Valley", "valley"),
        ("Brenik fell", "Brenik", None),
    ],
)
def test_the_noun_of_a_name(text: str, name: str, expected: str | None) -> None:
    start = text.index(name)
    assert noun(text, Span(start, start + len(name), name)) == expected


def test_governments_go_by_countries_and_capitals() -> None:
    assert governs([BRENIK]) and governs([ORLIN_EAST, KERLO])
    assert not governs([ORLIN_EAST, VALE])
