"""How a reading is told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from readings import ARTICLE, EVENTS, READING, count

from dateline.ontology import TYPES
from dateline.show import wording
from dateline.types import Article


def test_rows_say_what_a_report_has_and_no_more() -> None:
    row = wording.rows(READING)[2]
    assert row.number == 3
    assert row.fields == {
        "recipient": ("four guards",),
        "place": ("the Orlin crossing",),
        "toll": ("four (4) killed",),
        "source": ("Foreign Minister Ana Brandt",),
    }
    assert row.same == (2, 4)


def test_answers_point_at_the_first_report_of_the_happening() -> None:
    row = wording.rows(READING)[4]
    assert (row.answers, row.fields["answers"]) == ((2,), ("#2 raid",))


def test_the_source_falls_back_to_the_attribution() -> None:
    assert wording.rows(READING)[3].fields["source"] == ("a rebel spokesman",)
    unknown = replace(EVENTS[3], attributions=("a9",))
    assert wording.sources(unknown, READING.attributions) == ()


def test_happenings_stand_together_in_order_of_first_mention() -> None:
    groups = wording.happenings(wording.rows(READING))
    assert [[row.number for row in group] for group in groups] == [[1], [2, 3, 4], [5, 6]]


def test_an_answer_to_an_unreported_happening_is_left_out() -> None:
    reading = replace(READING, events=(replace(EVENTS[4], answers=("Z",)),))
    assert wording.rows(reading)[0].answers == ()


@pytest.mark.parametrize(
    ("words", "value", "told"),
    [("four", 4, "four (4) killed"), ("11", 11, "11 killed"), ("dozens", None, "dozens killed")],
)
def test_a_toll_gives_its_value_where_the_words_do_not(words: str, value: int | None, told: str) -> None:
    assert wording.toll(count(words, value), "killed") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\n b\t c", "a b c"),
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("del\x7f nel\x9b", "del␡ nel�"),
        ("left\u202eright\u2066", "left�right�"),
        ("\ud800", "�"),
        ("[bold] naïve 日本 👩‍👩‍👧", "[bold] naïve 日本 👩‍👩‍👧"),
    ],
)
def test_words_are_on_one_line_and_harmless(text: str, told: str) -> None:
    assert wording.words(text) == told


def test_words_are_shortened_in_the_middle() -> None:
    text = " ".join(f"word{number}" for number in range(100))
    short = wording.shortened(text, 60)
    assert short.startswith("word0 ") and " … " in short and short.endswith("word99")
    assert len(short) <= 64
    assert wording.shortened("few words", 60) == "few words"


@pytest.mark.parametrize(
    ("published", "told"),
    [
        (None, "publication time unknown"),
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T18:30:00+02:00", "2031-05-04 18:30+02:00"),
        ("2031-05-04T18:30:00.123Z", "2031-05-04 18:30Z"),
        ("last Tuesday", "last Tuesday"),
    ],
)
def test_publication_time(published: str | None, told: str) -> None:
    assert wording.published(Article("x", "", published=published)) == told


def test_credits() -> None:
    assert wording.credits(ARTICLE) == (
        "The Orlin Courier",
        "by Tom Ryles",
        "2031-05-04 18:30+02:00 (from meta article:published_time)",
        "en",
    )
    assert wording.credits(Article("x", "")) == ("publisher unknown", "publication time unknown")
    assert wording.credits(Article("x", "", byline="By Ann Hale"))[1] == "by Ann Hale"


def test_furniture_is_counted_by_kind() -> None:
    assert wording.furniture(ARTICLE) == "3 lines set apart: subscribe, comment (2)"
    assert wording.furniture(Article("x", "")) == ""


def test_every_type_has_a_tenor() -> None:
    tenors = {wording.tenor(replace(EVENTS[0], type=kind)) for kind in TYPES}
    assert tenors == set(wording.TENOR)


def test_the_title_is_the_headline_else_the_title_else_the_id() -> None:
    assert wording.title(ARTICLE) == ARTICLE.title
    assert wording.title(Article("x", "", title="A title")) == "A title"
    assert wording.title(Article("x", "")) == "x"
