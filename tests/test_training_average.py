"""Runs are averaged weight by weight."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path

import numpy as np
import pytest

from training.average import Counted, Part, average, counted, part


def test_each_run_counts_as_often_as_is_said() -> None:
    runs = [({"head": np.array(weights, np.float32)}, times) for weights, times in (([0, 4], 1), ([4, 4], 3))]
    assert average(runs)["head"].tolist() == average(reversed(runs))["head"].tolist() == [3, 4]


def test_runs_of_other_networks_are_refused() -> None:
    with pytest.raises(ValueError, match="different networks"):
        average([({"head": np.zeros(2, np.float32)}, 1), ({"head": np.zeros(3, np.float32)}, 1)])


def test_a_run_is_given_with_its_count() -> None:
    assert counted("runs/one=0.5") == Counted(Path("runs/one"), 0.5)
    for wrong in ("runs/one", "runs/one=", "runs/one=often", "runs/one=0"):
        with pytest.raises(ArgumentTypeError, match="write FOLDER=TIMES"):
            counted(wrong)


def test_a_part_is_taken_from_one_run() -> None:
    weights = {"dyad.inner": np.ones(2, np.float32), "dyads": np.zeros(2, np.float32)}
    assert part("dyad=runs/one") == Part("dyad", Path("runs/one"))
    assert Part("dyad", Path("runs/one")).of(weights).keys() == {"dyad.inner"}
    with pytest.raises(ValueError, match="mood: is no part of the network; its parts are dyad, dyads"):
        Part("mood", Path("runs/one")).of(weights)
    for wrong in ("dyad", "dyad=", "=runs/one"):
        with pytest.raises(ArgumentTypeError, match="write PART=FOLDER"):
            part(wrong)
