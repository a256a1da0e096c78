from __future__ import annotations

import pytest
from invented_places import BRENIK, EAST, KERLO, ORLIN_EAST, ORLIN_WEST, TARN, VALE

from dateline.resolve.place.choice import Choice
from dateline.resolve.place.features import ALONE, TOGETHER, Name
from dateline.resolve.place.reasons import WORDINGS, reason

ORLIN = Name("Orlin", (ORLIN_EAST, ORLIN_WEST), inside=(KERLO,), noun="town")


def told(name: Name, choice: Choice, *others: tuple[Name, Choice]) -> str:
    names, choices = zip((name, choice), *others, strict=True)
    return reason(names, choices, 0, {"KER": "Kerlo", "DOS": "Dostrea"}.__getitem__)


def test_every_feature_has_a_wording() -> None:
    assert set(WORDINGS) == {*ALONE, *TOGETHER}


@pytest.mark.parametrize(
    ("features", "words"),
    [
        (("said to lie in", "people of a settlement"), "the article puts it in Kerlo; it has 40,000 people"),
        (("said to be",), "the article calls it a town"),
        (
            ("its country is named", "share of the others in its division"),
            "Kerlo is named; other places named lie in Vale",
        ),
        (("others near it",), "near Tarn"),
        ((), "no other place of that name fits better"),
    ],
)
def test_the_features_that_told_most_are_told(features: tuple[str, ...], words: str) -> None:
    choice = Choice(ORLIN_WEST, gains=tuple((feature, 1.0) for feature in features))
    assert (
        told(ORLIN, choice, (Name("Brenik", (BRENIK,)), Choice()), (Name("Tarn", (TARN,)), Choice(TARN)))
        == words
    )


@pytest.mark.parametrize(
    ("name", "choice", "words"),
    [
        (Name("Brenik", (BRENIK,)), Choice(BRENIK), "the only place known by that name"),
        (Name("Kerlan", (KERLO,), demonym=True), Choice(KERLO), "the people or things of Kerlo"),
        (ORLIN, Choice(), "none of 2 places of that name fits"),
        (Name("Nowhere", ()), Choice(), "no place of that name is known"),
        (
            Name("Nowhere", ()),
            Choice(VALE, "inferred"),
            "no place of that name is known; the article puts it in Vale",
        ),
        (
            Name("Eastlands", (EAST, BRENIK)),
            Choice(EAST, gains=(("its country is named", 1.0),)),
            "its country is named",
        ),
    ],
)
def test_plain_cases(name: Name, choice: Choice, words: str) -> None:
    names, choices = (name,), (choice,)
    assert reason(names, choices, 0, lambda code: (code and "Kerlo") or "its country") == words
