"""What happens to accounts, told in the process's log: who signed in, who was refused, what was changed.

No password, code, key or token is ever told, and a name only of an account that there is.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

    from dateline.site.people.accounts import Role
    from dateline.site.people.signed import Person

log = logging.getLogger(__name__)

Event = Literal[
    "signed-in",
    "sign-in-refused",
    "signed-out",
    "second-factor-set",
    "second-factor-removed",
    "recovery-codes-renewed",
    "password-changed",
    "change-refused",
    "limit-reached",
    "role-refused",
    "token-refused",
    "form-refused",
    "account-made",
    "account-disabled",
    "account-enabled",
    "role-changed",
]
REFUSALS: tuple[Event, ...] = (
    "sign-in-refused",
    "change-refused",
    "limit-reached",
    "role-refused",
    "token-refused",
    "form-refused",
)
"""What is a warning, and so is told in a log of words, too."""


class Named(Protocol):
    """An account by number and name."""

    @property
    def number(self) -> int: ...

    @property
    def name(self) -> str: ...


def note(event: Event, who: Named | None, **more: str | int | None) -> None:
    """Tell of an event: whose account it is about, and whatever else belongs to it."""
    number, name = (who.number, who.name) if who else (None, "unknown")
    facts = {"account": number, "account_name": name, **more}
    told = [f"{key} {value}" for key, value in {"account": name, **more}.items() if value not in (None, "")]
    level = logging.WARNING if event in REFUSALS else logging.INFO
    log.log(level, "%s: %s", event.replace("-", " "), ", ".join(told), extra={"event": event, **facts})


def noted(request: HTTPConnection, event: Event, who: Named | None, **more: str | int | None) -> None:
    """Tell of an event that a request brings about, with the network address that it comes from."""
    note(event, who, address=request.client.host if request.client else None, **more)


def noted_refusal(request: HTTPConnection, person: Person, role: Role) -> None:
    """Tell that somebody asked for what needs another role."""
    noted(request, "role-refused", person, needs=role, has=person.role, route=route_of(request))


def route_of(request: HTTPConnection) -> str:
    """The path of a request's route as it is declared, not as it was asked for."""
    path: str = request.scope.get("root_path", "") + request.scope["route"].path
    return path
