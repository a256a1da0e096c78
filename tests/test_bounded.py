from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from visitors import visited

from dateline.site.bounded import MOST_BYTES


@pytest.fixture(scope="module")
def client(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("bounded") / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path) as client:
        yield client


def test_a_form_that_is_too_large_is_refused(client: TestClient) -> None:
    answer = client.post("/sign-in", data={"name": "a" * MOST_BYTES})
    assert answer.status_code == 413 and "1024 KB" in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_one_that_does_not_say_how_large_it_is_too(client: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        for _ in range(40):
            yield b"a" * (MOST_BYTES // 32)

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/sign-in", content=parts(), headers=kind).status_code == 413


def test_an_api_says_so_as_a_problem(client: TestClient) -> None:
    kind = {"Content-Type": "application/json"}
    answer = client.post("/api/v1/decisions", content=b'{"kind": "' + b"a" * MOST_BYTES, headers=kind)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_small_one_is_taken(client: TestClient) -> None:
    assert client.post("/sign-in", data={"name": "Ana"}).status_code == 403
