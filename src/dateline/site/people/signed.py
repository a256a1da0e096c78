"""Who is signed in, and what that allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from dateline.record.engine import retrying, writing
from dateline.site.people import sessions
from dateline.site.people.accounts import ROLES, Role
from dateline.site.people.sessions import SignIn
from dateline.site.security import cookie_name
from dateline.site.state import record_of, settings_of


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, as the pages know them. ``id`` is the account's number."""

    id: str
    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether somebody of this role may what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class NotSignedIn(Exception):
    """Somebody who is not signed in asked for what needs it."""


class NotAllowed(Exception):
    """Somebody asked for what needs another role."""

    def __init__(self, role: Role) -> None:
        super().__init__(role)
        self.role = role


def token_of(request: HTTPConnection) -> str | None:
    """The token that the browser sent."""
    return request.cookies.get(cookie_name(settings_of(request), "session"))


def reader_of(request: HTTPConnection) -> Person | None:
    """Who has signed in; null for the public. Looked up once a request."""
    if not hasattr(request.state, "reader"):
        request.state.reader = _looked_up(request)
    reader: Person | None = request.state.reader
    return reader


def _looked_up(request: HTTPConnection) -> Person | None:
    token = token_of(request)
    if not token:
        return None
    engine = record_of(request).engine
    with engine.connect() as connection, connection.begin():
        sign_in = sessions.found(connection, token)
    if sign_in is None:
        return None
    if sessions.is_stale(sign_in):
        _note(request, token)
    return _person(sign_in)


def _note(request: HTTPConnection, token: str) -> None:
    def write() -> None:
        with writing(record_of(request).engine) as connection:
            sessions.note_use(connection, token)

    retrying(write)


def _person(sign_in: SignIn) -> Person:
    account = sign_in.account
    return Person(str(account.number), account.name, account.role)


def needs(role: Role) -> Callable[[HTTPConnection], Person]:
    """A dependency of routes: whoever is signed in, if the role suffices.

    Raises ``NotSignedIn`` and ``NotAllowed``, which ``routes.PeopleRoute`` answers.
    """

    def allowed(request: HTTPConnection) -> Person:
        reader = reader_of(request)
        if reader is None:
            raise NotSignedIn
        if not reader.may(role):
            raise NotAllowed(role)
        return reader

    return allowed
