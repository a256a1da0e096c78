from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shown import filled
from starlette.testclient import TestClient
from visitors import visited

from dateline.site.front import day


@pytest.fixture
def client(empty_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    with visited(filled(empty_file, tmp_path)) as client:
        yield client


def test_it_tells_what_happened_where_with_what_toll_and_who_says_so(client: TestClient) -> None:
    page = client.get("/").text
    assert "2 incidents, the latest first" in page
    assert "<b>Attack</b>" in page
    assert "Merovar post" in page
    assert "9 (6–9) killed" in page
    assert "the ministry" in page
    assert "2 outlets" in page


def test_what_is_asked_for_stands_over_the_list_and_can_be_left_out(client: TestClient) -> None:
    page = client.get("/?type=ASSAULT&place=merovar").text
    assert 'href="/?place=merovar"' in page
    assert 'href="/?type=ASSAULT"' in page
    assert "1 incident with all that is asked for" in page


def test_nothing_is_guessed_of_a_bad_query(client: TestClient) -> None:
    answer = client.get("/?since=soon&type=ASSAULT&cursor=x")
    assert answer.status_code == 200
    assert "since=soon: is no day; write it as 2024-02-04" in answer.text
    assert "cursor=x: is no place in this list" in answer.text


def test_no_private_person_is_offered(client: TestClient) -> None:
    page = client.get("/").text
    filters = page[page.index('class="filters"') : page.index('class="list"')]
    assert "Guards of Merovar" in filters
    assert "Gunmen" not in filters


def test_an_empty_record_says_what_to_do(empty_file: Path) -> None:
    with visited(empty_file) as client:
        page = client.get("/").text
    assert "Nothing has been added yet" in page
    assert "dateline add page.html" in page
    assert "no incidents" in page


def test_the_map_says_how_many_it_does_not_show(client: TestClient) -> None:
    assert "1 has no known place." in client.get("/").text


def test_a_filter_that_nothing_fits_says_so(client: TestClient) -> None:
    assert "Nothing fits" in client.get("/?type=AID").text


def test_a_day_that_is_unknown_is_named_so() -> None:
    assert day("").rest == "no day told"
    assert (day("2024-03-12").number, day("2024-03-12").rest) == ("12", "Mar 2024")
