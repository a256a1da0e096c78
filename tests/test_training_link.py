"""Views of one happening are drawn together, and worths tell what agreement says."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from told_links import VIEW

from dateline.link.projection import packed, scaled
from dateline.link.weights import Table
from training import link
from training.link import AT, RIDGE, Cases, fitted, folded, gradient, learnt, spread, table, tied


def test_the_slope_is_that_of_the_loss() -> None:
    rnd = np.random.default_rng(3)
    rows, matrix, labels = rnd.normal(size=(6, 5)), rnd.normal(size=(5, 3)), np.array([0, 0, 1, 1, 1, 2])

    def loss(by: np.ndarray) -> float:
        unit = scaled(rows @ by)
        cosines = unit @ unit.T / link.TEMPERATURE
        np.fill_diagonal(cosines, -np.inf)
        logs = cosines - np.log(np.exp(cosines).sum(1, keepdims=True))
        mates = (labels[:, None] == labels) & ~np.eye(6, dtype=bool)
        return float(np.mean([-logs[i][mates[i]].mean() for i in range(6) if mates[i].any()]))

    step = np.zeros_like(matrix)
    step[2, 1] = 1e-5
    expected = (loss(matrix + step) - loss(matrix - step)) / 2e-5
    assert gradient(rows, matrix, labels)[2, 1] == pytest.approx(expected, rel=1e-3)


def test_views_of_one_happening_are_drawn_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "STEPS", 60)
    rnd = np.random.default_rng(5)
    sense = rnd.normal(size=(8, 6))
    seen = scaled(np.hstack([np.repeat(sense, 4, 0), 2 * rnd.normal(size=(32, 60))]))
    clusters, topics = [f"{n // 4}" for n in range(32)], [f"t{n // 8}" for n in range(32)]
    before, after = seen, scaled(seen @ learnt(seen, clusters, topics))
    mates = np.array(clusters)[:, None] == np.array(clusters)

    def gap(rows: np.ndarray) -> float:
        cosines = rows @ rows.T
        return float(cosines[mates & ~np.eye(32, dtype=bool)].mean() - cosines[~mates].mean())

    assert gap(after) > gap(before) + 0.2
    vectors = folded(Cases([], clusters, topics), seen)
    assert vectors.shape == (32, link.WIDTH) and np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_scores_are_spread_over_the_points() -> None:
    rows = spread(np.array([[0.1], [1.0], [np.nan]]))
    expected = [[1, 0.5, 0.5, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, 0, 0, 1]]
    assert rows == pytest.approx(np.array(expected))


def test_no_agreement_is_worth_less_than_a_lesser_one() -> None:
    assert link.rising(np.array([-2.0, 0.5, 0.0, 0.4, -0.4, 1.0])).tolist() == [
        -2,
        0.125,
        0.125,
        0.125,
        0.125,
        1,
    ]
    assert link.rising(np.array([1.0, 2.0])).tolist() == [1, 2]
    across = Table.load("across").comparisons.values()
    assert all(sorted(row.worth) == list(row.worth) for row in across)


def test_worths_tell_what_agreement_says_and_hold_to_what_is_given() -> None:
    rnd = np.random.default_rng(1)
    right = rnd.random(2000) < 0.5
    told = np.where(right, 1.0, 0.0)[:, None] * np.ones((1, 2))
    told[:, 1] = np.nan
    worth = fitted(told, right.astype(float), ["trigger", "days"])
    made = Table.parsed(table(worth, ["trigger", "days"], 0.6, 0.4))
    assert made.comparisons["trigger"].of(1) > 1 > -1 > made.comparisons["trigger"].of(0)
    assert made.comparisons["days"].of(0) == -5 and RIDGE < link.FIRM


def test_links_that_hold_are_counted_once() -> None:
    assert tied([(1, 0), (2, 1), (2, 0), (4, 3)]) == 3


def test_pairs_have_a_key_in_common() -> None:
    assert link.offered([VIEW, VIEW]) == []


def test_the_files_are_read_back(tmp_path: Path) -> None:
    one = table(np.zeros(1 + len(AT) + 1), ["type"], 0.6, 0.4)
    content = packed("model", np.zeros(3), np.zeros((3, 2)))
    link.written(content, {"across": one}, tmp_path)
    assert json.loads((tmp_path / "weights.json").read_text())["across"] == one
    assert (tmp_path / "projection.npz").read_bytes() == content
