"""The classifier of furniture lines: its kinds, its bounds, its figures."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import ModelError
from dateline.extract import furniture
from dateline.extract.blocks import Line
from dateline.extract.furniture import BUCKETS, KINDS, LABELS, MAX_FEATURES, guesses, indices, probabilities
from dateline.extract.webpage import take_apart

PAGES = Path(__file__).parents[1].parent / "shared" / "data" / "pages"

PROSE = [
    "Soldiers opened fire on a crowd outside the ministry on Monday, killing three people, police said.",
    "The interior minister denied that live rounds had been used and promised an inquiry within the month.",
    "Witnesses told a local radio station that the shooting began without any warning from the officers.",
]
FURNITURE = {
    "subscribe": "Subscribe to our newsletter",
    "comment": "Leave a reply",
    "human-check": "Confirm that you are not a robot by solving the captcha",
    "related": "More stories from the region",
    "share": "Share on Facebook",
    "advertisement": "Advertisement",
    "copyright": "© 2024 The Northern Lamp. All rights reserved.",
    "author-bio": "About the author",
}


@pytest.mark.parametrize("kind", FURNITURE)
def test_each_kind_is_found_after_prose(kind: str) -> None:
    *prose, last = guesses([Line(text) for text in (*PROSE, FURNITURE[kind])])
    assert all(guess.body > 0.9 for guess in prose)
    assert last.body < furniture.SURE and last.kind == kind


def test_hints_tell_what_words_do_not() -> None:
    lines = [Line(text, ("content", "article")) for text in PROSE]
    *_, plain = guesses([*lines, Line("Vell", ("content", "article"))])
    *_, hinted = guesses([*lines, Line("Vell", ("share", "link"))])
    assert hinted.body < plain.body and hinted.kind == "share"


def test_lines_past_the_cap_are_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(furniture, "MAX_LINES", 2)
    found = guesses([Line("Advertisement")] * 4)
    assert [guess.body for guess in found[2:]] == [1.0, 1.0]


@settings(deadline=None)
@given(
    st.lists(st.builds(Line, st.text(), st.lists(st.sampled_from(KINDS), max_size=2).map(tuple)), max_size=8)
)
def test_probabilities_of_any_lines_sum_to_one(lines: list[Line]) -> None:
    rows = probabilities(lines)
    assert rows.shape == (len(lines), len(LABELS))
    np.testing.assert_allclose(rows.sum(axis=1), 1, rtol=1e-4)
    table = indices(lines)
    assert table.shape == (len(lines), MAX_FEATURES) and ((table >= 0) & (table <= BUCKETS)).all()


def test_weights_are_small_and_without_pickle() -> None:
    path = Path(furniture.__file__).parents[1] / "model" / "furniture.npz"
    assert path.stat().st_size < 300_000
    with np.load(path, allow_pickle=False) as stored:
        assert sorted(stored) == ["scale", "weights"] and stored["weights"].dtype == np.int8


def test_weights_of_another_shape_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(furniture, "BUCKETS", 16)
    furniture.weights.cache_clear()
    with pytest.raises(ModelError, match="does not fit"):
        furniture.weights()
    furniture.weights.cache_clear()


@pytest.mark.skipif(not PAGES.is_dir(), reason="needs ../shared/data/pages")
def test_the_dev_half_s_figure() -> None:
    training = pytest.importorskip("training.furniture")
    truth = json.loads((PAGES / "truth.json").read_text(encoding="utf-8"))
    wrong = total = 0
    for identity in sorted(truth):
        if training.half_of(identity) == "dev":
            html = gzip.decompress((PAGES / "html" / f"{identity}.html.gz").read_bytes())
            parts = take_apart(html.decode("utf-8", "replace"))
            lines, labels = training.labelled(parts.lines, truth[identity]["articleBody"], True)
            found = [guess.body < 0.5 for guess in guesses(lines)]
            wrong += sum(
                is_furniture != (label > 0) for is_furniture, label in zip(found, labels, strict=True)
            )
            total += len(labels)
    assert wrong / total < 0.05
