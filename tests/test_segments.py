"""Text is cut at every boundary, wholly and without overlap."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from readings import ARTICLE, HEADLINE, LINES, PARAGRAPHS, READING, RESOLVED

from dateline.show.segments import Mark, Segment, marks, paragraphs, segments
from dateline.types import Article

OFFSETS = st.integers(0, 30)
MARKS = st.lists(st.builds(Mark, OFFSETS, OFFSETS, st.sampled_from(("e1", "e2", "a1")), st.just("actor")))


def test_overlapping_and_nested_spans() -> None:
    outer, inner, across = Mark(0, 8, "e1", "actor"), Mark(2, 4, "e2", "place"), Mark(6, 12, "a1", "content")
    assert list(segments((0, 10), [outer, inner, across])) == [
        Segment(0, 2, (outer,)),
        Segment(2, 4, (inner, outer)),
        Segment(4, 6, (outer,)),
        Segment(6, 8, (across, outer)),
        Segment(8, 10, (across,)),
    ]


@given(OFFSETS, OFFSETS, MARKS)
def test_segments_cover_a_range_once_and_carry_what_lies_over_them(
    one: int, two: int, over: list[Mark]
) -> None:
    start, end = sorted((one, two))
    found = list(segments((start, end), over))
    covered = [offset for segment in found for offset in range(segment.start, segment.end)]
    assert covered == list(range(start, end))
    for segment in found:
        for mark in over:
            holds = mark.start <= segment.start and segment.end <= mark.end
            assert (mark in segment.marks) == holds


def test_marks_number_their_owners() -> None:
    found = marks(READING)
    trigger = READING.events[0].trigger
    assert found[0] == Mark(trigger.start, trigger.end, "e1", "trigger")
    assert {mark.owner for mark in found} == {"e1", "e2", "e3", "e4", "e5", "e6", "a1", "a2", "a3"}


def test_what_the_article_tells_is_marked_behind_its_reports() -> None:
    found = marks(RESOLVED)
    assert found[: len(marks(READING))] == marks(READING)
    assert {mark.owner for mark in found[len(marks(READING)) :]} == {
        f"{kind}{number}" for kind in ("dates", "places", "actors") for number in (1, 2)
    }


def test_paragraphs_are_the_body_without_headline_and_furniture() -> None:
    told = [ARTICLE.text[start:end] for start, end in paragraphs(ARTICLE)]
    assert told == list(PARAGRAPHS)
    assert HEADLINE not in told and not set(LINES) & set(told)


def test_lines_break_paragraphs_only_where_there_are_no_blank_lines() -> None:
    def told(text: str) -> list[str]:
        article = Article("x", text, body=((0, len(text)),))
        return [text[start:end] for start, end in paragraphs(article)]

    assert told("one\ntwo\n") == ["one", "two"]
    assert told("one\nstill one\n\n two\r\n\r\nthree") == ["one\nstill one", "two", "three"]
    assert told(" \n ") == []


def test_a_body_that_begins_with_the_headline_is_told_after_it() -> None:
    text = "Head\nBody"
    article = Article("x", text, headline=(0, 4), body=((0, 9),))
    assert [text[start:end] for start, end in paragraphs(article)] == ["Body"]
