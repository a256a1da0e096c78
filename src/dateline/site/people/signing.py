"""Signing in and out, and one's own account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import Response

from dateline.site.people import accounts, drafts, names, passwords, sessions
from dateline.site.people.accounts import Account
from dateline.site.people.keys import network
from dateline.site.people.routes import (
    PeopleRoute,
    form_of,
    local,
    reading,
    see,
    text_in,
    texts,
    write,
)
from dateline.site.people.signed import Person, needs, reader_of, token_of
from dateline.site.people.storing import of_account
from dateline.site.people.throttle import may_sign_in, throttle_of
from dateline.site.rendering import render
from dateline.site.security import cookie_name, csrf_checked
from dateline.site.state import settings_of

router = APIRouter(route_class=PeopleRoute)

Form = Annotated[FormData, Depends(form_of)]
Reader = Annotated[Person, Depends(needs("reader"))]
CHECKED = [Depends(csrf_checked)]

WRONG = "Name and password do not fit."
TOO_OFTEN = "That was tried too often. Please wait a quarter of an hour."
DAY_SECONDS = 24 * 3600


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """The form; who is signed in already goes on."""
    if reader_of(request) is not None:
        return see(local(next))
    return _page(request, local(next), "")


@router.post("/sign-in", dependencies=CHECKED)
def sign_in(request: Request, form: Form) -> Response:
    """A new sign-in, under a new token, and with what had been typed before."""
    name, next = text_in(form, "name"), local(text_in(form, "next"))
    address = network(request.client.host if request.client else None)
    if not may_sign_in(throttle_of(request), names.key(name), address):
        return _page(request, next, name, TOO_OFTEN, 429, form)
    found = reading(request, lambda connection: accounts.proved(connection, name, text_in(form, "password")))
    if found is None:
        return _page(request, next, name, WRONG, 422, form)
    old = token_of(request)

    def begin(connection: Connection) -> str:
        if old:
            sessions.end(connection, old)
        _take_along(connection, found, form)
        return sessions.begin(connection, found.number)

    return _with_cookie(request, see(next), write(request, begin), sessions.LONGEST_DAYS * DAY_SECONDS)


def _take_along(connection: Connection, account: Account, form: FormData) -> None:
    """Keep, as drafts, what was in a form that was sent after the sign-in had ended."""
    page = text_in(form, "kept_page")
    kept = {
        name.removeprefix("kept."): words for name, words in texts(form).items() if name.startswith("kept.")
    }
    if page and kept:
        drafts.save(connection, account.number, page, kept)


def _page(
    request: Request, next: str, name: str, problem: str = "", status: int = 200, form: FormData | None = None
) -> Response:
    given = texts(form) if form is not None else {}
    kept = {key.removeprefix("kept."): words for key, words in given.items() if key.startswith("kept.")}
    told = {
        "next": next,
        "name": name,
        "problem": problem,
        "kept_page": given.get("kept_page", ""),
        "kept": kept,
    }
    return render(request, "people/sign_in.html", told, status)


def _with_cookie(request: Request, answer: Response, token: str, seconds: int) -> Response:
    settings = settings_of(request)
    answer.set_cookie(
        cookie_name(settings, "session"),
        token,
        max_age=seconds,
        path="/",
        secure=settings.secure,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.post("/sign-out", dependencies=CHECKED)
def sign_out(request: Request, form: Form) -> Response:
    """The end of this sign-in, or of all that this person has."""
    token, reader = token_of(request), reader_of(request)

    def end(connection: Connection) -> None:
        if token:
            sessions.end(connection, token)
        if reader is not None and text_in(form, "everywhere"):
            sessions.end_all(connection, int(reader.id))

    write(request, end)
    return _with_cookie(request, see(local(text_in(form, "next"))), "", 0)


@router.get("/account")
def account(request: Request, reader: Reader) -> Response:
    """Where one is signed in, what one wrote, and the way to another password."""
    return _account(request, reader)


def _account(request: Request, reader: Person, problem: str = "", status: int = 200) -> Response:
    def find(connection: Connection) -> dict[str, object]:
        number = int(reader.id)
        return {
            "signed": sessions.of_account(connection, number),
            "comments": of_account(connection, number),
        }

    return render(request, "people/account.html", {**reading(request, find), "problem": problem}, status)


@router.post("/account/password", dependencies=CHECKED)
def change_password(request: Request, reader: Reader, form: Form) -> Response:
    """Another password. All other sign-ins end."""
    old, new = text_in(form, "old"), text_in(form, "new")
    address = network(request.client.host if request.client else None)
    if not may_sign_in(throttle_of(request), names.key(reader.name), address):
        return _account(request, reader, TOO_OFTEN, 429)
    if reading(request, lambda connection: accounts.proved(connection, reader.name, old)) is None:
        return _account(request, reader, "That is not your password of now.", 422)
    fault = passwords.fault(new, reader.name)
    if fault or new != text_in(form, "again"):
        return _account(request, reader, f"Not changed: {fault or 'the two differ'}.", 422)

    def change(connection: Connection) -> str:
        accounts.change(connection, int(reader.id), password=passwords.kept(new))
        sessions.end_all(connection, int(reader.id))
        return sessions.begin(connection, int(reader.id))

    return _with_cookie(request, see("/account"), write(request, change), sessions.LONGEST_DAYS * DAY_SECONDS)
