"""Sentences: offsets exact, repairs made."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read.sentences import split


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, [(0, len(text))])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell. Two died.", ["Shells fell.", "Two died."]),
        (
            "It began at 3 a.m. Tuesday in Orlin. Then it ended.",
            ["It began at 3 a.m. Tuesday in Orlin.", "Then it ended."],
        ),
        ("She told Ms. Brandt. He left.", ["She told Ms. Brandt.", "He left."]),
        ("A headline without a stop\n\nThe first line.", ["A headline without a stop", "The first line."]),
        ("a line that was\nwrapped by hand", ["a line that was\nwrapped by hand"]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("  \n\n ", []),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    assert words(text) == expected


LONG = [
    "The mayor said: “Nobody who lives by the river will leave this town before the last boat is back.",
    "Whoever asks for that has never carried sand at night, and was not here when the water came over it.",
    "Late in the evening the pumps were switched off, and the soldiers who guarded them were sent home.",
    "Then she met Ms. Brandt at 3 p.m. Tuesday, who had come from the capital to look at the broken dam.",
    "Engineers (four of them) went on working.",
    "“It is over,” the minister said.",
    "“Nobody knows why.”",
    "The rain went on.",
]


@pytest.mark.parametrize("start", ["", "• "])
def test_a_quotation_left_open_does_not_swallow_what_follows(start: str) -> None:
    assert words(start + " ".join(LONG)) == [start + LONG[0], *LONG[1:]]


def test_a_short_quotation_of_two_sentences_is_one() -> None:
    assert words("“We heard it. We ran.” Nobody died.") == ["“We heard it. We ran.”", "Nobody died."]


@given(st.text(alphabet='ab .“”"(\n', min_size=401, max_size=900))
def test_no_word_of_a_long_line_is_lost(text: str) -> None:
    found = split(text, [(0, len(text))])
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert "".join("".join(text[s:e].split()) for s, e in found) == "".join(text.split())


def test_reads_only_the_given_ranges() -> None:
    text = "Subscribe now. Shells fell. Share this."
    assert split(text, [(15, 27)]) == [(15, 27)]


@given(st.text())
def test_sentences_are_ordered_and_lose_no_word(text: str) -> None:
    found = split(text, [(0, len(text))])
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert "".join("".join(text[s:e].split()) for s, e in found) == "".join(text.split())
