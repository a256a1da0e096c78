"""What is kept with a claim comes back, and vectors of another projection are not compared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dateline.link.projection import Projection, packed
from dateline.link.views import Days, kept, numbered, ordinal, unpacked, viewed
from dateline.types import Article, EventReport, Evidence, Reading, Span, When

TEXT = "Shells struck Orlin market on Monday.\nThe strike killed two in Orlin, Kerlo officials said."
EYE = np.eye(384, 64)
MINE, OTHER = (Projection.parsed(packed("reader", np.zeros(384), m)) for m in (EYE, 2 * EYE))
SEEN = np.arange(384, dtype=np.float32)
REPORT = EventReport("e1", Span(7, 13, "struck"), "ASSAULT", "", "actual", 1.0, "A", vector=SEEN.tobytes())
READING = Reading(Article("a", TEXT, body=((0, len(TEXT)),)), "reader", events=(REPORT,))


def test_words_and_vector_come_back() -> None:
    (row,) = kept(READING, MINE)
    names, others, vector = unpacked(row, MINE)
    assert numbered("orlin") in names and others
    assert vector is not None and vector @ MINE.of(SEEN[None])[0] == pytest.approx(1, abs=1e-3)
    assert list(names.values()) == sorted(names.values(), reverse=True)


def test_a_vector_of_another_projection_is_left_out_and_the_words_stay() -> None:
    (row,) = kept(READING, MINE)
    names, _, vector = unpacked(row, OTHER)
    assert names and vector is None


@pytest.mark.parametrize(
    "reading",
    [replace(READING, model="another"), replace(READING, events=(replace(REPORT, vector=b""),))],
)
def test_without_the_readers_view_the_words_are_kept(reading: Reading) -> None:
    (row,) = kept(reading, MINE)
    names, _, vector = unpacked(row, MINE)
    assert names and vector is None


def test_at_most_290_bytes_are_kept() -> None:
    text = " ".join(f"Ab{a}{b} xy{a}{b}" for a in "cdefghijklm" for b in "nopqrstuv")
    article = Article("a", f"He met {text}.", body=((0, len(text) + 8),))
    assert len(kept(replace(READING, article=article), MINE)[0]) <= 290
    assert kept(replace(READING, events=()), MINE) == []


def test_nothing_kept_is_nothing_known() -> None:
    assert unpacked(b"", MINE) == ({}, {}, None)


def test_a_view_has_the_days_and_the_words_around_the_trigger() -> None:
    when = When("2031-05-04", None, "day", "stated", Evidence(field="published"), "told")
    view = viewed(replace(REPORT, when=when), TEXT[:37], "2031-05-05T10:00", {}, {}, None)
    assert view.days == Days(ordinal("2031-05-04"), None) and view.published == ordinal("2031-05-05")
    assert "orlin" in view.names and view.trigger.isdisjoint(view.others)
    assert ordinal("soon") is None
