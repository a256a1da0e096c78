from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from logs import first_reading
from shown import filled
from starlette.testclient import TestClient
from visitors import visited

from dateline.record.record import Record
from dateline.site import speakers

LINK = re.compile(r'href="(/articles/[^"]+)"')


@pytest.fixture
def client(empty_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    with visited(filled(empty_file, tmp_path)) as client:
        yield client


def test_the_list_has_those_that_are_shown_to_the_public(client: TestClient) -> None:
    text = client.get("/speakers").text
    assert "/speakers?name=highland%20front" in text
    assert "the ministry" not in text


def test_what_somebody_said_stands_with_its_words_and_place(client: TestClient) -> None:
    text = client.get("/speakers?name=Highland%20Front").text
    assert "1 statement" in text
    assert "denied" in text
    assert "beside <bdi>the ministry</bdi>" in text


def test_whoever_is_asked_for_by_name_is_found(client: TestClient) -> None:
    assert client.get("/speakers?name=the+ministry").status_code == 200


def test_what_somebody_said_earlier_stands_on_the_next_page(
    empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(empty_file, tmp_path)
    with Record.open(path) as record:
        for number in range(4):
            record.add(first_reading(f"https://wire.example/{number}"))
    with visited(path) as client:
        address = "/speakers?name=the+ministry"
        whole = LINK.findall(client.get(address).text)
        monkeypatch.setattr(speakers, "INCIDENTS", 2)
        paged: list[str] = []
        while address:
            page = client.get(address).text
            paged += LINK.findall(page)
            following = re.search(r'rel="next" href="([^"]+)"', page)
            address = unescape(following[1]) if following else ""
        assert len(whole) > 4 and sorted(paged) == sorted(whole)
        assert client.get("/speakers?name=the+ministry&cursor=elsewhere").status_code == 404


@pytest.mark.parametrize("name", ["nobody", "x" * 300])
def test_whom_nobody_cites_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/speakers?name={name}").status_code == 404
