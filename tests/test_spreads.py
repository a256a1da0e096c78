from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from logs import TEXT, article, claims, count, filler, log, read, report, span

from dateline.record.incidents import incidents
from dateline.record.spreads import RULES, admits, apart, number, spread
from dateline.types import (
    Attribution,
    Claim,
    Count,
    Decision,
    Evidence,
    Filler,
    Incident,
    Place,
    Reading,
    Span,
    When,
)


def said(source: str, cue: str, content: str) -> Attribution:
    return Attribution(
        "a1", (span(TEXT, source),), (span(TEXT, cue),), (span(TEXT, content),), "indirect", 0.9
    )


def told(name: str, killed: tuple[Count, ...] = (), day: int = 12, **more: Any) -> Reading:
    text = more.pop("text", TEXT)
    attributions = more.pop("said", ())
    event = report(text, "killed", killed=killed, attributions=tuple(a.id for a in attributions), **more)
    published = f"2024-03-{day}T10:00:00+00:00"
    return read(
        article(f"https://{name}.example/", text, publisher=name, published=published), [event], attributions
    )


def one(*readings: Reading, decisions: tuple[Decision, ...] = ()) -> Incident:
    """One incident of the first claim of each reading."""
    first, *others = (claims(reading)[0] for reading in readings)
    ties = [Decision("same", "linker", (first.id,), (other.id,), "", 0.9) for other in others]
    found = incidents(log(*readings, [*ties, *decisions]))
    return max(found, key=lambda incident: len(incident.claims))


SIX = count(TEXT, "six", 6, 6)
NINE = replace(SIX, value=9, low=9, high=9)
MANY = replace(SIX, value=None, low=24, high=None)


def test_tolls_stand_side_by_side_and_the_most_independent_is_best() -> None:
    toll = spread(one(told("Wire", (SIX,)), told("Post", (SIX,)), told("Herald", (NINE,), day=13))).killed
    assert [(value.value, len(value.tellings)) for value in toll.values] == [("6", 2), ("9", 1)]
    assert (toll.low, toll.best, toll.high, toll.rule) == (6, 6, 9, "most-origins")
    assert toll.values[0].tellings[0].speaker in ("Wire", "Post")
    assert toll.values[0].tellings[0].words == span(TEXT, "six")


@pytest.mark.parametrize(
    ("rule", "best"), [("latest", 9), ("lowest", 6), ("highest", 9), ("most-origins", 6)]
)
def test_the_user_chooses_the_rule(rule: str, best: int) -> None:
    incident = one(told("Wire", (SIX,)), told("Post", (SIX,)), told("Herald", (NINE,), day=13))
    assert spread(incident, rule).killed.best == best
    assert rule in RULES


def test_open_numbers_stay_open() -> None:
    toll = spread(one(told("Wire", (MANY,)), told("Post", (SIX,)))).killed
    assert sorted(value.value for value in toll.values) == ["24 or more", "6"]
    assert (toll.low, toll.high) == (6, 24)
    empty = spread(one(told("Wire"))).killed
    assert (empty.values, empty.low, empty.best, empty.high) == ((), None, None, None)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(4, 4, "4"), (3, 5, "3 to 5"), (24, None, "24 or more"), (None, 9, "up to 9"), (None, None, "six")],
)
def test_numbers_in_words(low: int | None, high: int | None, expected: str) -> None:
    assert number(replace(SIX, value=None, low=low, high=high)) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (20, 20, "20"),
        (20, None, "20 or more"),
        (None, 20, "up to 20"),
        (18, 22, "about 20"),
        (18, 20, "nearly 20"),
        (None, None, "20"),
    ],
)
def test_a_number_is_told_with_what_it_leaves_open(low: int | None, high: int | None, expected: str) -> None:
    assert number(replace(SIX, value=20, low=low, high=high)) == expected


def test_of_about_twenty_the_best_is_twenty() -> None:
    toll = spread(one(told("Wire", (replace(SIX, value=20, low=18, high=22),)))).killed
    assert (toll.low, toll.best, toll.high) == (18, 20, 22)


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ([(6, 6), (5, None)], False),
        ([(6, 6), (7, None)], True),
        ([(None, 5), (6, 9)], True),
        ([(18, 22), (20, 20), (None, None)], False),
        ([(1, 3), (2, 5), (4, 6)], True),
        ([], False),
    ],
)
def test_tolls_are_apart_where_no_number_fits_all(
    bounds: list[tuple[int | None, int | None]], told: bool
) -> None:
    assert apart(replace(SIX, low=low, high=high) for low, high in bounds) is told


