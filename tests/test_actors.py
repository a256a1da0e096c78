from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_actors import tables

from dateline.resolve.actors import doubtful, slug, with_actors
from dateline.types import Actor, Article, Attribution, EventReport, Evidence, Filler, Place, Reading, Toponym

TABLES = tables()


def filler(text: str, words: str) -> Filler:
    start = text.index(words)
    return Filler(start, start + len(words), words)


def reading(text: str, published: str | None = "2006-05-01", **roles: Sequence[str]) -> Reading:
    """A reading with one event, whose fillers are words of the text."""
    article = Article("a", text, published=published, body=((0, len(text)),))
    event = EventReport("e1", article.span(0, 1), "ASSAULT", "", "actual", 1.0, "A")
    found = {role: tuple(filler(text, words) for words in given) for role, given in roles.items()}
    return Reading(article, "test", sentences=((0, len(text)),), events=(replace(event, **found),))  # type: ignore[arg-type]


def resolved(text: str, published: str | None = "2006-05-01", **roles: Sequence[str]) -> dict[str, Actor]:
    """The actors of the fillers by their words."""
    event = with_actors(reading(text, published, **roles), TABLES).events[0]
    fillers = (*event.actor, *event.recipient, *event.source)
    return {f.text: f.resolved for f in fillers if isinstance(f.resolved, Actor)}


def test_actors_have_ids_mentions_and_evidence() -> None:
    text = "Kerlan troops killed two men in Brenik. The troops fled."
    read = with_actors(reading(text, actor=["Kerlan troops", "The troops"], recipient=["two men"]), TABLES)
    army, men = read.actors
    assert (army.id, army.country, army.sector, army.basis) == ("KER-MIL", "KER", "MIL", "stated")
    assert [span.text for span in army.mentions] == ["Kerlan troops", "The troops"]
    assert [span.text for span in army.evidence.spans] == ["Kerlan", "troops"]
    assert army.reason == "“Kerlan” → KER; “troops” → MIL"
    assert men.id == f"men@{text.index('two')}" and men.sector == "CVL"
    first, second = (f.resolved for f in read.events[0].actor)
    assert first == replace(army, mentions=()) and second == replace(army, mentions=(), basis="inherited")


def test_a_person_is_what_the_day_makes_of_them() -> None:
    assert resolved("Brandt left Kerlo.", actor=["Brandt"])["Brandt"].name == "Ana Maria Brandt"
    assert resolved("Brandt left Kerlo.", "2015", actor=["Brandt"])["Brandt"].name == "Otto Brandt"
    unknown = resolved("Brandt left Kerlo.", None, actor=["Brandt"])["Brandt"]
    assert (unknown.name, unknown.country, unknown.sector) == ("Brandt", "KER", "GOV")  # both were presidents


def test_a_name_takes_what_introduces_it() -> None:
    found = resolved("Irena Dolck, a Kerlan baker, left. Dolck said so.", actor=["Dolck said"[:5]])
    assert (found["Dolck"].name, found["Dolck"].country, found["Dolck"].sector) == (
        "Irena Dolck",
        "KER",
        "CVL",
    )
    assert found["Dolck"].id == "irena-dolck"


def test_the_country_of_the_event_is_inferred_for_local_people() -> None:
    text = "Gunmen killed villagers in Kerlo. Dostrea and Dostreans saw Dostrea."
    found = resolved(text, actor=["Gunmen"], recipient=["villagers"], place=["Kerlo"])
    assert (found["villagers"].country, found["villagers"].basis) == ("KER", "inferred")
    assert found["villagers"].reason.startswith("the event is told of “Kerlo” → KER")
    assert (found["Gunmen"].country, found["Gunmen"].sector) == (None, "UAF")


def test_the_country_of_the_article_is_inferred_for_its_officials() -> None:
    found = resolved("Officials of the army spoke. Kerlans like Kerlo and Brenik.", source=["the army"])
    assert (found["the army"].country, found["the army"].basis) == ("KER", "inferred")
    mixed = resolved("The army spoke. Kerlans met Dostreans.", source=["The army"])
    assert mixed["The army"].country is None


@pytest.mark.parametrize(
    "words", ["foreign fighters", "its villagers", "Orlin Union and League of Nations men"]
)
def test_others_are_of_no_country(words: str) -> None:
    found = resolved(f"In Kerlo the Kerlans saw {words} leave.", actor=[words])
    assert words not in found or found[words].country is None


def test_ours_are_of_whoever_says_so() -> None:
    text = "“Our forces won,” said Irena Dolck, a spokeswoman for the Highland Front."
    found = resolved(text, actor=["Our forces"], source=["Irena Dolck"])
    assert (found["Our forces"].country, found["Our forces"].sector) == ("KER", "REB")
    assert found["Our forces"].reason == "“forces” → MIL; “our”, says Irena Dolck"


