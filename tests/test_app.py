from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from visitors import visited

from dateline.errors import RecordError
from dateline.site import app
from dateline.site.app import create_app, from_environment
from dateline.site.filters import Filter
from dateline.site.rendering import STATIC, asset
from dateline.site.settings import SiteSettings


def test_a_record_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no record"):
        create_app(SiteSettings(record=str(tmp_path / "none.db")))


def test_workers_take_their_settings_from_the_environment(
    empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_RECORD", str(empty_file))
    monkeypatch.setenv("DATELINE_TITLE", "Our own record")
    with TestClient(from_environment()) as client:
        assert "Our own record" in client.get("/").text


def test_the_first_reader_finds_what_is_counted_made(
    empty_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(app, "listed", lambda *given: asked.append(given))
    with visited(empty_file):
        assert [wanted for *_, wanted in asked] == [Filter()]


def test_errors_are_pages_and_problems(empty_file: Path) -> None:
    with visited(empty_file) as client:
        page, problem = client.get("/nowhere"), client.get("/api/nowhere")
    assert page.status_code == problem.status_code == 404
    assert "<h1>Not Found</h1>" in page.text
    assert problem.headers["content-type"] == "application/problem+json"


def test_static_files_may_be_kept_for_good(empty_file: Path) -> None:
    with visited(empty_file) as client:
        answer = client.get(asset("site.css"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_what_pages_need_is_in_the_package(empty_file: Path) -> None:
    with visited(empty_file) as client:
        for path in ("/", "/timeline", "/speakers"):
            text = client.get(path).text
            for address in re.findall(r'(?:src|href|data-world)="(/static/[^"]+)"', text):
                assert client.get(address).status_code == 200, address
            assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


def test_styles_and_scripts_name_nothing_elsewhere() -> None:
    for path in (*STATIC.rglob("*.css"), *(each for each in STATIC.glob("*.js"))):
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text or path.parent.name == "vendor", path
        for name in re.findall(r'url\("([^"]+)"\)', text):
            assert (path.parent / name).is_file(), f"{path.name}: {name}"
