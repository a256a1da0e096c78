from __future__ import annotations

import pytest
from logs import claims, first_reading

from dateline.record.times import LAST, earliest_first, instant


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
