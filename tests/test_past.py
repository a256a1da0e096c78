from __future__ import annotations

from collections.abc import Iterator

import pytest
from exported import courier, tied, wire
from logs import claims

from dateline.record.past import incident_on, recorded
from dateline.record.record import Record
from dateline.types import Incident


@pytest.fixture
def record(target: str) -> Iterator[Record]:
    with Record.open(target) as made:
        made.add(wire())
        made.add(courier())
        made.decide(tied())
        yield made


def on(record: Record, day: str) -> Incident | None:
    with record.reading() as connection:
        return incident_on(connection, record.shelf, claims(wire())[0].id, day)


def test_an_incident_is_as_the_whole_log_has_it_on_that_day(record: Record) -> None:
    first = claims(wire())[0].id
    for day in ("2024-03-12", "2024-03-13", "2024-03-20"):
        whole = record.incidents(as_of=day)
        assert on(record, day) == next(each for each in whole if first in {c.id for c in each.claims})


def test_before_anything_was_published_there_is_none(record: Record) -> None:
    assert on(record, "2024-03-11") is None


def test_it_is_known_when_something_was_decided(record: Record) -> None:
    decisions = record.incident(claims(wire())[0].id).decisions
    with record.reading() as connection:
        times = recorded(connection, decisions)
    assert set(times) == {each.id for each in decisions}
    assert all(time.endswith("+00:00") for time in times.values())
