from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scorers import SHARED, corpus, scorer, with_data, with_scorers, written

from dateline.errors import GoldError
from dateline.evaluation import incidents
from dateline.evaluation.incidents import Incidents

TEXT = "Two men shot Mayor Ana Brandt. The Kerlo Front (KF) claimed the attack on the mayor's office."


def record(identity: str = "a1", **roles: list[list[str]]) -> dict[str, Any]:
    extracts = {
        role: [
            [{"text": n, "start": TEXT.index(n), "end": TEXT.index(n) + len(n)} for n in names]
            for names in entities
        ]
        for role, entities in roles.items()
    }
    return {"id": identity, "text": TEXT, "extracts": extracts}


def parsed(**roles: list[list[str]]) -> dict[str, Incidents]:
    return {"a1": incidents.parsed(record(**roles))}


def test_a_name_of_the_entity_is_right_whichever_it_is() -> None:
    gold = parsed(PerpOrg=[["Kerlo Front", "KF"]], Victim=[["Mayor Ana Brandt", "Ana Brandt"]])
    answers = parsed(PerpOrg=[["The Kerlo Front"]], Victim=[["Ana Brandt"], ["mayor"]])
    figures = incidents.figures(gold, answers)
    assert figures["PerpOrg"]["f1"] == 100
    assert (figures["Victim"]["p"], figures["Victim"]["r"]) == (50, 100)
    assert figures["CEAF-REE"] == {"p": pytest.approx(200 / 3), "r": 100, "f1": 80} | {
        "right": 2,
        "predicted": 3,
        "gold": 2,
    }


def test_one_wrong_name_spoils_an_entity() -> None:
    gold = parsed(PerpOrg=[["Kerlo Front", "KF"]])
    assert incidents.figures(gold, parsed(PerpOrg=[["KF", "Two men"]]))["CEAF-REE"]["right"] == 0


def test_an_article_without_answer_has_no_entities() -> None:
    assert incidents.figures(parsed(Victim=[["Ana Brandt"]]), {})["Victim"]["r"] == 0


def test_names_are_compared_without_articles_and_punctuation() -> None:
    assert incidents.plain('The  "K.F."  a-team, an ally') == "kf ateam ally"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"extracts": None}, "'NoneType' object has no attribute 'keys'"),
        ({"extracts": {"Bystander": []}}, "role 'Bystander' is not among PerpInd, PerpOrg"),
        ({"extracts": {"Victim": [[{"start": 0, "end": 999}]]}}, "span 0-999 is not inside the text"),
    ],
)
def test_bad_gold_is_named(tmp_path: Path, changed: dict[str, Any], reason: str) -> None:
    path = written(tmp_path / "gold.jsonl", [record() | changed])
    with pytest.raises(GoldError, match=rf"gold\.jsonl:1: {reason}.*; an incidents line holds"):
        incidents.load(path)


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    answers = parsed(PerpOrg=[["Kerlo Front"], ["KF"]])
    incidents.save(tmp_path / "out.jsonl", answers)
    saved = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert incidents.parsed({"text": TEXT} | saved) == answers["a1"]


def perturbed(rnd: Random, gold: Incidents) -> Incidents:
    """Some entities gone, some without some of their names, some in another's role."""
    entities = [(role, names) for role, some in gold.fillers.items() for names in some]
    fillers: dict[str, list[incidents.Names]] = {role: [] for role in gold.fillers}
    for role, names in entities:
        if rnd.random() < 0.8:
            other, more = rnd.choice(entities)
            kept = tuple(n for n in names if rnd.random() < 0.7) or names
            fillers[other if rnd.random() < 0.1 else role].append(kept + more[:1] * (rnd.random() < 0.1))
    return Incidents(gold.article, {role: tuple(some) for role, some in fillers.items()})


@with_scorers
@with_data
@pytest.mark.parametrize("seed", range(2))
def test_perturbed_gold_is_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    rnd, path = Random(seed), SHARED / "data" / "incidents" / "dev.jsonl"
    gold = incidents.load(path)
    answers = {key: perturbed(rnd, each) for key, each in gold.items() if rnd.random() < 0.9}
    incidents.save(tmp_path / "predicted.jsonl", answers)
    shared = scorer("score")
    sides = (
        {r["id"]: r for r in corpus("incidents/dev.jsonl")},
        shared.read_jsonl(str(tmp_path / "predicted.jsonl")),
    )
    theirs = shared.muc4(*sides, None)[0]["ceaf_ree"]["strict"]
    ours = incidents.figures(gold, answers)
    for name, figure in ours.items():
        expected = theirs["micro" if name == "CEAF-REE" else name]
        assert {key: figure[key] for key in ("right", "predicted", "gold")} == {
            key: expected[key] for key in ("right", "predicted", "gold")
        }, name
