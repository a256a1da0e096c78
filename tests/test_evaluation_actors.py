from __future__ import annotations

import json
from pathlib import Path

import pytest
from scorers import SHARED, with_data

from dateline import ontology
from dateline.errors import GoldError
from dateline.evaluation import actors
from dateline.evaluation.actors import Label, Labelled
from dateline.types import Actor, Article, Evidence, Reading

TEXT = "Gunmen killed six guards."
EVENT = {
    "id": "e1",
    "trigger": {"start": 7, "end": 13},
    "type": "ASSAULT",
    "status": "actual",
    "actor": [{"start": 0, "end": 6}],
    "recipient": [{"start": 14, "end": 24}],
}


def gold(path: Path, *labels: dict[str, object]) -> Path:
    path.write_text(json.dumps({"id": "a", "text": TEXT, "events": [EVENT], "actors": list(labels)}))
    return path


def test_gold_labels_fillers_by_their_range(tmp_path: Path) -> None:
    label = {"start": 0, "end": 6, "country": "none", "sector": "UAF"}
    case = actors.load(gold(tmp_path / "gold.jsonl", label))["a"]
    assert case.labels == {(0, 6): Label("none", "UAF")}
    assert case.reading.events[0].actor[0].text == "Gunmen"


def test_articles_without_labels_are_left_out(tmp_path: Path) -> None:
    assert actors.load(gold(tmp_path / "gold.jsonl")) == {}


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ({"start": 0, "end": 6, "country": "none"}, "'sector' is missing"),
        ({"start": 0, "end": 99, "country": "none", "sector": None}, "is not inside the text"),
        (
            {"start": 0, "end": 6, "country": "none", "sector": "XYZ"},
            "the sector 'XYZ' is not of the closed list",
        ),
    ],
)
def test_bad_labels_are_named(tmp_path: Path, label: dict[str, object], reason: str) -> None:
    with pytest.raises(GoldError, match=f"gold.jsonl:1: .*{reason}"):
        actors.load(gold(tmp_path / "gold.jsonl", label))


def test_an_actor_is_labelled_by_country_or_as_stateless() -> None:
    span = Article("a", TEXT).span(0, 6)
    actor = Actor("x", "X", "KER", "GOV", "stated", Evidence((span,)), "")
    assert actors.label(actor) == Label("KER", "GOV")
    assert actors.label(Actor("x", "X", None, "IGO", "stated", Evidence((span,)), "")) == Label("IGO", "IGO")
    assert actors.label(Actor("x", "X", None, None, "stated", Evidence((span,)), "")) == Label("none", None)
    assert actors.label(None) == Label("none", None)


def test_figures_worked_out_by_hand(tmp_path: Path) -> None:
    reading = Reading(Article("a", TEXT), "gold")
    right = Labelled(reading, {(0, 6): Label("none", "UAF"), (14, 24): Label("KER", "COP")})
    given = Labelled(reading, {(0, 6): Label("none", "REB"), (14, 24): Label("KER", "COP")})
    found = actors.figures({"a": right, "b": right}, {"a": given})
    assert found["country"] == {"accuracy": 75, "right": 3, "gold": 4}  # without answer: "none" and null
    assert found["sector"] == {"accuracy": 25, "right": 1, "gold": 4}
    assert found["both"] == {"accuracy": 25, "right": 1, "gold": 4}
    actors.save(tmp_path / "out.jsonl", {"a": given})
    saved = json.loads((tmp_path / "out.jsonl").read_text())
    assert saved["actors"][0] == {"start": 0, "end": 6, "country": "none", "sector": "REB"}


def test_our_own_labels_are_300_and_of_the_closed_lists() -> None:
    path = Path(actors.__file__).with_name("actors.jsonl")
    labels = [label for line in path.read_text().splitlines() for label in json.loads(line)["actors"]]
    assert len(labels) == 300
    assert {label["sector"] for label in labels} <= {*ontology.SECTORS, None}
    assert all(set(label) == {"start", "end", "country", "sector"} for label in labels)  # no text


@with_data
def test_our_own_labels_are_of_fillers_of_the_development_articles() -> None:
    cases = actors.load(SHARED / "data" / "record" / "dev.jsonl")
    assert sum(len(case.labels) for case in cases.values()) == 300
    for case in cases.values():
        spans = {
            (f.start, f.end)
            for event in case.reading.events
            for f in (*event.actor, *event.recipient, *event.source)
        }
        assert set(case.labels) <= spans
