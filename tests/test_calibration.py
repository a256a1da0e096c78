from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import calibration
from dateline.types import Count, EventReport, Filler, Span

CHANCES = st.floats(0, 1)


@given(CHANCES)
def test_the_identity_changes_nothing(chance: float) -> None:
    assert calibration.apply(calibration.IDENTITY, chance) == pytest.approx(chance, abs=2e-4)


@given(st.tuples(st.floats(0, 5), st.floats(-5, 5)), CHANCES, CHANCES)
def test_no_two_chances_are_swapped(table: tuple[float, float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= calibration.apply(table, low) <= calibration.apply(table, high) <= 1


def test_worked_out_by_hand() -> None:
    assert calibration.apply((0, 0), 0.9) == 0.5
    assert calibration.apply((2, 0), 0.75) == pytest.approx(0.9)  # odds of 3 become odds of 9


def test_a_filler_is_as_sure_as_its_report_lets_it_be() -> None:
    report = EventReport(
        "e1",
        Span(7, 11, "shot"),
        "ASSAULT",
        "",
        "actual",
        0.8,
        "A",
        actor=(Filler(0, 6, "Gunmen", 0.5),),
        killed=(Count(12, 15, "two", 1.0, value=2),),
    )
    (told,) = calibration.calibrated([report], {"event": (1, 0), "filler": (1, 0)})
    assert told.confidence == 0.8
    assert told.actor[0].confidence == 0.4
    assert told.killed == (Count(12, 15, "two", 0.8, value=2),)
    (doubted,) = calibration.calibrated([report], {"event": (0, 0), "filler": (1, 0)})
    assert (doubted.confidence, doubted.actor) == (0.5, told.actor)  # by the network's chance, not by this
