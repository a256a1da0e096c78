"""An article is read at given triggers: these and no others, in their order."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.evaluation.given import read_at
from dateline.ontology import TYPES
from dateline.read.encoder import Encoder
from dateline.read.reading import MODEL
from dateline.types import Article

TEXT = "Gunmen raided Orlin market and killed two. The raid was condemned."
ARTICLE = Article("a", TEXT, body=((0, len(TEXT)),))
SENTENCES = ((0, 42), (43, len(TEXT)))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(MODEL, 1)


def test_one_report_for_each_trigger(encoder: Encoder) -> None:
    words = ["raid was", "killed", "raided", "market", "raid"]
    spans = [ARTICLE.span(TEXT.index(w), TEXT.index(w) + len(w)) for w in words[:4]]
    spans.append(ARTICLE.span(47, 51))  # within the first
    read = read_at(encoder, ARTICLE, SENTENCES, spans)
    assert [event.trigger for event in read.events] == spans
    assert len({event.happening for event in read.events}) == len(spans)
    assert {event.type for event in read.events} <= set(TYPES)
    assert read.model == encoder.digest
    alike = np.stack([np.frombuffer(event.alike, np.float32) for event in read.events])
    assert alike.shape == (5, 5) and alike[1, 2] > 0
    assert all(len(np.frombuffer(event.vector, np.float32)) == 384 for event in read.events)
