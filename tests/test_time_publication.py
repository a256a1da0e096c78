"""The day that an article counts from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import found, timeline

from dateline.resolve.time.days import Unresolved
from dateline.resolve.time.publication import day_first, publication_day


@pytest.mark.parametrize(
    "published",
    [
        "2024-02-04",
        "20240204",
        "2024-02-04T23:59:59+13:00",
        "2024-02-04T23:59:59-11:00",
        "2024-02-04 23:59 XYZ",
        " 2024-02-04T23:59Z",
    ],
)
def test_no_zone_shifts_the_day(published: str) -> None:
    assert str(publication_day(published)) == "2024-02-04"


@pytest.mark.parametrize(
    ("published", "reason"),
    [
        (None, "the day of publication is unknown"),
        ("", "the day of publication is unknown"),
        ("yesterday", "the publication 'yesterday' is no ISO 8601 date"),
        ("2024", "the publication '2024' is no ISO 8601 date"),
        ("2024-02-31", "there is no 31 February 2024"),
        ("9021-01-01", "the year of publication, 9021, is absurd"),
        ("0001-01-01T00:00:00Z", "the year of publication, 1, is absurd"),
        ("٢٠٢٤-٠٢-٠٤", "the publication '٢٠٢٤-٠٢-٠٤' is no ISO 8601 date"),
    ],
)
def test_what_is_no_day_is_refused(published: str | None, reason: str) -> None:
    with pytest.raises(Unresolved) as refused:
        publication_day(published)
    assert refused.value.reason == reason
    phrase = found("They met on [Friday].", published)
    assert (phrase.when, phrase.reason) == (None, reason)


@given(st.text())
def test_any_words_give_a_day_or_a_reason(published: str) -> None:
    try:
        assert publication_day(published)
    except Unresolved as refused:
        assert refused.reason


def test_the_order_of_day_and_month() -> None:
    assert [day_first(country) for country in ("GBR", "USA", "CAN", None)] == [True, False, None, None]


@pytest.mark.parametrize(
    "head",
    [
        "TOLMAR, Feb. 2 (Kestrel Wire) — ",
        "TOLMAR, 2 FEB 24 (KW) -- ",
        "Port Amsel, February 2: ",
        "Raid on the Orlin crossing\nFriday, February 2, 2024\n",
        "Raid on the Orlin crossing\nUpdated: 2 February 2024, 10:30 GMT\n",
    ],
)
def test_a_dateline_near_the_publication_is_counted_from(head: str) -> None:
    anchor = timeline(f"{head}Gunmen attacked the crossing yesterday.").setting.published
    assert anchor and str(anchor) == "the dateline, Friday 2 February 2024"
    assert anchor.evidence and anchor.evidence.spans


@pytest.mark.parametrize(
    "head",
    [
        "TOLMAR, Jan. 2 (Kestrel Wire) — ",
        "Raid on the Orlin crossing\nFriday, February 2, 2014\n",
        "On 2 February 2024 ",
        "A report of February 2, 2024 said so. ",
    ],
)
def test_another_date_is_no_dateline(head: str) -> None:
    anchor = timeline(f"{head}Gunmen attacked the crossing yesterday.").setting.published
    assert anchor and anchor.name == "publication on"


def test_a_dateline_in_full_makes_up_for_an_unknown_publication() -> None:
    told = timeline("TOLMAR, 2 FEB 24 (KW) -- Gunmen attacked the crossing yesterday.", None)
    assert [each.when and each.when.start for each in told.phrases()] == ["2024-02-02", "2024-02-01"]
    assert timeline("TOLMAR, 2 FEB (KW) -- Gunmen attacked yesterday.", None).setting.published is None
