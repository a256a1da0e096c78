from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scorers import corpus, invented_events, perturbed_events, scorer, with_data, with_scorers, written

from dateline.evaluation import events
from dateline.evaluation.annotated import with_events
from dateline.evaluation.metrics import Figures

TEXT = "The army shelled Orlin. Rebels accused the army of the shelling. They raided a post in reprisal."


def at(words: str, nth: int = 0, **more: Any) -> dict[str, Any]:
    """The words with their offsets in TEXT."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words, **more}


def event(trigger: dict[str, Any], kind: str, incident: str, **more: Any) -> dict[str, Any]:
    return {"id": "e", "trigger": trigger, "type": kind, "status": "actual", "incident": incident, **more}


GOLD = [
    event(at("shelled"), "ASSAULT", "A", actor=[at("The army")], place=[at("Orlin")], mode="heavy-weapons"),
    event(at("accused"), "ACCUSE", "B", actor=[at("Rebels")], recipient=[at("the army")], answers=["A"]),
    event(at("shelling"), "ASSAULT", "A", actor=[at("the army")], source=[at("Rebels")]),
    event(at("raided"), "ASSAULT", "C", actor=[at("Rebels")], answers=["A"], injured=[at("a", value=1)]),
]
PREDICTED = [
    event(at("army shelled"), "ASSAULT", "X", actor=[at("army")], place=[at("Orlin")], mode="aerial"),
    event(at("accused"), "ACCUSE", "Y", actor=[at("The army")], recipient=[at("the army of")], answers=["X"]),
    event(at("the shelling"), "ASSAULT", "X", actor=[at("The army")], status="future"),
    event(at("reprisal"), "THREATEN", "Z", actor=[at("Rebels")], answers=["Y", "W"]),
]


def reached(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> Figures:
    return events.figures(
        {"x": with_events({"id": "x", "text": TEXT, "events": gold})},
        {"x": with_events({"id": "x", "text": TEXT, "events": predicted})},
    )


def test_gold_against_itself_is_perfect() -> None:
    figures = reached(GOLD, GOLD)
    assert all(figure.get("f1", 100) == 100 for figure in figures.values() if figure.get("gold"))
    assert figures["status"]["accuracy"] == figures["mode"]["accuracy"] == 100


@pytest.mark.parametrize(
    ("name", "right", "predicted", "gold"),
    [
        ("trigger", 3, 4, 4),  # army shelled, accused, the shelling; "reprisal" overlaps nothing
        ("event", 3, 4, 4),
        ("type ASSAULT", 2, 2, 3),
        ("actor", 2, 4, 4),  # "army" and "The army" read as gold's; not "The army" for "Rebels"
        ("recipient", 1, 1, 1),  # two of three words in common
        ("place", 1, 1, 1),
        ("source", 0, 0, 1),
        ("injured", 0, 0, 1),
        ("roles", 4, 6, 8),
        ("record", 2, 4, 4),  # the first and the third: of the third the source is not asked
        ("incident", 1, 1, 1),
        ("answers", 1, 2, 2),  # (Y, X) for (B, A); (Z, Y) has no gold; "W" is no happening
    ],
)
def test_figures_worked_out_by_hand(name: str, right: int, predicted: int, gold: int) -> None:
    figure = reached(GOLD, PREDICTED)[name]
    assert (figure["right"], figure["predicted"], figure["gold"]) == (right, predicted, gold)


def test_accuracy_is_over_matched_events() -> None:
    figures = reached(GOLD, PREDICTED)
    assert figures["status"] == {"accuracy": pytest.approx(200 / 3), "right": 2, "gold": 3}
    assert figures["mode"] == {"accuracy": 0, "right": 0, "gold": 1}
    assert figures["types"]["f1"] == pytest.approx((100 + 80) / 2)


def test_an_article_without_answer_has_no_events() -> None:
    gold = {"x": with_events({"id": "x", "text": TEXT, "events": GOLD})}
    assert events.figures(gold, {})["event"] == {
        "p": 0,
        "r": 0,
        "f1": 0,
        "right": 0,
        "predicted": 0,
        "gold": 4,
    }


def test_a_toll_without_value_has_to_overlap() -> None:
    def one(toll: dict[str, Any]) -> list[dict[str, Any]]:
        return [event(at("raided"), "ASSAULT", "A", killed=[toll])]

    far, near = at("army", value=None), at("a post", value=None)
    assert reached(one(at("post", value=None)), one(near))["killed"]["right"] == 1
    assert reached(one(at("post", value=None)), one(far))["killed"]["right"] == 0
    assert reached(one(at("post", value=2)), one({**far, "value": 2}))["killed"]["right"] == 1


def hold_equal(tmp_path: Path, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> None:
    """Our figures, through the files that the command writes, and the scorer's."""
    loaded = events.load(written(tmp_path / "gold.jsonl", gold))
    texts = {record["id"]: record["text"] for record in gold}
    answers = {r["id"]: with_events({**r, "text": texts[r["id"]]}) for r in predicted}
    events.save(tmp_path / "predicted.jsonl", answers)
    ours = events.figures(loaded, answers)
    shared = scorer("events")
    theirs = shared.score(*(shared.load(tmp_path / f"{side}.jsonl") for side in ("gold", "predicted")))
    types = theirs.pop("types")
    assert ours.pop("types")["f1"] == pytest.approx(types["f1"], abs=1e-9)
    theirs |= {f"type {name}": figure for name, figure in types["per_type"].items()}
    assert ours.keys() - theirs.keys() == {"confidence event", "confidence roles"}
    for name, figure in theirs.items():
        assert {key: ours[name][key] for key in figure} == pytest.approx(figure, abs=1e-9), name


@with_scorers
@pytest.mark.parametrize("seed", range(40))
def test_invented_events_are_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    gold = [invented_events(rnd, TEXT) for _ in range(5)]
    predicted = [{**invented_events(rnd, TEXT), "id": record["id"]} for record in gold[1:]]
    hold_equal(tmp_path, gold, predicted)


@with_scorers
@with_data
@pytest.mark.parametrize("seed", range(3))
def test_perturbed_gold_is_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    gold, rnd = corpus("record/dev.jsonl"), Random(seed)
    hold_equal(tmp_path, gold, [perturbed_events(rnd, record) for record in gold])


def test_predictions_hold_one_article_a_line(tmp_path: Path) -> None:
    reading = with_events({"id": "x", "text": TEXT, "events": GOLD})
    events.save(tmp_path / "out.jsonl", {"x": reading})
    (line,) = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["events"][3]["injured"] == [at("a", value=1)]
