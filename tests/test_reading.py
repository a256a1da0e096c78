"""The reader on whole articles, with the package's own model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ontology import MODES, ROLES, STATUSES
from dateline.read.reading import Reader
from dateline.types import Article, Reading, Span

STORY = """Five killed in raid on Orlin crossing, army says

ORLIN — Gunmen attacked a border post at Orlin on Friday, killing five guards, the army said.

“We will answer this crime,” Defence Minister Ana Brandt told reporters on Saturday.

The Free Hills Movement denied carrying out the raid and accused the army of shelling two villages."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(threads=1)


@pytest.fixture(scope="module")
def story(reader: Reader) -> Reading:
    return reader.read(Article("story", STORY))


def every_span(reading: Reading) -> list[Span]:
    said = [s for a in reading.attributions for s in (*a.source, *a.cue, *a.content)]
    fillers = [f for e in reading.events for role in ROLES for f in getattr(e, role)]
    return [*said, *(e.trigger for e in reading.events), *fillers]


def test_an_attack_is_reported_with_who_whom_where_when_and_toll(story: Reading) -> None:
    killing = next(e for e in story.events if e.trigger.text == "killing")
    assert killing.type == "ASSAULT" and killing.status == "actual"
    assert [f.text for f in killing.actor] == ["Gunmen"]
    assert [f.text for f in killing.killed] == ["five"]
    assert any("Orlin" in f.text for f in killing.place)


def test_who_says_so_is_told(story: Reading) -> None:
    sources = {" ".join(s.text for s in a.source): a for a in story.attributions}
    assert sources["the army"].kind == "indirect"
    assert sources["Defence Minister Ana Brandt"].kind == "direct"


def test_types_modes_and_references_are_those_of_the_ontology(story: Reading) -> None:
    labels = {e.happening for e in story.events}
    ids = {a.id for a in story.attributions}
    for event in story.events:
        assert event.mode in ("", *MODES[event.type]) and event.status in STATUSES
        assert set(event.answers) <= labels - {event.happening}
        assert set(event.attributions) <= ids


def test_reading_twice_gives_the_same(reader: Reader, story: Reading) -> None:
    assert reader.read(Article("story", STORY)) == story


def test_only_the_body_is_read(reader: Reader) -> None:
    end = STORY.index("“We")
    reading = reader.read(Article("story", STORY, body=((0, end),)))
    assert reading.events and all(s.end <= end for s in every_span(reading))


def test_a_long_article_is_read_to_its_end(reader: Reader) -> None:
    text = "\n\n".join([STORY] * 20)
    reading = reader.read(Article("long", text))
    assert max(e.trigger.start for e in reading.events) > len(text) - len(STORY)


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.text(), st.text("Army killed said “” \n.🔥é", max_size=300)))
def test_every_span_is_its_words(reader: Reader, text: str) -> None:
    for span in every_span(reader.read(Article("any", text))):
        assert text[span.start : span.end] == span.text


def test_an_empty_text_has_nothing(reader: Reader) -> None:
    assert reader.read(Article("empty", "")).events == ()


def test_a_dyad_is_answered_with_a_root_code(reader: Reader) -> None:
    text = "The army shelled two villages."
    root, chance = reader.dyad(text, (0, 8), (17, 29))
    assert root == "ASSAULT" and 0 < chance <= 1


def test_incidents_tell_who_did_it_and_to_whom(reader: Reader) -> None:
    found = reader.incidents(Article("story", STORY))
    assert any("Gunmen" in e.name for e in found["PerpInd"])
    assert all(STORY[m.start : m.end] == m.text for es in found.values() for e in es for m in e.mentions)


def test_an_empty_article_has_no_incidents(reader: Reader) -> None:
    assert not any(reader.incidents(Article("nothing", " ")).values())
