"""The pages of one's own second factor: set up, its recovery codes renewed, turned off."""

from __future__ import annotations

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import Response

from dateline.site.people import recovery, second_factor, sessions
from dateline.site.people.audit import noted
from dateline.site.people.confirming import NOT_A_CODE, TOO_OFTEN, Refused, confirm
from dateline.site.people.routes import PeopleRoute, form_of, reading, see, text_in, within, write
from dateline.site.people.signed import Person, needs_sign_in, with_token
from dateline.site.people.throttle import codes
from dateline.site.people.tickets import parts_of, ticket
from dateline.site.rendering import render
from dateline.site.security import csrf_checked
from dateline.site.state import settings_of, site_of

PATH = "/account/second-factor"
router = APIRouter(route_class=PeopleRoute, prefix=PATH)

Form = Annotated[FormData, Depends(form_of)]
Signed = Annotated[Person, Depends(needs_sign_in)]
"""Also who is held until a second factor is set up."""
CHECKED = [Depends(csrf_checked)]
MINUTES = 15
"""How long setting up may take."""
LATE = "That took too long. Please begin anew."


@router.get("")
def second_factor_page(request: Request, person: Signed) -> Response:
    """Whether one has a second factor, and the way to one, or what can be done with it."""
    return _page(request, person)


def _page(request: Request, person: Person, refused: Refused | None = None, act: str = "") -> Response:
    factor = reading(request, lambda connection: second_factor.found(connection, person.number))
    told = {"person": person, "factor": factor, "faults": refused.faults if refused else {}, "acted": act}
    return render(request, "people/second_factor.html", told, refused.status if refused else 200)


@router.post("", dependencies=CHECKED)
def begin(request: Request, person: Signed, form: Form) -> Response:
    """A new key, shown after the password; nothing is kept of it until a code of it is typed."""
    if reading(request, lambda connection: second_factor.found(connection, person.number)):
        return see(PATH)
    try:
        confirm(request, person, form)
    except Refused as refused:
        return _page(request, person, refused)
    return _key(request, person, second_factor.nonce())


def _key(request: Request, person: Person, nonce: str, status: int = 200, fault: str = "") -> Response:
    key = site_of(request).key
    secret = second_factor.secret(key, person.number, nonce)
    address = second_factor.address(secret, person.name, settings_of(request).title)
    told = {
        "person": person,
        "secret": [secret[at : at + 4] for at in range(0, len(secret), 4)],
        "address": address,
        "qr": drawn(address),
        "ticket": ticket(key, "setting up", MINUTES, person.id, nonce),
        "faults": {"code": fault} if fault else {},
    }
    return render(request, "people/second_factor_key.html", told, status)


def drawn(address: str) -> Markup:
    """An address as a QR code: a drawing without styles of its own."""
    return Markup(segno.make(address, error="m", micro=False).svg_inline(omitsize=True, svgclass="qr"))


@router.post("/on", dependencies=CHECKED)
def set_up(request: Request, person: Signed, form: Form) -> Response:
    """The second factor is set up by a first code. All other sign-ins end."""
    key, code = site_of(request).key, text_in(form, "code")
    parts = parts_of(key, "setting up", text_in(form, "ticket"))
    if parts is None or parts[0] != person.id:
        return _page(request, person, Refused(422, "limit", LATE))
    if not within(request, *codes(person.id), who=person):
        return _page(request, person, Refused(429, "limit", TOO_OFTEN))
    nonce = parts[1]

    def act(connection: Connection) -> tuple[str, tuple[str, ...]] | None:
        if not second_factor.set_up(connection, key, person.number, nonce, code):
            return None
        sessions.end_all(connection, person.number)
        return sessions.begin(connection, person.number), recovery.renew(connection, key, person.number)

    made = write(request, act)
    if made is None:
        return _key(request, person, nonce, 422, NOT_A_CODE)
    token, made_codes = made
    noted(request, "second-factor-set", person)
    return with_token(request, _codes(request, made_codes, "The second factor is set up."), token)


@router.post("/codes", dependencies=CHECKED)
def renew(request: Request, person: Signed, form: Form) -> Response:
    """New recovery codes in the place of the former."""
    try:
        confirm(request, person, form)
    except Refused as refused:
        return _page(request, person, refused, "codes")
    key = site_of(request).key
    made = write(request, lambda connection: recovery.renew(connection, key, person.number))
    noted(request, "recovery-codes-renewed", person)
    return _codes(request, made, "The former codes count no more.")


def _codes(request: Request, codes: tuple[str, ...], done: str) -> Response:
    return render(request, "people/recovery_codes.html", {"codes": codes, "done": done}, 201)


@router.post("/off", dependencies=CHECKED)
def turn_off(request: Request, person: Signed, form: Form) -> Response:
    """No second factor any more."""
    try:
        confirm(request, person, form)
    except Refused as refused:
        return _page(request, person, refused, "off")
    write(request, lambda connection: second_factor.remove(connection, person.number))
    noted(request, "second-factor-removed", person, by="its owner")
    return see(PATH)
