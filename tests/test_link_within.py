"""Reports of one article are grouped by what the reader saw and by what their words stand for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dateline.link.projection import Projection
from dateline.link.weights import Table
from dateline.link.within import Happenings, number, relabelled
from dateline.types import Article, EventReport, Reading, Span

TEXT = "Shells hit Orlin. The shelling killed two. Talks opened in Kerlo."
NONE = Projection("none", np.zeros(4, np.float32), np.zeros((4, 2), np.float32), b"12345678")
TABLE = Table.parsed(
    {
        "bias": 0.0,
        "same": 0.5,
        "unsure": 0.5,
        "at": [0, 1],
        "comparisons": {"type": {"worth": [-4, 4], "unknown": 0}},
    }
)


def report(number: int, word: str, kind: str, alike: list[float], sure: float = 1.0) -> EventReport:
    start = TEXT.index(word)
    trigger = Article("a", TEXT).span(start, start + len(word))
    seen = np.array(alike, dtype=np.float32).tobytes()
    return EventReport(f"e{number}", trigger, kind, "", "actual", sure, f"{number}", alike=seen)


def reading(*reports: EventReport) -> Reading:
    return Reading(Article("a", TEXT), "some", sentences=((0, 17), (18, 42), (43, 65)), events=reports)


def labels(read: Reading) -> list[str]:
    return [event.happening for event in Happenings(TABLE, NONE).joined(read).events]


def test_agreement_joins_what_the_reader_left_apart() -> None:
    even = [0.5, 0.5, 0.5]
    reports = report(1, "hit", "ASSAULT", even), report(2, "shelling", "ASSAULT", even)
    assert labels(reading(*reports, report(3, "Talks", "CONSULT", even))) == ["A", "A", "B"]


def test_agreement_of_uncertain_reports_counts_little() -> None:
    apart = [0.01, 0.01, 0.01]
    sure = report(1, "hit", "ASSAULT", apart), report(2, "shelling", "ASSAULT", apart)
    unsure = [replace(each, confidence=0.3) for each in sure]
    other = report(3, "Talks", "CONSULT", apart)
    assert labels(reading(*sure, other)) == ["A", "A", "B"]
    assert labels(reading(*unsure, other)) == ["A", "B", "C"]


def test_of_uncertain_reports_what_the_reader_says_counts_more() -> None:
    alike = report(1, "hit", "ASSAULT", [0.99, 0.99]), report(2, "Talks", "CONSULT", [0.99, 0.99])
    unsure = [replace(each, confidence=0.3) for each in alike]
    assert labels(reading(*alike)) == ["A", "B"]
    assert labels(reading(*unsure)) == ["A", "A"]


def test_a_trigger_stands_in_one_of_the_sentences() -> None:
    read = reading(report(1, "shelling", "ASSAULT", []))
    assert number(read.events[0].trigger, read) == 1
    assert number(Span(15, 20, TEXT[15:20]), read) is None


def test_a_reading_without_chances_stays_as_it_is() -> None:
    read = reading(replace(report(1, "hit", "ASSAULT", [1.0]), alike=b""))
    assert Happenings(TABLE, NONE).joined(read) is read
    assert Happenings(TABLE, NONE).joined(reading()) == reading()


def test_chances_are_the_same_either_way() -> None:
    reports = report(1, "hit", "ASSAULT", [0.0, 0.9]), report(2, "shelling", "ASSAULT", [0.2, 0.0])
    chances = Happenings(TABLE, NONE).chances(reading(*reports))
    assert chances[0, 1] == pytest.approx(chances[1, 0])


def test_answers_go_over_to_the_new_happenings() -> None:
    first, second, third = (
        report(n, word, "ASSAULT", []) for n, word in enumerate(("hit", "shelling", "Talks"), 1)
    )
    told = relabelled([first, second, replace(third, answers=("2",))], [0, 0, 1])
    assert [(each.happening, each.answers) for each in told] == [("A", ()), ("A", ()), ("B", ("A",))]
    joined = relabelled([first, second, replace(third, answers=("2",))], [0, 1, 1])
    assert [each.answers for each in joined] == [(), (), ()]
    assert all(each.alike == b"" for each in told)
    halves = [replace(first, happening="1"), replace(second, happening="1"), replace(third, answers=("1",))]
    assert relabelled(halves, [0, 1, 2])[2].answers == ("A", "B")
    parts = [replace(first, happening="1")] * 3 + halves[1:]
    assert relabelled(parts, [0, 0, 0, 1, 2])[4].answers == ("A",)
    assert relabelled([first, second], [0, 1], [(1, 0)])[1].answers == ("A",)


def test_what_answers_another_is_not_the_same() -> None:
    reports = report(1, "hit", "ASSAULT", [0.9, 0.9]), report(2, "shelling", "ASSAULT", [0.9, 0.9])
    happenings = Happenings(TABLE, NONE)
    assert happenings.chances(reading(*reports))[0, 1] > 0.9
    assert happenings.chances(reading(*reports), [(1, 0)])[0, 1] < 0.1
