from __future__ import annotations

from pathlib import Path

from fastapi import Request
from logs import first_reading
from shown import filled
from visitors import record, visited

from dateline.site.remembering import remembered


def test_what_was_made_is_kept_until_the_log_grows(empty_file: Path, tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> int:
        made.append("once")
        return len(made)

    with visited(filled(empty_file, tmp_path)) as client:
        request = Request({"type": "http", "app": client.app, "headers": []})

        def made_under(key: str) -> int:
            with record(client).reading() as connection:
                return remembered(request, connection, key, make)

        assert [made_under("key") for _ in range(3)] == [1, 1, 1]
        assert made_under("other") == 2
        record(client).add(first_reading("https://third.example/post"))
        assert made_under("key") == 3


def test_a_page_follows_the_record(empty_file: Path, tmp_path: Path) -> None:
    with visited(filled(empty_file, tmp_path)) as client:
        assert "2 incidents" in client.get("/").text
        record(client).add(first_reading("https://third.example/post"))
        assert "4 incidents" in client.get("/").text
