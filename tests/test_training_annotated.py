import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from scorers import SHARED, with_data

from dateline.errors import InputError
from dateline.ontology import COUNTS, FILLERS, MODES, STATUSES, TYPES
from training import annotated, corpora

TEXT = "Rebels killed three guards at Orlin on Friday. The army shelled two villages in retaliation."
Json = dict[str, Any]


def span(words: str) -> Json:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def event(number: int, trigger: str, incident: str, answers: list[str], **filled: list[Json]) -> Json:
    roles = {role: filled.get(role, []) for role in (*FILLERS, *COUNTS)}
    told = {"id": f"e{number}", "type": "ASSAULT", "mode": "", "status": "actual", "trigger": span(trigger)}
    return told | roles | {"incident": incident, "answers": answers}


ARTICLE = {
    "id": "one",
    "corpus": "lgl",
    "text": TEXT,
    "events": [
        event(1, "killed", "A", [], actor=[span("Rebels")], killed=[span("three") | {"value": 3}]),
        event(2, "shelled", "B", ["A"], actor=[span("The army")], recipient=[span("two villages")]),
    ],
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    texts = {"places": [TEXT], "attribution": [], "incidents": [], "crossdoc": [], "gum": []}
    for name, each in texts.items():
        (tmp_path / name).mkdir()
        lines = [json.dumps({"text": text}) + "\n" for text in each]
        (tmp_path / name / "train.jsonl").write_text("".join(lines))
    crime = tmp_path / "conflibert" / "insightCrime"
    crime.mkdir(parents=True)
    (crime / "train.tsv.gz").write_bytes(gzip.compress(b"A text.\t0\n"))
    return tmp_path


def test_what_is_set_apart_comes_back_with_its_words(data: Path) -> None:
    file = data / "annotations.jsonl"
    assert annotated.add([ARTICLE], data, file) == 1
    assert "Rebels" not in file.read_text()
    assert list(annotated.articles(data, file)) == [ARTICLE]


def test_an_article_is_there_once_as_last_told(data: Path) -> None:
    file = data / "annotations.jsonl"
    annotated.add([ARTICLE], data, file)
    assert annotated.add([ARTICLE | {"events": []}], data, file) == 1
    assert [article["events"] for article in annotated.articles(data, file)] == [[]]


def test_a_text_that_the_corpora_lack_is_named(data: Path) -> None:
    file = data / "annotations.jsonl"
    with pytest.raises(InputError, match="mine"):
        annotated.add([ARTICLE | {"id": "mine", "text": "Another text."}], data, file)
    file.write_text(json.dumps({"id": "gone", "corpus": "lgl", "digest": "0" * 16, "events": []}) + "\n")
    with pytest.raises(InputError, match="gone"):
        list(annotated.articles(data, file))


def test_the_file_points_at_words_and_holds_none() -> None:
    for line in corpora.read_lines(annotated.FILE):
        assert sorted(line) == ["corpus", "digest", "events", "id"]
        for kind, mode, status, trigger, roles, incident, answers in line["events"]:
            assert kind in TYPES and status in STATUSES and mode in ("", *MODES[kind])
            places = [trigger, *(place for role in roles.values() for place in role)]
            assert all(isinstance(number, int | None) for place in places for number in place)
            assert all(len(label) <= 3 for label in (incident, *answers))


@with_data
def test_all_texts_are_in_the_corpora() -> None:
    found = list(annotated.articles(SHARED / "data"))
    assert len(found) == sum(1 for _ in corpora.read_lines(annotated.FILE)) > 0
    assert all(f["text"] for article in found for event in article["events"] for f in [event["trigger"]])
