"""What the API is asked: the same filters as the pages, a page of a list, by whom."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query, Request

from dateline.ontology import SECTORS, STATUSES, TYPES
from dateline.site.faces.pages import of_now
from dateline.site.faces.tokens import person_of
from dateline.site.filters import KEYS, LONGEST, Filter, understood
from dateline.site.people.accounts import Role
from dateline.site.people.audit import noted, noted_refusal
from dateline.site.people.signed import Person, reader_of
from dateline.site.security import csrf_holds
from dateline.site.state import record_of

ASKED = tuple(key for key in KEYS if key not in ("as_of", "cursor"))
"""What a view may ask for, in the order of ``Filter``."""
PAGE = 50
MOST = 200


def _words(description: str, **more: Any) -> Any:
    return Query(description=description, max_length=LONGEST, json_schema_extra=more or None)


def asked(
    request: Request,
    text: Annotated[str | None, _words("Words of a report; in quotation marks, together.")] = None,
    since: Annotated[str | None, _words("Not before this day.", format="date")] = None,
    until: Annotated[str | None, _words("Not after this day.", format="date")] = None,
    box: Annotated[str | None, _words("West, south, east, north in degrees, with commas between.")] = None,
    actor: Annotated[str | None, _words("Words of a party's name, or its id.")] = None,
    type: Annotated[str | None, _words("An event type.", enum=list(TYPES))] = None,
    place: Annotated[str | None, _words("Words of a place's name, or a country's code.")] = None,
    status: Annotated[str | None, _words("Whether it happened.", enum=list(STATUSES))] = None,
    source: Annotated[str | None, _words("An outlet.")] = None,
    sector: Annotated[str | None, _words("What a party is.", enum=list(SECTORS))] = None,
) -> Filter:
    """The view that is asked for. Raises ``InputError`` for what cannot be understood."""
    given = (text, since, until, box, actor, type, place, status, source, sector)
    told = [(name, value) for name, value in zip(ASKED, given, strict=True) if value is not None]
    return of_now(understood([*told, ("as_of", request.query_params.get("as_of", ""))]))


def after(
    cursor: Annotated[str | None, Query(pattern=r"^\d{1,15}$", description="From ``next``.")] = None,
) -> int | None:
    """The number behind which a page begins."""
    return None if cursor is None else int(cursor)


Asked = Annotated[Filter, Depends(asked)]
After = Annotated[int | None, Depends(after)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="At most so many.")]


def acting(request: Request) -> Person:
    """For whom a program acts: by its token, else by the browser's sign-in and a form's token."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if token and scheme.lower() == "bearer":
        with record_of(request).reading() as connection:
            found = person_of(connection, token.strip())
        if found is None:
            noted(request, "token-refused", None)
    else:
        held = csrf_holds(request, request.headers.get("x-form-token"))
        found = reader_of(request) if held else None
    if found is None:
        told = "send a token of an account: Authorization: Bearer …"
        raise HTTPException(401, told, {"WWW-Authenticate": "Bearer"})
    return found


def allowed(request: Request, person: Person, role: Role) -> None:
    """Refuse whoever has not this role. Raises ``HTTPException``."""
    if not person.may(role):
        noted_refusal(request, person, role)
        raise HTTPException(403, f"this is for {role}s; ask whoever runs the site")


Acting = Annotated[Person, Depends(acting)]
