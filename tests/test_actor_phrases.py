from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.resolve.actor import phrases
from dateline.resolve.actor.phrases import Phrase, Word

KNOWN = {"highland front", "army", "spokesman", "fighters", "groups", "kerlo", "ministry of roads"}


def sense(run: Sequence[Word]) -> str | None:
    """Words of a small vocabulary mean themselves."""
    words = " ".join(word.low for word in run)
    return words if words in KNOWN else None


def phrase(text: str) -> Phrase[str]:
    return phrases.parsed(phrases.pieces(phrases.words(text, 0, len(text)), sense, lambda _: 3))


def said(phrase: Phrase[str]) -> str:
    return " ".join(piece.sense or piece.words[0].text for piece in phrase.pieces)


def test_words_know_possessives_abbreviations_and_dotted_acronyms() -> None:
    text = "Kerlo’s Gen. Brandt of the U.N.’s militants’ post."
    words = phrases.words(text, 0, len(text))
    assert [word.text for word in words if word.owns] == ["Kerlo", "U.N.", "militants"]
    assert [text[word.start : word.end] for word in words][1:3] == ["Gen.", "Brandt"]
    assert words[-1].text == "."


def test_the_longest_known_words_go_together() -> None:
    assert said(phrase("the Highland Front fighters")) == "highland front fighters"
    assert said(phrase("the Ministry of Roads")) == "ministry of roads"


@pytest.mark.parametrize(
    ("text", "opening", "core"),
    [
        ("at least 14 fighters", ("at", "least", "14"), "fighters"),
        ("their armed groups", ("their",), "armed groups"),
        ("23-year-old Brandt", (), "23-year-old Brandt"),
        ("the two", ("the",), "two"),
    ],
)
def test_determiners_and_numbers_open_a_phrase(text: str, opening: tuple[str, ...], core: str) -> None:
    assert phrase(text).opening == opening
    assert said(phrase(text)) == core


def test_prepositions_lead_to_phrases_within() -> None:
    whole = phrase("a spokesman for the army of Kerlo")
    (preposition, inner), *rest = whole.follows
    assert (said(whole), preposition, said(inner), rest) == ("spokesman", "for", "army", [])
    assert [(p, said(q)) for p, q in inner.follows] == [("of", "kerlo")]


def test_what_is_set_off_stands_beside_and_brackets_are_passed_over() -> None:
    whole = phrase("the Highland Front (HF) spokesman, Ana Brandt")
    assert said(whole) == "highland front spokesman"
    assert [said(other) for other in whole.beside] == ["HF", "Ana Brandt"]


def test_a_participle_ends_the_phrase_only_after_its_head() -> None:
    assert said(phrase("fighters armed by Kerlo")) == "fighters"
    assert said(phrase("Kerlo armed groups")) == "kerlo armed groups"
    assert said(phrase("fighters who fled Kerlo")) == "fighters"


def test_definite_counted_and_owned() -> None:
    assert phrase("the fighters").definite and not phrase("the fighters").counted
    assert phrase("two fighters").counted and not phrase("fighters").counted
    assert phrase("our fighters").owner == "our" and not phrase("our fighters").counted


@given(st.text(alphabet="aA1 .,'’-()“—\n", max_size=40))
def test_any_text_is_a_phrase_of_its_own_words(text: str) -> None:
    words = phrases.words(text, 0, len(text))
    assert all(text[word.start : word.end].startswith(word.text) for word in words)
    whole = phrase(text)
    assert len(whole.pieces) <= len(words)
