"""How a reading is told in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from readings import ARMY, ARTICLE, EVENTS, ORLIN, READING, REBELS, RESOLVED, SATURDAY, count

from dateline.ontology import TYPES
from dateline.show import wording
from dateline.types import Actor, Article, Place, Reading, When


def told(reading: Reading, number: int) -> dict[str, tuple[str, ...]]:
    """A row's fields as a terminal has them."""
    return {
        key: tuple(map(str, phrases)) for key, phrases in wording.rows(reading)[number - 1].fields.items()
    }


def test_rows_say_what_a_report_has_and_no_more() -> None:
    row = wording.rows(READING)[2]
    assert row.number == 3
    assert told(READING, 3) == {
        "recipient": ("four guards",),
        "place": ("the Orlin crossing",),
        "toll": ("four (4) killed",),
        "source": ("Foreign Minister Ana Brandt",),
    }
    assert row.same == (2, 4)


def test_answers_point_at_the_first_report_of_the_happening() -> None:
    row = wording.rows(READING)[4]
    assert (row.answers, told(READING, 5)["answers"]) == ((2,), ("#2 raid",))


def test_the_source_falls_back_to_the_attribution() -> None:
    assert told(READING, 4)["source"] == ("a rebel spokesman",)
    unknown = replace(EVENTS[3], attributions=("a9",))
    assert wording.sources(unknown, READING.attributions) == ()


def test_happenings_stand_together_in_order_of_first_mention() -> None:
    groups = wording.happenings(wording.rows(READING))
    assert [[row.number for row in group] for group in groups] == [[1], [2, 3, 4], [5, 6]]


def test_an_answer_to_an_unreported_happening_is_left_out() -> None:
    reading = replace(READING, events=(replace(EVENTS[4], answers=("Z",)),))
    assert wording.rows(reading)[0].answers == ()


@pytest.mark.parametrize(
    ("words", "value", "low", "high", "expected"),
    [
        ("four", 4, 4, 4, "four (4) killed"),
        ("11", 11, 11, None, "11 killed"),
        ("dozens", None, 24, None, "dozens (24 or more) killed"),
        ("dozens", None, 5, 7, "dozens (5 to 7) killed"),
        ("dozens", None, None, 30, "dozens (up to 30) killed"),
        ("dozens", None, None, None, "dozens killed"),
    ],
)
def test_a_toll_gives_its_number_where_the_words_do_not(
    words: str, value: int | None, low: int | None, high: int | None, expected: str
) -> None:
    assert wording.toll(count(words, value, low, high), "killed") == expected


def test_rows_say_what_their_words_stand_for() -> None:
    assert told(RESOLVED, 3)["place"] == ("the Orlin crossing → Orlin, Halvec, XMV",)
    assert told(RESOLVED, 5)["actor"] == ("the army → Army of Merovar, XMV MIL",)
    assert told(RESOLVED, 5)["date"] == ("Saturday → 2031-05-03",)
    (phrase,) = wording.rows(RESOLVED)[4].fields["date"]
    assert phrase.reason == SATURDAY.reason


def test_when_is_told_where_no_word_of_the_report_tells_it() -> None:
    assert told(RESOLVED, 6)["date"] == ("2031-05-03 (inherited)",)
    assert "date" not in told(RESOLVED, 2)


@pytest.mark.parametrize(
    ("value", "words", "expected"),
    [
        (SATURDAY, "Saturday", "2031-05-03"),
        (replace(SATURDAY, time="06:30", precision="minute"), "", "2031-05-03 06:30"),
        (replace(SATURDAY, start="2031-05-01"), "", "2031-05-01 to 2031-05-03"),
        (replace(SATURDAY, start="2028-02-01", end="2028-02-29"), "", "2028-02"),
        (replace(SATURDAY, start="2030-01-01", end="2030-12-31"), "", "2030"),
        (replace(SATURDAY, start="2030-01-01", end="2031-12-31"), "", "2030-01-01 to 2031-12-31"),
        (replace(SATURDAY, end=None), "", "since 2031-05-03"),
        (replace(SATURDAY, start=None), "", "until 2031-05-03"),
        (ORLIN, "Orlin", "Halvec, XMV"),
        (ORLIN, "the Orlin crossing", "Orlin, Halvec, XMV"),
        (replace(ORLIN, admin1=None, country=None), "Orlin", ""),
        (replace(ORLIN, name="Merovar", admin1="Merovar"), "the post", "Merovar, XMV"),
        (ARMY, "The Army of Merovar", "XMV MIL"),
        (ARMY, "six soldiers of the Army of Merovar", "XMV MIL"),
        (REBELS, "rebels", "Orlin rebels, REB, backed by XDO"),
        (replace(REBELS, sector=None, sponsor=None), "rebels", "Orlin rebels"),
    ],
)
def test_a_value_in_brief(value: When | Place | Actor, words: str, expected: str) -> None:
    assert wording.meaning(value, words) == expected


def test_the_article_tells_its_dates_places_and_actors_once_each() -> None:
    again = replace(RESOLVED, places=RESOLVED.places * 2, dates=RESOLVED.dates * 2)
    entries = wording.entries(again)
    assert [(str(entry.phrase), len(entry.spans)) for told in entries.values() for entry in told] == [
        ("Sunday → ?", 2),
        ("Saturday → 2031-05-03", 2),
        ("Orlin → Halvec, XMV", 2),
        ("Orlin → ?", 2),
        ("Army of Merovar → XMV MIL", 1),
        ("Orlin rebels → REB, backed by XDO", 2),
    ]
    assert entries["places"][1].phrase.reason == "no place of this name is in the gazetteer"


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
