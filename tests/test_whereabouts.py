from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from exported import courier, tied, wire
from hypothesis import given
from hypothesis import strategies as st

from dateline.record import schema
from dateline.record.record import Record
from dateline.record.search import Wanted, conditions
from dateline.record.whereabouts import Whereabouts, instants

DAY = st.dates().map(str)
TIME = st.datetimes().map(lambda told: told.strftime(f"{told.year:04}-%m-%dT%H:%M:%S"))


@given(st.lists(st.one_of(DAY, TIME, st.sampled_from(["", "9999"])), min_size=2))
def test_integers_have_the_order_of_the_texts(texts: Sequence[str]) -> None:
    made = instants(texts)
    for (one, number), (other, another) in zip(
        zip(texts, made, strict=True), list(zip(texts, made, strict=True))[1:], strict=False
    ):
        assert (one < other, one == other) == (number < another, number == another)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(since="2024-03-11"),
        Wanted(until="2024-03-11"),
        Wanted(since="2024-03-12", until="2024-03-12"),
        Wanted(until="2024-03-09"),
        Wanted(box=(-30.0, 40.0, -20.0, 50.0)),
        Wanted(box=(170.0, 40.0, -20.0, 50.0)),
        Wanted(box=(-180.0, -90.0, 180.0, 40.0)),
    ],
    ids=str,
)
def test_days_and_map_find_what_the_database_finds(target: str, wanted: Wanted) -> None:
    with Record.open(target) as record:
        record.add(wire())
        record.add(courier())
        record.decide(tied())
        with record.reading() as connection:
            table = schema.incidents
            query = table.select().where(*conditions(connection, wanted))
            there = {row.incident for row in connection.execute(query)}
            assert set(np.flatnonzero(Whereabouts(connection).within(wanted))) == there
