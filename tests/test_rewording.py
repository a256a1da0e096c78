from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from logs import TEXT, claims, first_reading, span
from readings import ARMY, ORLIN, RESOLVED

from dateline.record.corrections import with_field
from dateline.record.rewording import nearest, value_of
from dateline.types import EventReport

READING = first_reading()
KILLED, _, SHELLED = claims(READING)


def reworded(field: str, written: str, words: str | None = None) -> EventReport:
    return with_field(KILLED.event, field, value_of(READING, KILLED, field, written, words, "Ana"))


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("type", "COERCE", "COERCE"),
        ("mode", "firearms", "firearms"),
        ("mode", "none", ""),
        ("status", "hypothetical", "hypothetical"),
    ],
)
def test_names_are_taken_as_they_are(field: str, written: str, expected: str) -> None:
    assert getattr(reworded(field, written), field) == expected


@pytest.mark.parametrize(
    ("written", "value", "low", "high"), [("7", 7, 7, 7), ("3-5", None, 3, 5), ("24+", None, 24, None)]
)
def test_tolls_keep_their_words(written: str, value: int | None, low: int, high: int | None) -> None:
    (count,) = reworded("killed", written).killed
    assert (count.text, count.value, count.low, count.high) == ("six", value, low, high)
    assert reworded("killed", "none").killed == ()
    (injured,) = reworded("injured", written, "six guards").injured
    assert injured.text == "six guards"


def test_days_rest_on_words_of_the_article() -> None:
    when = reworded("when", "2024-03-10..2024-03-12", "on Tuesday").when
    assert when is not None and (when.start, when.end, when.precision) == ("2024-03-10", "2024-03-12", "open")
    assert when.evidence.spans == (span(TEXT, "on Tuesday"),)
    day = reworded("when", "2024-03-12", "Tuesday").when
    assert day is not None and (day.precision, day.reason) == ("day", "as Ana reads it")
    since = reworded("when", "2024-03-12..", "Tuesday").when
    assert since is not None and (since.start, since.end) == ("2024-03-12", "2024-03-12")
    assert reworded("when", "none").when is None


def test_roles_are_the_article_s_words() -> None:
    event = reworded("recipient", "six guards; the  merovar post")
    assert [filler.text for filler in event.recipient] == ["six guards", "the Merovar post"]
    assert reworded("actor", "none").actor == ()


def test_words_that_the_article_resolves_are_resolved() -> None:
    raid = claims(RESOLVED)[1]

    def found(field: str, written: str) -> Any:
        event = with_field(raid.event, field, value_of(RESOLVED, raid, field, written, None, "Ana"))
        return getattr(event, field)[0].resolved

    assert found("place", "Orlin crossing") == ORLIN
    assert found("actor", "the army") == replace(ARMY, mentions=())
    assert found("actor", "four guards") is None


@pytest.mark.parametrize(
    ("field", "written", "reason"),
    [
        ("trigger", "x", "cannot be corrected; choose one of type, mode"),
        ("type", "WAR", "'WAR' is no type; choose one of AGREE"),
        ("mode", "visit", "'visit' is no mode; choose one of none, aerial"),
        ("killed", "many", "is no number; write 6, 3-5, 24. or none"),
        ("killed", "5-3", "ends before it begins"),
        ("injured", "3", "give them by --words"),
        ("when", "12 March", "is no day"),
        ("when", "2024-03-12..2024-03-10", "ends before it begins"),
        ("place", "Atlantis", "does not have the words 'Atlantis'"),
    ],
)
def test_what_cannot_be_written_is_told(field: str, written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        reworded(field, written)


def test_of_several_places_the_nearest_is_meant() -> None:
    text = "The post fell. Later the post burned."
    assert nearest(text, "the post", span(text, "burned")).start == 21
    assert nearest(text, "the post", span(text, "fell")).start == 0
    with pytest.raises(ValueError, match="does not have the words"):
        nearest(text, "pos", span(text, "fell"))
