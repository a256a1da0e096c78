"""Gold's reports are grouped by the reader's view and by what their words stand for."""

from __future__ import annotations

from dateline.evaluation import happenings
from dateline.types import Article, EventReport, Reading

TEXT = "Gunmen raided Orlin market on Monday and killed two. The raid was condemned in Kerlo."


def report(number: int, word: str, kind: str, happening: str) -> EventReport:
    start = TEXT.index(word)
    trigger = Article("a", TEXT).span(start, start + len(word))
    return EventReport(f"e{number}", trigger, kind, "", "actual", 1.0, happening)


GOLD = Reading(
    Article("a", TEXT, body=((0, len(TEXT)),)),
    "gold",
    events=(
        report(1, "raided", "ASSAULT", "A"),
        report(2, "killed", "ASSAULT", "A"),
        report(3, "condemned", "ACCUSE", "B"),
    ),
)


def test_reports_stay_and_are_grouped_anew() -> None:
    with happenings.answering(None) as (answer, digest):
        read = answer(GOLD)
        assert answer(Reading(GOLD.article, "gold")).events == ()
    assert digest and [event.trigger for event in read.events] == [event.trigger for event in GOLD.events]
    first, second, third = (event.happening for event in read.events)
    assert first == second != third
    assert happenings.figures({"a": GOLD}, {"a": read})["incident"]["f1"] == 100


def test_only_pairs_are_counted() -> None:
    assert list(happenings.figures({"a": GOLD}, {})) == ["incident"]
