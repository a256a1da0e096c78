from __future__ import annotations

import json

from fastapi import FastAPI, HTTPException
from starlette.testclient import TestClient

from dateline.errors import InputError, RecordError
from dateline.record.deciding import Overtaken
from dateline.site.faces.problems import TYPE, problem, tell_problems
from dateline.types import Decision

ERRORS = {
    400: InputError("since", "is no day", "write it as 2024-02-04"),
    404: RecordError("i1: no incident of the record has this id"),
    409: Overtaken([Decision("same", "Ben", ("c1",), ("c2",))]),
    410: HTTPException(410, "gone"),
    500: ValueError("a secret"),
}


def test_whatever_goes_wrong_is_told_as_a_problem() -> None:
    app = FastAPI()
    tell_problems(app)

    @app.get("/{status}")
    def fails(status: int) -> None:
        raise ERRORS[status]

    client = TestClient(app, raise_server_exceptions=False)
    for status, error in ERRORS.items():
        answer = client.get(f"/{status}")
        assert (answer.status_code, answer.headers["content-type"]) == (status, TYPE)
        assert answer.json()["status"] == status
        assert (str(error) in answer.text or "gone" in answer.text) == (status != 500), answer.text
    assert client.get("/x").status_code == 422
    assert client.post("/400").status_code == 405


def test_a_problem_may_bear_headers() -> None:
    answer = problem(401, "send a token", {"WWW-Authenticate": "Bearer"})
    assert answer.headers["www-authenticate"] == "Bearer"
    assert json.loads(bytes(answer.body))["title"] == "Unauthorized"
