"""When things were: readings with their time phrases and the days of their reports."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from told import article, ends, unmarked

from dateline.read.sentences import split
from dateline.resolve import dates
from dateline.types import EventReport, Filler, Reading, Span, Status, When

TEXT = (
    "Gunmen attacked the post on Friday. The attack killed two. "
    "An answer will come on Monday, Ana Brandt said."
)


def report(
    identity: str, trigger: str, *fillers: str, happening: str = "A", status: Status = "actual"
) -> EventReport:
    at = TEXT.index(trigger)
    told = tuple(Filler(TEXT.index(words), TEXT.index(words) + len(words), words) for words in fillers)
    return EventReport(
        identity, Span(at, at + len(trigger), trigger), "ASSAULT", "", status, 1.0, happening, date=told
    )


def reading(*events: EventReport, published: str | None = "2024-02-04") -> Reading:
    return Reading(article(TEXT, published), "m", tuple(split(TEXT, [(0, len(TEXT))])), events=events)


def whens(*events: EventReport, published: str | None = "2024-02-04") -> list[When | None]:
    return [event.when for event in dates.dated(reading(*events, published=published)).events]


def test_a_reading_gets_its_phrases_and_fillers() -> None:
    resolved = dates.dated(reading(report("e1", "attacked", "Friday")))
    assert [(each.text, ends(each)) for each in resolved.dates] == [
        ("Friday", ("2024-02-02", "2024-02-02")),
        ("Monday", ("2024-02-05", "2024-02-05")),
    ]
    (filler,) = resolved.events[0].date
    assert filler.resolved == resolved.events[0].when
    assert dates.phrases(resolved.article, resolved.sentences, "2024-02-04") == resolved.dates


def test_when_is_stated_inherited_or_inferred() -> None:
    stated, inherited, inferred = whens(
        report("e1", "attacked", "Friday"),
        report("e2", "attack killed"),
        report("e3", "killed", happening="B"),
    )
    assert stated and (stated.basis, stated.start, stated.end) == ("stated", "2024-02-02", "2024-02-02")
    assert inherited and (inherited.basis, inherited.start) == ("inherited", "2024-02-02")
    assert inherited.reason.startswith("date of the same happening elsewhere: Friday before publication")
    assert inferred and (inferred.basis, inferred.start, inferred.end) == ("inferred", None, "2024-02-04")
    assert (inferred.precision, inferred.evidence.field) == ("open", "published")
    assert inferred.reason == "no date is told, but it is not after publication on Sunday 4 February 2024"


def test_the_future_is_bounded_from_below() -> None:
    (future,) = whens(report("e1", "answer", status="future"))
    assert future and (future.start, future.end) == ("2024-02-04", None)
    assert (
        whens(report("e1", "answer", status="hypothetical"), report("e2", "answer", status="negated"))
        == [None] * 2
    )
    assert whens(report("e1", "answer")) != whens(report("e1", "answer"), published=None) == [None]


def test_a_future_report_has_its_date_ahead() -> None:
    (past,) = whens(report("e1", "attacked", "Friday"))
    (future,) = whens(report("e1", "attacked", "Friday", status="future"))
    assert past and future and (past.start, future.start) == ("2024-02-02", "2024-02-09")


def test_dates_of_one_report_are_joined() -> None:
    both = report("e1", "attacked", "Friday", "Monday")
    (joined,) = whens(both)
    assert joined and (joined.start, joined.end) == ("2024-02-02", "2024-02-05")
    assert [span.text for span in joined.evidence.spans] == ["Friday", "Monday"]
    finer = dates.dated(reading(both)).events[0].date
    wide = replace(
        finer[0], resolved=When("2024-02-01", None, "open", "stated", joined.evidence, "since then")
    )
    assert dates.when(replace(both, date=(wide, finer[1])), [], None) == finer[1].resolved


@given(st.text(min_size=1), st.text(), st.data())
def test_any_reading_is_dated(text: str, published: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    event = EventReport(
        "e1",
        Span(start, end, text[start:end]),
        "AID",
        "",
        "future",
        1.0,
        "A",
        date=(Filler(start, end, text[start:end]),),
    )
    told = Reading(article(text, published), "m", ((0, len(text)),), events=(event,))
    resolved = dates.dated(told, "USA")
    assert replace(resolved, dates=(), events=()) == replace(told, events=())


def test_the_publishers_country_orders_figures() -> None:
    plain, _ = unmarked("They meet on [03/04/2024].")
    for country, day in (("GBR", "2024-04-03"), ("USA", "2024-03-04")):
        (phrase,) = dates.phrases(article(plain), [(0, len(plain))], "2024-02-04", country)
        assert ends(phrase) == (day, day)
