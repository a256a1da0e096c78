from __future__ import annotations

import pytest
from logs import claims, first_reading

from dateline.record.times import LAST, earliest_first, instant, turn


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-03-12T00:30:00+01:00", "2024-03-11T23:30:00"),
        ("2024-03-12T00:30", "2024-03-12T00:30:00"),
        ("2024-03-12", "2024-03-12"),
        ("yesterday", LAST),
        (None, LAST),
    ],
)
def test_times_compare_as_text(published: str | None, expected: str) -> None:
    assert instant(published) == expected


def test_earlier_articles_come_first() -> None:
    days = ("2024-03-13", None, "2024-03-12T23:59:00+00:00", "2024-03-12")
    citations = [claims(first_reading(published=day))[0].citation for day in days]
    assert [c.published for c in sorted(citations, key=earliest_first)] == [
        days[3],
        days[2],
        days[0],
        days[1],
    ]


def test_turns_are_in_the_order_of_publication() -> None:
    days = ("2024-03-13", "2024-03-12T23:59:00-01:00", "2024-03-12", "1066-10-14", None, "long ago")
    turns = [turn(claims(first_reading(published=day))[0].citation) for day in days]
    first, ranked = min(turns), sorted(range(4), key=turns.__getitem__)
    assert ranked == [3, 2, 0, 1]
    assert turns[4] == turns[5] == max(turns) < 1 << 63 and first >= 0


def test_articles_of_one_time_have_turns_of_their_own() -> None:
    addresses = [f"https://n{number}.example/" for number in range(40)]
    assert len({turn(claims(first_reading(address))[0].citation) for address in addresses}) == 40
