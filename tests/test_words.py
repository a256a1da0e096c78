from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotation.words import Mistake, Refusal, Text, sentences_of

WORDS = "The army shelled Orlin. Rebels of the army’s enemy said: the army lies. An arm was lost."


def article() -> Text:
    text = Text(WORDS)
    text.sentences = [(0, 23), (24, 71), (72, 88)]
    return text


def test_words_are_found_in_their_sentence_alone() -> None:
    assert article().locate("army", 1) == {"start": 4, "end": 8, "text": "army"}
    assert article().locate("army", 2)["start"] == WORDS.index("army’s")
    assert article().locate("army", 2, near=len(WORDS))["start"] == WORDS.index("army lies")


def test_whole_words_come_first() -> None:
    assert article().locate("arm", 3)["start"] == WORDS.index("arm was")
    assert article().locate("arm", 1)["start"] == 4  # no whole word there


@pytest.mark.parametrize(
    ("words", "number", "reason", "remedy"),
    [
        ("Orlin", 2, "'Orlin' is not in sentence 2", 'they stand in sentence 1: write [1, "…"]'),
        ("the ARMY's", 2, '"the ARMY\'s" is not in sentence 2', "write 'the army’s', as the text does"),
        ("navy", 1, "'navy' is not in sentence 1", "copy words exactly as they stand"),
        ("?", 1, "'?' is not in sentence 1", "copy words exactly as they stand"),
        ("army", 4, "there is no sentence 4", "give one from 1 to 3"),
        ("army", "1", "there is no sentence '1'", "give one from 1 to 3"),
        ("", 1, "'' are no words", "copy the words"),
        (None, 1, "None are no words", "copy the words"),
    ],
)
def test_what_is_not_there_is_told_with_a_remedy(words: str, number: int, reason: str, remedy: str) -> None:
    with pytest.raises(Refusal) as refused:
        article().locate(words, number)
    assert refused.value.args[0] == reason
    assert refused.value.args[1].startswith(remedy)


@given(st.integers(0, len(WORDS) - 1), st.integers(1, 30))
def test_whatever_stands_in_a_sentence_is_found_as_it_stands(start: int, length: int) -> None:
    text = article()
    for number, (low, high) in enumerate(text.sentences, 1):
        words = WORDS[max(low, start) : min(high, start + length)]
        if words:
            span = text.locate(words, number, near=start)
            assert WORDS[span["start"] : span["end"]] == words
            assert low <= span["start"] < span["end"] <= high


def test_refusals_and_faults_of_a_field_are_mistakes() -> None:
    text = article()
    with text.field("e1 trigger"):
        text.locate("navy", 1)
    with text.field("e1 actor"):
        text.sentences["x"]  # type: ignore[call-overload]
    assert text.mistakes == [
        Mistake("e1 trigger", "'navy' is not in sentence 1", "copy words exactly as they stand"),
        Mistake("e1 actor", "it cannot be read", "write it as docs/annotation.md shows"),
    ]
    assert str(text.mistakes[1]) == "e1 actor: it cannot be read; write it as docs/annotation.md shows"


def test_sentences_come_as_ranges_as_words_or_not_at_all() -> None:
    assert sentences_of("One. Two.", [[0, 4], [5, 9]]) == [(0, 4), (5, 9)]
    assert sentences_of("One. Two.", {"1": "One.", "2": "Two."}) == [(0, 4), (5, 9)]
    assert sentences_of("He left. She stayed.", None) == [(0, 8), (9, 20)]
    with pytest.raises(Refusal, match="sentence 2 is not in the text"):
        sentences_of("One. Two.", {"1": "Two.", "2": "One."})
    with pytest.raises(Refusal, match="they are no ranges of the text"):
        sentences_of("One. Two.", [[0, 99]])
