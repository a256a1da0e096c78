from __future__ import annotations

from dateline.site.filters import Filter
from dateline.site.glyphs import LONGEST, SHORTEST, brush, months, spread


def test_a_toll_is_a_line_with_a_dot() -> None:
    drawn = spread((4, 6, 13))
    assert drawn.count("<line") == 2
    assert drawn.count("<circle") == 1
    assert spread((None, None, None)) == ""


def test_open_ends_run_out() -> None:
    assert 'x2="72"' in spread((24, 24, None)).split("<line")[2]
    assert 'x1="2"' in spread((None, 3, 3)).split("<line")[2]


def test_months_without_incidents_stand_between_those_with() -> None:
    row = months({"2023-11": 2, "2024-02": 5}, Filter(since="2024-02-01", until="2024-02-29"))
    assert len(row) == SHORTEST
    assert not any(each.count for each in row[:-4])
    assert [(each.first, each.last, each.count) for each in row[-4:]] == [
        ("2023-11-01", "2023-11-30", 2),
        ("2023-12-01", "2023-12-31", 0),
        ("2024-01-01", "2024-01-31", 0),
        ("2024-02-01", "2024-02-29", 5),
    ]
    assert [each.chosen for each in row[-4:]] == [False, False, False, True]


def test_a_row_is_no_longer_than_can_be_seen() -> None:
    row = months({"1900-01": 1, "2024-02": 5}, Filter())
    assert len(row) == LONGEST
    assert row[-1].count == 5


def test_bars_lead_to_their_month_and_keep_the_rest() -> None:
    drawn = brush(months({"2024-02": 5}, Filter(type="AID")), Filter(type="AID"))
    assert "/?since=2024-02-01&amp;until=2024-02-29&amp;type=AID" in drawn
    assert brush([], Filter()) == ""
