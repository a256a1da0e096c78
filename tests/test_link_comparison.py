"""Each comparison gives a score and why, or nothing where there is nothing to compare."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_links import VIEW, actor, place

from dateline.link import comparison
from dateline.link.comparison import COMPARISONS, Compared, distance
from dateline.link.views import Days, View
from dateline.types import Count, Filler, Place, Span

Changed = Callable[..., View]


def report(**changes: object) -> View:
    return replace(VIEW, event=replace(VIEW.event, **changes))  # type: ignore[arg-type]


def toll(value: int | None, low: int | None = None, high: int | None = None) -> tuple[Count, ...]:
    return (Count(0, 4, "some", value=value, low=low, high=high),)


def said(start: int, end: int) -> Filler:
    return Filler(start, end, "x" * (end - start))


def score(name: str, one: View, other: View) -> float | None:
    found = COMPARISONS[name](one, other)
    return None if found is None else round(found.score, 2)


@pytest.mark.parametrize(
    ("name", "one", "other", "expected"),
    [
        ("trigger", VIEW, VIEW, 1.0),
        ("trigger", VIEW, replace(VIEW, trigger=frozenset(["talk"])), 0.0),
        ("trigger", VIEW, replace(VIEW, trigger=frozenset(["bomb"])), 0.25),
        ("vector", VIEW, VIEW, None),
        ("type", VIEW, VIEW, 1.0),
        ("type", VIEW, report(mode="firearms"), 0.7),
        ("type", VIEW, report(type="AGREE", mode=""), 0.0),
        ("status", VIEW, report(status="future"), 0.0),
        ("status", VIEW, report(status="negated"), 0.5),
        ("days", replace(VIEW, days=Days(10, 10)), replace(VIEW, days=Days(10, 10)), 1.0),
        ("days", replace(VIEW, days=Days(10, 10)), replace(VIEW, days=Days(1, 40)), 0.8),
        ("days", replace(VIEW, days=Days(10, 10)), replace(VIEW, days=Days(12, 12)), 0.2),
        ("days", replace(VIEW, days=Days(10, 10)), replace(VIEW, days=Days(30, None)), 0.0),
        ("days", VIEW, replace(VIEW, days=Days(30, None)), None),
        ("published", VIEW, VIEW, 1.0),
        ("published", VIEW, replace(VIEW, published=None), None),
        ("place", report(place=(place("Orlin", 10, 20),)), report(place=(place("Orlin", 10, 20),)), 0.8),
        ("place", report(place=(place("Orlin", 10, 20),)), report(place=(place("Kerlo", 10.3, 20),)), 0.6),
        ("place", report(place=(place("Orlin", 10, 20),)), report(place=(place("Tarn", 15, 20),)), 0.3),
        ("place", report(place=(place("Orlin", 10, 20),)), VIEW, None),
        ("actor", report(actor=(actor("XXA-MIL"),)), report(actor=(actor("XXA-MIL"),)), 1.0),
        ("actor", report(actor=(actor("XXA-MIL"),)), report(actor=(actor("XXB", "XXB"),)), 0.0),
        ("recipient", report(recipient=(actor("x", "XXA"),)), report(recipient=(actor("y", "XXA"),)), 0.7),
        ("killed", report(killed=toll(3)), report(killed=toll(3)), 1.0),
        ("killed", report(killed=toll(3)), report(killed=toll(None, low=2)), 0.8),
        ("killed", report(killed=toll(3)), report(killed=toll(6)), 0.3),
        ("injured", report(injured=toll(3)), VIEW, None),
        ("place's words", report(place=(said(3, 8),)), report(place=(said(0, 5), said(6, 9))), 1.0),
        ("place's words", report(place=(said(3, 8),)), report(place=(said(8, 12),)), 0.0),
        ("place's words", report(place=(said(3, 8),)), VIEW, None),
        ("toll's words", report(killed=toll(3)), report(injured=toll(5)), 1.0),
        ("crossed words", report(actor=(said(3, 8),)), report(recipient=(said(3, 8),)), 1.0),
        ("crossed words", report(actor=(said(3, 8),)), report(recipient=(said(30, 38),)), 0.0),
        ("crossed words", report(actor=(said(3, 8),)), report(actor=(said(3, 8),)), None),
    ],
)
def test_scores(name: str, one: View, other: View, expected: float | None) -> None:
    assert score(name, one, other) == score(name, other, one) == expected


def test_vectors_are_compared_by_their_direction() -> None:
    one, other = (replace(VIEW, vector=np.array(v, np.float32)) for v in ([1, 0], [0.6, 0.8]))
    assert score("vector", one, other) == 0.6


def test_names_of_one_sentence_are_looked_for_in_the_other_article() -> None:
    hashed = {comparison.numbered("orlin"): 1.0}
    one = replace(VIEW, names={"orlin": 1.0}, article_names=hashed)
    strange = replace(VIEW, names={"tarn": 1.0}, article_names=hashed)
    assert score("known names", one, one) == 1.0 and score("known names", one, strange) == 0.0
    found = COMPARISONS["known names"](one, strange)
    assert found is not None and "tarn" in found.reason


def test_a_degree_of_latitude_is_111_km() -> None:
    here, there = (place("x", lat, 0).resolved for lat in (0.0, 1.0))
    assert isinstance(here, Place) and isinstance(there, Place)
    assert distance(here, there) == pytest.approx(111.2, abs=0.1)


days = st.one_of(st.none(), st.builds(Days, st.integers(1, 60), st.integers(61, 99)))


@settings(deadline=None)
@given(days, days, st.integers(0, 400))
def test_scores_are_shares_and_the_same_either_way(mine: Days | None, yours: Days | None, gap: int) -> None:
    one, other = replace(VIEW, days=mine), replace(VIEW, days=yours, published=740_000 + gap)
    for compare in COMPARISONS.values():
        found: Compared | None = compare(one, other)
        back = compare(other, one)
        assert (found is None) == (back is None)
        assert found is None or back is None or (0 <= found.score <= 1 and found.score == back.score)


def named(text: str, before: str, start: int = 0, kind: str = "ASSAULT") -> View:
    """A report of a trigger, of such words before it."""
    event = replace(VIEW.event, type=kind, trigger=Span(start, start + len(text), text))
    return replace(VIEW, event=event, trigger=frozenset([text.lower()]), before=before)


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (named("raid", "Officials said the", 50), 1.0),
        (named("shelling", "Officials said the", 50), 0.8),
        (named("raid", "Officials spoke of", 50), 0.6),
        (named("raid", "Guards were killed in a", 50), 0.2),
        (named("raid", "There was another deadly", 50), 0.0),
        (named("raid", "the", 50, kind="COERCE"), None),
    ],
)
def test_what_points_back_is_told_from_what_is_new(later: View, expected: float | None) -> None:
    first = named("raid", "Gunmen made a")
    assert score("reference", first, later) == score("reference", later, first) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (named("raids", "There were three"), named("raids", "the 3", 50), 1.0),
        (named("raids", "There were three"), named("raids", "two more", 50), 0.0),
        (named("raid", "a"), named("raid", "the", 50), 0.8),
        (named("raids", "some"), named("raids", "the", 50), 0.6),
        (named("raids", "some"), named("raid", "the", 50), 0.4),
        (named("raid", "a"), named("raids", "the", 50), 0.2),
    ],
)
def test_words_of_as_many_agree(one: View, other: View, expected: float) -> None:
    assert score("number", one, other) == score("number", other, one) == expected


def test_towns_are_compared_and_countries_not() -> None:
    here, far = place("Orlin", 10.0, 20.0, identity=1), place("Brenik", 14.0, 20.0, identity=2)
    assert isinstance(here.resolved, Place)
    country = replace(here, resolved=replace(here.resolved, precision="country"))
    assert score("towns", report(place=(here,)), report(place=(here,))) == 1.0
    assert score("towns", report(place=(here,)), report(place=(far,))) == 0.0
    assert score("towns", report(place=(here,)), report(place=(country,))) is None


@pytest.mark.parametrize(("sentence", "expected"), [(0, 1.0), (2, 0.6), (4, 0.4), (40, 0.0), (None, None)])
def test_what_an_article_begins_with_is_told_from_what_it_comes_to(
    sentence: int | None, expected: float | None
) -> None:
    first, later = replace(named("raid", ""), sentence=sentence), replace(named("raid", "", 50), sentence=50)
    assert score("lead", first, later) == score("lead", later, first) == expected
