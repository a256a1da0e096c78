"""A site with an analyst, a moderator and a reader, and visitors that fill in its forms."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from altcha import Challenge, Payload, solve_challenge
from argon2 import PasswordHasher
from fastapi import FastAPI
from logs import COURIER, claims, first_reading
from sqlalchemy import Connection, create_engine, delete
from starlette.testclient import TestClient

from dateline.record.engine import writing
from dateline.record.ids import article_id
from dateline.record.record import Record
from dateline.site.app import create_app
from dateline.site.people import accounts, passwords
from dateline.site.people.tables import metadata, tries
from dateline.site.settings import SiteSettings

ANALYST, MODERATOR, READER = "Ana Brill", "Mo Derat", "Rea Der"
ROLES: dict[str, Any] = {ANALYST: "analyst", MODERATOR: "moderator", READER: "reader"}
PASSWORD = "kestrel over the river"

KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, DENIED_TOO, SHELLED_TOO = claims(first_reading(COURIER))
INCIDENT = "i" + min(KILLED.id, DENIED.id)[1:]
ARTICLE = article_id(first_reading().article)
JSON = {"Accept": "application/json"}


@contextmanager
def tables() -> Iterator[Connection]:
    """The tables of people alone, empty, in memory."""
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def fill(target: Path | str) -> None:
    """Two articles that tell the same, and three accounts whose passwords are quickly checked."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        with writing(record.engine) as connection:
            for name, role in ROLES.items():
                made = accounts.add(connection, name, PASSWORD, role)
                accounts.change(connection, made.number, password=quick.hash(PASSWORD))


def site(target: Path | str) -> FastAPI:
    """The site over the record in a file or a database."""
    passwords.unknown.cache_clear()
    return create_app(SiteSettings(record=str(target), base_url="http://testserver"))


class Visitor:
    """A browser without scripts: its cookies, and the forms that it sends."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.client = TestClient(app, follow_redirects=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=headers)

    def token(self) -> str:
        return str(self.client.get("/proof").json()["token"])

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: Any) -> Any:
        data = {"form_token": self.token(), **fields}
        return self.client.post(path, data=data, headers=headers)

    def sign_in(self, name: str, password: str = PASSWORD) -> Any:
        with writing(self.record.engine) as connection:
            connection.execute(delete(tries))
        return self.post("/sign-in", name=name, password=password, next="/")

    def proof(self) -> str:
        challenge = Challenge.from_dict(self.client.get("/proof").json()["challenge"])
        solution = solve_challenge(challenge)
        assert solution is not None
        told = json.dumps(Payload(challenge, solution).to_dict())
        return base64.b64encode(told.encode()).decode()

    def comment(self, words: str = "Were they five?", **fields: Any) -> Any:
        """A comment, as the script sends it; without a proof unless given."""
        given = {"about": INCIDENT, "words": words, "name": "Rosa Quill", "once": "one"} | fields
        return self.post("/comments", JSON, **given)

    @property
    def record(self) -> Record:
        record: Record = self.app.state.site.record
        return record
