from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.ontology import INCIDENT_ROLES
from dateline.read import bio, incidents
from dateline.read.tokens import Pieces
from dateline.types import Article, Filler

TEXT = "Two armed men of the Kerlo Front (KF) shot Mayor Ana Brandt. The men fled. Brandt had a guard."
SETTINGS = {"document": 0.5, "member": 0.3, "roles": {role: [0.3, 0.6] for role in INCIDENT_ROLES}}


def filler(words: str, confidence: float = 0.9) -> Filler:
    start = TEXT.index(words)
    return Filler(start, start + len(words), words, confidence)


def words_as_pieces(text: str) -> Pieces:
    bounds = [(m, m + len(w)) for w in text.split() for m in [text.index(w)]]
    starts, ends = (np.array(side, dtype=np.int64) for side in zip(*bounds, strict=True))
    return Pieces(np.zeros(len(bounds), np.int64), starts, ends, np.zeros(len(bounds), np.int64))


def test_every_place_of_a_name_is_marked_without_its_article() -> None:
    spans = incidents.spans_of(
        TEXT, {"PerpInd": [["the men", "two armed men", "men"]], "Victim": [["brandt"]]}
    )
    marked = [(TEXT[start:end], INCIDENT_ROLES[kind]) for start, end, kind in spans]
    assert marked == [
        ("Two armed men", "PerpInd"),
        ("Brandt", "Victim"),
        ("men", "PerpInd"),
        ("Brandt", "Victim"),
    ]


@given(st.lists(st.sampled_from(["men", "the men", "armed men", "Front", "Kerlo Front", "e"]), max_size=4))
def test_marked_spans_never_overlap(names: list[str]) -> None:
    spans = incidents.spans_of(TEXT, {"PerpInd": [names], "Victim": [names]})
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_gold_spans_come_back_from_their_labels() -> None:
    article = Article("a1", "guards of the mayor saw two men with rifles")
    pieces = words_as_pieces(article.text)
    extracts = {"PerpInd": [["two men"]], "Target": [["mayor"]], "Weapon": [["rifles"]]}
    spans = incidents.spans_of(article.text, extracts)
    labels = bio.encode(((*pieces.inside(start, end), kind) for start, end, kind in spans), len(pieces))
    found = incidents.mentions(article, pieces, np.eye(11, dtype=np.float32)[labels], 0.5)
    assert {role: [m.text for m in some] for role, some in found.items() if some} == {
        role: names[0] for role, names in extracts.items()
    }


def test_mentions_have_no_article_and_some_content() -> None:
    article = Article("a1", "the men of the")
    chances = np.zeros((4, 11), dtype=np.float32)
    chances[:, 0] = 1
    chances[[0, 3], :] = [0, 0.9, *[0] * 9]  # "the", at both ends
    chances[1, :] = [0, 0, 0.7, *[0] * 8]
    pieces = Pieces(*(np.array(a, dtype=np.int64) for a in ([0] * 4, [0, 4, 8, 11], [3, 7, 10, 14], [0] * 4)))
    found = incidents.mentions(article, pieces, chances, 0.5)
    assert found["PerpInd"] == [Filler(4, 7, "men", 0.9)]


def test_mentions_of_one_thing_are_one_entity_named_by_the_surest() -> None:
    found = {
        "PerpInd": [filler("Two armed men", 0.6), filler("men", 0.7)],
        "PerpOrg": [filler("Kerlo Front", 0.9), filler("KF", 0.8)],
        "Victim": [filler("Ana Brandt", 0.8), filler("Mayor Ana Brandt", 0.9), filler("guard", 0.4)],
    }
    named = {
        role: [(e.name, e.confidence) for e in some]
        for role, some in incidents.entities(TEXT, found, SETTINGS).items()
        if some
    }
    assert named == {
        "PerpInd": [("men", 0.7)],
        "PerpOrg": [("Kerlo Front", 0.9)],
        "Victim": [("Mayor Ana Brandt", 0.9)],  # the guard is not sure enough to be the second
    }


def test_what_is_the_same() -> None:
    text = "Col Ana Veld, Ana Veld, Max Veld, the Kerlo Front (KF)"

    def same(one: str, other: str) -> bool:
        sides = (Filler(text.rindex(w), text.rindex(w) + len(w), w) for w in (one, other))
        return incidents.same(text, *sides)

    assert same("Ana Veld", "Col Ana Veld")
    assert same("KF", "Kerlo Front")
    assert not same("Ana Veld", "Max Veld")
    assert not same("Max Veld", "the Kerlo Front")


def test_an_article_of_no_incident_has_no_entities() -> None:
    doubtful = {"Victim": [filler("Ana Brandt", 0.4)]}
    assert incidents.entities(TEXT, doubtful, SETTINGS) == {role: [] for role in INCIDENT_ROLES}
