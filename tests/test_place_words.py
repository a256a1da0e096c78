from __future__ import annotations

from typing import get_args

from dateline.resolve.place import words as place_words
from dateline.types import PlacePrecision


def test_the_words_are_in_lower_case() -> None:
    lists = [value for value in vars(place_words).values() if isinstance(value, frozenset)]
    assert lists and all(word == word.lower() for words in lists for word in words)


def test_every_precision_has_its_nouns() -> None:
    assert set(place_words.NOUNS_OF) == set(get_args(PlacePrecision))


def test_singulars_are_nouns() -> None:
    assert set(place_words.SINGULAR.values()) <= place_words.NOUNS
    assert not place_words.SINGULAR.keys() - {"islands"} & place_words.NOUNS
