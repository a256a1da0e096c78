from __future__ import annotations

from dataclasses import replace

from logs import TEXT, article, count, filler, report

from dateline.site.people.marking import pieces, values
from dateline.types import Evidence, When

EVENT = report(TEXT, "killed", actor=(filler(TEXT, "Gunmen"),), killed=(count(TEXT, "six", 6, 6),))


def test_pieces_are_the_text() -> None:
    (found,) = pieces(article(), EVENT)
    assert "".join(piece.text for piece in found) == TEXT
    assert all(TEXT[piece.start :].startswith(piece.text) for piece in found)
    assert {piece.text: piece.marks for piece in found if piece.marks} == {
        "Gunmen": ("actor",),
        "killed": ("trigger",),
        "six": ("killed",),
    }


def test_words_of_two_fields_are_marked_as_both() -> None:
    event = replace(EVENT, recipient=(filler(TEXT, "six guards"),))
    marks = {piece.text: piece.marks for piece in pieces(article(), event)[0] if piece.marks}
    assert marks["six"] == ("recipient", "killed") and marks[" guards"] == ("recipient",)


def test_each_range_of_the_body_is_by_itself() -> None:
    told = replace(article(), body=((0, 20), (30, 40)))
    assert [len("".join(piece.text for piece in part)) for part in pieces(told, EVENT)] == [20, 10]


def test_values_are_as_a_person_writes_them() -> None:
    evidence = Evidence(field="published")
    event = replace(EVENT, when=When("2024-03-10", "2024-03-12", "open", "inferred", evidence, "why"))
    told = values(event)
    assert (told["type"], told["actor"], told["place"], told["when"]) == (
        "ASSAULT",
        "Gunmen",
        "",
        "2024-03-10..2024-03-12",
    )
    assert told["killed"] == "6 (six)"
    day = When("2024-03-12", "2024-03-12", "day", "stated", evidence, "why")
    assert values(replace(event, when=day))["when"] == "2024-03-12"
    assert values(replace(event, when=replace(day, start=None)))["when"] == "..2024-03-12"
    bounded = replace(event, killed=(count(TEXT, "six", 3, None), count(TEXT, "six", 3, 5)))
    assert values(bounded)["killed"] == "3+ (six); 3-5 (six)"
