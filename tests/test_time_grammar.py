"""Words around phrases, and ranges, in invented sentences published on Sunday 4 February 2024."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import Ends, days, ends, found, told

from dateline.resolve.time.grammar import parse
from dateline.resolve.time.phrases import Phrase, words_of

FOUND = {
    "They met [late on Monday].": days("2024-01-29"),
    "They met on [Monday night].": days("2024-01-29"),
    "They met on [the morning of 3 March 2012].": days("2012-03-03"),
    "They met [before dawn on Monday].": days("2024-01-29"),
    "They met in [the early hours of Monday].": days("2024-01-29"),
    "They met in [mid-October 2012].": days("2012-10-11", "2012-10-20"),
    "They met in [early 2011].": days("2011-01", "2011-04"),
    "They met [late last year].": days("2023-09", "2023-12"),
    "They met in [the late 1990s].": days("1995", "1999"),
    "They met at [the end of March 2012].": days("2012-03-21", "2012-03-31"),
    "They met in [the first half of March 2012].": days("2012-03-01", "2012-03-15"),
    "They met in [the first week of March 2012].": days("2012-03-01", "2012-03-07"),
    "They met in [the last week of January].": days("2024-01-25", "2024-01-31"),
    "They met in [the last three months of 2012].": days("2012-10", "2012-12"),
    "They met in [the week of March 7, 2012].": days("2012-03-05", "2012-03-11"),
    "Sales rose in [the nine months ended Sept. 30].": days("2023-01", "2023-09"),
    "Sales rose in [the year to March 2012].": days("2011-04", "2012-03"),
    "They met [two days before Christmas].": days("2023-12-23"),
    "They met on [the day after Christmas].": days("2023-12-26"),
    "They met on [the eve of Easter Sunday 2023].": days("2023-04-08"),
    "They met [earlier this month].": days("2024-02-01", "2024-02-04"),
    "They will meet [later this month].": days("2024-02-04", "2024-02-29"),
    "They have met twice [so far this year].": days("2024-01-01", "2024-02-04"),
    "They have met [since 2011].": ("2011-01-01", None),
    "They have met [since Friday].": ("2024-02-02", None),
    "They will stay [until March].": (None, "2024-03-31"),
    "They must agree [by 2025].": (None, "2025-12-31"),
    "They must agree [by the end of the year].": (None, "2024-12-31"),
    "They had met [before 2011].": (None, "2010-12-31"),
    "They met again [after 2011].": ("2012-01-01", None),
    "They met [more than two years ago].": (None, "2022-12-31"),
    "They met [less than two years ago].": ("2022-01-01", "2024-02-04"),
    "They met [between 3 and 7 March 2012].": days("2012-03-03", "2012-03-07"),
    "They met [from 2011 to 2014].": days("2011", "2014"),
    "They met [from March to August 2011].": days("2011-03", "2011-08"),
    "They met [from 20 November to 11 January].": days("2023-11-20", "2024-01-11"),
    "They met [from December 2012 to March].": days("2012-12", "2013-03"),
    "They met [from Monday to Wednesday].": days("2024-01-29", "2024-01-31"),
    "They will meet [from Monday to Wednesday].": days("2024-02-05", "2024-02-07"),
    "It will run [from 23 January to 9 March].": days("2024-01-23", "2024-03-09"),
    "They met [13 May to May 15 2016].": days("2016-05-13", "2016-05-15"),
    "They met on [the night of 13–14 February 1945].": days("1945-02-13", "1945-02-14"),
    "They met in [January-June 2016].": days("2016-01", "2016-06"),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.items())
def test_found_and_resolved(text: str, expected: Ends) -> None:
    assert ends(found(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met since [2011].", days("2011")),
        ("They met from [March] to August 2011.", days("2011-03")),
        ("They met from [Monday] to Wednesday.", days("2024-01-29")),
        ("They met late on [Monday].", days("2024-01-29")),
        ("They met early in [2011].", days("2011")),
        ("They met on [Monday and Tuesday].", days("2024-01-29", "2024-01-30")),
        ("They met in [2002 and 2004].", days("2002", "2004")),
    ],
)
def test_the_parts_of_a_phrase_mean_what_they_say(text: str, expected: Ends) -> None:
    assert ends(told(text)) == expected


def test_an_attack_is_not_its_aftermath() -> None:
    assert found("They fled after [Friday]'s attack.").text == "Friday"


WORDS = re.findall(
    r"\S+",
    """
    the last next this past first second third of in on at by since until from to and between before
    after two three weeks months years days hours ago later earlier Monday Friday March May 2012 14 14th
    '90s 1990s early late mid end quarter half winter week year today overnight noon 10:30 9999 0001
    Easter century AD BC - – , . 03/04/2024 31/31/24 29 February a fiscal
    """,
)
VOCABULARY = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(VOCABULARY | st.text())
def test_phrases_lie_in_order_and_hold_their_parts(text: str) -> None:
    for given_words in (False, True):
        phrases = parse(words_of(text, given_words), 0, len(text))
        assert all(left.end <= right.start for left, right in pairwise(phrases))
        assert all(map(_holds_its_parts, phrases))


def _holds_its_parts(phrase: Phrase) -> bool:
    within = all(phrase.start <= part.start < part.end <= phrase.end for part in phrase.parts)
    return phrase.start < phrase.end and within and all(map(_holds_its_parts, phrase.parts))
