from __future__ import annotations

import pytest
from logs import claims, first_reading
from readings import RESOLVED

from dateline.record import search
from dateline.record.record import Record
from dateline.record.search import Wanted, among, in_brief, phrases, position_of
from dateline.record.summary import summary
from dateline.types import Incident

RAID = Incident("i1", tuple(claims(RESOLVED)[1:4]))
KILLED = Incident("i2", claims(first_reading())[:2])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Merovar post", ["Merovar", "post"]),
        ('"Merovar post" guards', ["Merovar post", "guards"]),
        ("- “ ”", []),
        ('"unclosed', ["unclosed"]),
    ],
)
def test_words_in_quotation_marks_belong_together(query: str, expected: list[str]) -> None:
    assert phrases(query) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), ["i1", "i2"]),
        (Wanted(since="2031-01-01"), ["i1"]),
        (Wanted(until="2024-03-12"), ["i2"]),
        (Wanted(place="Orlin"), ["i1"]),
        (Wanted(type="assault"), ["i1", "i2"]),
        (Wanted(status="negated", actor="army"), ["i1"]),
        (Wanted(query="guards Merovar"), ["i2"]),
        (Wanted(query='"guards Merovar"'), []),
        (Wanted(query='"Merovar post"'), ["i2"]),
    ],
)
def test_incidents_at_hand_are_found(wanted: Wanted, expected: list[str]) -> None:
    assert [brief.id for brief in among([KILLED, RAID], wanted)] == expected


def test_the_latest_come_first_and_a_limit_holds() -> None:
    assert [brief.id for brief in among([KILLED, RAID], Wanted(), limit=1)] == ["i1"]


@pytest.mark.parametrize(("often", "looked_through"), [(1, 1), (1, 2), (1, 9), (5, 9)])
def test_what_many_have_is_looked_for_among_the_latest_first(
    target: str, often: int, looked_through: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Wanted(type="assault")
    with Record.open(target) as record:
        for reading in (first_reading(), RESOLVED):
            record.add(reading)
        plain = record.find(wanted)
        monkeypatch.setattr(search, "OFTEN", often)
        monkeypatch.setattr(search, "MOST_LOOKED_THROUGH", looked_through)
        for limit in (1, 2, len(plain), len(plain) + 1):
            assert record.find(wanted, limit) == plain[:limit]
        assert record.find(wanted, 1, after=position_of(plain[0])) == plain[1:2]
    assert len(plain) > 2


@pytest.mark.parametrize(("at_most", "many"), [(5_000, 0), (5_000, 9), (1, 9)])
def test_what_many_have_under_many_names_is_found(
    target: str, at_most: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Wanted(actor="m", type="assault")
    with Record.open(target) as record:
        for reading in (first_reading(), RESOLVED):
            record.add(reading)
        plain = record.find(wanted)
        monkeypatch.setattr(search, "OFTEN", 0)
        monkeypatch.setattr(search, "MOST_LOOKED_THROUGH", 0)
        monkeypatch.setattr(search, "AT_MOST", at_most)
        monkeypatch.setattr(search, "MANY", many)
        assert record.find(wanted) == record.find(wanted, 9) == plain
    assert plain


def test_some_are_told_in_brief(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        known = {each.id: summary(each).headline for each in record.incidents()}
        with record.reading() as connection:
            told = in_brief(connection, [*known, "i0"])
    assert {each.id: each.headline for each in told} == known
