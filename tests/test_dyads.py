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


def test_reports_between_the_two_have_a_say() -> None:
    encoder = Encoder(MODEL, threads=1)
    alone, joined = (dyads.chances(encoder, TEXT, (0, 6), (15, 26), weight) for weight in (0.0, 1.0))
    assault = dyads.ROOTS.index("ASSAULT")
    assert alone.sum() == pytest.approx(1, abs=1e-4) and joined.sum() == pytest.approx(1, abs=1e-4)
    assert joined[assault] >= alone[assault] > 0.5


def test_a_sentence_without_a_report_leaves_the_head_alone() -> None:
    encoder = Encoder(MODEL, threads=1)
    told = dyads.chances(encoder, "The harbour is blue.", None, (0, 11), 1.0)
    assert told.argmax() == dyads.chances(encoder, "The harbour is blue.", None, (0, 11), 0.0).argmax()
