from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.testclient import TestClient
from visitors import site, visited

from dateline.errors import InputError
from dateline.site.security import POLICY, SecurityHeaders, csrf_checked, csrf_token, headers, key_in
from dateline.site.settings import SiteSettings
from dateline.site.state import Site

router = APIRouter()


@router.get("/form")
def form(request: Request) -> str:
    return csrf_token(request)


@router.post("/act", dependencies=[Depends(csrf_checked)])
def act() -> str:
    return "done"


@pytest.fixture
def client(empty_file: Path) -> TestClient:
    with visited(empty_file) as visitor:
        app = FastAPI()
        app.state.site = Site(SiteSettings(), site(visitor).record, b"k" * 32)
        app.add_middleware(SecurityHeaders, settings=SiteSettings())
        app.include_router(router)
        return TestClient(app)


def test_a_form_of_ours_is_taken(client: TestClient) -> None:
    token = client.get("/form").json()
    assert client.post("/act", data={"form_token": token}).json() == "done"
    assert client.post("/act", headers={"X-Form-Token": token}).json() == "done"


def test_each_token_is_another_and_all_hold(client: TestClient) -> None:
    one, other = client.get("/form").json(), client.get("/form").json()
    assert one != other
    assert client.post("/act", data={"form_token": one}).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "salt.mac", "a" * 500, "é.é"])
def test_another_form_is_refused(client: TestClient, token: str) -> None:
    client.get("/form")
    assert client.post("/act", data={"form_token": token}).status_code == 403


def test_a_token_is_worth_nothing_in_another_browser(client: TestClient) -> None:
    token = client.get("/form").json()
    client.cookies.clear()
    assert client.post("/act", data={"form_token": token}).status_code == 403
    client.get("/form")
    assert client.post("/act", data={"form_token": token}).status_code == 403


def test_what_another_site_sends_is_refused(client: TestClient) -> None:
    token = client.get("/form").json()
    sent = {"X-Form-Token": token, "Sec-Fetch-Site": "cross-site"}
    assert client.post("/act", headers=sent).status_code == 403


def test_the_cookie_is_for_the_server_alone(client: TestClient) -> None:
    told = client.get("/form").headers["set-cookie"]
    assert re.fullmatch(r"form=[\w-]{32}; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax", told)
    assert "set-cookie" not in client.get("/form").headers


def test_over_https_the_cookie_says_so_and_the_browser_stays() -> None:
    told = headers(SiteSettings(base_url="https://news.example"))
    assert told["Strict-Transport-Security"].startswith("max-age=")
    assert "Strict-Transport-Security" not in headers(SiteSettings())


def test_the_policy_allows_nothing_within_a_page_nor_from_elsewhere() -> None:
    assert POLICY["default-src"] == "'none'"
    told = headers(SiteSettings())["Content-Security-Policy"]
    assert "unsafe" not in told
    assert "http" not in told


def test_search_engines_are_told_to_stay_away_unless_the_operator_wants_them() -> None:
    assert headers(SiteSettings())["X-Robots-Tag"] == "noindex, nofollow"
    assert "X-Robots-Tag" not in headers(SiteSettings(indexed=True))


def test_every_answer_has_the_headers(empty_file: Path) -> None:
    with visited(empty_file) as visitor:
        for path in ("/", "/nowhere", "/api/nowhere", "/incidents/i"):
            answer = visitor.get(path)
            for name, value in headers(SiteSettings()).items():
                assert answer.headers[name] == value, (path, name)


def test_a_key_is_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    key = key_in(path)
    assert len(key) == 32
    assert key_in(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["key"]


def test_a_bad_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "short").write_bytes(b"x")
    with pytest.raises(InputError, match="is no key: too short; remove it"):
        key_in(tmp_path / "short")
    with pytest.raises(InputError, match="cannot be made"):
        key_in(tmp_path / "nowhere" / "key")
    with pytest.raises(InputError, match="cannot be read"):
        key_in(tmp_path)
