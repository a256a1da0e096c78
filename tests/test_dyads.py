"""Two spans marked in a sentence."""

import pytest

from dateline.read import dyads
from dateline.read.encoder import Encoder
from dateline.read.reading import MODEL
from dateline.read.tokens import Pieceworker

TEXT = "Rebels shelled the harbour."


def marked(source: tuple[int, int] | None, target: tuple[int, int] | None) -> list[int]:
    worker = Pieceworker.load(MODEL / "tokenizer.json")
    found = dyads.encode(worker, TEXT, source, target)
    ids = found.ids.tolist()
    assert [ids[m] for m in found.marks] == [1, 3]
    return ids


def test_marks_stand_around_their_spans() -> None:
    plain = marked(None, None)
    ids = marked((0, 6), (15, 26))
    assert [i for i in ids if i > 4] == [i for i in plain if i > 4]
    assert ids[1] == 1 and ids.index(2) > 2
    assert ids.index(3) < ids.index(4)


def test_a_missing_span_is_marked_at_the_end() -> None:
    ids = marked((0, 6), None)
    assert ids[-3:-1] == [3, 4]


def test_a_long_text_is_cut_around_the_first_span() -> None:
    worker = Pieceworker.load(MODEL / "tokenizer.json")
    text = "They met. " * 300 + TEXT + " They left." * 300
    start = text.index(TEXT)
    found = dyads.encode(worker, text, (start, start + 6), (start + 15, start + 26))
    assert len(found.ids) == 406
    ids = found.ids.tolist()
    assert ids.index(1) < ids.index(2) < ids.index(3) < ids.index(4)


def test_yield_stands_for_two_types() -> None:
    assert "YIELD" in dyads.ROOTS and "RETREAT" not in dyads.ROOTS and len(dyads.ROOTS) == 15


def test_chances_of_a_plain_attack() -> None:
    told = dyads.chances(Encoder(MODEL, threads=1), TEXT, (0, 6), (15, 26))
    assert told.sum() == pytest.approx(1, abs=1e-4)
    assert dyads.ROOTS[told.argmax()] == "ASSAULT"
