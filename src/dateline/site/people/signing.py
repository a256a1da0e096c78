"""Signing in and out, and one's own account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import Response

from dateline.site.people import accounts, drafts, passwords, second_factor, sessions
from dateline.site.people.accounts import Account
from dateline.site.people.audit import noted
from dateline.site.people.confirming import Refused, confirm, mark_of_password, shown
from dateline.site.people.enrolling import PATH as SECOND_FACTOR
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
from dateline.site.people.second_factor import How
from dateline.site.people.signed import (
    OF_TWO_FACTORS,
    Person,
    needs,
    person_of,
    token_of,
    with_token,
)
from dateline.site.people.storing import of_account
from dateline.site.people.tickets import parts_of, ticket
from dateline.site.rendering import render
from dateline.site.security import csrf_checked
from dateline.site.state import settings_of, site_of

router = APIRouter(route_class=PeopleRoute)

Form = Annotated[FormData, Depends(form_of)]
Reader = Annotated[Person, Depends(needs("reader"))]
CHECKED = [Depends(csrf_checked)]

WRONG = "Name and password do not fit."
LATE = "That took too long. Please sign in once more."
MINUTES = 5
"""How long the second factor may be shown after the password."""


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """The form; who is signed in already goes on."""
    person = person_of(request)
    if person is not None:
        return see(SECOND_FACTOR if person.held else local(next))
    return _page(request, {"next": local(next)})


@router.post("/sign-in", dependencies=CHECKED)
def sign_in(request: Request, form: Form) -> Response:
    """A new sign-in, or, for an account with a second factor, the question for it."""
    name, password = text_in(form, "name"), text_in(form, "password")
    try:
        mark = mark_of_password(request, name, password, "password", "sign-in-refused")
    except Refused as refused:
        problem = WRONG if "password" in refused.faults else str(refused)
        return _page(request, texts(form), problem, refused.status)
    key = site_of(request).key

    def is_twofold(connection: Connection) -> bool:
        account = accounts.marked(connection, key, mark)
        return account is not None and second_factor.found(connection, account.number) is not None

    if reading(request, is_twofold):
        return _ask_for_code(request, texts(form), ticket(key, "second factor", MINUTES, mark))
    return _begun(request, mark, form, "password")


@router.post("/sign-in/code", dependencies=CHECKED)
def sign_in_by_code(request: Request, form: Form) -> Response:
    """The end of a sign-in that the second factor was asked for."""
    key, given = site_of(request).key, text_in(form, "ticket")
    parts = parts_of(key, "second factor", given)
    account = parts and reading(request, lambda connection: accounts.marked(connection, key, parts[0]))
    if not parts or not account:
        return _page(request, texts(form), LATE, 422)
    try:
        how = shown(request, account, form, "sign-in-refused")
    except Refused as refused:
        return _ask_for_code(request, texts(form), given, refused)
    return _begun(request, parts[0], form, how)


def _begun(request: Request, mark: str, form: FormData, by: How | Literal["password"]) -> Response:
    """A new sign-in, under a new token, and with what had been typed before.

    None, if the account has been changed since it was proved: then the sign-ins of before have ended.
    """
    old, key = token_of(request), site_of(request).key

    def begin(connection: Connection) -> tuple[Account, str] | None:
        account = accounts.marked(connection, key, mark)
        if account is None:
            return None
        if old:
            sessions.end(connection, old)
        _take_along(connection, account, form)
        return account, sessions.begin(connection, account.number)

    begun = write(request, begin)
    if begun is None:
        return _page(request, texts(form), LATE, 422)
    account, token = begun
    noted(request, "signed-in", account, role=account.role, by=by)
    required = settings_of(request).require_second_factor and account.role in OF_TWO_FACTORS
    is_held = required and by == "password"
    return with_token(request, see(SECOND_FACTOR if is_held else local(text_in(form, "next"))), token)


def _take_along(connection: Connection, account: Account, form: FormData) -> None:
    """Keep, as drafts, what was in a form that was sent after the sign-in had ended."""
    page, kept = text_in(form, "kept_page"), _kept(texts(form))
    if page and kept:
        drafts.save(connection, account.number, page, kept)


def _kept(given: Mapping[str, str]) -> dict[str, str]:
    return {name.removeprefix("kept."): words for name, words in given.items() if name.startswith("kept.")}


def _along(given: Mapping[str, str]) -> dict[str, Any]:
    """What goes along through the pages of a sign-in."""
    next, page = local(given.get("next", "")), given.get("kept_page", "")
    return {"next": next, "kept_page": page, "kept": _kept(given)}


def _page(request: Request, given: Mapping[str, str], problem: str = "", status: int = 200) -> Response:
    told = {**_along(given), "name": given.get("name", ""), "problem": problem}
    return render(request, "people/sign_in.html", told, status)


def _ask_for_code(
    request: Request, given: Mapping[str, str], ticket: str, refused: Refused | None = None
) -> Response:
    told = {**_along(given), "ticket": ticket, "faults": refused.faults if refused else {}}
    return render(request, "people/sign_in_code.html", told, refused.status if refused else 200)


@router.post("/sign-out", dependencies=CHECKED)
def sign_out(request: Request, form: Form) -> Response:
    """The end of this sign-in, or of all that this person has."""
    token, person, everywhere = token_of(request), person_of(request), text_in(form, "everywhere")

    def end(connection: Connection) -> None:
        if token:
            sessions.end(connection, token)
        if person is not None and everywhere:
            sessions.end_all(connection, person.number)

    write(request, end)
    if person is not None:
        noted(request, "signed-out", person, where="everywhere" if everywhere else "here")
    return with_token(request, see(local(text_in(form, "next"))), "")


@router.get("/account")
def account(request: Request, reader: Reader) -> Response:
    """Where one is signed in, what one wrote, and the way to another password."""
    return _account(request, reader)


def _account(request: Request, reader: Person, refused: Refused | None = None) -> Response:
    def find(connection: Connection) -> dict[str, object]:
        return {
            "signed": sessions.of_account(connection, reader.number),
            "comments": of_account(connection, reader.number),
            "factor": second_factor.found(connection, reader.number),
        }

    told = {**reading(request, find), "faults": refused.faults if refused else {}}
    return render(request, "people/account.html", told, refused.status if refused else 200)


@router.post("/account/password", dependencies=CHECKED)
def change_password(request: Request, reader: Reader, form: Form) -> Response:
    """Another password. All other sign-ins end."""
    new = text_in(form, "new")
    try:
        _refuse(passwords.fault(new, reader.name), "new")
        _refuse("the two differ" if new != text_in(form, "again") else None, "again")
        confirm(request, reader, form, "old")
    except Refused as refused:
        return _account(request, reader, refused)

    def change(connection: Connection) -> str:
        accounts.change(connection, reader.number, password=passwords.kept(new))
        sessions.end_all(connection, reader.number)
        return sessions.begin(connection, reader.number)

    token = write(request, change)
    noted(request, "password-changed", reader)
    return with_token(request, see("/account"), token)


def _refuse(fault: str | None, field: str) -> None:
    if fault:
        raise Refused(422, field, f"Not changed: {fault}.")
