from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_places import BRENIK, DOSTREA, EAST, KERLO, MEROVAR, ORLIN_EAST, ORLIN_WEST, TARN, VALE

from dateline.resolve.place.features import (
    ALONE,
    EARTH_KM,
    TOGETHER,
    Name,
    alone,
    contains,
    kilometres,
    points,
    together,
)

DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def row(name: Name, number: int, home: str | None = None) -> dict[str, float]:
    return dict(zip(ALONE, alone(name, home)[number].tolist(), strict=True))


def test_a_quarter_of_the_globe() -> None:
    quarter = math.pi / 2 * EARTH_KM
    assert kilometres((0, 0), (0, 90)) == pytest.approx(quarter)
    assert kilometres((0, 0), (90, 0)) == pytest.approx(quarter)


@given(DEGREES, DEGREES)
def test_distances_are_even_and_within_half_the_globe(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert kilometres(a, b) == kilometres(b, a)
    assert 0 <= kilometres(a, b) <= math.pi * EARTH_KM
    assert kilometres(a, a) == 0


def test_places_lie_in_their_division_and_country_and_region() -> None:
    assert all(contains(outer, ORLIN_WEST) for outer in (KERLO, VALE))
    assert not any(contains(outer, ORLIN_EAST) for outer in (KERLO, VALE))
    assert contains(EAST, ORLIN_EAST) and not contains(EAST, BRENIK)
    assert not contains(KERLO, KERLO)


def test_features_alone() -> None:
    orlin = Name("Orlin", (ORLIN_EAST, ORLIN_WEST), inside=(KERLO,), noun="town")
    east, west = row(orlin, 0, home="DOS"), row(orlin, 1, home="DOS")
    assert (east["said to lie in"], east["said to lie elsewhere"]) == (0, 1)
    assert (west["said to lie in"], west["said to lie elsewhere"]) == (1, 0)
    assert (east["publisher's country"], west["not the publisher's country"]) == (1, 1)
    assert east["settlement"] == east["said to be"] == 1
    assert east["people of a settlement"] > west["people of a settlement"] > 0


def test_features_together() -> None:
    names = [Name("Orlin", (ORLIN_EAST, ORLIN_WEST)), Name("Kerlan", (KERLO,), 3), Name("Tarn", (TARN,))]
    chances = [np.array([0.6, 0.3]), np.ones(1), np.ones(1)]
    east, west = (dict(zip(TOGETHER, r.tolist(), strict=True)) for r in together(names, chances)[0])
    assert not any(east.values())
    assert west["its country is named"] == west["share of the others in its country"] == 1
    assert west["share of the others in its division"] == 1
    assert west["others near it"] == math.log(2)


def test_a_name_does_not_speak_for_itself() -> None:
    (features,) = together([Name("Merovar", (MEROVAR,))], [np.ones(1)])
    assert features.shape == (1, len(TOGETHER)) and not features.any()


def test_names_without_candidates_have_no_rows() -> None:
    assert alone(Name("Nowhere", ())).shape == (0, len(ALONE))
    assert [
        f.shape[0]
        for f in together([Name("Nowhere", ()), Name("Dostrea", (DOSTREA,))], [np.zeros(0), np.ones(1)])
    ] == [0, 1]
    assert together([], []) == []


def test_points_are_unit_vectors() -> None:
    assert np.allclose((points([BRENIK, MEROVAR]) ** 2).sum(1), 1)
