"""Past or future by the verbs around a date."""

from __future__ import annotations

import pytest
from told import unmarked

from dateline.resolve.time.tense import Tense, tense


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Gunmen attacked the post on [Friday].", "past"),
        ("On [Friday] gunmen attacked the post.", "past"),
        ("The post was shelled [Friday].", "past"),
        ("The vote will be held on [Friday], the minister said.", "future"),
        ("The minister said the vote will be held on [Friday].", "future"),
        ("The minister said on [Friday] the vote will be held.", "past"),
        ("The troops who were freed will go home on [Friday].", "future"),
        ("Envoys are to meet on [Friday].", "future"),
        ("Talks to be held on [Friday] were called crucial.", "future"),
        ("On [Friday] Ana Brandt and her deputy are to travel to Tolmar.", "future"),
        ("They agreed to meet on [Friday].", "future"),
        ("On [Friday] they agreed to meet.", "past"),
        ("The rebels were given until [Friday] to leave.", "future"),
        ("Talks resume [Friday].", "future"),
        ("Minister to visit Tolmar [Friday]", "future"),
        ("The deadline is [Friday].", "future"),
        ("She'll speak on [Friday].", "future"),
        ("The post has been held since [Friday].", "past"),
        ("The law will stand, though it has been broken since [May].", "past"),
        ("The festival was off to a bad start on [Friday].", "past"),
        ("The letter (Kerlo Post, [19 April]) must be answered.", None),
        ("Friday's toll: [Friday]", None),
        ("", None),
    ],
)
def test_tense(sentence: str, expected: Tense | None) -> None:
    plain, span = unmarked(sentence) if sentence else ("", (0, 0))
    assert tense(plain, *span) == expected


def test_a_name_is_no_verb() -> None:
    plain, span = unmarked("On [Friday], Mohamed and Ana are to travel.")
    assert tense(plain, *span) == "future"
