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


def test_reads_only_the_given_ranges() -> None:
    text = "Subscribe now. Shells fell. Share this."
    assert split(text, [(15, 27)]) == [(15, 27)]


@given(st.text())
def test_sentences_are_ordered_and_lose_no_word(text: str) -> None:
    found = split(text, [(0, len(text))])
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    assert "".join("".join(text[s:e].split()) for s, e in found) == "".join(text.split())
