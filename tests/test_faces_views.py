from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from post import raid
from readings import READING
from shown import filled
from visitors import record, visited

from dateline.record.record import Record


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "record.db"
    copy.write_bytes(empty_file.read_bytes())
    return copy


@pytest.fixture(scope="module")
def shown_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two outlets on one attack, and of a third article."""
    path = filled(empty_file, tmp_path_factory.mktemp("shown"))
    with Record.open(path) as record:
        record.add(READING)
    return path


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


FILTERS = (
    "text=six+guards",
    "since=2024-03-15",
    "until=2024-03-11",
    "box=-30,40,-20,50",
    "actor=highland+front",
    "actor=front",
    "type=ASSAULT",
    "place=merovar",
    "status=negated",
    "source=courier",
    "sector=REB",
    "type=AID",
)


@pytest.mark.parametrize("query", FILTERS)
def test_every_face_shows_the_same_of_every_filter(shown_file: Path, query: str) -> None:
    with visited(shown_file, base_url="http://testserver") as client:
        page = set(re.findall(r'data-incident="(i\w+)"', client.get(f"/?{query}").text))
        timeline = set(re.findall(r'data-incident="(i\w+)"', client.get(f"/timeline?{query}").text))
        told = client.get(f"/incidents.json?{query}", follow_redirects=True).json()["incidents"]
        rows = csv.DictReader(io.StringIO(client.get(f"/incidents.csv?{query}").text))
        feed = set(re.findall(r"/incidents/(i\w+)", client.get(f"/incidents.atom?{query}").text))
        claims = client.get(f"/api/v1/claims?{query}").json()["claims"]
        articles = client.get(f"/api/v1/articles?{query}").json()["articles"]
    assert page == timeline == {each["id"] for each in told} == {row["id"] for row in rows} == feed
    assert {each["incident"] for each in claims} == page
    assert {each["id"] for each in articles} == {each["citation"]["article"] for each in claims}
    assert len(page) < 5


def test_a_feed_is_not_called_by_words_that_somebody_typed(shown_file: Path) -> None:
    with visited(shown_file) as client:
        for address in ("/incidents.atom?actor={}&text={}&place={}", "/?actor={}&text={}&place={}"):
            text = client.get(address.format(*["Rosa+Quill"] * 3)).text
            titles = re.findall(r"<title>(.*?)</title>", text) if "atom" in address else []
            titles += re.findall(r'<link rel="alternate" type="application/atom\+xml" title="([^"]*)"', text)
            assert titles and not any("rosa" in title.casefold() for title in titles)
        known = client.get("/incidents.atom?actor=front&place=merovar+post").text
    assert "by or upon Highland Front, in Merovar post</title>" in known


@pytest.mark.parametrize("query", ["as_of=2024-03-12", "as_of=2024-03-12&type=ASSAULT"])
def test_a_view_of_the_past_offers_no_faces_that_are_refused(shown_file: Path, query: str) -> None:
    with visited(shown_file) as client:
        page = client.get(f"/?{query}").text
    assert "incidents.csv" not in page and "incidents.atom" not in page
    assert "As known now" in page
