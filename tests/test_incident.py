from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from exported import attack, courier, wire
from logs import article, claims, count, read, report
from shown import CLAIM, filled
from starlette.testclient import TestClient
from visitors import record, visited

from dateline.record.spreads import Telling, Value, spread
from dateline.site.incident import PAGE, groups, in_order, moments, news, rows, told, voices


@pytest.fixture
def client(empty_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    with visited(filled(empty_file, tmp_path)) as client:
        yield client


def page(client: TestClient, query: str = "") -> str:
    identity = record(client).incident(CLAIM).id
    answer = client.get(f"/incidents/{identity}{query}")
    assert answer.status_code == 200
    return answer.text


def test_values_stand_side_by_side_and_say_where_they_differ() -> None:
    found = {row.key: row for row in rows(spread(attack().incident))}
    assert [value.value for value in found["killed"].values] == ["6", "9"]
    assert found["killed"].differs
    assert found["statuses"].differs
    assert not found["places"].differs


def test_numbers_that_one_report_tells_stand_in_order() -> None:
    telling = Telling("c1", "the ministry", attack().incident.claims[0].citation)
    told = [Value("7", (telling, telling), 7, 7), *(Value(str(n), (telling,), n, n) for n in (100, 9, 20))]
    assert [each.value for each in in_order(told)] == ["7", "9", "20", "100"]


def test_what_was_said_first_is_told_by_day() -> None:
    first, second = news(spread(attack().incident))
    assert (first.day, second.day) == ("2024-03-12", "2024-03-13")
    assert ("Killed", "killed", ("6",), 0) in first.said
    assert ("Killed", "killed", ("9",), 0) in second.said
    assert all(
        value != "actual" for each in (first, second) for *_, values, _ in each.said for value in values
    )


def test_a_claim_marks_what_others_contradict() -> None:
    incident = attack().incident
    values = spread(incident)
    marked = {value for each in incident.claims for _, value, differs in told(each, values).values if differs}
    assert "9" in marked
    assert "6" not in marked


def test_every_claim_is_on_some_page() -> None:
    incident = attack().incident
    values = spread(incident)
    shown = [t.claim.id for group in groups(incident, values, 1) for a in group.articles for t in a.claims]
    assert sorted(shown) == sorted(claim.id for claim in incident.claims)
    assert groups(incident, values, 2) == []


def test_the_days_of_publication_can_be_chosen() -> None:
    assert moments(attack().incident) == ["2024-03-12", "2024-03-13"]


def test_speakers_are_told_by_how_much_they_say() -> None:
    assert list(voices(attack(wire()).incident)) == ["highland front", "the ministry"]


def test_the_page_has_words_speakers_outlets_and_decisions(client: TestClient) -> None:
    text = page(client)
    for words in ("“six”", "the ministry", "Courier", "differs", "one and the same", "by linker, 0.90"):
        assert words.strip("“”") in text
    assert f'id="{CLAIM}"' in text
    assert "In answer to what" in text


def test_what_changed_is_told_by_day_and_only_as_far_as_known(client: TestClient) -> None:
    assert "What changed when" in page(client)
    assert "What changed when" not in page(client, "?as_of=2024-03-12")


def test_the_past_has_only_what_was_known(client: TestClient) -> None:
    text = page(client, "?as_of=2024-03-12")
    assert "as it was known at the end of 12 Mar 2024" in text
    assert "=9 guards" not in text
    identity = record(client).incident(CLAIM).id
    assert client.get(f"/incidents/{identity}?as_of=2024-03-01").status_code == 404
    assert client.get(f"/incidents/{identity}?as_of=soon").status_code == 400


def test_former_ids_lead_to_the_one_of_now(client: TestClient) -> None:
    now = record(client).incident(CLAIM).id
    ids = {"i" + claims(reading)[0].id[1:] for reading in (wire(), courier())}
    (former,) = ids - {now}
    answer = client.get(f"/incidents/{former}?page=1")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/incidents/{now}?page=1")
    assert client.get(f"/claims/{CLAIM}").headers["location"] == f"/incidents/{now}#{CLAIM}"


@pytest.mark.parametrize("path", ["/incidents/x", "/incidents/i00000000", "/claims/c0000000", "/incidents/i"])
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "All incidents" in answer.text


def test_two_speakers_stand_side_by_side(client: TestClient) -> None:
    identity = record(client).incident(CLAIM).id
    query = f"one={quote('highland front')}&other={quote('the ministry')}"
    text = client.get(f"/incidents/{identity}/compare?{query}").text
    assert text.index("Highland Front</bdi></a></h2>") < text.index("the ministry</bdi></a></h2>")


def test_four_hundred_claims_come_in_pages(empty_file: Path, tmp_path: Path) -> None:
    text = " ".join(f"Gunmen killed {n} guards at the post on day {n}." for n in range(1, 401))
    events = [
        replace(report(text, f"killed {n} guards"), killed=(count(text, f"{n} guards", n, n),))
        for n in range(1, 401)
    ]
    path = filled(empty_file, tmp_path)
    with visited(path) as client:
        record(client).add(read(article("https://long.example/", text), events))
        many = claims(read(article("https://long.example/", text), events))[0].id
        identity = record(client).incident(many).id
        first = client.get(f"/incidents/{identity}").text
        last = client.get(f"/incidents/{identity}?page=10").text
    assert "Page 1 of 10" in first
    assert first.count('class="claim ') == last.count('class="claim ') == PAGE
    assert "1 (1–400) killed" in first or "killed" in first
