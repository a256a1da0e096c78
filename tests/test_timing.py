from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.site.subscribe.timing import DIGEST_HOUR, WAITS, next_look, next_try, stamp

MONDAY = datetime(2024, 4, 1, 5, 59, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("pace", "after", "due"),
    [
        ("once", timedelta(0), "2024-04-01T05:59:00Z"),
        ("daily", timedelta(0), "2024-04-01T06:00:00Z"),
        ("daily", timedelta(minutes=1), "2024-04-02T06:00:00Z"),
        ("weekly", timedelta(0), "2024-04-01T06:00:00Z"),
        ("weekly", timedelta(minutes=1), "2024-04-08T06:00:00Z"),
        ("weekly", timedelta(days=6), "2024-04-08T06:00:00Z"),
    ],
)
def test_when_news_are_looked_for(pace: str, after: timedelta, due: str) -> None:
    assert stamp(next_look(pace, MONDAY + after)) == due  # type: ignore[arg-type]


@given(MOMENTS)
def test_a_digest_is_the_next_one(now: datetime) -> None:
    day, week = next_look("daily", now), next_look("weekly", now)
    assert timedelta(0) < day - now <= timedelta(days=1)
    assert day <= week <= now + timedelta(days=7)
    assert (day.hour, week.hour, week.weekday()) == (DIGEST_HOUR, DIGEST_HOUR, 0)


def test_a_delivery_is_tried_for_three_days_in_longer_and_longer_steps() -> None:
    moments = [MONDAY]
    while (later := next_try(len(moments), moments[-1])) is not None:
        moments.append(later)
    assert moments[-1] - MONDAY >= timedelta(days=3)
    assert list(WAITS) == sorted(WAITS) and len(moments) == len(WAITS) + 1


@given(MOMENTS, MOMENTS)
def test_stamps_sort_as_moments_do(one: datetime, other: datetime) -> None:
    if one.replace(microsecond=0) < other.replace(microsecond=0):
        assert stamp(one) < stamp(other)
