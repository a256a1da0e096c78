from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from exported import courier, tied, wire
from hypothesis import given
from hypothesis import strategies as st
from logs import first_reading

from dateline.record.counting import Counted, Sets, bits, tallied
from dateline.record.record import Record
from dateline.record.search import Wanted, among

KINDS = ("type", "status", "sector", "party", "place", "publisher", "month", "cell")
ASKED = (
    Wanted(),
    Wanted(type="ASSAULT"),
    Wanted(actor="front"),
    Wanted(actor="gunm"),
    Wanted(sector="REB"),
    Wanted(place="merovar"),
    Wanted(place="XMV"),
    Wanted(source="Courier"),
    Wanted(status="negated", type="ASSAULT"),
    Wanted(since="2024-03-11", until="2024-03-12"),
    Wanted(box=(-30.0, 40.0, -20.0, 50.0)),
    Wanted(query="guards"),
    Wanted(type="AID"),
)


@pytest.fixture
def record(target: str) -> Iterator[Record]:
    with Record.open(target) as made:
        made.add(wire())
        made.add(courier())
        made.decide(tied())
        yield made


def counted(record: Record, wanted: Wanted) -> Counted:
    return record.counted(wanted, KINDS)


@pytest.mark.parametrize("wanted", ASKED, ids=str)
def test_what_is_counted_is_what_is_found(record: Record, wanted: Wanted) -> None:
    pure = among(record.incidents(), wanted)
    told = counted(record, wanted)
    assert told.total == len(pure) == len(record.find(wanted))
    for kind in KINDS:
        for tally in told.values[kind]:
            assert tally.incidents > 0


def test_the_values_of_a_kind_are_counted_without_what_is_asked_of_it(record: Record) -> None:
    every = {each.value: each.incidents for each in counted(record, Wanted()).values["type"]}
    assert {e.value: e.incidents for e in counted(record, Wanted(type="ASSAULT")).values["type"]} == every
    assert counted(record, Wanted(place="merovar")).values["party"]


def test_each_value_finds_as_many_as_it_counts(record: Record) -> None:
    told = counted(record, Wanted())
    for kind, field in (
        ("party", "actor"),
        ("sector", "sector"),
        ("place", "place"),
        ("publisher", "source"),
    ):
        for tally in told.values[kind]:
            assert len(record.find(Wanted(**{field: tally.value}))) == tally.incidents, tally


def test_sets_follow_the_log(record: Record) -> None:
    before = counted(record, Wanted())
    record.add(first_reading("https://third.example/post", publisher="Third"))
    after = counted(record, Wanted())
    assert after.total > before.total
    assert any(each.label == "Third" for each in after.values["publisher"])
    fresh = Sets()
    with record.reading() as connection:
        for wanted in ASKED:
            assert fresh.counted(connection, wanted, KINDS) == record.sets.counted(connection, wanted, KINDS)


def test_what_is_parted_again_is_counted_again(record: Record) -> None:
    counted(record, Wanted())
    decision = next(d for each in record.incidents() for d in each.decisions if d.kind == "same")
    record.decide(
        replace(decision, kind="withdrawal", by="Ana", supersedes=(decision.id,), id="", score=None)
    )
    told = counted(record, Wanted())
    assert told.total == len(record.incidents())
    with record.reading() as connection:
        assert Sets().counted(connection, Wanted(), KINDS) == told


def test_incidents_at_hand_are_counted_alike(record: Record) -> None:
    pure = among(record.incidents(), Wanted())
    assert tallied(pure, KINDS) == counted(record, Wanted())


@given(st.sets(st.integers(0, 5000)))
def test_bits_hold_a_set(numbers: set[int]) -> None:
    made = bits(numbers)
    assert made.bit_count() == len(numbers)
    assert all(made >> number & 1 for number in numbers)
