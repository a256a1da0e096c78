from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scorers import corpus, scorer, with_data, with_scorers, written

from dateline.errors import GoldError
from dateline.evaluation import dyads
from dateline.evaluation.dyads import Dyad
from dateline.ontology import PENTA

SENTENCE = "Kerlo gave Orlin grain."


def dyad(identity: str, root: str) -> Dyad:
    return Dyad(identity, SENTENCE, (0, 5), (11, 16), root, PENTA[root])


def test_macro_is_over_the_labels_of_gold_and_answers_worked_out_by_hand() -> None:
    gold = {key: dyad(key, root) for key, root in (("a", "AID"), ("b", "AID"), ("c", "ACCUSE"))}
    figures = dyads.figures(gold, {"a": dyad("a", "AID"), "b": dyad("b", "PROTEST")})
    assert figures["root AID"]["f1"] == pytest.approx(200 / 3)
    assert figures["root macro"]["f1"] == pytest.approx(200 / 9)  # AID, ACCUSE, PROTEST
    assert figures["root micro"]["p"] == 50
    assert figures["root micro"]["r"] == pytest.approx(100 / 3)
    assert figures["penta 4"]["predicted"] == 1


def record(**changed: Any) -> dict[str, Any]:
    known = {"id": "x", "text": SENTENCE, "source": [0, 5], "target": None, "root": "AID", "penta": 2}
    return known | changed


def test_a_placeholder_has_no_span() -> None:
    assert dyads.parsed(record()) == replace(dyad("x", "AID"), target=None)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"root": "RETREAT"}, "root 'RETREAT' is not among the fifteen"),
        ({"source": [0, 99]}, "range 0-99 is not inside the text of 23 characters"),
        ({"source": [4]}, "not enough values"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, changed: dict[str, Any], reason: str) -> None:
    path = written(tmp_path / "gold.jsonl", [record(id="ok"), record(**changed)])
    with pytest.raises(GoldError, match=f"{path}:2: {reason}.*; a dyads line holds id, text"):
        dyads.load(path)


def test_answers_are_written_as_root_and_penta(tmp_path: Path) -> None:
    dyads.save(tmp_path / "out.jsonl", {"x": dyad("x", "YIELD")})
    assert json.loads((tmp_path / "out.jsonl").read_text()) == {"id": "x", "root": "YIELD", "penta": 2}


@with_scorers
@with_data
@pytest.mark.parametrize("seed", range(5))
def test_perturbed_gold_is_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    gold = dyads.load(written(tmp_path / "gold.jsonl", corpus("dyads/dev.jsonl")))
    answers = {
        key: each
        if rnd.random() < 0.6
        else replace(each, root=(root := rnd.choice([*PENTA])), penta=PENTA[root])
        for key, each in gold.items()
        if rnd.random() < 0.9
    }
    dyads.save(tmp_path / "predicted.jsonl", answers)
    shared = scorer("score")
    sides = (shared.read_jsonl(str(tmp_path / f"{side}.jsonl")) for side in ("gold", "predicted"))
    theirs, _ = shared.dyads(*sides, None)
    ours = dyads.figures(gold, answers)
    for name, figures in theirs.items():
        for label, figure in {**figures.pop("per_label"), **figures}.items():
            figure |= {key: 100 * figure[key] for key in ("p", "r", "f1")}
            assert ours.pop(f"{name} {label}") == pytest.approx(figure, abs=1e-9)
    assert not ours
