"""Who is signed in, and what that allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from dateline.record.engine import retrying, writing
from dateline.site.people import sessions
from dateline.site.people.accounts import ROLES, Role
from dateline.site.people.sessions import SignIn
from dateline.site.security import cookie_name
from dateline.site.state import record_of, settings_of

DAY_SECONDS = 24 * 3600
OF_TWO_FACTORS: tuple[Role, ...] = ("analyst", "moderator")
"""Of whom a site can require a second factor."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, as the pages know them. ``id`` is the account's number.

    Who is ``held`` has yet to set up the second factor that the site requires.
    """

    id: str
    name: str
    role: Role
    held: bool = False

    @property
    def number(self) -> int:
        """The account's number."""
        return int(self.id)

    def may(self, role: Role) -> bool:
        """Whether somebody of this role may what a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


class NotSignedIn(Exception):
    """Somebody who is not signed in asked for what needs it."""


class NotAllowed(Exception):
    """Somebody asked for what needs another role."""

    def __init__(self, person: Person, role: Role) -> None:
        super().__init__(role)
        self.person = person
        self.role = role


def token_of(request: HTTPConnection) -> str | None:
    """The token that the browser sent."""
    return request.cookies.get(cookie_name(settings_of(request), "session"))


def with_token(request: HTTPConnection, answer: Response, token: str) -> Response:
    """An answer that has the browser keep the token of a sign-in; an empty one ends it there."""
    settings = settings_of(request)
    answer.set_cookie(
        cookie_name(settings, "session"),
        token,
        max_age=sessions.LONGEST_DAYS * DAY_SECONDS if token else 0,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


def reader_of(request: HTTPConnection) -> Person | None:
    """Who has signed in; null for the public, of which who is held is one."""
    person = person_of(request)
    return None if person is None or person.held else person


def person_of(request: HTTPConnection) -> Person | None:
    """Who has signed in, held or not. Looked up once a request."""
    if not hasattr(request.state, "person"):
        request.state.person = _looked_up(request)
    person: Person | None = request.state.person
    return person


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
    return _person(sign_in, settings_of(request).require_second_factor)


def _note(request: HTTPConnection, token: str) -> None:
    def write() -> None:
        with writing(record_of(request).engine) as connection:
            sessions.note_use(connection, token)

    retrying(write)


def _person(sign_in: SignIn, required: bool) -> Person:
    account = sign_in.account
    held = required and account.role in OF_TWO_FACTORS and not sign_in.twofold
    return Person(str(account.number), account.name, account.role, held)


def needs_sign_in(request: HTTPConnection) -> Person:
    """A dependency of routes: whoever has signed in, held or not. Raises ``NotSignedIn``."""
    person = person_of(request)
    if person is None:
        raise NotSignedIn
    return person


def needs(role: Role) -> Callable[[HTTPConnection], Person]:
    """A dependency of routes: whoever is signed in, if the role suffices.

    Raises ``NotSignedIn`` and ``NotAllowed``, which ``routes.PeopleRoute`` answers.
    """

    def allowed(request: HTTPConnection) -> Person:
        reader = reader_of(request)
        if reader is None:
            raise NotSignedIn
        if not reader.may(role):
            raise NotAllowed(reader, role)
        return reader

    return allowed
