from __future__ import annotations

from dataclasses import replace

from logs import first_reading, log

from dateline.record.incidents import incidents
from dateline.record.summary import summary
from dateline.site.filters import Filter
from dateline.site.titles import feed, title, view

BRIEF = summary(next(each for each in incidents(log(first_reading())) if len(each.claims) > 1))
DAYS = {"first_day": "2024-03-12", "last_day": "2024-03-12"}


def test_an_incident_is_named_by_what_where_when_and_how_many() -> None:
    told = replace(BRIEF, kind="ASSAULT aerial", place="Ostrel", **DAYS)
    assert title(told) == "Attack, aerial, Ostrel, 12 Mar 2024: 6 killed"
    tolls = {"killed": (None, None, None), "injured": (3, 4, 11)}
    assert title(replace(told, **tolls)) == "Attack, aerial, Ostrel, 12 Mar 2024: 4 (3–11) injured"


def test_what_is_not_known_is_left_out() -> None:
    assert title(replace(BRIEF, place="", killed=(None, None, None))) == "Attack"


def test_no_words_of_a_report_are_in_a_title() -> None:
    assert title(replace(BRIEF, headline="Ana Brandt was seen", speakers="Ana Brandt")) == title(BRIEF)


def test_control_characters_are_harmless() -> None:
    assert "\x1b" not in title(replace(BRIEF, place="Os\x1btrel"))


def test_a_view_is_told_in_words() -> None:
    assert view(Filter()) == "all incidents"
    asked = Filter(text='"border post"', since="2024-03-01", type="ASSAULT", place="Orlin", status="negated")
    told = 'attack, said not to have happened, in Orlin, since 1 Mar 2024, with the words "border post"'
    assert view(asked) == told
    assert view(
        Filter(box=(1, 2, 3, 4), actor="army", source="Kestrel Wire", sector="MIL", as_of="2024-04-01")
    ) == (
        "by or upon army, with armed forces of a state, in a part of the map, told by Kestrel Wire, "
        "as known on 1 Apr 2024"
    )


def test_a_feed_is_called_by_what_is_shown_to_the_public() -> None:
    assert feed(Filter(type="AID", place="orlin"), {"place": "Orlin"}) == "aid, in Orlin"
    asked = Filter(type="AID", actor="Rosa Quill", place="her house", source="Rosa", text="Rosa Quill")
    assert feed(asked, {}) == "aid, with words asked for"
    assert feed(asked, {"source": "Kestrel Wire"}) == "aid, told by Kestrel Wire, with words asked for"
