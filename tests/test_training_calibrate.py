from __future__ import annotations

from itertools import chain
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluation import calibration as measure
from dateline.evaluation.calibration import Judged
from dateline.read.calibration import IDENTITY, apply
from training import calibrate


def drawn(seed: int, count: int, table: tuple[float, float]) -> list[Judged]:
    """Answers whose chances come true as often as a table says."""
    rnd = Random(seed)
    chances = [rnd.random() for _ in range(count)]
    return [(chance, rnd.random() < apply(table, chance)) for chance in chances]


def test_the_table_by_which_answers_were_drawn_is_found() -> None:
    assert calibrate.fit(drawn(1, 20_000, (0.6, -0.8))) == pytest.approx((0.6, -0.8), abs=0.05)


def test_of_few_answers_little_is_learnt() -> None:
    assert calibrate.fit([(0.9, True)]) == pytest.approx(IDENTITY, abs=0.3)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_whatever_the_answers_a_table_comes_out(judged: list[Judged]) -> None:
    assert all(abs(number) < 100 for number in calibrate.fit(judged))


def test_each_half_is_judged_by_the_other() -> None:
    judged = {str(number): drawn(number, 200, (0.5, 1.0)) for number in range(40)}
    crossed = calibrate.crossed(judged)
    assert len(crossed) == 8000
    assert measure.error(crossed)["ece"] < 3 < measure.error(chain(*judged.values()))["ece"]
