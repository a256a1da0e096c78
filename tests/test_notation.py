from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorers import SHARED, corpus, scorer, with_data

from dateline.annotation.notation import aligned, noted
from dateline.evaluation.annotated import with_events

TEXT = (
    "The ministry said gunmen killed six guards at Brenik on Tuesday. "
    "It blamed the Kerlo Front for the attack. The front denied the killing of the guards."
)
NOTE: dict[str, Any] = {
    "id": "a1",
    "published": "2024-03-12",
    "text": TEXT,
    "sentences": {
        "1": "The ministry said gunmen killed six guards at Brenik on Tuesday.",
        "2": "It blamed the Kerlo Front for the attack.",
        "3": "The front denied the killing of the guards.",
    },
    "events": [
        {
            "id": "e1", "s": 1, "trigger": "killed",
            "type": "ASSAULT", "mode": "firearms", "status": "actual",
            "actor": ["gunmen"], "recipient": ["six guards"], "place": ["Brenik"], "date": ["Tuesday"],
            "weapon": [], "source": ["The ministry"], "killed": [{"t": "six", "n": 6}], "injured": [],
            "incident": "A", "answers": [],
        },
        {
            "id": "e2", "s": 2, "trigger": "blamed", "type": "ACCUSE", "mode": "allege", "status": "actual",
            "actor": [[1, "The ministry"]], "recipient": ["the Kerlo Front"], "place": [], "date": [],
            "weapon": [], "source": [], "killed": [], "injured": [], "incident": "B", "answers": ["A"],
        },
    ],
    "incidents": {
        "A": {"what": "attack at Brenik", "start": "2024-03-12", "end": "2024-03-12", "places": ["Brenik"]},
        "B": {"what": "blame", "start": None, "end": "2024-03-12", "places": []},
    },
}  # fmt: skip


def told(change: Any) -> list[str]:
    """The mistakes of the note after a change of its first report."""
    note = copy.deepcopy(NOTE)
    change(note["events"][0])
    return [str(mistake) for mistake in aligned(note)[1]]


def test_an_annotated_article_is_what_training_and_evaluation_read() -> None:
    record, mistakes = aligned(NOTE)
    assert mistakes == []
    killed, blamed = with_events(record).events
    assert (killed.trigger.text, killed.actor[0].text, killed.killed[0].value) == ("killed", "gunmen", 6)
    assert (blamed.actor[0].start, blamed.answers) == (0, ("A",))


def test_articles_are_published_on_a_day_or_at_a_time() -> None:
    for published in (None, "2024-03-12", "2024-03-12T18:30:00+01:00"):
        assert aligned(NOTE | {"published": published})[1] == []


def test_notation_and_alignment_are_inverses() -> None:
    record, _ = aligned(NOTE)
    assert noted(record) == NOTE
    assert aligned(noted(record)) == (record, [])


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        (lambda e: e.update(trigger="shot"), "e1 trigger: 'shot' is not in sentence 1; copy words exactly"),
        (lambda e: e.update(s=3, trigger="the"), "e1 trigger: 'the' stands twice in sentence 3; lengthen it"),
        (lambda e: e.update(type="ASAULT"), "e1 type: 'ASAULT' is not one; write ASSAULT"),
        (lambda e: e.update(status="past"), "e1 status: 'past' is not one; write actual, future"),
        (lambda e: e.update(mode="troops"), "e1 mode: 'troops' is not one; write "),
        (lambda e: e.update(acter=[]), "e1 acter: there is no such field; write actor"),
        (lambda e: e.update(actor="gunmen"), "e1 actor: 'gunmen' is no list; write [] for none"),
        (lambda e: e.update(actor=[[2]]), 'e1 actor: [2] is no filler; write "words" or [sentence, "words"]'),
        (lambda e: e.update(place=["Front"]), "e1 place: 'Front' is not in sentence 1; they stand"),
        (lambda e: e.update(killed=["six"]), "e1 killed: 'six' is no toll; write {"),
        (lambda e: e.update(killed=[{"t": "six", "n": "6"}]), "e1 killed: n is '6'; give a whole number"),
        (lambda e: e.update(killed=[{"t": "six", "n": -6}]), "e1 killed: n is -6; give a whole number"),
        (lambda e: e.update(incident="C"), "e1 incident: 'C' is not described; describe it under incidents"),
        (lambda e: e.update(answers=["C"]), "e1 answers: 'C' is not described; describe it under incidents"),
        (lambda e: e.update(answers=["A"]), "e1 answers: 'A' is the report's own happening; leave it out"),
        (lambda e: e.update(answers=5), "e1 answers: it cannot be read; write it as docs"),
        (lambda e: e.update(id="e2"), "e2 id: it is used twice; number the reports"),
    ],
)  # fmt: skip
def test_each_mistake_is_named_with_reason_and_remedy(change: Any, mistake: str) -> None:
    assert told(change)[0].startswith(mistake)


