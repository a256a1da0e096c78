"""A site for the tests without a browser: its application asked directly, by people of every role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.site.app import create_app
from dateline.site.faces import tokens
from dateline.site.people import accounts, sessions
from dateline.site.people.accounts import Role
from dateline.site.settings import SiteSettings
from dateline.site.state import Site

PASSWORD = "seven quiet lanterns"


@contextmanager
def visited(path: Path | str, **settings: Any) -> Iterator[TestClient]:
    """A visitor of a site over a record. Redirects are not followed, and no error is swallowed."""
    app = create_app(SiteSettings(record=str(path), **settings))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def site(client: TestClient) -> Site:
    """What the site has opened."""
    found: Site = client.app.state.site  # type: ignore[attr-defined]
    return found


def record(client: TestClient) -> Record:
    """The site's record."""
    return site(client).record


def enter(client: TestClient, role: Role, name: str = "") -> str:
    """Have the visitor signed in with a new account of a role; its number."""
    with writing(record(client).engine) as connection:
        made = accounts.add(connection, name or f"Some {role}", PASSWORD, role)
        client.cookies.set("session", sessions.begin(connection, made.number))
    return str(made.number)


def leave(client: TestClient) -> None:
    """Have the visitor be one of the public."""
    client.cookies.clear()


def token(client: TestClient, role: Role, now: Any) -> str:
    """A token for programs, of a new account of a role."""
    with writing(record(client).engine) as connection:
        made = accounts.add(connection, f"Program of a {role}", PASSWORD, role)
        return tokens.make(connection, str(made.number), "a test", now)


def form_token(client: TestClient, path: str = "/sign-in") -> str:
    """The token of a form of a page."""
    found = re.search(r'name="form_token" value="([^"]+)"', client.get(path).text)
    assert found, f"{path} has no form"
    return found[1]


def send(client: TestClient, path: str, page: str, **fields: str) -> Any:
    """A form sent as a browser sends it from a page."""
    return client.post(path, data={"form_token": form_token(client, page), **fields})
