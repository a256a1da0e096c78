from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest
from exported import courier, tied, wire

from dateline.errors import InputError
from dateline.record.record import Record
from dateline.site import listing
from dateline.site.filters import Filter
from dateline.site.listing import Listing, Page


@pytest.fixture
def record(empty_file: Path, tmp_path: Path) -> Iterator[Record]:
    with Record.open(copy(empty_file, tmp_path / "record.db")) as made:
        made.add(wire())
        made.add(courier())
        made.decide(tied())
        yield made


def paged(record: Record, asked: Filter, limit: int = 30, cursor: str | None = None) -> Page:
    with record.reading() as connection:
        return listing.paged(connection, record, asked, limit, cursor)


def listed(record: Record, asked: Filter) -> Listing:
    with record.reading() as connection:
        return listing.listed(connection, record, asked)


def test_pages_follow_each_other_without_gap_or_double(record: Record) -> None:
    whole, after = paged(record, Filter())
    assert after is None
    assert len(whole) == len(record.incidents())
    met, cursor = [], None
    while True:
        page, cursor = paged(record, Filter(), 1, cursor)
        met += page
        if cursor is None:
            break
    assert met == list(whole)


def test_a_cursor_that_is_none_of_ours_is_named(record: Record) -> None:
    with pytest.raises(InputError, match="cursor=abc: is no place in this list; begin at its first page"):
        listed(record, Filter(cursor="abc"))


def test_facets_have_labels_for_people_and_the_chosen_one(record: Record) -> None:
    told = listed(record, Filter(type="ASSAULT"))
    (attack,) = [each for each in told.facets["type"] if each.chosen]
    assert (attack.value, attack.label, attack.count) == ("ASSAULT", "Attack", told.total)
    assert {each.label for each in told.facets["sector"]} >= {"armed groups against a government"}
    assert told.months == {"2024-03": 2}
    assert sum(told.cells.values()) == 1


def test_each_facet_leads_to_as_many_as_it_says(record: Record) -> None:
    told = listed(record, Filter())
    for some in told.facets.values():
        for each in some:
            assert listed(record, Filter(**{each.key: each.value})).total == each.count, each


def test_the_past_is_listed_too(record: Record) -> None:
    told = listed(record, Filter(as_of="2024-03-12"))
    assert {each.label for each in told.facets["source"]} == {"Kestrel Wire"}
