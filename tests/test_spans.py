"""Spans end at words."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.read import spans


def test_trimming_takes_whole_words_without_commas() -> None:
    text = "said Brandt, who"
    assert text[slice(*spans.trim(text, 6, 12))] == "Brandt"


def test_plain_words_compare() -> None:
    assert spans.plain("The  U.S. Army") == "u s army"
    assert spans.plain("their men") == "men"


@given(st.text(min_size=1), st.data())
def test_trimming_stays_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = spans.trim(text, start, end)
    assert 0 <= low < high <= len(text)
