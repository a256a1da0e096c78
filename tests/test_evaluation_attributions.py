from __future__ import annotations

from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from scorers import corpus, perturbed_attributions, scorer, with_data, with_scorers, written

from dateline.evaluation import attributions
from dateline.evaluation.annotated import with_attributions
from dateline.evaluation.metrics import Figures
from dateline.types import Span

TEXT = "Brandt said the post fell. Rebels denied it."
#       0      7    12             27     34     41
GOLD = [
    {"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 25]]},
    {"source": [[27, 33]], "cue": [[34, 40]], "content": [[41, 43]]},
]
PREDICTED = [
    {"source": [[0, 6]], "cue": [[7, 11]], "content": [[16, 26]]},  # post fell .
    {"source": [], "cue": [[34, 40]], "content": [[41, 44]]},  # it .
]


def reached(predicted: list[dict[str, Any]]) -> Figures:
    return attributions.figures(
        {"x": with_attributions({"id": "x", "text": TEXT, "attributions": GOLD})},
        {"x": with_attributions({"id": "x", "text": TEXT, "attributions": predicted})},
    )


def test_gold_against_itself_is_perfect() -> None:
    assert all(figure["f1"] == 100 for figure in reached(GOLD).values())


@pytest.mark.parametrize(
    ("name", "right", "predicted", "gold"),
    [
        ("token source", 1, 1, 2),
        ("token content", 3, 5, 4),  # post, fell, it; beside them two full stops and, in gold, "the"
        ("exact source", 1, 1, 2),
        ("exact cue", 2, 2, 2),
        ("exact content", 0, 2, 2),
        ("attribution all roles", 1, 2, 2),  # contents share two of four tokens; the second lacks its source
    ],
)
def test_figures_worked_out_by_hand(name: str, right: int, predicted: int, gold: int) -> None:
    figure = reached(PREDICTED)[name]
    assert (figure["right"], figure["predicted"], figure["gold"]) == (right, predicted, gold)


def test_an_article_without_answer_has_no_attributions() -> None:
    gold = {"x": with_attributions({"id": "x", "text": TEXT, "attributions": GOLD})}
    assert attributions.figures(gold, {})["token cue"]["r"] == 0


def test_a_token_belongs_to_every_span_that_touches_it() -> None:
    tokens = attributions.tokenized("Kerlo's fall")  # Kerlo ' s fall
    assert tokens([Span(2, 6, "rlo'"), Span(9, 10, "a")]) == {0, 1, 3}
    assert tokens([Span(7, 8, " ")]) == frozenset()


def hold_equal(tmp_path: Path, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> None:
    """Our figures, through the files that the command writes, and the scorer's."""
    loaded = attributions.load(written(tmp_path / "gold.jsonl", gold))
    texts = {record["id"]: record["text"] for record in gold}
    answers = {r["id"]: with_attributions({**r, "text": texts[r["id"]]}) for r in predicted}
    attributions.save(tmp_path / "predicted.jsonl", answers)
    shared = scorer("score")
    sides = (shared.read_jsonl(str(tmp_path / f"{side}.jsonl")) for side in ("gold", "predicted"))
    theirs, _ = shared.attribution(*sides, SimpleNamespace(jaccard=0.5))
    ours = attributions.figures(loaded, answers)
    for level, roles in theirs.items():
        for role, figure in roles.items():
            figure |= {key: 100 * figure[key] for key in ("p", "r", "f1")}
            assert ours.pop(f"{level} {role.replace('_', ' ')}") == pytest.approx(figure, abs=1e-9)
    assert not ours


@with_scorers
@pytest.mark.parametrize("seed", range(40))
def test_invented_attributions_are_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    dense = [
        {role: [sorted(rnd.sample(range(len(TEXT)), 2))] for role in ("source", "cue", "content")}
        | {"id": ""}
        for _ in range(12)
    ]
    gold = [{"id": str(number), "text": TEXT, "attributions": dense[number::3]} for number in range(3)]
    hold_equal(tmp_path, gold, [perturbed_attributions(rnd, record) for record in gold[1:]])


@with_scorers
@with_data
@pytest.mark.parametrize("seed", range(3))
def test_perturbed_gold_is_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    gold, rnd = corpus("attribution/dev.jsonl"), Random(seed)
    hold_equal(tmp_path, gold, [perturbed_attributions(rnd, record) for record in gold])
