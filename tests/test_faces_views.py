from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from post import raid
from visitors import record, visited


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "record.db"
    copy.write_bytes(empty_file.read_bytes())
    return copy


def test_a_csv_goes_on_behind_its_last_row(path: Path) -> None:
    with visited(path, base_url="http://testserver") as client:
        for number in range(5):
            record(client).add(raid(number))
        found, address = [], "/incidents.csv?limit=2&type=ASSAULT"
        while address:
            answer = client.get(address)
            assert answer.headers["content-type"].startswith("text/csv")
            rows = list(csv.DictReader(io.StringIO(answer.text)))
            found += [row["id"] for row in rows]
            link = answer.links.get("next")
            address = link["url"] if link else ""
        assert len(found) == len(set(found)) == 5


def test_a_page_of_json_is_the_apis(path: Path) -> None:
    with visited(path) as client:
        answer = client.get("/incidents.json?type=AID")
        assert (answer.status_code, answer.headers["location"]) == (307, "/api/v1/incidents?type=AID")


BAD = (
    "type=NONE",
    "limit=0",
    "limit=99999",
    "limit=x",
    "cursor=x",
    "as_of=2024-01-01",
    "box=1,2",
    "text=%00",
)


@pytest.mark.parametrize("query", BAD)
def test_what_cannot_be_understood_is_refused(path: Path, query: str) -> None:
    with visited(path) as client:
        answer = client.get(f"/incidents.csv?{query}")
        assert answer.status_code == 400 and query.split("=")[0] in answer.text


@pytest.mark.parametrize(
    ("accepted", "face"),
    [
        ("application/atom+xml", "/incidents.atom?type=AID"),
        ("application/json", "/incidents.json?type=AID"),
        ("text/csv;q=0.9, */*;q=0.1", "/incidents.csv?type=AID"),
        ("text/html,application/xhtml+xml,application/json;q=0.9", None),
        ("*/*", None),
    ],
)
def test_a_program_gets_the_face_that_it_accepts(path: Path, accepted: str, face: str | None) -> None:
    with visited(path) as client:
        answer = client.get("/?type=AID", headers={"Accept": accepted})
        assert answer.headers.get("location") == face
        assert answer.status_code == (200 if face is None else 303)


def test_no_face_leads_elsewhere(path: Path) -> None:
    with visited(path) as client:
        for asked in ("//evil.example/", "/incidents.json?//evil.example", "/incidents.json?%0d%0aX: y"):
            location = client.get(asked).headers.get("location", "/")
            assert not urlsplit(location).netloc and "\n" not in location
