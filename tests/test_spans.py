"""Spans end at words."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import spans
from dateline.read.bio import Found
from dateline.read.tokens import Pieces
from dateline.types import Article

TEXT = "Talks ended. Ana Brandt said Veld left."


def pieces() -> Pieces:
    """The words of the text, whose first sentence is two of them."""
    found = [match.span() for match in re.finditer(r"\w+|\.", TEXT)]
    starts, ends = np.array(found).T
    return Pieces(np.zeros(len(found), dtype=np.int64), starts, ends, (starts >= 13).astype(np.int64))


def test_a_party_is_taken_whole_within_its_sentence_beside_the_cue() -> None:
    article = Article("t", TEXT)
    cue = article.span(24, 28)
    ana, veld = (spans.party(article, pieces(), Found(n, n + 1, 0, 0.9), cue) for n in (3, 6))
    assert spans.sentence(pieces(), Found(3, 4, 0, 0.9)) == (13, len(TEXT))
    assert (ana and ana.text, veld and veld.text) == ("Ana Brandt", "Veld")


def test_trimming_takes_whole_words_without_commas() -> None:
    text = "said Brandt, who"
    assert text[slice(*spans.trim(text, 6, 12))] == "Brandt"


def test_plain_words_compare() -> None:
    assert spans.plain("The  U.S. Army") == "u s army"
    assert spans.plain("their men") == "men"


def test_words_that_lead_to_a_phrase_are_no_part_of_it() -> None:
    text = "with the army of Orlin"
    assert text[slice(*spans.led(text, (0, 22)))] == "the army of Orlin"
    assert text[slice(*spans.led(text, (5, 22)))] == "the army of Orlin"
    assert spans.led(text, (0, 4)) == (0, 4)


@given(st.text(min_size=1), st.data())
def test_trimming_stays_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = spans.trim(text, start, end)
    assert 0 <= low < high <= len(text)
