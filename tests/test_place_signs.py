from __future__ import annotations

import numpy as np
import pytest
from invented_places import InventedGazetteer, article

from dateline.resolve.place.names import Found, meant
from dateline.resolve.place.signs import COMMON_WORDS, FEATURES, FIRST_NAMES, features, words

GAZETTEER = InventedGazetteer()


def rows(text: str, *names: str) -> list[dict[str, float]]:
    """The features of names, in the order of the text, each sought behind the one before."""
    founds, at = [], 0
    for name in names:
        start = text.index(name, at)
        at = start + len(name)
        founds.append(Found(article(text).span(start, at), *meant(name, GAZETTEER)))
    return [
        dict(zip(FEATURES, row, strict=True)) for row in features(text, [(0, len(text))], founds).tolist()
    ]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Kerlo signed it", "Kerlo", {"names a country", "opens a sentence"}),
        ("men in Brenik, dressed", "Brenik", {"names a capital", "after a word of place", "before a comma"}),
        ("the Kerlan army", "Kerlan", {"is a demonym"}),
        ("He left on March 3", "March", {"after another preposition", "is a common word"}),
        (
            "Gen. Tarn said so",
            "Tarn",
            {"after a title", "after a capitalised word", "before a word of speaking"},
        ),
        (
            "Henry Tarn laughed",
            "Tarn",
            {"after a first name", "after a capitalised word", "before a word of speaking"},
        ),
        ("from northern Vale", "Vale", {"names a division", "after a direction"}),
        ("the Orlin Police said", "Orlin", {"before a body's word"}),
        ("their Tarn Rovers won", "Tarn", {"before a capitalised word"}),
        (
            "Outside Orlin district court",
            "Orlin",
            {"after a word of place", "before a common noun of places"},
        ),
        ("what Tarn's people", "Tarn", {"in the possessive"}),
        ("in BRENIK today", "BRENIK", {"names a capital", "after a word of place", "is all capitals"}),
    ],
)
def test_what_is_known_of_a_name(text: str, name: str, expected: set[str]) -> None:
    (row,) = rows(text, name)
    told = {key for key, value in row.items() if value and not key.startswith("once ")}
    assert told - {"people of the largest", "share of it in longer names"} == expected


def test_a_name_is_seen_in_the_whole_article() -> None:
    first, second = rows("Otto Tarn came. Later Tarn spoke.", "Tarn", "Tarn")
    assert first["mentions"] == second["mentions"] == np.log(2)
    assert second["share of it in longer names"] == 1  # "Later" is capitalised too
    assert rows("the march on March", "March")[0]["stands in lower case too"] == 1


def test_one_mention_tells_of_all() -> None:
    first, second = rows("Henry Tarn fell. In Tarn it rained.", "Tarn", "Tarn")
    assert first["once after a first name"] == second["once after a first name"] == 1
    assert first["once after a word of place"] == second["once after a word of place"] == 1
    assert second["after a first name"] == 0


def test_a_name_beside_what_holds_it() -> None:
    assert [row["lies in or holds its neighbour"] for row in rows("At Orlin, Kerlo.", "Orlin", "Kerlo")] == [
        1,
        1,
    ]
    assert [
        row["lies in or holds its neighbour"] for row in rows("At Brenik, Orlin.", "Brenik", "Orlin")
    ] == [0, 0]


def test_no_words_no_rows() -> None:
    assert features("", [], []).shape == (0, len(FEATURES))


def test_the_lists_are_there() -> None:
    assert {"most", "reading"} <= words(COMMON_WORDS)
    assert {"Henry", "Fatima"} <= words(FIRST_NAMES)
