from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

from post import raid
from starlette.requests import Request

from dateline.record.record import Record
from dateline.site.faces.answers import Answer, Kept, response

BODY = Answer(b"told", "text/plain", "2024-04-01T12:00:00+00:00")


def request(**headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": sent})


def test_who_has_an_answer_does_not_get_it_again() -> None:
    first = response(request(), BODY)
    assert (first.status_code, first.body) == (200, b"told")
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    assert (tag[:3], modified) == ('W/"', "Mon, 01 Apr 2024 12:00:00 GMT")
    for headers in (
        {"if_none_match": tag},
        {"if_none_match": f'"other", {tag.removeprefix("W/")}'},
        {"if_none_match": "*"},
        {"if_modified_since": modified},
        {"if_modified_since": "Tue, 02 Apr 2024 12:00:00 GMT"},
    ):
        again = response(request(**headers), BODY)
        assert (again.status_code, again.body, again.headers["etag"]) == (304, b"", tag)


def test_who_has_another_gets_it() -> None:
    for headers in (
        {"if_none_match": '"other"'},
        {"if_none_match": '"other"', "if_modified_since": "Tue, 02 Apr 2024 12:00:00 GMT"},
        {"if_modified_since": "Sun, 31 Mar 2024 12:00:00 GMT"},
        {"if_modified_since": "yesterday"},
        {"if_modified_since": "Tue, 02 Apr 99999 12:00:00 GMT"},
    ):
        assert response(request(**headers), BODY).status_code == 200


def test_an_error_is_told_whoever_asks() -> None:
    assert response(request(if_none_match="*"), BODY, 404).status_code == 404


def test_answers_are_kept_until_the_record_grows(empty_file: Path) -> None:
    made: list[str] = []

    def make(name: str) -> Any:
        def act() -> Answer:
            made.append(name)
            return Answer(name.encode(), "text/plain")

        return act

    with Record.open(empty_file) as record:
        kept = Kept(most=10)
        assert kept.answer(record.engine, Lock(), "one", make("first")).body == b"first"
        assert kept.answer(record.engine, Lock(), "one", make("again")).body == b"first"
        kept.answer(record.engine, Lock(), "two", make("second"))
        kept.answer(record.engine, Lock(), "one", make("evicted"))
        assert made == ["first", "second", "evicted"]


def test_what_many_ask_for_at_once_is_made_once(empty_file: Path) -> None:
    made: list[str] = []

    def make() -> Answer:
        made.append("made")
        time.sleep(0.05)  # the others ask meanwhile
        return Answer(b"told", "text/plain")

    with Record.open(empty_file) as record, ThreadPoolExecutor(4) as many:
        kept, turn = Kept[Answer](), Lock()
        told = [many.submit(kept.answer, record.engine, turn, "one", make) for _ in range(4)]
        assert {each.result().body for each in told} == {b"told"}
    assert made == ["made"]


def test_of_an_older_record_nothing_is_kept(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with Record.open(path) as record:
        kept = Kept()
        kept.answer(record.engine, Lock(), "one", lambda: Answer(b"before", "text/plain"))
        record.add(raid(1))
        assert (
            kept.answer(record.engine, Lock(), "one", lambda: Answer(b"after", "text/plain")).body == b"after"
        )