def test_resolved_places_tell_countries() -> None:
    text = "Police arrested a man in Tarnow."
    read = reading(text, actor=["Police"], recipient=["a man"], place=["Tarnow"])
    span = read.article.span(text.index("Tarnow"), text.index("Tarnow") + 6)
    place = Place(
        "Tarnow", 1.0, 1.0, 1.0, "KER", None, None, "settlement", "literal", "stated", Evidence((span,)), ""
    )
    found = with_actors(
        replace(read, places=(Toponym(span.start, span.end, span.text, place=place),)), TABLES
    )
    assert {actor.country for actor in found.actors} == {"KER"}


def toponym(text: str, words: str, precision: Any = "district", country: str = "DOS") -> Toponym:
    """A place of GeoNames that the words are taken for."""
    start = text.index(words)
    span = Article("a", text).span(start, start + len(words))
    place = Place(
        words, 0.0, 0.0, 3.0, country, None, 7, precision, "literal", "stated", Evidence((span,)), ""
    )
    return Toponym(span.start, span.end, words, "literal", 1.0, place, "")


@pytest.mark.parametrize(
    ("text", "precision", "country"),
    [
        ("Farmers along the Tarn met villagers there.", "district", None),
        ("Farmers and Tarn villagers met there.", "settlement", None),
        ("Farmers met villagers in Tarn.", "settlement", "DOS"),
        ("Farmers met villagers from all of Tarn.", "province", "DOS"),
        ("Dostrean farmers met Tarn villagers there.", "district", "DOS"),
    ],
)
def test_a_small_place_alone_makes_nobody_of_its_country(
    text: str, precision: str, country: str | None
) -> None:
    read = replace(reading(text, recipient=["villagers"]), places=(toponym(text, "Tarn", precision),))
    (villagers,) = (actor for actor in with_actors(read, TABLES).actors if "villagers" in actor.name)
    assert villagers.country == country


def test_two_places_of_a_country_speak_for_each_other() -> None:
    text = "Farmers along the Tarn met villagers of Vale."
    places = (toponym(text, "Tarn"), toponym(text, "Vale"))
    assert doubtful(text, places[:1]) == {"DOS"}
    assert not doubtful(text, places)


def test_he_who_goes_on_is_who_spoke_before() -> None:
    text = "Irena Dolck said that Kerlans had fled. “We stay,” she said."
    article = reading(text).article
    said = [
        Attribution(
            "a1", (filler(text, "Irena Dolck"),), (filler(text, "said"),),
            (filler(text, "that Kerlans had fled"),), "indirect", 1.0,
        ),
        Attribution(
            "a2", (filler(text, "she"),), (article.span(len(text) - 5, len(text) - 1),),
            (filler(text, "“We stay,”"),), "direct", 1.0,
        ),
    ]  # fmt: skip
    found = with_actors(replace(reading(text), attributions=tuple(said)), TABLES).actors
    (irena,) = (actor for actor in found if actor.id == "irena-dolck")
    assert [span.text for span in irena.mentions] == ["Irena Dolck", "she"]


def test_words_that_are_no_actor_have_none() -> None:
    assert resolved("The talks failed.", actor=["The talks"]) == {}


def test_mentions_of_the_reader_and_sources_count() -> None:
    from dateline.types import Mention

    text = "Irena Dolck said the Highland Front fled."
    read = reading(text)
    front = text.index("Highland")
    read = replace(
        read,
        mentions=(Mention(front, front + 14, "Highland Front", kind="Organisation"),),
        attributions=(Attribution("a1", (read.article.span(0, 11),), (), (), "indirect", 1.0),),
    )
    assert [actor.id for actor in with_actors(read, TABLES).actors] == ["irena-dolck", "highland-front"]


def test_slug() -> None:
    assert slug("the Al-Orlin Front") == "al-orlin-front"
    assert slug("…") == "unnamed"


WORDS = (
    "Brandt",
    "Kerlo’s",
    "the",
    "army",
    "of",
    "(",
    ")",
    ",",
    ".",
    "“",
    "HF",
    "Highland",
    "Front",
    "he",
    "Veld",
)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25), st.data())
def test_no_article_makes_it_raise(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    starts = st.integers(0, len(text) - 1)
    spans = data.draw(st.lists(st.tuples(starts, st.integers(1, 12)), max_size=5))
    fillers = tuple(Filler(s, min(s + n, len(text)), text[s : s + n]) for s, n in spans)
    read = reading(text)
    read = replace(read, events=(replace(read.events[0], actor=fillers),))
    for actor in with_actors(read, TABLES).actors:
        assert all(span.text == text[span.start : span.end] for span in actor.mentions)


def test_a_long_article_takes_little_time() -> None:
    text = (
        "President Ana Brandt told Kerlan troops of the Highland Front to leave Orlin villagers alone. " * 80
    )
    read = reading(text, actor=["President Ana Brandt", "Kerlan troops"], recipient=["Orlin villagers"])
    with_actors(read, TABLES)
    start = time.process_time()
    with_actors(read, TABLES)
    assert time.process_time() - start < 0.5  # 50 ms in practice; room for a slow machine
