from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from logs import first_reading
from shown import ARTICLE, CLAIM, filled
from starlette.testclient import TestClient
from visitors import enter, leave, record, site, visited

from dateline.record.engine import writing
from dateline.site import publishing
from dateline.site.people import storing
from dateline.site.people.comments import Sent
from dateline.site.publishing import gaps

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
ONCE = re.compile(r'name="once" value="([^"]+)"')


@pytest.fixture
def client(empty_file: Path, tmp_path: Path) -> Iterator[TestClient]:
    with visited(filled(empty_file, tmp_path)) as client:
        yield client


def kept(client: TestClient) -> list[str]:
    return list(site(client).pages._answers)


def comment(client: TestClient, about: str, words: str) -> str:
    by = storing.Writer(None, "somebody")
    with writing(record(client).engine) as connection:
        return storing.put(connection, Sent(about, "Bo", words), by, words, "shown", None).id


def source(client: TestClient, path: str) -> str:
    told: str = client.get(path).headers.get("server-timing", "")
    return told.removeprefix('from;desc="').removesuffix('"')


def test_a_page_is_made_once_for_each_state_of_the_record(client: TestClient) -> None:
    for path in ("/", "/?type=ASSAULT", "/timeline", "/speakers", f"/articles/{ARTICLE}"):
        assert [source(client, path) for _ in range(3)] == ["record", "memory", "memory"], path
    record(client).add(first_reading("https://third.example/post"))
    assert source(client, "/") == "record"
    assert kept(client) == ["/?"]


def test_a_view_of_the_past_keeps_no_other_waiting(client: TestClient) -> None:
    with site(client).turn_of_past:
        assert source(client, "/") == "record"
    with site(client).turn:
        assert (
            source(client, "/?as_of=2024-03-12") == source(client, "/timeline?as_of=2024-03-12") == "record"
        )


def test_who_waits_for_a_view_of_the_past_is_told_before_long(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "PAST_SECONDS", 0.01)
    with site(client).turn_of_past:
        answer = client.get("/?as_of=2024-03-12")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert "others are looking at the past" in answer.text
    assert client.get("/?as_of=2024-03-12").status_code == 200


def test_a_page_that_waited_tells_what_was_added_meanwhile(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, turn = Event(), publishing._turn

    def told(*given: Any) -> Any:
        waiting.set()
        return turn(*given)

    monkeypatch.setattr(publishing, "_turn", told)
    with ThreadPoolExecutor(1) as other:
        with site(client).turn:
            page = other.submit(client.get, "/")
            assert waiting.wait(60)
            record(client).add(first_reading("https://third.example/post"))
        assert "4 incidents" in page.result().text
    assert kept(client) == ["/?"] and source(client, "/") == "memory"


def test_a_browser_that_has_a_page_is_told_so(client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    again = client.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    record(client).add(first_reading("https://third.example/post"))
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_a_page_with_a_form_is_never_taken_for_one_that_a_browser_has(client: TestClient) -> None:
    assert "etag" not in client.get(f"/articles/{ARTICLE}").headers
    assert client.get(f"/articles/{ARTICLE}", headers={"If-None-Match": "*"}).status_code == 200


def test_each_reader_has_a_token_of_their_own_that_holds(client: TestClient) -> None:
    path = f"/articles/{ARTICLE}"
    client.get(path)
    pages = []
    for _ in range(2):
        leave(client)
        pages.append(client.get(path).text)
        token = TOKEN.findall(pages[-1])[0]
        told = {
            "form_token": token,
            "about": ARTICLE,
            "page": f"comment:{ARTICLE}",
            "words": "a",
            "name": "b",
        }
        sent = client.post("/comments", data={**told, "once": ONCE.findall(pages[-1])[0]})
        assert sent.status_code != 403
    assert TOKEN.findall(pages[0]) != TOKEN.findall(pages[1])
    assert ONCE.findall(pages[0]) != ONCE.findall(pages[1])
    first, second = (ONCE.sub("", TOKEN.sub("", page)) for page in pages)
    assert first == second
    assert not any(gap in page for gap in gaps() for page in pages)


def test_nothing_that_somebody_signed_in_sees_is_kept_for_others(client: TestClient) -> None:
    paths = (
        "/",
        "/timeline",
        "/speakers",
        f"/articles/{ARTICLE}",
        f"/incidents/{record(client).incident(CLAIM).id}",
    )
    for role in ("reader", "analyst", "moderator"):
        enter(client, role, name=f"Secret {role}")
        for path in paths:
            answer = client.get(path)
            assert f"Secret {role}" in answer.text
            assert "etag" not in answer.headers
            assert "server-timing" not in answer.headers
        assert kept(client) == []
    leave(client)
    for _ in range(2):
        for path in paths:
            told = client.get(path).text
            assert "Secret" not in told and "/desk" not in told and "/moderation" not in told, path
    public = client.get(f"/articles/{ARTICLE}").text
    enter(client, "reader", name="Secret other")
    for path in paths:
        assert "Secret other" in client.get(path).text
    assert "These are the sentences" not in client.get(f"/articles/{ARTICLE}").text
    assert "These are the sentences" in public


def test_a_cookie_of_no_session_opens_nothing_and_keeps_nothing(client: TestClient) -> None:
    client.cookies.set("session", "invented")
    assert "These are the sentences" in client.get(f"/articles/{ARTICLE}").text
    assert kept(client) == []


def test_comments_are_seen_at_once_and_gone_at_once(client: TestClient) -> None:
    path = f"/articles/{ARTICLE}"
    assert "Nobody has commented yet" in client.get(path).text
    identity = comment(client, ARTICLE, "a first word")
    assert "a first word" in client.get(path).text
    assert "a first word" in client.get(path).text
    assert source(client, path) == "memory"
    with writing(record(client).engine) as connection:
        found = storing.by_id(connection, identity)
        assert found is not None
        storing.erase(connection, found, "writer", "on request")
    assert "a first word" not in client.get(path).text


def test_what_is_erased_is_not_given_from_memory(client: TestClient) -> None:
    path = f"/articles/{ARTICLE}"
    assert client.get(path).status_code == 200
    record(client).redact(ARTICLE, "Ana", "court order")
    assert client.get(path).status_code == 410


def test_who_takes_no_gzip_gets_the_same(client: TestClient) -> None:
    for path in ("/", f"/articles/{ARTICLE}"):
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        strip = [ONCE.sub("", TOKEN.sub("", each.text)) for each in (packed, plain)]
        assert strip[0] == strip[1]


def test_errors_are_not_kept(client: TestClient) -> None:
    assert client.get("/articles/a00000000").status_code == 404
    assert client.get("/speakers?name=nobody").status_code == 404
    assert kept(client) == []


def test_other_programs_are_led_on_whatever_is_kept(client: TestClient) -> None:
    client.get("/")
    assert client.get("/", headers={"Accept": "text/csv"}).status_code == 303
