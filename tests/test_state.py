from __future__ import annotations

from pathlib import Path

from fastapi import Request
from visitors import site, visited

from dateline.site.state import record_of, settings_of, site_of


def test_a_request_finds_what_the_process_has_opened(empty_file: Path) -> None:
    with visited(empty_file, title="Ours") as client:
        request = Request({"type": "http", "app": client.app, "headers": []})
        assert site_of(request) is site(client)
        assert record_of(request) is site(client).record
        assert settings_of(request).title == "Ours"
