from __future__ import annotations

import pytest
from logs import article

from dateline.ontology import STATUSES, TYPES
from dateline.record.claims import cited
from dateline.site import wording


def test_every_type_and_status_has_words() -> None:
    assert set(wording.TYPES) == set(TYPES)
    assert set(wording.STATUSES) == set(STATUSES)
    assert all(1 <= wording.tenor(each) <= 4 for each in TYPES)
    assert wording.kind("ASSAULT heavy-weapons") == "Attack, heavy weapons"


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("2024-03-12", "12 Mar 2024"),
        ("2024-03-12T10:00:00+00:00", "12 Mar 2024"),
        ("2024-03", "Mar 2024"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_days_are_written_for_people(told: str | None, shown: str) -> None:
    assert wording.day(told) == shown


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("2024-03-12", "2024-03-12", "12 Mar 2024"),
        ("2024-03-12", "2024-03-14", "12–14 Mar 2024"),
        ("2024-03-30", "2024-04-02", "30 Mar – 2 Apr 2024"),
        ("2023-12-30", "2024-01-02", "30 Dec 2023 – 2 Jan 2024"),
        ("2024-03-12", None, "since 12 Mar 2024"),
        (None, "2024-03-12", "until 12 Mar 2024"),
        (None, None, ""),
    ],
)
def test_intervals_are_written_for_people(first: str | None, last: str | None, shown: str) -> None:
    assert wording.days(first, last) == shown


def test_days_of_values_are_written_for_people() -> None:
    assert wording.answer("2024-03-01 to 2024-03-31", "dates") == "1–31 Mar 2024"
    assert wording.answer("until 2024-03-31", "dates") == "until 31 Mar 2024"
    assert wording.answer("since 2024-03-31", "dates") == "since 31 Mar 2024"
    assert wording.answer("last week", "dates") == "last week"
    assert wording.answer("negated", "statuses") == "said not to have happened"


def test_tolls_in_brief() -> None:
    assert wording.bounds((4, 6, 13)) == "6 (4–13)"
    assert wording.bounds((6, 6, 6)) == "6"
    assert wording.bounds((24, 24, None)) == "24 (24–?)"
    assert wording.bounds((None, None, None)) == ""


def test_an_outlet_without_a_name_is_unnamed() -> None:
    told = cited(article("0123abcd", publisher=None))
    assert wording.publisher(told) == "an unnamed outlet"
    assert wording.publisher(cited(article())) == "Kestrel Wire"


def test_a_speaker_has_an_address() -> None:
    assert wording.speaker_path("The  Ministry/of A") == "/speakers?name=the%20ministry%2Fof%20a"
