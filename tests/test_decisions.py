from __future__ import annotations

from dataclasses import replace

from logs import claims, first_reading, tie

from dateline.record.decisions import followed, implied, ordered, rank, standing
from dateline.record.ids import decision_id
from dateline.types import Decision

ONE, TWO, THREE = claims(first_reading())
LINKED = tie(ONE, TWO, score=0.8)


def test_a_person_outranks_the_reader_and_the_reader_the_linker() -> None:
    assert rank("linker") < rank("reader") < rank("Ana")
    decisions = [LINKED, tie(ONE, THREE, by="Ana"), tie(ONE, TWO, by="reader"), tie(TWO, THREE, by="Ben")]
    assert [decision.by for decision in ordered(decisions)] == ["Ben", "Ana", "reader", "linker"]


def test_the_surer_link_is_heard_first_whenever_it_came() -> None:
    sure = tie(TWO, THREE, score=0.9)
    assert ordered([LINKED, sure]) == ordered([sure, LINKED]) == [sure, LINKED]


def test_what_is_superseded_no_longer_stands() -> None:
    later = tie(ONE, TWO, "different", supersedes=(decision_id(LINKED),))
    assert standing([LINKED, later]) == [later]
    gone = Decision("withdrawal", "Ana", (ONE.id,), supersedes=(decision_id(later),))
    assert standing([LINKED, later, gone]) == []


def test_the_linker_supersedes_no_person() -> None:
    human = tie(ONE, TWO, "different", "Ana")
    assert standing([human, replace(LINKED, supersedes=(decision_id(human),))])[0] == human


def test_a_reading_implies_what_is_one_and_what_answers_what() -> None:
    same, answers = implied([ONE, TWO, THREE])
    assert (same.kind, same.subject, same.object) == ("same", (ONE.id,), (TWO.id,))
    assert (answers.kind, answers.subject, answers.object) == ("answers", (THREE.id,), (ONE.id,))
    other = replace(TWO, reading="r2", id="c9")
    assert [d.kind for d in implied([ONE, other])] == []


def test_people_s_decisions_follow_and_the_linker_s_do_not() -> None:
    human = tie(ONE, TWO, "different", "Ana")
    live = {ONE.id: "c1", TWO.id: TWO.id, "c1": "c1"}
    kept, stranded = followed([LINKED, human], live)
    assert kept == [replace(human, subject=("c1",))] and stranded == []


def test_what_cannot_follow_is_left_for_a_person() -> None:
    human, alone = tie(ONE, TWO, "different", "Ana"), Decision("correction", "Ana", (ONE.id,))
    assert followed([LINKED, human, alone], {TWO.id: TWO.id}) == ([], [human, alone])
