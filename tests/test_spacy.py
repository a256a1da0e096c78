"""A reading as a ``Doc``, with a stand-in for spaCy: tokens are words, and spans grow to whole ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from readings import RESOLVED as READING
from readings import any_reading

from dateline.ontology import ROLES
from dateline.spacy import to_spacy
from dateline.types import Reading


@dataclass
class Words:
    """A ``Doc`` of words."""

    text: str
    spans: dict[str, list[Any]] = field(default_factory=dict)
    user_data: dict[Any, Any] = field(default_factory=dict)

    def char_span(self, start: int, end: int, label: str, *, alignment_mode: str) -> tuple[str, str] | None:
        assert alignment_mode == "expand"
        covered = [
            word for word in re.finditer(r"\S+", self.text) if word.start() < end and word.end() > start
        ]
        return (self.text[covered[0].start() : covered[-1].end()], label) if covered else None


class Blank:
    """A pipeline that only makes tokens."""

    def make_doc(self, text: str) -> Words:
        return Words(text)


def test_events_fillers_and_attributions_are_groups_of_spans() -> None:
    doc = to_spacy(READING, Blank())
    assert doc.text == READING.article.text and doc.user_data["dateline"] == READING
    assert set(doc.spans) == {"events", *ROLES, "said_by", "said", "said_what"}
    event = READING.events[0]
    words, label = doc.spans["events"][0]
    assert event.trigger.text in words and label == event.type
    assert len(doc.spans["said"]) == sum(len(said.cue) for said in READING.attributions)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(any_reading())
def test_every_span_with_words_is_there_and_covers_them(read: Reading) -> None:
    doc = to_spacy(read, Blank())
    triggers = {(event.trigger.text, event.type) for event in read.events if event.trigger.text.strip()}
    for words, label in triggers:
        assert any(words.strip() in found and label == kind for found, kind in doc.spans["events"])


def test_spacy_itself_takes_it() -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is no dependency")
    doc = to_spacy(READING, spacy.blank("en"))
    assert [span.label_ for span in doc.spans["events"]] == [event.type for event in READING.events]
