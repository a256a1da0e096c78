from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from logs import TEXT, article, claims, filler, log, read, report, span, tie
from readings import any_place, any_when

from dateline.export.choice import day_code, day_of, place_code, place_of
from dateline.record.incidents import incidents
from dateline.types import Evidence, Filler, Incident, Place, Reading, When

SAID = Evidence((span(TEXT, "Tuesday"),))


def days(start: str | None, end: str | None) -> When:
    return When(start, end, "day", "stated", SAID, "")


def spot(name: str, lat: float, lon: float, radius: float = 5, **more: object) -> Place:
    place = Place(name, lat, lon, radius, "XMV", None, None, "settlement", "literal", "stated", SAID, "")
    return replace(place, **more)  # type: ignore[arg-type]


BRENIK = spot("Brenik", 44.5, 21.0)
HALVEC = spot("Halvec", 44.6, 21.1, 60, precision="province")
MEROVAR = spot("Merovar", 45.0, 22.0, 400, precision="country")
ABROAD = spot("Sorn", 44.5, 21.0, 3, country="XDO")


def told(name: str, when: When | None = None, place: Place | None = None, status: str = "actual") -> Reading:
    where = () if place is None else (resolved(place),)
    event = report(TEXT, "killed", when=when, place=where, status=status)
    return read(article(f"https://{name}.example/", publisher=name), [event])


def resolved(place: Place) -> Filler:
    return replace(filler(TEXT, "Ostrel"), resolved=place)


def one(*readings: Reading) -> Incident:
    first, *others = (claims(reading)[0] for reading in readings)
    (found,) = incidents(log(*readings, [tie(first, other, score=0.9) for other in others]))
    return found


TWELFTH, THIRTEENTH = days("2024-03-12", "2024-03-12"), days("2024-03-13", "2024-03-13")
MARCH = days("2024-03-01", "2024-03-31")


@pytest.mark.parametrize(
    ("told_days", "chosen"),
    [
        ([], None),
        ([TWELFTH, THIRTEENTH, THIRTEENTH], THIRTEENTH),
        ([MARCH, MARCH, TWELFTH], TWELFTH),
        ([THIRTEENTH, TWELFTH], TWELFTH),
        ([days("2024-03-12", None), THIRTEENTH, TWELFTH, days(None, "2024-03-12")], TWELFTH),
        ([days("2024-03-12", "2024-03-13"), THIRTEENTH], THIRTEENTH),
        ([days(None, "2024-03-12")], days(None, "2024-03-12")),
    ],
)
def test_the_day_of_most_origins_stands_and_wider_ones_back_it(
    told_days: list[When], chosen: When | None
) -> None:
    assert day_of(one(*(told(f"n{n}", when) for n, when in enumerate(told_days)), told("last"))) == chosen


def test_a_denial_gives_no_day_unless_all_deny() -> None:
    denied = told("front", TWELFTH, status="negated"), told("army", TWELFTH, status="negated")
    assert day_of(one(*denied, told("wire", THIRTEENTH))) == THIRTEENTH
    assert day_of(one(*denied)) == TWELFTH


@pytest.mark.parametrize(
    ("told_places", "chosen"),
    [
        ([MEROVAR, MEROVAR, HALVEC, BRENIK], BRENIK),
        ([ABROAD, MEROVAR, BRENIK], BRENIK),
        ([ABROAD, ABROAD, ABROAD, MEROVAR, BRENIK], ABROAD),
        ([MEROVAR], MEROVAR),
        ([], None),
    ],
)
def test_the_place_of_most_origins_stands_and_wider_ones_back_it(
    told_places: list[Place], chosen: Place | None
) -> None:
    incident = one(*(told(f"n{n}", None, place) for n, place in enumerate(told_places)), told("last"))
    assert place_of(incident) == chosen


def test_an_outlet_backs_once() -> None:
    twice = replace(told("wire", TWELFTH), article=article("https://wire.example/2", publisher="wire"))
    assert (
        day_of(one(told("wire", TWELFTH), twice, told("a", THIRTEENTH), told("b", THIRTEENTH))) == THIRTEENTH
    )


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (None, None),
        (TWELFTH, 1),
        (days("2024-03-12", "2024-03-13"), 2),
        (days("2024-03-12", "2024-03-17"), 2),
        (days("2024-03-11", "2024-03-17"), 3),
        (MARCH, 4),
        (days("2024-01-01", "2024-12-31"), 5),
        (days("2024-01-01", "2025-06-30"), None),
        (days("2024-01-01", None), None),
    ],
)
def test_dates_are_coded(when: When | None, code: int | None) -> None:
    assert day_code(when) == code


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (None, None),
        (BRENIK, 1),
        (replace(BRENIK, basis="inferred"), 2),
        (replace(BRENIK, precision="site"), 1),
        (replace(BRENIK, precision="district"), 3),
        (HALVEC, 4),
        (replace(HALVEC, precision="region"), 5),
        (replace(MEROVAR, basis="inferred"), 6),
    ],
)
def test_places_are_coded(place: Place | None, code: int | None) -> None:
    assert place_code(place) == code


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(any_when(TEXT), any_place(TEXT)), min_size=1, max_size=6), st.randoms())
def test_what_stands_was_told_and_the_order_of_telling_does_not_matter(
    values: list[tuple[When, Place]], random: object
) -> None:
    readings = [told(f"n{n}", when, place) for n, (when, place) in enumerate(values)]
    incident = one(*readings)
    day, place = day_of(incident), place_of(incident)
    assert (day in [when for when, _ in values]) and (place in [place for _, place in values])
    random.shuffle(readings)  # type: ignore[attr-defined]
    again = one(*readings)
    when = day_of(again)
    assert day is not None and when is not None
    assert (when.start, when.end) == (day.start, day.end)
    assert place_code(place_of(again)) == place_code(place)
