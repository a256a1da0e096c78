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
