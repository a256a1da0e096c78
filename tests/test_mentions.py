from __future__ import annotations

import argparse
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scorers import corpus, scorer, with_data, with_scorers, written

from dateline.errors import GoldError
from dateline.evaluation import mentions
from dateline.evaluation.metrics import Figures

TEXT = "General Oda of the Kerlo Front left Brenik on Tuesday."


def mention(words: str, kind: str, **more: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "type": kind, **more}


def reached(gold: list[dict[str, Any]], answered: list[dict[str, Any]]) -> Figures:
    gold_side, answer = (mentions.parsed({"id": "a", "text": TEXT, "mentions": m}) for m in (gold, answered))
    return mentions.figures({"a": gold_side}, {"a": answer})


def test_figures_worked_out_by_hand() -> None:
    gold = [
        mention("General Oda", "Person"),
        mention("Kerlo Front", "Organisation"),
        mention("Brenik", "Location"),
    ]
    answered = [mention("Oda", "Person"), mention("Kerlo Front", "Organisation"), mention("Brenik", "Person")]
    figures = reached(gold, answered)
    assert {
        name: (figure["right"], figure["predicted"], figure["gold"]) for name, figure in figures.items()
    } == {
        "strict": (1, 3, 3),
        "overlap": (2, 3, 3),
        "Location": (0, 0, 1),
        "Organisation": (1, 1, 1),
        "Person": (1, 2, 1),
    }


def test_what_gold_doubts_and_kinds_not_used_are_left_out() -> None:
    doubted = [
        mention("Oda", "Person", confidence=0.4),
        mention("Tuesday", "Money"),
        mention("Brenik", "Toponym"),
    ]
    assert reached(doubted, [])["overlap"]["gold"] == 0


def test_bad_gold_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "gold.jsonl", [{"id": "a", "text": TEXT}])
    with pytest.raises(GoldError, match=r"gold\.jsonl:1: 'mentions' is missing; a mentions line holds"):
        mentions.load(path)


@with_scorers
@with_data
@pytest.mark.parametrize("seed", range(2))
def test_perturbed_gold_is_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    rnd, records = Random(seed), corpus("mentions/dev.jsonl")
    for record in records:
        record["mentions"] = [m for m in record["mentions"] if m["type"] in mentions.KINDS]
    gold = mentions.load(written(tmp_path / "gold.jsonl", records))
    answers = {r["id"]: mentions.parsed({**r, "mentions": perturbed(rnd, r)}) for r in records[1:]}
    mentions.save(tmp_path / "predicted.jsonl", answers)
    shared = scorer("score")
    sides = (shared.read_jsonl(str(tmp_path / f"{side}.jsonl")) for side in ("gold", "predicted"))
    theirs, _ = shared.mentions(*sides, argparse.Namespace(min_confidence=0.5))
    ours = mentions.figures(gold, answers)
    expected = {"strict": theirs["strict"]["micro"], "overlap": theirs["overlap"]["micro"]}
    for name, figure in (expected | theirs["overlap"]["per_type"]).items():
        for key in ("right", "predicted", "gold"):
            assert ours[name][key] == figure[key], (name, key)


def perturbed(rnd: Random, record: dict[str, Any]) -> list[dict[str, Any]]:
    """Some mentions gone, some moved, some of another kind."""
    kept = [dict(m) for m in record["mentions"] if rnd.random() < 0.8]
    for m in kept:
        m["start"] = max(0, m["start"] - rnd.choice((0, 0, 0, 5)))
        m["end"] = min(len(record["text"]), m["end"] + rnd.choice((0, 0, 0, 5)))
        m["type"] = rnd.choice(mentions.KINDS) if rnd.random() < 0.1 else m["type"]
    return kept