@pytest.mark.parametrize(
    ("field", "value", "mistake"),
    [
        ("text", "", "text: there is none; give the article's text"),
        ("published", "12 March", "published: '12 March' is no day; write YYYY-MM-DD"),
        ("sentences", {"1": "Other words."}, "sentences: sentence 1 is not in the text; leave text"),
        ("events", None, "events: they are no list of objects; write []"),
        ("incidents", [], "incidents: they are no object of objects; write"),
        ("incidents", NOTE["incidents"] | {"C": {"what": "x"}}, "incident C: no event report has this label"),
        ("incidents", {"A": {"start": "2024-03-12", "end": "2024-03-11"}}, "incident A: it ends on 2024-03"),
        ("incidents", {"A": {"start": "March"}}, "incident A: 'March' is no day; write"),
        ("incidents", {"A": {"places": ["Orlin"]}}, "incident A: 'Orlin' is not in the text; copy"),
        ("incidents", {"A": {"when": None}}, "incident A when: there is no such field; write"),
    ],
)  # fmt: skip
def test_mistakes_of_the_article(field: str, value: Any, mistake: str) -> None:
    found = [str(each) for each in aligned(NOTE | {field: value})[1]]
    assert any(each.startswith(mistake) for each in found), found


def test_what_is_wrong_with_one_report_leaves_the_others() -> None:
    record, mistakes = aligned(
        NOTE | {"events": [{"id": "e9", "s": 1, "trigger": "gone"}, NOTE["events"][1]]}
    )
    assert [event["id"] for event in record["events"]] == ["e2"]
    assert {mistake.field.split()[0] for mistake in mistakes} == {"e9", "incident"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 4) | st.sampled_from(["A", "e1", "gunmen", "ASSAULT", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["t", "n", "A"]), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from([*NOTE["events"][0], "x"]), JSON), st.sampled_from([*NOTE, "x"]), JSON)
def test_nothing_that_a_person_may_write_breaks_the_checker(event: Any, field: str, value: Any) -> None:
    note = {**NOTE, "events": [{**NOTE["events"][0], **event}, NOTE["events"][1]]}
    record, mistakes = aligned(note | {field: value})
    if not mistakes:
        with_events(record)


def test_the_start_of_an_annotation() -> None:
    assert noted({"id": "a1", "title": "Raid", "text": "He left. She stayed."}) == {
        "id": "a1",
        "title": "Raid",
        "text": "He left. She stayed.",
        "sentences": {"1": "He left.", "2": "She stayed."},
        "events": [],
        "incidents": {},
    }


def test_the_worked_example_of_the_document_has_no_mistakes() -> None:
    document = (Path(__file__).parents[1] / "docs" / "annotation.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```\n(\{.*?)^```", document, re.MULTILINE | re.DOTALL)
    record, mistakes = aligned(json.loads(block))
    assert mistakes == []
    assert [event.trigger.text for event in with_events(record).events][-1] == "shooting"


@with_data
@pytest.mark.skipif(not (SHARED / "annotation").is_dir(), reason="no checker in ../shared/annotation")
def test_the_corpus_is_aligned_as_the_shared_checker_aligns() -> None:
    shared = scorer("check", "annotation")
    for record in corpus("record/dev.jsonl"):
        note = noted(record)
        faults, expected = shared.align({**note, "sentences": record["sentences"]}, note)
        ours, mistakes = aligned(note)
        assert (faults, mistakes) == ([], [])
        assert (ours["events"], ours["incidents"]) == (expected["events"], expected["incidents"])
        assert ours["events"] == record["events"]
