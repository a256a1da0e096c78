"""Every route of the API, asked with what nobody would think of: by nobody, reader, analyst and moderator.

No answer is an error of ours or of another form than the API says, and nobody decides who may not. A long
run: DATELINE_EXAMPLES=500 pytest tests/test_every_route.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from logs import first_reading
from post import START, raid
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from visitors import record, token, visited

from dateline.site.people.accounts import Role

EXAMPLES = int(os.environ.get("DATELINE_EXAMPLES", "5"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
UNHURRIED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("role", ["", "reader", "analyst", "moderator"])
def test_every_route_answers_as_it_says(role: str, empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    asked: list[tuple[str, int]] = []
    with visited(path, base_url="http://testserver") as client:
        record(client).add(first_reading())
        record(client).add(raid(1))
        sent = {"Authorization": f"Bearer {token(client, cast(Role, role), START)}"} if role else {}
        schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app)
        for operation in schema.get_all_operations():

            @UNHURRIED
            @given(case=operation.ok().as_strategy())
            def ask(case: schemathesis.Case) -> None:
                answer = case.call(headers=sent, timeout=600)
                asked.append((case.method, answer.status_code))
                case.validate_response(answer, checks=CHECKS)

            ask()
        decided = len(record(client).entries()) - 2
    assert len(asked) > 10
    if role not in ("analyst", "moderator"):
        assert {status for method, status in asked if method == "POST"} <= {401, 403, 422}
        assert decided == 0
