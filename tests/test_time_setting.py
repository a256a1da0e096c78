"""What a setting lets time words count from."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.resolve.time.days import Days, Unresolved, around, one, year_of
from dateline.resolve.time.setting import Anchor, Setting, Told
from dateline.types import Evidence, Span

PUBLISHED = Anchor(date(2024, 2, 4), "publication on", Evidence(field="published"))


def told(days: Days, dated: bool = True, start: int = 0) -> Told:
    return Told(days, Span(start, start + 4, "then"), dated)


DAY, MONTH, YEAR = one(1991, 3, 4), around(date(1991, 3, 4), "month"), year_of(1990)


def test_an_anchor_is_named() -> None:
    assert str(PUBLISHED) == "publication on Sunday 4 February 2024"
    assert str(told(DAY).anchor()) == "“then”, Monday 4 March 1991"


def test_an_unknown_publication_says_why() -> None:
    with pytest.raises(Unresolved) as refused:
        Setting(unpublished="the year of publication, 12, is absurd").today()
    assert refused.value.reason == "the year of publication, 12, is absurd"


def test_the_latest_told_that_is_fine_enough() -> None:
    setting = Setting(told=(told(DAY), told(YEAR)))
    assert setting.before("year").days == YEAR
    assert setting.before("month").days == DAY
    with pytest.raises(Unresolved, match="no day is told before"):
        Setting(told=(told(YEAR),)).before("day")


def test_a_year_goes_on_in_a_tale_of_other_times() -> None:
    assert Setting(PUBLISHED, told=(told(YEAR),), history=True).narrated() == told(YEAR)
    assert Setting(PUBLISHED, told=(told(YEAR),)).narrated() is None


def test_a_year_goes_on_within_its_paragraph() -> None:
    assert Setting(PUBLISHED, told=(told(MONTH, start=10),), paragraph=5).narrated()
    assert not Setting(PUBLISHED, told=(told(MONTH, start=10),), paragraph=20).narrated()
    assert not Setting(PUBLISHED, told=(told(one(2024, 1, 3)),)).narrated()
    assert not Setting(PUBLISHED, told=(told(MONTH, dated=False),)).narrated()
