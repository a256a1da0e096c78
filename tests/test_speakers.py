from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shown import filled
from starlette.testclient import TestClient
from visitors import visited


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


@pytest.mark.parametrize("name", ["nobody", "x" * 300])
def test_whom_nobody_cites_is_not_found(client: TestClient, name: str) -> None:
    assert client.get(f"/speakers?name={name}").status_code == 404
