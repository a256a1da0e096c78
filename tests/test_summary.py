from __future__ import annotations

from dataclasses import replace

from logs import claims, first_reading
from readings import ORLIN, RESOLVED, SATURDAY

from dateline.record.holdings import Holdings
from dateline.record.incidents import assembled
from dateline.record.summary import days, summary
from dateline.types import Claim, Incident


def incident(*told: Claim) -> Incident:
    return Incident("i1", told)


WOUNDED = claims(RESOLVED)[5]


def test_an_incident_on_one_line() -> None:
    held = Holdings({c.citation.article: c.citation for c in claims(RESOLVED)}, claims(RESOLVED))
    brief = next(s for s in map(summary, assembled(held)) if s.injured[0] is not None)
    assert (brief.claims, brief.articles, brief.origins) == (2, 1, 1)
    assert (brief.first_day, brief.last_day) == ("2031-05-03", "2031-05-03")
    assert brief.first_told == brief.last_told == "2031-05-04T16:30:00"
    assert (brief.killed, brief.injured) == ((None, None, None), (11, 11, 24))
    assert brief.headline.startswith("“We did not raid anything,”")
    assert not brief.disputed


def test_the_most_precise_place_is_its_place() -> None:
    raid = claims(RESOLVED)[1]
    wide = replace(ORLIN, name="Halvec", radius_km=90.0)
    filler = replace(raid.event.place[0], resolved=wide)
    claim = replace(raid, event=replace(raid.event, place=(filler, *raid.event.place)))
    brief = summary(incident(claim))
    assert (brief.lat, brief.lon, brief.radius_km) == (ORLIN.lat, ORLIN.lon, ORLIN.radius_km)
    assert {value for kind, value in brief.facets if kind == "place"} == {"orlin crossing", "halvec", "orlin"}
    assert {kind for kind, _ in brief.facets} >= {"type", "status", "month"}


def test_days_are_those_of_closed_intervals_if_there_are_any() -> None:
    def on(start: str | None, end: str | None) -> Claim:
        return replace(WOUNDED, event=replace(WOUNDED.event, when=replace(SATURDAY, start=start, end=end)))

    assert days([on("2031-05-03", "2031-05-03"), on("2031-05-01", "2031-05-02"), on(None, "2031-06-01")]) == (
        "2031-05-01",
        "2031-05-03",
    )
    assert days([on("2031-05-03", None), on("2031-05-01", None)]) == ("2031-05-01", None)
    assert days(claims(first_reading())) == (None, None)


def test_what_is_denied_and_told_is_disputed() -> None:
    assert summary(incident(*claims(first_reading())[:2])).disputed
