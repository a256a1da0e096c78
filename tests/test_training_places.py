from __future__ import annotations

import numpy as np
import pytest
from invented_places import KERLO, ORLIN_EAST, ORLIN_WEST, InventedGazetteer, article

from dateline.evaluation.places import Located, Places
from dateline.resolve.place.features import Name
from dateline.resolve.place.signs import FEATURES
from dateline.resolve.place.toponyms import INTERCEPT
from training.places import (
    ABROAD,
    OWN_TOWN,
    Case,
    chooser,
    common_words,
    conditional_logit,
    finder,
    logistic,
    named,
    towns,
    truth,
    weight,
)

GAZETTEER = InventedGazetteer()
TEXT = "Orlin, Kerlo, burned. In March, Tarn was quiet."
CASE = Places(
    article(TEXT, "https://www.tarn-times.example/1"),
    (
        Located(0, 5, "Orlin", (11, 10.2), 6),
        Located(7, 12, "Kerlo", (10, 10), 1),
        Located(32, 36, "Tarn", (11.2, 10.1), 8),
    ),
)


def test_common_words_are_places_in_lower_case() -> None:
    texts = ["the long march and tarn", "a march, the march", "in Tarn, not tarn; to Tarn; no Tarn, tarn"]
    assert common_words(texts, GAZETTEER) == ["march"]


def test_a_logistic_regression_parts_what_can_be_parted() -> None:
    rows = np.array([[0.0], [1.0], [2.0], [3.0]])
    slope, intercept = logistic(np.tile(rows, (20, 1)), np.tile([0.0, 0, 1, 1], 20))
    assert slope > 0 > slope * 1 + intercept and slope * 2 + intercept > 0


def test_a_conditional_logit_learns_what_is_right_and_when_nothing_is() -> None:
    some = [Case(np.array([[1.0, 0], [0, 1]]), np.array([1.0, 0]), 1.0)] * 20
    none = [Case(np.array([[0.0, 1]]), np.array([0.0]), 1.0)] * 20
    first, second, nowhere = conditional_logit([*some, *none])
    assert first > nowhere > second


def test_gold_is_the_candidate_of_its_id_else_the_nearest() -> None:
    orlin = Name("Orlin", (ORLIN_EAST, ORLIN_WEST))
    assert truth(orlin, Located(0, 5, "Orlin", (0, 0), 7)).tolist() == [1, 0]
    assert truth(orlin, Located(0, 5, "Orlin", (11.1, 10))).tolist() == [0, 1]
    assert truth(orlin, Located(0, 5, "Orlin", (0, 0))).tolist() == [0, 0]


def test_a_papers_own_town_counts_little_and_places_abroad_much() -> None:
    kerlo, point = Name("Kerlo", (KERLO,), mentions=4), (10.0, 10.0)
    gold = Located(0, 5, "Kerlo", point)
    assert weight(kerlo, gold, np.ones(1), None) == 2 * ABROAD
    assert weight(kerlo, gold, np.ones(1), point) == 2 * ABROAD * OWN_TOWN
    assert weight(kerlo, gold, np.zeros(1), None) == 2
    assert towns([CASE, CASE])["www.tarn-times.example"] in {t.point for t in CASE.toponyms}


def test_golds_names_are_those_of_the_articles() -> None:
    article_ = named(CASE, GAZETTEER, None)
    assert [name.text for name in article_.names] == ["Orlin", "Kerlo", "Tarn"]
    assert article_.truths[0].tolist() == [0, 1]


def test_both_models_are_tables_by_name() -> None:
    assert set(finder([CASE], GAZETTEER)) == {*FEATURES, INTERCEPT}
    alone, together = chooser([named(CASE, GAZETTEER, None)])
    assert (
        together["said to lie in"] == pytest.approx(alone["said to lie in"], abs=1)
        and alone["said to lie in"] > 0
    )
