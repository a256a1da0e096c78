"""Worths are read between the points of the table, and a judgement tells what counts most."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest
from told_links import VIEW

from dateline.link.comparison import ACROSS, COMPARISONS, score_of
from dateline.link.views import Days
from dateline.link.weights import Table, Worth, chance

GIVEN = {
    "bias": -1.0,
    "same": 0.6,
    "unsure": 0.4,
    "at": [0.0, 1.0],
    "comparisons": {
        "type": {"worth": [-2.0, 2.0], "unknown": 0.0},
        "days": {"worth": [-3.0, 1.0], "unknown": 0.25},
        "trigger": {"worth": [-1.0, 1.0], "unknown": 0.0},
    },
}


def test_a_worth_lies_between_its_points_and_ends_with_them() -> None:
    worth = Worth((0.0, 0.5, 1.0), (-1.0, 0.0, 4.0), 0.0)
    assert [worth.of(score) for score in (-1, 0, 0.25, 0.75, 1, 2)] == [-1, -1, -0.5, 2, 4, 4]


def test_odds_are_the_sum_of_what_agreement_is_worth() -> None:
    judged = Table.parsed(GIVEN).judge(VIEW, VIEW)
    assert judged.odds == pytest.approx(-1 + 2 + 0.25 + 1)
    assert judged.chance == pytest.approx(chance(2.25)) and chance(0) == 0.5 and chance(999) <= 1


def test_a_reason_names_what_counts_most_and_what_speaks_against() -> None:
    other = replace(VIEW, event=replace(VIEW.event, type="AGREE", mode=""))
    assert Table.parsed(GIVEN).judge(VIEW, VIEW).reason == "both ASSAULT aerial; both “strike”"
    assert Table.parsed(GIVEN).judge(VIEW, other).reason == "both “strike” but ASSAULT is not AGREE"


def test_a_word_in_common_is_no_ground() -> None:
    table = Table.parsed(GIVEN)
    day = replace(VIEW, days=Days(740_000, 740_000))
    assert not table.judge(VIEW, VIEW).grounded and table.judge(day, day).grounded


def test_a_table_of_unknown_comparisons_is_refused() -> None:
    row = GIVEN["comparisons"]["type"]  # type: ignore[index]
    with pytest.raises(ValueError, match="smell"):
        Table.parsed({**GIVEN, "comparisons": {"smell": row}})


def test_the_package_has_both_tables() -> None:
    assert Table.load("across").comparisons.keys() == ACROSS.keys()
    assert Table.load("within").comparisons.keys() < COMPARISONS.keys()


def test_odds_alone_are_those_of_the_judgement_unless_they_are_less_than_asked() -> None:
    table = Table.load("across")
    near = replace(VIEW, days=Days(740_000, 740_000), names={"orlin": 1.0}, article_names={"0a0b0c": 1.0})
    far = replace(near, days=Days(740_009, 740_009), trigger=frozenset(["agre"]), published=740_009)
    told = replace(far, vector=np.ones(4, dtype=np.float32) / 2, article_others={"010203": 1.0})
    for one, other in combinations_with_replacement([VIEW, near, far, told], 2):
        odds = table.judge(one, other).odds
        assert table.odds(one, other) == table.odds(one, other, odds) == odds
        assert table.odds(one, other, odds + 0.01) is None


def test_a_score_is_that_of_its_comparison() -> None:
    view = replace(VIEW, days=Days(740_000, None), article_names={"0a": 1.0}, article_others={"0b": 1.0})
    other = replace(view, vector=np.ones(4, dtype=np.float32) / 2, days=Days(740_002, 740_002))
    for name, compare in COMPARISONS.items():
        for pair in combinations_with_replacement([VIEW, view, other], 2):
            compared = compare(*pair)
            assert score_of(name)(*pair) == (None if compared is None else compared.score)
