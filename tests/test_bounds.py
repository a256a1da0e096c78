"""Parties are taken whole: names, words, brackets, and what has to follow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.read import bounds


def whole(marked: str) -> str | None:
    """The party that the words in square brackets are a part of, in a text that is one sentence."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = bounds.whole(text, (start, end), (0, len(text)))
    return found and text[slice(*found)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("It was [Ana] Brandt who said so.", "Ana Brandt"),
        ("They heard it from Ana [Brandt] and left.", "Ana Brandt"),
        ("This was what [Mr]. Brandt had said.", "Mr. Brandt"),
        ("Mr [Brandt] said so.", "Mr Brandt"),
        ("Sen[. Ana Brandt] said so.", "Sen. Ana Brandt"),
        ("They are said to be with al-[Kerlan] now.", "al-Kerlan"),
        ("Kerlo[’s mayor] said so.", "Kerlo’s mayor"),
        ("The front-[runner Ana Brandt] said so.", "The front-runner Ana Brandt"),
        ("It was the [army] that said so.", "the army"),
        ("A man from [the Highland Front (HF]) said so.", "the Highland Front (HF)"),
        ("A man from the front, [“Red” Ana Brandt], said so.", "“Red” Ana Brandt"),
        ("The front ([HF)] said so.", "HF"),
        ("Ana [Brandt] said so once more, before they had left Ana Brandt.", "Ana Brandt"),
        ("[Brandt, who] has said so, left.", "Brandt"),
        ("[Brandt, a baker back in] the town where they live, said so.", "Brandt"),
        ("[those living near the] office, said so.", "those living near the office"),
        ("[a baker from] Kerlo said so.", "a baker from Kerlo"),
        ("[activists on the] ground accused them.", "activists"),
    ],
)
def test_what_was_cut_is_taken_whole(marked: str, expected: str) -> None:
    assert whole(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "But [Brandt] said so.",
        "Ana [Brandt] said so.",
        "Everything [Brandt] says is true.",
        "On Monday [Brandt] said so.",
        "It was [Brandt] Monday who said so.",
        "In Kerlo [Brandt] said so.",
        "Officials said [the Kerlan army] had left.",
        "Brandt Tells [Veld] To Leave Kerlo",
        "The counter-[Kerlo] campaign goes on.",
        "They left, [many of whom] had said so.",
        "[who] had said so.",
        "It was [he] who said so.",
        "And [I] said so.",
        "Members of [the U.S.] said so.",
    ],
)
def test_what_is_whole_stays(marked: str) -> None:
    assert whole(marked) == marked[marked.index("[") + 1 : marked.index("]")]


@pytest.mark.parametrize("words", ["Nor", "and", "a", "The", "of the", "—", ")", "s", "Let"])
def test_small_words_and_marks_are_no_party(words: str) -> None:
    assert not bounds.names_party(words)
    assert bounds.whole(words, (0, len(words)), (0, len(words))) is None


@pytest.mark.parametrize("words", ["I", "he", "both", "Brandt", "U.S.", "D. A.", "the army", "15"])
def test_others_may_be_one(words: str) -> None:
    assert bounds.names_party(words)


@given(st.text(alphabet="Aa .,-’(“)”who ", min_size=1), st.data())
def test_a_party_stays_in_its_room(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    room = data.draw(st.integers(0, start)), data.draw(st.integers(end, len(text)))
    found = bounds.whole(text, (start, end), room)
    assert found is None or room[0] <= found[0] < found[1] <= room[1]
