"""The API as a program meets it: what it reads, what it may decide, what it is told when it errs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from logs import article, claims, first_reading, read, report, span
from post import START, raid
from starlette.testclient import TestClient
from visitors import enter, form_token, leave, record, token, visited

from dateline.types import Attribution, Decision

KILLED, DENIED, SHELLED = claims(first_reading())
(RAID,) = claims(raid(1))
BASE = "/api/v1"
OF_KILLED = f"{BASE}/incidents/i{min(KILLED.id, DENIED.id)[1:]}"


@pytest.fixture(scope="module")
def client(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("api") / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path, base_url="http://testserver") as client:
        record(client).add(first_reading())
        record(client).add(raid(1))
        yield client


def told(client: TestClient, path: str, status: int = 200) -> Any:
    answer = client.get(path if path.startswith("http") else BASE + path)
    assert answer.status_code == status, answer.text
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def all_of(client: TestClient, name: str, query: str = "") -> list[Any]:
    """A list, a page of one after another."""
    found, address = [], f"/{name}?limit=1{query}"
    while address:
        page = told(client, address)
        key = "entries" if name == "log" else name
        found += page[key]
        address = page["next"]
    return found


def test_every_list_is_read_page_by_page(client: TestClient) -> None:
    assert len(all_of(client, "incidents")) == 3
    ids = [each["id"] for each in all_of(client, "claims")]
    assert sorted(ids) == sorted(each.id for each in (KILLED, DENIED, SHELLED, RAID))
    assert len(all_of(client, "articles")) == 2
    assert [each["attribution"]["cue"][0]["text"] for each in all_of(client, "attributions")] == ["said"]
    assert [each["number"] for each in all_of(client, "log")] == [2, 1]


def test_the_same_filters_hold_everywhere(client: TestClient) -> None:
    query = "&place=ostrel&text=shelled"
    assert [each["claims"] for each in all_of(client, "incidents", query)] == [1]
    assert [each["id"] for each in all_of(client, "claims", query)] == [SHELLED.id]
    assert [each["id"] for each in all_of(client, "articles", query)] == [SHELLED.citation.article]
    assert len(all_of(client, "attributions", query)) == 1
    for name in ("incidents", "claims", "articles", "attributions"):
        assert all_of(client, name, "&type=AID") == []


def test_a_page_is_not_shifted_by_what_is_added_meanwhile(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path, base_url="http://testserver") as client:
        for number in range(3):
            record(client).add(raid(number))
        first = told(client, "/claims?limit=2")
        record(client).add(raid(9))
        second = told(client, first["next"])
    ids = [each["id"] for page in (first, second) for each in page["claims"]]
    assert ids == [each.id for number in (2, 1, 0) for each in claims(raid(number))]


def test_an_incident_is_told_whole(client: TestClient) -> None:
    found = client.get(OF_KILLED).json()
    assert found["brief"]["killed"] == {"low": 6, "best": 6, "high": 6}
    assert found["brief"]["disputed"] and found["brief"]["url"].startswith("http://testserver/incidents/i")
    assert [each["id"] for each in found["claims"]] == [KILLED.id, DENIED.id]
    assert found["values"]["killed"]["values"][0]["value"] == "6"


def test_a_chain_is_told_as_far_as_is_asked(client: TestClient) -> None:
    whole = client.get(OF_KILLED + "/chain").json()
    assert set(whole) == {"incident", "links", "cut"}
    assert len(whole["links"]) > 1 and whole["cut"] is False
    (nearest,), cut = (client.get(OF_KILLED + "/chain?limit=1").json()[key] for key in ("links", "cut"))
    assert (nearest["incident"], nearest["steps"], cut) == (whole["incident"], 0, True)
    assert client.get(OF_KILLED + "/chain?limit=201").status_code == 422


def test_a_claim_and_an_article_have_their_words(client: TestClient) -> None:
    claim = told(client, f"/claims/{KILLED.id}")
    assert claim["event"]["trigger"]["text"] == "killed"
    assert claim["incident"] == OF_KILLED.rpartition("/")[2]
    article = told(client, f"/articles/{KILLED.citation.article}")
    assert article["claims"] == [KILLED.id, DENIED.id, SHELLED.id] and len(article["evidence"]) == 3


def test_a_text_is_for_those_who_are_signed_in(client: TestClient) -> None:
    path = f"{BASE}/articles/{KILLED.citation.article}"
    assert client.get(path).json()["text"] is None
    enter(client, "reader")
    try:
        answer = client.get(path)
        assert (
            answer.json()["text"].startswith("Gunmen killed") and "private" in answer.headers["cache-control"]
        )
    finally:
        leave(client)
    assert client.get(path).json()["text"] is None


def test_what_tells_no_claim_is_for_those_who_are_signed_in(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    words = "A neighbour said the night was cold. Gunmen raided the post."
    said = Attribution("a1", (span(words, "A neighbour"),), (span(words, "said"),), (), "indirect", 0.9)
    with_no_claim = read(article("https://cold.example/", words), [report(words, "raided")], [said])
    with visited(path, base_url="http://testserver") as client:
        added = record(client).add(with_no_claim).article
        assert all_of(client, "attributions") == []
        assert "A neighbour" not in client.get(f"/articles/{added}").text
        enter(client, "reader")
        answer = client.get(f"{BASE}/attributions")
        assert [each["article"] for each in answer.json()["attributions"]] == [added]
        assert "private" in answer.headers["cache-control"]
        assert "A neighbour" in client.get(f"/articles/{added}").text


def test_what_a_speaker_said_is_listed(client: TestClient) -> None:
    (said,) = told(client, "/statements?speaker=The+Highland+Front")["statements"]
    assert (said["claim"], said["words"]) == (DENIED.id, "The Highland Front denied the attack.")
    assert told(client, "/statements?speaker=Nobody")["statements"] == []
    assert isinstance(told(client, "/speakers")["speakers"], list)
    told(client, "/statements", 422)


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get(OF_KILLED).headers["etag"]
    assert client.get(OF_KILLED, headers={"If-None-Match": tag}).status_code == 304


def test_an_id_of_before_leads_to_that_of_now(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path, base_url="http://testserver") as client:
        record(client).add(raid(1))
        record(client).add(raid(2))
        (one,), (other,) = claims(raid(1)), claims(raid(2))
        record(client).decide(Decision("same", "Ana", (one.id,), (other.id,), "one raid"))
        now, before = sorted("i" + each.id[1:] for each in (one, other))
        answer = client.get(f"{BASE}/incidents/{before}")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"http://testserver{BASE}/incidents/{now}"
        assert client.get(f"{BASE}/incidents/{now}").status_code == 200


def test_what_is_redacted_is_gone(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path, base_url="http://testserver") as client:
        record(client).add(raid(1))
        told(client, f"/claims/{RAID.id}")
        record(client).redact(RAID.citation.article, "Ana", "a mistake")
        told(client, f"/claims/{RAID.id}", 410)
        told(client, f"/articles/{RAID.citation.article}", 410)
        told(client, f"/incidents/i{RAID.id[1:]}", 404)
        assert told(client, "/claims")["claims"] == []
        assert told(client, "/attributions")["attributions"] == []


def test_a_problem_says_what_is_wrong(client: TestClient) -> None:
    assert told(client, "/incidents?since=soon", 400)["detail"].startswith("since=soon: is no day")
    assert told(client, "/incidents?as_of=2024-01-01", 400)["status"] == 400
    assert told(client, "/incidents?limit=0", 422)["title"] in (
        "Unprocessable Entity",
        "Unprocessable Content",
    )
    assert told(client, "/incidents?cursor=x", 400)
    assert told(client, f"/incidents/i{'0' * 32}", 404)
    assert told(client, f"/decisions?about=a{'0' * 32}", 404)
    assert told(client, "/nothing", 404)
    assert client.post(BASE + "/incidents").status_code == 405


def decide(client: TestClient, form: dict[str, Any], headers: dict[str, str] | None = None) -> Any:
    return client.post(BASE + "/decisions", json=form, headers=headers)


SAME = {"kind": "same", "one": KILLED.id, "other": RAID.id, "reason": "one raid"}


def test_only_analysts_decide(client: TestClient) -> None:
    assert decide(client, SAME).status_code == 401
    assert decide(client, SAME, {"Authorization": "Bearer dateline_x"}).status_code == 401
    assert decide(client, SAME, {"Authorization": "Basic YTpi"}).status_code == 401
    bearer = {"Authorization": f"Bearer {token(client, 'reader', START)}"}
    assert decide(client, SAME, bearer).status_code == 403
    assert told(client, "/decisions")["decisions"] == []


def test_a_sign_in_alone_does_not_let_another_site_decide(client: TestClient) -> None:
    enter(client, "analyst", "Somebody")
    try:
        assert decide(client, SAME).status_code == 401
        assert decide(client, {}, {"X-Form-Token": form_token(client, "/subscriptions")}).status_code == 422
    finally:
        leave(client)


def test_an_analyst_decides_and_takes_it_back(client: TestClient) -> None:
    bearer = {"Authorization": f"Bearer {token(client, 'analyst', START)}"}
    merged = decide(client, {"kind": "merge", "incidents": [KILLED.id, RAID.id], "reason": "one"}, bearer)
    assert merged.status_code == 201 and merged.json()["entry"] == 3
    (decision, *_) = told(client, f"/decisions?about={RAID.id}")["decisions"]
    assert (decision["kind"], decision["by"], decision["reason"]) == ("same", "Program of a analyst", "one")
    stale = decide(client, {**SAME, "kind": "different", "seen": 2}, bearer)
    assert stale.status_code == 409 and "meanwhile" in stale.json()["detail"]
    undone = decide(client, {"kind": "undo", "decision": decision["id"], "reason": "not"}, bearer)
    assert len(undone.json()["incidents"]) == 2
    form = {"kind": "correction", "claim": KILLED.id, "field": "killed", "value": "7", "reason": "misread"}
    assert decide(client, form, bearer).status_code == 201
    assert client.get(OF_KILLED).json()["brief"]["killed"]["best"] == 7
    assert decide(client, {**form, "field": "colour"}, bearer).status_code == 404
    split = {"kind": "split", "incident": OF_KILLED.rpartition("/")[2], "claims": [DENIED.id], "reason": "no"}
    assert len(decide(client, split, bearer).json()["incidents"]) == 2
    for wrong in ({"kind": "redaction"}, {**SAME, "reason": ""}, {**SAME, "by": "Ben"}, {**SAME, "one": "x"}):
        assert decide(client, wrong, bearer).status_code == 422
