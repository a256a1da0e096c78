from __future__ import annotations

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from invented_places import BRENIK, KERLO, MARCH, ORLIN_EAST, ORLIN_WEST, TARN

from dateline.resolve.place.choice import NOWHERE, WEIGHTS, Weights, chosen, softmax
from dateline.resolve.place.features import ALONE, TOGETHER, Name

NONE = dict.fromkeys((*ALONE, *TOGETHER, NOWHERE), 0.0)


def weights(**told: float) -> Weights:
    """Weights that are nothing but for some features, written with _ for a blank."""
    some = {key.replace("_", " "): value for key, value in told.items()}
    return Weights.of(NONE | some, NONE | some)


def test_the_package_has_a_weight_for_every_feature() -> None:
    tables = json.loads(WEIGHTS.read_text("utf-8"))
    assert set(tables["alone"]) == {*ALONE, NOWHERE}
    assert set(tables["together"]) == {*ALONE, *TOGETHER, NOWHERE}


@given(st.lists(st.floats(-500, 500), max_size=6), st.floats(-500, 500))
def test_chances_leave_the_rest_to_no_place(scores: list[float], nowhere: float) -> None:
    chances = softmax(np.array(scores), nowhere)
    assert (chances >= 0).all() and chances.sum() <= 1 + 1e-9


def test_the_likeliest_is_chosen_and_told_by_what_put_it_before_the_next() -> None:
    (choice,) = chosen([Name("Orlin", (ORLIN_EAST, ORLIN_WEST), inside=(KERLO,))], weights(said_to_lie_in=3))
    assert choice.entry == ORLIN_WEST
    assert choice.gains == (("said to lie in", 3.0),)


def test_other_names_decide() -> None:
    names = [Name("Orlin", (ORLIN_EAST, ORLIN_WEST)), Name("Tarn", (TARN,))]
    table = weights(people_of_a_settlement=2, others_near_it=4, no_place=-9)
    assert [choice.entry for choice in chosen(names, table)] == [ORLIN_WEST, TARN]
    assert chosen(names[:1], table)[0].entry == ORLIN_EAST


def test_no_place_is_an_answer() -> None:
    assert chosen([Name("March", (MARCH,))], weights(no_place=1))[0].entry is None
    assert chosen([Name("Nowhere", ())], weights())[0].entry is None
    assert chosen([], weights()) == []


def test_an_unknown_name_is_put_where_the_article_says() -> None:
    names = [Name("Lesser Tarn", (), inside=(KERLO,)), Name("Kerlo", (KERLO,))]
    unknown, known = chosen(names, weights(country=1))
    assert (unknown.entry, unknown.basis) == (KERLO, "inferred")
    assert (known.entry, known.basis) == (KERLO, "stated")


def test_an_unknown_name_is_not_put_in_a_place_that_was_not_chosen() -> None:
    names = [Name("Lesser Tarn", (), inside=(KERLO,)), Name("Brenik", (BRENIK,))]
    assert chosen(names, weights(settlement=1))[0].entry is None
