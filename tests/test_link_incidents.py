"""Claims of one happening are tied, which of the two is asked about makes no difference, few are tied."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from told_links import actor

from dateline.link.incidents import MOST, IncidentLinker
from dateline.link.projection import Projection
from dateline.link.views import kept
from dateline.link.weights import Table
from dateline.record.linking import Linker
from dateline.types import Article, Citation, Claim, EventReport, Evidence, Reading, Span, When

NONE = Projection("none", np.zeros(4, np.float32), np.zeros((4, 2), np.float32), b"12345678")
TEXT = "Militia gunmen raided Orlin market on Monday. Marat Kolb of the Tarn governorate called it murder."


def linker() -> IncidentLinker:
    return IncidentLinker(Table.load("across"), NONE)


def claim(number: int, day: int = 4, sentence: str = TEXT[:46], kind: str = "ASSAULT") -> Claim:
    article = Article(f"a{number}", TEXT, published=f"2031-05-{day + 1:02}", body=((0, len(TEXT)),))
    when = When(
        f"2031-05-{day:02}", f"2031-05-{day:02}", "day", "stated", Evidence(field="published"), "told"
    )
    event = EventReport(
        "e1", Span(15, 21, "raided"), kind, "", "actual", 0.9, "A", (actor("XXA-REB"),), when=when
    )
    reading = Reading(article, "m", events=(event,))
    citation = Citation(article.id, f"https://{number}.example", published=article.published)
    return Claim(
        f"c{number:02}",
        f"r{number}",
        citation,
        event,
        Span(0, len(sentence), sentence),
        vector=kept(reading, None)[0],
    )


def test_it_is_a_linker() -> None:
    shipped: Linker = IncidentLinker.load()
    assert list(shipped.decide(claim(1), [])) == []


def test_reports_of_one_raid_meet_and_are_the_same() -> None:
    one, other = claim(1), claim(2)
    assert set(linker().claim_keys(one)) & set(linker().claim_keys(other))
    (decision,) = linker().decide(one, [other])
    assert (decision.kind, decision.by, decision.subject, decision.object) == (
        "same",
        "linker",
        ("c01",),
        ("c02",),
    )
    assert decision.score is not None and decision.score >= 0.7 and "raided" in decision.reason


def test_a_raid_of_another_week_is_another() -> None:
    assert list(linker().decide(claim(1), [claim(2, day=20)])) == []


@settings(deadline=None)
@given(st.integers(1, 28), st.sampled_from(["ASSAULT", "ACCUSE"]), st.integers(1, 46))
def test_either_side_may_be_asked(day: int, kind: str, words: int) -> None:
    one, other = claim(1), claim(2, day, TEXT[:words], kind)
    ahead, back = linker().judge(one, other), linker().judge(other, one)
    assert (ahead.odds, ahead.reason) == (back.odds, back.reason)


def test_a_claim_is_tied_to_few_the_likeliest_first() -> None:
    decisions = list(linker().decide(claim(1), [claim(n) for n in range(2, 9)]))
    scores = [decision.score or 0 for decision in decisions]
    assert len(decisions) == MOST and scores == sorted(scores, reverse=True)
    reordered = linker().decide(claim(1), [claim(n) for n in range(8, 1, -1)])
    assert [d.object for d in reordered] == [d.object for d in decisions]


def test_a_claim_read_again_is_seen_anew() -> None:
    (first,) = linker().decide(claim(1), [claim(2)])
    again = replace(claim(2, sentence="Talks opened in Kerlo."), reading="r2b")
    found = list(linker().decide(claim(1), [again]))
    assert not found or found[0].score != first.score
