from __future__ import annotations

from dataclasses import replace

import pytest
from logs import TEXT, claims, first_reading, span
from rich.text import Text

from dateline.commands import telling
from dateline.record.chains import Link
from dateline.record.spreads import Telling
from dateline.record.summary import summary
from dateline.types import Answer, Decision, Incident

CLAIMS = claims(first_reading())
KILLED = CLAIMS[0]
INCIDENT = Incident("i1234567890", CLAIMS[:2])


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2024-03-12", "2024-03-12", "2024-03-12"),
        ("2024-03-12", "2024-03-14", "2024-03-12 to 2024-03-14"),
        ("2024-03-12", None, "since 2024-03-12"),
        (None, "2024-03-12", "until 2024-03-12"),
        (None, None, "told 2024-03-12"),
    ],
)
def test_days(first: str | None, last: str | None, expected: str) -> None:
    assert telling.when(replace(summary(INCIDENT), first_day=first, last_day=last)) == expected


def test_an_unknown_day_is_told() -> None:
    assert telling.when(replace(summary(INCIDENT), first_told="9999")) == "day unknown"


@pytest.mark.parametrize(
    ("low", "best", "high", "expected"),
    [(6, 6, 6, "6"), (6, 6, 9, "6 (6 to 9)"), (None, 9, 9, "9 (? to 9)"), (None, None, None, "")],
)
def test_tolls(low: int | None, best: int | None, high: int | None, expected: str) -> None:
    assert telling.bounds(low, best, high) == expected


def test_an_outlet_that_speaks_for_itself_is_named_once() -> None:
    own = Telling(KILLED.id, "Kestrel Wire", KILLED.citation, span(TEXT, "six"))
    assert telling.telling(own) == f"“six” (Kestrel Wire, 2024-03-12, {KILLED.id[:9]})"
    fixed = replace(own, speaker="the ministry", corrected_by="Ana", words=None)
    assert (
        telling.telling(fixed)
        == f"the ministry (Kestrel Wire, 2024-03-12, {KILLED.id[:9]}, corrected by Ana)"
    )


def test_control_characters_are_harmless() -> None:
    nasty = Decision("same", "A\x1bna", ("c1",), ("c2",), "\x1b[31mred", 0.5)
    assert "\x1b" not in telling.decided(nasty) and "same 0.50: c1 and c2" in telling.decided(nasty)


def test_a_circle_is_marked() -> None:
    answer = Answer(INCIDENT.id, (Decision("answers", "reader", ("c1",), ("c2",), "said"),))
    place, why = telling.link(Link(INCIDENT.id, 1, (answer,), (INCIDENT.id,)), {INCIDENT.id: INCIDENT})
    assert str(place).startswith("+1  i12345678  Gunmen killed six")
    assert str(why) == "    in answer to i12345678 (a circle): said (reader)"
    assert isinstance(place, Text)
