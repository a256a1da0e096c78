"""What every answer of the site has to hold against, route by route."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute
from logs import claims, first_reading
from starlette.routing import Mount
from starlette.testclient import TestClient
from visitors import enter, leave, record, visited

from dateline.site import app as site_app
from dateline.site.security import POLICY

KILLED, *_ = claims(first_reading())
IDS = {"incident": f"i{KILLED.id[1:]}", "claim": KILLED.id, "article": KILLED.citation.article}
OPEN = re.compile(r"/(confirm|unsubscribe)/")
"""What a link of a mail lets do without a form's token: the link is the token."""


@pytest.fixture(scope="module")
def client(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("defences") / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path, base_url="http://testserver") as client:
        record(client).add(first_reading())
        yield client


def routes(client: TestClient) -> list[tuple[str, str]]:
    """Every method and path of the site, the API's among them, with an id of something that is there."""
    app: Any = client.app
    api = next(each.app for each in app.routes if isinstance(each, Mount) and each.path == "/api/v1")
    routers: list[APIRouter] = list(site_app.ROUTERS)
    found = [(each, "") for router in routers for each in router.routes]
    found += [(each, "/api/v1") for each in api.routes if isinstance(each, APIRoute)]
    return [
        (method, before + filled(route.path))
        for route, before in found
        if isinstance(route, APIRoute)
        for method in sorted(route.methods)
    ]


def filled(path: str) -> str:
    kind = next((kind for kind in IDS if f"/{kind}s/" in path), "incident")
    return re.sub(r"\{[^}]*\}", IDS[kind], path)


def test_every_answer_forbids_what_it_does_not_need(client: TestClient) -> None:
    paths = {path for method, path in routes(client) if method == "GET"}
    more = {"/", "/nothing", "/static/x", "/incidents/i0", "/api/v1/nothing", "/api/v1/openapi.json"}
    assert len(paths) > 20
    for path in sorted(paths | more):
        answer = client.get(path)
        assert answer.status_code < 500, path
        policy = answer.headers["content-security-policy"]
        assert all(f"{name} {value}" in policy for name, value in POLICY.items()), path
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff", path
        assert answer.headers["referrer-policy"] == "same-origin", path
        kept = answer.headers["cache-control"]
        public = path.startswith(("/api/", "/static/", "/incidents."))
        assert public or kept in ("private, no-cache", "no-store"), path
        if answer.content:
            assert answer.headers["content-type"], path


def test_an_error_of_ours_tells_nothing_and_forbids_as_much(
    empty_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    app = site_app.create_app(site_app.SiteSettings(record=str(path)))

    def breaks() -> None:
        raise ValueError("the secret of 10.0.0.1")

    monkeypatch.setattr(type(app.state.site.kept), "answer", lambda *_: breaks())
    with TestClient(app, raise_server_exceptions=False) as client:
        for broken in ("/incidents.atom", "/api/v1/log"):
            answer = client.get(broken)
            assert answer.status_code == 500 and "10.0.0.1" not in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"], broken


def test_nobody_acts_without_a_form_of_ours(client: TestClient) -> None:
    for role in ("", "moderator"):
        if role:
            enter(client, "moderator", "Mo")
        for method, path in routes(client):
            if method in ("GET", "HEAD") or OPEN.search(path):
                continue
            answer = client.request(
                method, path, headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
            )
            assert answer.status_code in (303, 401, 403, 404, 422), (method, path, answer.status_code)
        leave(client)
    assert len(record(client).entries()) == 1


SHOWN = ("/", "/incidents.atom", "/subscribe", "/incidents.json", "/api/v1/claims?limit=1")
FORGED = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}


def test_what_a_host_calls_itself_is_believed_by_nobody(client: TestClient) -> None:
    for path in (*SHOWN, f"/claims/{KILLED.id}"):
        answer = client.get(path, headers=FORGED)
        assert "evil.example" not in answer.text + str(dict(answer.headers)), path


ELSEWHERE = (
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "%2f%2fevil.example",
)


@pytest.mark.parametrize("next", ELSEWHERE)
def test_nobody_is_led_elsewhere(client: TestClient, next: str) -> None:
    enter(client, "reader", f"Reader {ELSEWHERE.index(next)}")
    location = client.get("/sign-in", params={"next": next}).headers["location"]
    leave(client)
    assert re.match(r"^/(?![/\\])", location), location


TRAVERSALS = (
    "../settings.py",
    "..%2fsettings.py",
    "%2e%2e/settings.py",
    "..%5csettings.py",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "....//settings.py",
)


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_file_is_served_but_those_of_the_package(client: TestClient, path: str) -> None:
    base = site_app.static_version()
    for start in (f"/static/{base}/", "/static/", "/incidents/", "/articles/"):
        answer = client.get(start + path)
        assert answer.status_code in (404, 405, 422) and "SiteSettings" not in answer.text


def test_cookies_of_a_site_with_https_are_its_own(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(empty_file.read_bytes())
    with visited(path, base_url="https://site.example") as client:
        answer = client.get("/sign-in")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-form=")
        for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert flag in cookie
        assert "max-age=31536000" in answer.headers["strict-transport-security"]


def test_methods_that_nothing_uses_are_refused(client: TestClient) -> None:
    for method in ("TRACE", "PUT", "DELETE", "PATCH", "CONNECT"):
        for path in ("/", "/sign-in", "/incidents.atom", "/api/v1/incidents"):
            assert client.request(method, path).status_code == 405, (method, path)
