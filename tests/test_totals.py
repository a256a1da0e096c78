from __future__ import annotations

import pytest

from dateline.link.totals import is_total
from dateline.types import Count, EventReport, Span


def told(sentence: str, trigger: str = "killed", toll: str = "60") -> bool:
    start, number = sentence.index(trigger), sentence.index(toll)
    count = Count(number, number + len(toll), toll, 0.9, value=60)
    words = Span(100 + start, 100 + start + len(trigger), trigger)
    event = EventReport("e1", words, "ASSAULT", "", "actual", 0.9, "A", killed=(count,))
    return is_total(event, Span(100, 100 + len(sentence), sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "About 60 people have been killed along the border since the Front broke off talks in 2020.",
        "The war has killed more than 60 people since it began four years ago.",
        "So far this year, 60 teachers have been killed by gunmen.",
        "Since the party was founded in 1985, 60 of its members have been killed.",
        "Floods and raids have killed 60 people over the past three months.",
    ],
)
def test_a_toll_of_months_or_years_is_a_total(sentence: str) -> None:
    assert told(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The raid has killed 60 people.",
        "At least 60 people have been killed since Monday.",
        "Gunmen killed 60 people at the post, which has been quiet since 2020.",
        "Some 60 people have been killed in the town, where the dead since 2020 are not counted.",
        "The army said 60 people were killed in the worst raid since 2020.",
        "A raid has killed 60 people in the deadliest week this year.",
        "The second raid this year has killed 60 people.",
    ],
)
def test_that_of_one_happening_is_none(sentence: str) -> None:
    assert not told(sentence)


def test_without_a_toll_there_is_no_total() -> None:
    sentence = "Villages have been shelled since 2020."
    event = EventReport("e1", Span(19, 26, "shelled"), "ASSAULT", "", "actual", 0.9, "A")
    assert not is_total(event, Span(0, len(sentence), sentence))
