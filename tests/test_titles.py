from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from logs import first_reading, log

from dateline.record.incidents import incidents
from dateline.record.summary import summary
from dateline.site.filters import Filter
from dateline.site.titles import kind, span, title, toll, view

BRIEF = summary(next(each for each in incidents(log(first_reading())) if len(each.claims) > 1))


def test_an_incident_is_named_by_what_where_when_and_how_many() -> None:
    told = replace(
        BRIEF, kind="ASSAULT aerial", place="Ostrel", first_day="2024-03-12", last_day="2024-03-12"
    )
    assert title(told) == "Assault (aerial), Ostrel, 12 March 2024: 6 killed"
    assert title(replace(told, killed=(None, None, None))) == "Assault (aerial), Ostrel, 12 March 2024"


def test_what_is_not_known_is_left_out() -> None:
    assert title(replace(BRIEF, place="", killed=(None, None, None))) == "Assault"


def test_no_words_of_a_report_are_in_a_title() -> None:
    assert title(replace(BRIEF, headline="Ana Brandt was seen")) == title(BRIEF)


def test_control_characters_are_harmless() -> None:
    assert "\x1b" not in title(replace(BRIEF, place="Os\x1btrel"))


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ((None, None, None), ""),
        ((6, 6, 6), "6 killed"),
        ((3, 4, 11), "3 to 11 killed"),
        ((24, 24, None), "24 killed"),
        ((None, 11, 11), "up to 11 killed"),
        ((0, 0, 0), "0 killed"),
    ],
)
def test_tolls(bounds: Any, told: str) -> None:
    assert toll(bounds, "killed") == told


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (None, None, ""),
        ("2024-03-12", None, "since 12 March 2024"),
        (None, "2024-03-12", "until 12 March 2024"),
        ("2024-03-12", "2024-03-14", "12 to 14 March 2024"),
        ("2024-02-28", "2024-03-01", "28 February 2024 to 1 March 2024"),
    ],
)
def test_spans_of_days(first: str | None, last: str | None, told: str) -> None:
    assert span(first, last) == told


def test_kinds() -> None:
    assert [kind("AID"), kind("ASSAULT heavy-weapons")] == ["Aid", "Assault (heavy weapons)"]


def test_a_view_is_told_in_words() -> None:
    assert view(Filter()) == "all incidents"
    asked = Filter(text='"border post"', since="2024-03-01", type="ASSAULT", place="Orlin", status="negated")
    told = 'assault, that did not happen, in Orlin, since 1 March 2024, with the words "border post"'
    assert view(asked) == told
    assert view(Filter(box=(1, 2, 3, 4), actor="the army", source="Kestrel Wire", as_of="2024-04-01")) == (
        "by or upon the army, in a part of the map, told by Kestrel Wire, as known on 1 April 2024"
    )
