"""A reading as a spaCy ``Doc``, by the ways that every ``Doc`` has: spaCy itself is not needed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from dateline.ontology import ROLES
from dateline.types import Reading, Span


class Doc(Protocol):
    """What is needed of a ``spacy.tokens.Doc``."""

    spans: Any
    user_data: dict[Any, Any]

    def char_span(self, start_idx: int, end_idx: int, label: str, *, alignment_mode: str) -> Any: ...


class Language(Protocol):
    """What is needed of a ``spacy.Language``."""

    def make_doc(self, text: str) -> Doc: ...


def to_spacy(reading: Reading, nlp: Language) -> Any:
    """The article's text as a ``Doc`` of a pipeline's tokens, with what was read as groups of spans.

    ``doc.spans["events"]`` are triggers labelled by type; a group each for the fillers of a role, labelled by
    the id of their event report; "source", "cue" and "content" of attributions are under "said_by", "said"
    and "said_what", labelled by the attribution's id. A span that cuts a token covers it. The reading itself
    is ``doc.user_data["dateline"]``.
    """
    doc = nlp.make_doc(reading.article.text)
    groups: dict[str, list[tuple[Span, str]]] = {
        "events": [(event.trigger, event.type) for event in reading.events],
        **{role: list(_fillers(reading, role)) for role in ROLES},
        "said_by": [(span, said.id) for said in reading.attributions for span in said.source],
        "said": [(span, said.id) for said in reading.attributions for span in said.cue],
        "said_what": [(span, said.id) for said in reading.attributions for span in said.content],
    }
    for name, spans in groups.items():
        doc.spans[name] = list(_placed(doc, spans))
    doc.user_data["dateline"] = reading
    return doc


def _fillers(reading: Reading, role: str) -> Iterator[tuple[Span, str]]:
    for event in reading.events:
        for filler in getattr(event, role):
            yield filler, event.id


def _placed(doc: Doc, spans: Iterable[tuple[Span, str]]) -> Iterator[Any]:
    """Offsets of both count code points. Blanks alone have no tokens and are left out."""
    for span, label in spans:
        found = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
        if found is not None:
            yield found
