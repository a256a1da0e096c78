from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
from exported import courier, tied, wire
from hypothesis import given
from hypothesis import strategies as st
from logs import first_reading
from sqlalchemy import Connection

from dateline.record import counting
from dateline.record.counting import (
    ColumnOf,
    Counted,
    Names,
    Sets,
    Tally,
    bits,
    larger,
    numbers,
    size,
    tallied,
)
from dateline.record.record import Record
from dateline.record.search import Wanted, among, found, has_words, position_of

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


def test_squares_become_larger_where_there_are_too_many(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = counted(record, Wanted())
    assert (told.values["cell"], told.side) == ((Tally("44 -22", "44 -22", 1),), 1)
    monkeypatch.setattr(counting, "CELLS", 0)
    pure = tallied(among(record.incidents(), Wanted()), KINDS)
    for wide in (pure, counted(record, Wanted())):
        assert (wide.values["cell"], wide.side) == ((Tally("40 -25", "40 -25", 1),), 5)


@pytest.mark.parametrize("wanted", ASKED, ids=str)
def test_the_first_of_a_list_are_those_that_the_database_gives(record: Record, wanted: Wanted) -> None:
    for name in "abcdefg":
        record.add(first_reading(f"https://{name}.example/post", publisher=name))
    with record.reading() as connection:
        after = None
        while page := found(connection, wanted, 3, after):
            assert record.sets.first(connection, wanted, 3, after) == page
            after = position_of(page[-1])
        assert record.sets.first(connection, wanted, 3, after) == []


def test_what_follows_the_log_finds_as_a_new_process_does(record: Record) -> None:
    with record.reading() as connection:
        record.sets.first(connection, Wanted(place="merovar"), 10)
    for number in range(70):
        record.add(first_reading(f"https://{number}.example/post"))
    with record.reading() as connection:
        for wanted in ASKED:
            kept = record.sets.first(connection, wanted, 300)
            assert kept == Sets().first(connection, wanted, 300) == found(connection, wanted, 300)


NAME = st.text("ab -’(", max_size=8)


@given(st.lists(NAME), st.lists(NAME), st.text("ab", min_size=1, max_size=3))
def test_names_are_found_by_how_their_words_begin(names: list[str], more: list[str], words: str) -> None:
    kept = Names(names)
    kept.add(more)
    assert kept.having(words) == {name for name in (*names, *more) if has_words(name, words)}


@given(st.sets(st.integers(0, 5000)))
def test_bits_hold_a_set(held: set[int]) -> None:
    made = bits(held, 100)
    assert size(made) == len(held)
    assert set(numbers(made)) == held


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(["1 2", "3 4", "-3 7", "9 9"]))))
def test_a_column_counts_what_it_was_given_last(rows: list[tuple[int, str]]) -> None:
    column = ColumnOf(rows[::2], larger)
    column.put(rows[1::2])
    column.drop([3, 500])
    last = dict(rows[::2]) | dict(rows[1::2])
    last.pop(3, None)
    among = np.array(sorted(last), dtype=np.int64)
    assert column.counts(among) == (dict(Counter(last.values())), False)
    assert column.counts(among, 0) == (dict(Counter(map(larger, last.values()))), bool(last))
    assert column.counts(None) == column.counts(among) and column.counts(None, 0) == column.counts(among, 0)


def test_who_sees_an_older_state_leaves_nothing_of_it_behind(empty_file: Path, tmp_path: Path) -> None:
    asked = Wanted(query="guards")
    with Record.open(copy(empty_file, tmp_path / "record.db")) as record:
        record.add(first_reading())

        def told(connection: Connection) -> int:
            return record.sets.counted(connection, asked, ("type",)).total

        with record.reading() as old:
            before = told(old)
            record.add(first_reading("https://third.example/post"))
            with record.reading() as new:
                assert record.sets.counted(new, Wanted(), ("type",)).total > before
            assert told(old) == before
        with record.reading() as new:
            assert told(new) == len(record.find(asked)) > before > 0
