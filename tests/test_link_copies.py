from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.link import copies
from dateline.record.linking import Document
from dateline.types import Citation

WORDS = [f"{stem}{ending}" for stem in ("orl", "mer", "tav", "kes", "bren", "hal") for ending in range(40)]


def document(name: str, text: str) -> Document:
    return Document(Citation(name, f"https://{name}.example/"), text)


def written(seed: int, words: int = 300) -> str:
    return " ".join(Random(seed).choices(WORDS, k=words))


WHOLE = document("whole", written(1))


def test_a_trimmed_copy_under_another_headline_is_tied_to_the_whole() -> None:
    cut = " ".join(WHOLE.text.split()[8:130])
    (found,) = copies.decisions(document("cut", f"Morning briefing (KW) {cut}"), [WHOLE])
    assert (found.kind, found.by, found.subject, found.object) == ("copy", "linker", ("cut",), ("whole",))
    assert found.score is not None and found.score > 0.9
    assert "three-word runs of the shorter text stand in the other" in found.reason


def test_case_punctuation_and_apostrophes_do_not_count() -> None:
    one, other = "The army's guns fell SILENT — at dawn.", "the armys guns, fell silent at dawn"
    assert copies.runs(one, 3) == copies.runs(other, 3)


def test_other_articles_and_short_quotations_are_no_copies() -> None:
    quoted = document("quoting", f"{written(2)} {' '.join(WHOLE.text.split()[:40])}")
    brief = document("brief", " ".join(WHOLE.text.split()[:12]))
    assert copies.decisions(quoted, [WHOLE]) == copies.decisions(brief, [WHOLE]) == []
    assert copies.decisions(document("empty", ""), [WHOLE, document("void", "")]) == []


@settings(deadline=None)  # a busy machine takes its time
@given(st.integers(0, 100), st.floats(0.4, 1), st.integers(9, 40))
def test_lightly_rewritten_copies_share_keys_and_are_found(seed: int, kept: float, every: int) -> None:
    words = written(seed).split()
    told = [word if n % every else "however" for n, word in enumerate(words[: int(kept * len(words))])]
    whole, copy = document("whole", " ".join(words)), document("copy", " ".join(told))
    assert set(copies.keys(whole)) & set(copies.keys(copy))
    assert copies.decisions(copy, [whole]) and copies.decisions(whole, [copy])


@settings(deadline=None)  # a busy machine takes its time
@given(st.text(max_size=60))
def test_any_text_has_keys_few_and_always_the_same(text: str) -> None:
    keys = copies.keys(document("any", text))
    assert len(keys) <= copies.SKETCH and keys == copies.keys(document("other", text))
