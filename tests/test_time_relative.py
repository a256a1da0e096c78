"""Days told by others, found in invented sentences published on Sunday 4 February 2024."""

from __future__ import annotations

import pytest
from told import Ends, days, ends, found, timeline, told

from dateline.resolve.time.relative import some_unit

FOUND = {
    "They met on [Friday].": days("2024-02-02"),
    "They will meet on [Friday].": days("2024-02-09"),
    "They met on [Sunday].": days("2024-02-04"),
    "They met [last Sunday].": days("2024-01-28"),
    "They meet [next Sunday].": days("2024-02-11"),
    "They met on [Friday last week].": days("2024-01-26"),
    "They meet on [Friday next week].": days("2024-02-09"),
    "They met on [Friday a week ago].": days("2024-01-26"),
    "They met on [Sat.] at dawn.": days("2024-02-03"),
    "They met [yesterday].": days("2024-02-03"),
    "They met [the day before yesterday].": days("2024-02-02"),
    "They meet [tomorrow].": days("2024-02-05"),
    "They met [last night].": days("2024-02-03"),
    "They met [this morning].": days("2024-02-04"),
    "They met [overnight].": days("2024-02-03", "2024-02-04"),
    "They met [last week].": days("2024-01-22", "2024-01-28"),
    "They met [this week].": days("2024-01-29", "2024-02-04"),
    "They met [next month].": days("2024-03"),
    "They met [last year].": days("2023"),
    "They met [this weekend].": days("2024-02-03", "2024-02-04"),
    "They met in [the past year].": days("2023-02-04", "2024-02-04"),
    "They met in [the past three months].": days("2023-11-04", "2024-02-04"),
    "They met in [the last 24 hours].": days("2024-02-03", "2024-02-04"),
    "They met [three weeks ago].": days("2024-01-08", "2024-01-14"),
    "They met [two years ago].": days("2022"),
    "They met [a year and a half ago].": days("2022-08"),
    "They met [two or three years ago].": days("2021", "2022"),
    "They met [half a century ago].": days("1974"),
    "They met [a half-century ago].": days("1974"),
    "They met [weeks ago].": (None, "2024-01-28"),
    "They will meet [a week from today].": days("2024-02-11"),
    "They met [ten days ago].": days("2024-01-25"),
    "They met [five hours ago].": days("2024-02-04"),
    "They meet [in two weeks].": days("2024-02-12", "2024-02-18"),
    "They will meet [in ten days' time].": days("2024-02-14"),
    "They will meet [within ten days].": days("2024-02-04", "2024-02-14"),
    "Sales rose in [the latest quarter].": days("2023-10", "2023-12"),
    "They meet in [the coming days].": ("2024-02-04", None),
    "They met in [recent years].": (None, "2024-02-04"),
    "They met [several months ago].": (None, "2024-01-04"),
    "On 3 March 2012 they met. [The next day] they parted.": days("2012-03-04"),
    "On 3 March 2012 they met. [Two days later] they parted.": days("2012-03-05"),
    "On 3 March 2012 they met. [A week earlier] they had quarrelled.": days("2012-02-20", "2012-02-26"),
    "On 3 March 2012 they met. [That night] they parted.": days("2012-03-03"),
    "On 3 March 2012 they met. [The following Tuesday] they parted.": days("2012-03-06"),
    "On 3 March 2012 they met. [The previous month] they had quarrelled.": days("2012-02"),
    "On 3 March 2012 they met. [The same day] they parted.": days("2012-03-03"),
    "On 3 March 2012 they met. [Two years later] they parted.": days("2014"),
    "In 2012 they met. [That year] they parted.": days("2012"),
    "In 2012 they met. [The following year] they parted.": days("2013"),
    "In 2012 they met. [The year before], they had quarrelled.": days("2011"),
    "Sales rose in the third quarter of 2012. They fell [a year earlier].": days("2011-07", "2011-09"),
    "Sales rose in the third quarter, more than in [the same period last year].": days("2023-07", "2023-09"),
    "Sales rose in the third quarter, more than in [the year-earlier period].": days("2023-07", "2023-09"),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_found_and_resolved(text: str, expected: Ends) -> None:
    assert ends(found(text)) == expected


@pytest.mark.parametrize(
    ("text", "time", "day"),
    [
        ("They met [at 10:30 p.m. on Friday].", "22:30", "2024-02-02"),
        ("They met [at 12 a.m. Friday].", "00:00", "2024-02-02"),
        ("They met [Friday at 0930 GMT].", "09:30", "2024-02-02"),
        ("They met [at noon on Friday].", "12:00", "2024-02-02"),
        ("They met at [22:30].", "22:30", "2024-02-04"),
        ("On Friday they came; they met at [10 o'clock].", "10:00", "2024-02-02"),
        ("They met at [2200 last night].", "22:00", "2024-02-03"),
    ],
)
def test_clock_times(text: str, time: str, day: str) -> None:
    when = told(text).when
    assert when and (when.time, when.start, when.precision) == (time, day, "minute")


@pytest.mark.parametrize(
    "text",
    [
        "They meet on Fridays, every Monday.",
        "They read John 3:16 in the sun.",
        "They were held for two years.",
        "They won 2-1.",
        "They fought in two weeks.",
        "Now they have recently met then.",
        "They did it at the time.",
    ],
)
def test_no_dates(text: str) -> None:
    assert [each.text for each in timeline(text).phrases()] == []


GIVEN = {
    "They are [now] allies.": days("2024-02-04"),
    "They [recently] met.": (None, "2024-02-04"),
    "On 3 March 2012 they met. They were allies [then].": days("2012-03-03"),
    "On 3 March 2012 they met. They parted in [the evening].": days("2012-03-03"),
    "It was [a quiet summer].": days("2023-06", "2023-08"),
    "How was [your week]?": days("2024-01-29", "2024-02-04"),
    "They lasted [two weeks].": (None, None),
    "They met [a week after] the vote.": (None, None),
    "They met [the day before] the vote.": (None, None),
}


@pytest.mark.parametrize(("text", "expected"), GIVEN.items())
def test_given_words(text: str, expected: Ends) -> None:
    assert ends(told(text)) == expected


def test_what_counts_from_a_happening_says_so() -> None:
    reason = "it counts from a happening, whose day these words do not tell"
    assert found("They met [a week after] the vote.").reason == reason


def test_some_unit_is_no_length() -> None:
    assert some_unit("a quiet summer") and some_unit("Our week")
    assert not some_unit("a year") and not some_unit("a two week") and not some_unit("the crossing")
