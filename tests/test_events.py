"""Event reports: the choice among the spans found for a role."""

import numpy as np

from dateline.read import spans
from dateline.read.bio import Found
from dateline.read.events import choose, either, inherit
from dateline.read.tokens import Pieces
from dateline.types import Article, EventReport, Filler, Span

TEXT = "the army , the rebels and the army"


def pieces() -> Pieces:
    ends = [i for i, c in enumerate(TEXT) if c == " "] + [len(TEXT)]
    starts = [0, *(e + 1 for e in ends[:-1])]
    count = len(starts)
    return Pieces(
        np.zeros(count, dtype=np.int64), np.array(starts), np.array(ends), np.zeros(count, dtype=np.int64)
    )


def chosen(found: list[Found], more: float) -> list[tuple[int, str]]:
    article = Article("t", TEXT)
    return [(f.start, f.text) for f in choose(found, more, lambda f: spans.words(article, pieces(), f))]


def test_the_best_span_stands_and_others_need_more() -> None:
    found = [Found(0, 2, 0, 0.4), Found(3, 5, 0, 0.9)]
    assert chosen(found, 0.5) == [(11, "the rebels")]
    assert chosen(found, 0.3) == [(0, "the army"), (11, "the rebels")]


def test_the_same_words_count_once_where_they_are_likeliest() -> None:
    found = [Found(0, 2, 0, 0.6), Found(6, 8, 0, 0.9)]
    assert chosen(found, 0.5) == [(26, "the army")]
    assert chosen([], 0.5) == []


def test_words_within_longer_ones_are_no_filler_of_their_own() -> None:
    found = [Found(0, 2, 0, 0.9), Found(0, 5, 0, 0.8)]
    assert chosen(found, 0.5) == [(0, "the army , the rebels")]


def report(number: int, happening: str, **fillers: tuple[Filler, ...]) -> EventReport:
    trigger = Span(number, number + 4, "raid")
    return EventReport(f"e{number}", trigger, "ASSAULT", "", "actual", 1.0, happening, **fillers)


def test_a_number_counts_the_dead_or_the_hurt() -> None:
    six, nine = Filler(0, 3, "six", 0.9), Filler(8, 12, "nine", 0.4)
    assert either([six, nine], [Filler(8, 12, "nine", 0.7)]) == ((six,), (Filler(8, 12, "nine", 0.7),))
    assert either([nine], [six]) == ((nine,), (six,))


def test_place_and_date_are_lent_within_a_happening_alone() -> None:
    place, doubtful = Filler(50, 55, "Orlin", 0.9), Filler(60, 66, "Friday", 0.2)
    first = report(0, "A", place=(place,), date=(doubtful,))
    second, other = report(5, "A", actor=()), report(10, "B")
    lent = inherit([first, second, other], 0.5)
    assert [r.place for r in lent] == [(place,), (place,), ()]
    assert [r.date for r in lent] == [(doubtful,), (), ()]
