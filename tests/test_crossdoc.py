"""Given mentions are read as claims, linked in their order, and counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from scorers import scorer, with_scorers, written

from dateline.errors import GoldError
from dateline.evaluation import crossdoc
from dateline.evaluation.crossdoc import Offered

TEXTS = {
    "1_1": "Gunmen raided Orlin market on Monday. The raid in Orlin killed two guards of Tarn bank.",
    "1_2": "Two guards of Tarn bank died when gunmen raided Orlin market. Talks opened in Kerlo.",
}
MENTIONS = {
    "1_1": [("raided", "raid"), ("raid in", "raid"), ("killed", "kill")],
    "1_2": [("raided", "raid"), ("Talks", "talks"), ("opened", "opened")],
}


def record(key: str) -> dict[str, Any]:
    text = TEXTS[key]
    end = text.index(". ") + 1
    mentions = [
        {"start": text.index(word), "end": text.index(word) + len(word), "kind": "event", "cluster": cluster}
        for word, cluster in MENTIONS[key]
    ]
    place = {"start": 0, "end": 6, "kind": "human", "cluster": "x"}
    return {
        "id": key,
        "text": text,
        "sentences": [[0, end], [end + 1, len(text)]],
        "reviewed_sentences": [0, 1],
        "mentions": [*mentions, place],
    }


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("gold") / "gold.jsonl", [record(key) for key in TEXTS])


@pytest.fixture(scope="module")
def answers(gold: Path) -> dict[str, crossdoc.Mentions]:
    with crossdoc.answering(None) as (answer, _):
        return {key: answer(each) for key, each in crossdoc.load(gold).items()}


def test_only_events_in_reviewed_sentences_are_gold(tmp_path: Path) -> None:
    given = {**record("1_2"), "reviewed_sentences": [1]}
    (read,) = crossdoc.load(written(tmp_path / "one.jsonl", [given])).values()
    assert [span.text for span in read.clusters] == ["Talks", "opened"]


def test_a_record_without_sentences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="sentences"):
        crossdoc.load(written(tmp_path / "bad.jsonl", [{"id": "1", "text": "", "mentions": []}]))


def test_mentions_become_claims_and_raids_of_both_articles_one(answers: dict[str, crossdoc.Mentions]) -> None:
    clusters = crossdoc.clustered(answers)
    named = {key: {span.text: label for span, label in spans.items()} for key, spans in clusters.items()}
    assert named["1_1"]["raided"] == named["1_2"]["raided"] != named["1_2"]["Talks"]


@with_scorers
def test_figures_are_the_scorers(gold: Path, answers: dict[str, crossdoc.Mentions], tmp_path: Path) -> None:
    crossdoc.save(tmp_path / "answers.jsonl", answers)
    scored = scorer("score")
    args = type(
        "Args",
        (),
        {"kind": "event", "all_sentences": False, "within_doc": False, "no_singletons": False},
    )
    sides = [scored.read_jsonl(str(path)) for path in (gold, tmp_path / "answers.jsonl")]
    theirs, _ = scored.crossdoc(*sides, args)
    ours = crossdoc.figures(crossdoc.load(gold), answers)
    assert ours["CoNLL F1"]["f1"] == pytest.approx(100 * theirs["conll_f1"])
    assert ours["CoNLL F1"]["gold"] == 6 and "same lemma" in ours


def test_the_latest_under_a_key_are_offered() -> None:
    offered = Offered()
    assert offered.meet(["a", "b"]) == []
    assert offered.meet(["b"]) == [0]
    assert offered.meet(["a", "b", "b"]) == [0, 1]
    assert offered.meet(["c"]) == []
