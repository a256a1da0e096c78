"""The training corpora as documents: annotations land on the pieces of their words."""

import json
from pathlib import Path
from typing import Any

import pytest

from dateline.ontology import ROLES
from dateline.read.reading import MODEL
from dateline.read.tokens import Pieceworker
from training import corpora

TEXT = "The army shelled Orlin on Friday. Brandt said the army had fired first."
BARRED = " No more was known."
Json = dict[str, Any]


def span(words: str) -> Json:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def event(trigger: str, kind: str, **fillers: list[Json]) -> Json:
    return {
        "trigger": span(trigger),
        "type": kind,
        "mode": "",
        "status": "actual",
        "incident": "A",
        "answers": [],
        **{role: fillers.get(role, []) for role in ROLES},
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shelled = event("shelled", "ASSAULT", actor=[span("The army")], recipient=[span("Orlin")])
    article = {"id": "1", "corpus": "invented", "text": TEXT, "events": [shelled]}
    barred = {"id": "2", "corpus": "invented", "text": TEXT + BARRED, "events": [shelled]}
    written = {
        "record/train": [article, barred],
        "mentions/train": [{"subcorpus": "BBC Online", "text": TEXT + BARRED}],
        "mentions/dev": [],
        "attribution/train": [
            {
                "id": "3",
                "text": TEXT,
                "attributions": [{"source": [[34, 40]], "cue": [[41, 45]], "content": [[46, 70]]}],
            }
        ],
    }
    for name, records in written.items():
        path = tmp_path / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(json.dumps(r) + "\n" for r in records))
    return tmp_path


@pytest.fixture(scope="module")
def worker() -> Pieceworker:
    return Pieceworker.load(MODEL / "tokenizer.json")


def words(document: corpora.Document, pieces: tuple[int, int]) -> str:
    return TEXT[document.pieces.starts[pieces[0]] : document.pieces.ends[pieces[1] - 1]]


def test_events_stand_on_the_pieces_of_their_words(data: Path, worker: Pieceworker) -> None:
    (document,) = corpora.record(data, "train", worker)
    (found,) = document.events or []
    assert words(document, found.frame.trigger) == "shelled"
    assert words(document, found.frame.fillers[ROLES.index("actor")][0]) == "The army"
    doubles = found.frame.doubles[ROLES.index("actor")]
    assert [words(document, d) for d in doubles] == ["the army"]


def test_texts_under_a_non_commercial_clause_stay_out(data: Path, worker: Pieceworker) -> None:
    assert [d.id for d in corpora.record(data, "train", worker)] == ["1"]


def test_attributions_are_frames_of_their_cues(data: Path, worker: Pieceworker) -> None:
    (document,) = corpora.attribution(data, "train", worker)
    (frame,) = document.cues or []
    assert words(document, frame.trigger) == "said"
    assert [words(document, role[0]) for role in frame.fillers] == ["Brandt", "the army had fired first"]


def test_annotated_sentences_make_dyads(data: Path) -> None:
    (dyad,) = corpora.dyads_of_record(data, "train")
    assert (dyad.source, dyad.target, dyad.root) == ((0, 8), (17, 22), "ASSAULT")
