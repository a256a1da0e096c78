from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_places import BRENIK, KERLO, ORLIN_EAST, ORLIN_WEST, InventedGazetteer, article

from dateline.resolve.place.names import Found, meant
from dateline.resolve.places import home_of, names, place_of, resolved, toponyms, with_places
from dateline.types import EventReport, Filler, Mention, Place, Reading, Span, Toponym

GAZETTEER = InventedGazetteer()


def read(text: str, *mentions: Mention, home: str | None = None) -> tuple[Toponym, ...]:
    return toponyms(article(text), [(0, len(text))], mentions, GAZETTEER, home)


def places(text: str) -> dict[str, str | None]:
    """The country of each name's place."""
    return {t.text: t.place.country if t.place else None for t in read(text)}


def test_a_toponym_says_what_it_rests_on() -> None:
    (brenik,) = read("Shells fell in Brenik.")
    assert (brenik.kind, brenik.reason) == ("literal", "behind “in”")
    assert 0.4 <= brenik.confidence <= 1
    place = brenik.place
    assert place and place.evidence.spans == (Span(15, 21, "Brenik"),)
    assert (place.name, place.country, place.precision, place.geonameid) == ("Brenik", "KER", "settlement", 4)
    assert (place.kind, place.basis, place.reason) == (
        "literal",
        "stated",
        "the only place known by that name",
    )


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Shells fell in Orlin, Kerlo, on Monday.", "KER"),
        ("Troops in Orlin and in Tarn fired at Kerlan police near Brenik.", "KER"),
        ("Troops in Orlin, Dostrea, left for Merovar.", "DOS"),
    ],
)
def test_the_article_tells_namesakes_apart(text: str, country: str) -> None:
    assert places(text)["Orlin"] == country


def test_a_name_in_two_places() -> None:
    text = "In Orlin, Kerlo, it was calm. In Orlin, Dostrea, it was not. Orlin burned."
    orlins = [t.place.country for t in read(text) if t.text == "Orlin" and t.place]
    assert orlins == ["KER", "DOS", "DOS"]


def test_people_mean_their_country() -> None:
    kerlan = read("In Merovar, Kerlan troops fired.")[1]
    assert kerlan.kind == "demonym" and kerlan.place
    assert (kerlan.place.name, kerlan.place.precision) == ("Kerlo", "country")


def test_an_unknown_name_does_not_empty_the_rest() -> None:
    text = "Rebels entered Lesser Tarn and Upper Sund, Kerlo, then Brenik."
    mentions = (Mention(15, 26, "Lesser Tarn", "Toponym"), Mention(31, 41, "Upper Sund", "Toponym"))
    lesser, upper, *known = read(text, *mentions)
    assert lesser.place is None and lesser.reason.endswith("no place of that name is known")
    assert upper.place and (upper.place.name, upper.place.basis) == ("Kerlo", "inferred")
    assert [t.place.name for t in known if t.place] == ["Kerlo", "Brenik"]


def test_given_spans_are_resolved_in_text_order() -> None:
    text = "Tarn and Brenik"
    spans = (Span(9, 15, "Brenik"), Span(0, 4, "Tarn"))
    assert [t.text for t in resolved(article(text), spans, GAZETTEER)] == ["Tarn", "Brenik"]


@given(st.text(alphabet="KerloBnikOTa ,.'’()\n", max_size=80))
def test_any_text_gives_toponyms_that_are_its_words(text: str) -> None:
    for toponym in read(text):
        assert text[toponym.start : toponym.end] == toponym.text


def test_names_are_grouped_by_what_holds_them() -> None:
    text = "Orlin, Kerlo; Orlin; Brenik"
    spans = (Span(0, 5, "Orlin"), Span(7, 12, "Kerlo"), Span(14, 19, "Orlin"), Span(21, 27, "Brenik"))
    every, owners = names(text, [Found(span, *meant(span.text, GAZETTEER)) for span in spans])
    assert owners == [0, 1, 0, 2]
    assert (every[0].text, every[0].mentions, every[0].inside) == ("Orlin", 2, (KERLO,))
    assert every[0].candidates == (ORLIN_EAST, ORLIN_WEST)


@pytest.mark.parametrize(
    ("text", "filler", "name", "basis"),
    [
        ("a base in Kerlo was hit", "a base in Kerlo", "Kerlo", "stated"),
        ("it fell in Orlin, Kerlo, too", "Orlin, Kerlo", "Orlin", "stated"),
        ("it fell in Orlin, Kerlo, too", "in Orl", "Orlin", "stated"),
        ("near a Kerlan town and Brenik", "a Kerlan town", "Kerlo", "inferred"),
    ],
)
def test_the_place_of_a_filler(text: str, filler: str, name: str, basis: str) -> None:
    start = text.index(filler)
    place = place_of(Span(start, start + len(filler), filler), read(text), GAZETTEER)
    assert place and (place.name, place.basis) == (name, basis)


def test_a_filler_beside_the_toponyms_is_looked_up() -> None:
    assert place_of(Span(0, 6, "Brenik"), (), GAZETTEER).name == "Brenik"  # type: ignore[union-attr]
    assert place_of(Span(0, 5, "Orlin"), (), GAZETTEER) is None
    place = place_of(Span(30, 35, "Orlin"), read("Troops left Brenik on Monday."), GAZETTEER)
    assert place and place.country == "KER"
    assert place.reason == "the only place known by that name in the countries of the article"


@pytest.mark.parametrize("words", ["the town", "brenik", "Nowhere", "Kerlans"])
def test_a_filler_that_names_no_sure_place_has_none(words: str) -> None:
    assert place_of(Span(0, len(words), words), (), GAZETTEER) is None


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.orlin-post.co.uk/1", "GBR"),
        ("https://kestrel.example/a.ie", None),
        ("not a url", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_the_home_of_a_publisher(url: str | None, country: str | None) -> None:
    assert home_of(article("", url)) == country


def test_a_reading_with_its_places() -> None:
    text = "Gunmen shot two men in Brenik."
    event = EventReport(
        "e1",
        Span(7, 11, "shot"),
        "ASSAULT",
        "firearms",
        "actual",
        1.0,
        "A",
        place=(Filler(23, 29, "Brenik"),),
    )
    reading = with_places(Reading(article(text), "m", events=(event,)), GAZETTEER)
    filler = reading.events[0].place[0].resolved
    assert isinstance(filler, Place) and filler == reading.places[0].place
    assert replace(reading, events=(), places=()) == Reading(article(text), "m")
    assert filler.lat == BRENIK.lat
