from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exported import attack
from shown import CLAIM, filled
from starlette.testclient import TestClient
from visitors import record, visited

from dateline.record.summary import summary
from dateline.site.timeline import Row, arcs, axis_of, bar

BRIEF = summary(attack().incident)


def days(first: str | None, last: str | None, name: str = "i1"):  # type: ignore[no-untyped-def]
    return replace(BRIEF, first_day=first, last_day=last, id=name)


@pytest.fixture
def client(empty_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    with visited(filled(empty_file, tmp_path)) as client:
        yield client


def test_a_bar_is_as_long_as_the_days_are_uncertain() -> None:
    axis = axis_of([days("2024-03-01", "2024-03-31")])
    drawn = bar(days("2024-03-11", "2024-03-20"), axis)
    assert drawn is not None
    assert drawn.width == pytest.approx(1000 * 10 / 31, abs=0.2)
    assert not (drawn.open_start or drawn.open_end)


def test_a_day_is_written_once() -> None:
    one, two = axis_of([days("2024-03-01", "2024-03-01")]), axis_of([days("2024-03-01", "2024-03-02")])
    assert one is not None and one.ticks() == ["1 Mar 2024"]
    assert two is not None and two.ticks() == ["1 Mar 2024", "2 Mar 2024"]


def test_open_ends_are_told_apart() -> None:
    axis = axis_of([days("2024-03-01", "2024-03-31")])
    since, until = bar(days("2024-03-11", None), axis), bar(days(None, "2024-03-20"), axis)
    assert since is not None and since.open_end
    assert until is not None and until.open_start
    assert bar(days(None, None), axis) is None


def test_a_few_old_ones_do_not_stretch_the_axis() -> None:
    old, new = days("1901-01-01", "1901-01-01"), days("2024-03-01", "2024-03-31")
    axis = axis_of([old, *[new] * 40])
    assert axis is not None
    drawn = bar(old, axis)
    assert drawn is not None and drawn.x == 0 and drawn.open_start
    assert axis_of([]) is None


def test_answers_are_drawn_with_their_reason() -> None:
    rows = [
        Row(days("2024-03-01", "2024-03-01", "i1"), None),
        Row(days("2024-03-02", "2024-03-02", "i2"), None),
    ]
    drawn = arcs(rows, [("i2", "i1", "in <retaliation>")])
    assert "in answer to: in &lt;retaliation&gt;" in drawn
    assert arcs(rows, []) == ""


def test_an_answer_to_what_is_not_among_the_rows_comes_from_the_edge() -> None:
    rows = [Row(days("2024-03-01", "2024-03-01"), None)]
    drawn = str(arcs(rows, [("i1", "i9", "by way of answer"), ("i8", "i1", "")]))
    assert drawn.count("<g>") == 1
    assert "in answer to: by way of answer" in drawn and 'd="M2 26 L53 26"' in drawn


def test_what_is_answered_is_told_in_words_too(client: TestClient) -> None:
    page = client.get("/timeline").text
    told = page[page.index("The army shelled Ostrel") :]
    assert told[: told.index("</li>")].count("in answer to") == 1
    assert "Gunmen killed six guards" in told[: told.index("</li>")]


def test_nothing_is_hidden_for_want_of_day_or_place(client: TestClient) -> None:
    text = client.get("/timeline").text
    assert text.count("/incidents/i") >= 2
    assert "No day told" in text
    assert "No place known: 1 incident" in text
    assert "de facto" in text
    assert record(client).incident(CLAIM).id in text


def test_an_empty_record_is_told_as_such(empty_file: Path) -> None:
    with visited(empty_file) as client:
        assert "Nothing has been added yet" in client.get("/timeline").text


def test_a_filter_holds_for_it(client: TestClient) -> None:
    assert "Nothing to draw" in client.get("/timeline?type=AID").text
    assert "is no day" in client.get("/timeline?since=soon&cursor=x").text
