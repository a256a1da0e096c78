from __future__ import annotations

import json
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from scorers import corpus, scorer, with_data, with_scorers, written

from dateline.errors import GoldError
from dateline.evaluation import places
from dateline.evaluation.metrics import Figures
from dateline.evaluation.places import Located, paired
from dateline.types import Span

TEXT = "Shells hit Orlin near Brenik, Kerlan officers in Merovar said."
#       0      7   11    17   22  26  30     37       46 49


def toponym(name: str, *point: float, text: str = TEXT, **more: Any) -> dict[str, Any]:
    start = text.index(name)
    at = dict(zip(("lat", "lon"), point, strict=False))
    return {"start": start, "end": start + len(name), "name": name, **at, **more}


def record(*toponyms: dict[str, Any], identity: str = "one") -> dict[str, Any]:
    return {"id": identity, "text": TEXT, "toponyms": list(toponyms)}


GOLD = record(toponym("Orlin", 11, 10, geonameid="6"), toponym("Brenik", 10, 10), toponym("Merovar"))


def reached(*answered: dict[str, Any]) -> Figures:
    return places.figures({"one": places.parsed(GOLD)}, {"one": places.parsed(record(*answered))})


def test_gold_against_itself_is_perfect() -> None:
    figures = reached(*GOLD["toponyms"])
    assert [figures[f"recognition {way}"]["f1"] for way in ("strict", "overlap")] == [100, 100]
    assert all(figures[name]["accuracy"] == 100 for name in ("resolved", "end to end", "gold spans"))
    assert figures["end to end"]["gold"] == 2  # Merovar is not located in gold


def test_what_is_not_found_is_wrong_end_to_end() -> None:
    near, far = toponym("Orlin", 11, 11), toponym("near Brenik", 10, 40)  # 109 and 3,280 km off
    figures = reached(near, far, toponym("Kerlan", 10, 10))
    assert figures["recognition strict"] == {"p": 100 / 3, "r": 100 / 3, "f1": pytest.approx(100 / 3)} | {
        "right": 1,
        "predicted": 3,
        "gold": 3,
    }
    assert figures["recognition overlap"]["right"] == 2
    assert figures["resolved"] | {"median_km": 0} == {"accuracy": 50, "right": 1, "gold": 2, "median_km": 0}
    assert figures["resolved"]["median_km"] == pytest.approx((109.1 + 3276) / 2, rel=0.01)
    assert figures["gold spans"]["right"] == 1


def test_an_article_without_answer_has_no_toponyms() -> None:
    figures = places.figures({"one": places.parsed(GOLD)}, {})
    assert figures["end to end"] == {"accuracy": 0, "right": 0, "gold": 2}


def test_an_equal_span_is_tried_first() -> None:
    spans = [Span(0, 5, "Orlin"), Span(0, 12, "Orlin Valley")]
    assert paired(spans[1:], spans) == {0: 1}
    assert paired(spans, spans[:1]) == {0: 0}


def test_predictions_are_in_golds_format(tmp_path: Path) -> None:
    places.save(tmp_path / "out.jsonl", {"one": places.parsed(GOLD)})
    line = json.loads((tmp_path / "out.jsonl").read_text())
    assert line["toponyms"][0] == {"start": 11, "end": 16, "name": "Orlin", "lat": 11, "lon": 10}
    assert "lat" not in line["toponyms"][2]


def test_gold_carries_ids() -> None:
    assert places.parsed(GOLD).toponyms[0] == Located(11, 16, "Orlin", (11, 10), 6)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"id": "one", "text": TEXT}, "'toponyms' is missing"),
        (record({"start": 50, "end": 99}), "span 50-99 is not inside the text"),
        (record(toponym("Orlin", 95, 10)), "there is no place at latitude 95"),
    ],
)
def test_bad_gold_is_named(tmp_path: Path, broken: dict[str, Any], reason: str) -> None:
    path = written(tmp_path / "gold.jsonl", [broken])
    with pytest.raises(GoldError, match=f"gold.jsonl:1: {reason}"):
        places.load(path)


def hold_equal(tmp_path: Path, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> None:
    """Our figures, through the files that the command writes, and the scorer's."""
    texts = {r["id"]: r["text"] for r in gold}
    answers = {r["id"]: places.parsed({**r, "text": texts[r["id"]]}) for r in predicted}
    places.save(tmp_path / "predicted.jsonl", answers)
    ours = places.figures(places.load(written(tmp_path / "gold.jsonl", gold)), answers)
    shared = scorer("score")
    sides = (shared.read_jsonl(str(tmp_path / f"{side}.jsonl")) for side in ("gold", "predicted"))
    theirs, _ = shared.places(*sides, SimpleNamespace(kind="all", match="overlap"))
    for way in ("strict", "overlap"):
        percent = {key: 100 * theirs[way][key] for key in ("p", "r", "f1")}
        assert ours[f"recognition {way}"] == pytest.approx(theirs[way] | percent)
    measured = theirs["resolution"]
    assert ours["resolved"]["gold"] == measured["n"]
    assert ours["resolved"]["accuracy"] == pytest.approx(100 * measured["acc161"])
    assert ours["resolved"].get("median_km") == pytest.approx(measured["median_km"])
    assert ours["end to end"]["accuracy"] == pytest.approx(100 * measured["acc161_of_gold"])


def perturbed(rnd: Random, gold: dict[str, Any]) -> dict[str, Any]:
    """Gold's toponyms, some gone, some doubled, some longer or elsewhere."""
    kept = [t for t in gold["toponyms"] for _ in range(rnd.choice((0, 1, 1, 1, 2)))]
    return {"id": gold["id"], "toponyms": [_moved(rnd, len(gold["text"]), t) for t in kept]}


def _moved(rnd: Random, length: int, given: dict[str, Any]) -> dict[str, Any]:
    start, end = given["start"], given["end"]
    if rnd.random() < 0.4:
        start = max(0, start - rnd.randrange(12))
        end = min(length, max(start + 1, end + rnd.randrange(-3, 25)))
    if "lat" not in given or rnd.random() < 0.2:
        return {"start": start, "end": end}
    shift = rnd.choice((0, 0, 0.5, 1.2, 1.6, 30))
    return {"start": start, "end": end, "lat": max(-90, given["lat"] - shift), "lon": given["lon"]}


@with_scorers
@pytest.mark.parametrize("seed", range(30))
def test_invented_toponyms_are_counted_as_the_scorer_counts(tmp_path: Path, seed: int) -> None:
    rnd = Random(seed)
    gold = [record(*perturbed(rnd, GOLD)["toponyms"], identity=str(n)) for n in range(4)]
    hold_equal(tmp_path, gold, [perturbed(rnd, each) for each in gold[1:]])


@with_scorers
@with_data
def test_perturbed_gold_is_counted_as_the_scorer_counts(tmp_path: Path) -> None:
    gold, rnd = corpus("places/dev.jsonl"), Random(1)
    hold_equal(tmp_path, gold, [perturbed(rnd, each) for each in gold])