def test_a_denial_is_told_and_gives_no_toll() -> None:
    denied = told("Post", (NINE,), status="negated", source=(filler(TEXT, "The Highland Front"),))
    values = spread(one(told("Wire", (SIX,)), denied))
    assert values.disputed
    assert [value.value for value in values.denied_by] == ["The Highland Front"]
    assert [value.value for value in values.killed.values] == ["6"]
    assert {value.value for value in values.statuses} == {"actual", "negated"}
    assert not spread(one(denied)).disputed


def test_words_of_denial_deny() -> None:
    front = said("The Highland Front", "denied", "the attack")
    assert spread(one(told("Wire", said=(front,)))).denied_by[0].value == "The Highland Front"


def test_who_takes_responsibility_is_shown() -> None:
    text = "The Highland Front claimed responsibility for the raid that killed six guards."
    front = Attribution(
        "a1",
        (span(text, "The Highland Front"),),
        (span(text, "claimed"),),
        (span(text, "responsibility for the raid that killed six guards"),),
        "indirect",
        0.9,
    )
    (value,) = spread(one(told("Wire", text=text, said=(front,)))).claimed_by
    assert (value.value, value.tellings[0].words) == ("The Highland Front", span(text, "claimed"))
    assert not admits(said("the ministry", "said", "six guards"))


@pytest.mark.parametrize(
    ("cue", "content", "admitted"),
    [
        ("claimed", "responsibility for the raid", True),
        ("has taken", "the credit", True),
        ("said", "it had carried out the raid in revenge", True),
        ("said", "its fighters launched the attack at dawn", True),
        ("says", "they were behind the bombing", True),
        ("claimed", "the raid", True),
        ("claimed", "the bombing of a depot near Orlin", True),
        ("claimed", "the raid was staged by the army", False),
        ("said", "the army carried out the raid", False),
        ("said", "it would launch an inquiry", False),
        ("said", "it had condemned the raid", False),
    ],
)
def test_words_of_responsibility(cue: str, content: str, admitted: bool) -> None:
    source, word, told = (Span(0, len(part), part) for part in ("the Front", cue, content))
    assert admits(Attribution("a1", (source,), (word,), (told,), "indirect", 0.9)) is admitted


def test_places_and_days_differ_by_name() -> None:
    ground = Evidence((span(TEXT, "Merovar"),))
    merovar = Place("Merovar", 44.5, 21.2, 5, "XMV", None, 1, "settlement", "literal", "stated", ground, "")
    words = filler(TEXT, "the Merovar post")
    resolved = Filler(words.start, words.end, words.text, 0.9, merovar)
    when = When("2024-03-12", "2024-03-12", "day", "stated", Evidence((span(TEXT, "Tuesday"),)), "")
    month = replace(when, end="2024-03-31", evidence=Evidence(field="published"))
    values = spread(
        one(
            told("Wire", place=(resolved,), when=when),
            told("Post", place=(words,), when=month, actor=(filler(TEXT, "Gunmen"),)),
            told("Herald", date=(filler(TEXT, "Tuesday"),), mode="firearms"),
        )
    )
    assert {value.value for value in values.places} == {"Merovar", "the Merovar post"}
    assert {v.value for v in values.dates} == {"2024-03-12", "2024-03-12 to 2024-03-31", "Tuesday"}
    assert [value.value for value in values.actors] == ["Gunmen"]
    assert {value.value for value in values.kinds} == {"ASSAULT", "ASSAULT firearms"}
    assert values.dates[0].origins(one(told("Wire"))) in (0, 1)


def test_a_corrected_value_names_who_corrected_it() -> None:
    wire = told("Wire", (SIX,))
    claim: Claim = claims(wire)[0]
    value = json.dumps(
        [{"start": 14, "end": 17, "text": "six", "confidence": 1, "value": 7, "low": 7, "high": 7}]
    )
    fixed = Decision("correction", "Ana", (claim.id,), (), "misread", None, "killed", value)
    toll = spread(one(wire, decisions=(fixed,))).killed
    assert (toll.best, toll.values[0].tellings[0].corrected_by) == (7, "Ana")
