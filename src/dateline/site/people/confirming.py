"""Password and second factor as typed: tried within limits, and told in the log when they are wrong."""

from __future__ import annotations

from fastapi import Request
from sqlalchemy import Connection
from starlette.datastructures import FormData

from dateline.site.people import accounts, names, second_factor
from dateline.site.people.audit import Event, Named, noted
from dateline.site.people.routes import network_of, reading, text_in, within, write
from dateline.site.people.second_factor import How
from dateline.site.people.signed import Person
from dateline.site.people.throttle import codes, sign_ins
from dateline.site.state import site_of

TOO_OFTEN = "That was tried too often. Please wait a quarter of an hour."
NOT_THE_PASSWORD = "That is not your password of now."
NOT_A_CODE = "That is not the code of now, or it was used already. Enter the next one that the app shows."
NOT_A_RECOVERY_CODE = "That is none of your recovery codes, or it was used already."


class Refused(Exception):
    """What was typed was wrong: what is told beside which field (``limit``: above all), and the status."""

    def __init__(self, status: int, field: str, fault: str) -> None:
        super().__init__(fault)
        self.status = status
        self.faults = {field: fault}


def mark_of_password(request: Request, name: str, password: str, field: str, event: Event) -> str:
    """The mark of the account that name and password are of. Raises ``Refused``, and tells of the event."""
    known = reading(request, lambda connection: accounts.known(connection, name))
    if not within(request, *sign_ins(names.key(name), network_of(request)), who=known):
        raise Refused(429, "limit", TOO_OFTEN)
    key = site_of(request).key

    def prove(connection: Connection) -> str | None:
        found = accounts.proved(connection, name, password)
        return None if found is None else accounts.mark_of(connection, key, found.number)

    mark = reading(request, prove)
    if mark is None:
        reason = "disabled" if known and known.disabled else "password"
        noted(request, event, known, reason=reason)
        raise Refused(422, field, NOT_THE_PASSWORD)
    return mark


def shown(request: Request, who: Named, form: FormData, event: Event) -> How:
    """How the second factor was shown. Raises ``Refused``, and tells of the event."""
    if not within(request, *codes(str(who.number)), who=who):
        raise Refused(429, "limit", TOO_OFTEN)
    code, other, key = text_in(form, "code"), text_in(form, "recovery"), site_of(request).key
    how = write(request, lambda connection: second_factor.passed(connection, key, who.number, code, other))
    if how is not None:
        return how
    field, fault = ("recovery", NOT_A_RECOVERY_CODE) if other.strip() else ("code", NOT_A_CODE)
    noted(request, event, who, reason="recovery code" if other.strip() else "code")
    raise Refused(422, field, fault)


def confirm(request: Request, person: Person, form: FormData, field: str = "password") -> None:
    """Take password, and second factor if there is one, before an account is changed. Raises ``Refused``."""
    mark_of_password(request, person.name, text_in(form, field), field, "change-refused")
    if reading(request, lambda connection: second_factor.found(connection, person.number)):
        shown(request, person, form, "change-refused")
