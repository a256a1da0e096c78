from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation import calibration
from dateline.evaluation.calibration import Bin

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()))


def test_worked_out_by_hand() -> None:
    judged = [(0.9, True), (0.7, True), (0.2, False), (0.4, True)]
    assert calibration.binned(judged, 2) == [
        Bin(pytest.approx(0.3), 0.5, 2),
        Bin(pytest.approx(0.8), 1.0, 2),
    ]
    # each of four answers is a bin: off by 0.1, 0.3, 0.2 and 0.6
    assert calibration.error(judged) == {"ece": pytest.approx(30), "predicted": 4}


def test_perfect_confidence_has_no_error() -> None:
    assert calibration.error([(0.5, right) for right in (True, False) * 10])["ece"] == 0
    assert calibration.error([]) == {"ece": 0, "predicted": 0}


@given(JUDGED)
def test_bins_hold_every_answer_and_are_alike(judged: list[tuple[float, bool]]) -> None:
    bins = calibration.binned(judged)
    assert sum(each.answers for each in bins) == len(judged)
    sizes = [each.answers for each in bins]
    assert max(sizes, default=0) - min(sizes, default=0) <= 1
    assert [each.confidence for each in bins] == sorted(each.confidence for each in bins)
