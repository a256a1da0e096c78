"""A view's other faces, at its address with a suffix: ``/incidents.atom``, ``.csv``, ``.json``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from dateline.errors import InputError
from dateline.site.changes import changes
from dateline.site.faces import atom, pages, rows
from dateline.site.faces.answers import Answer, response
from dateline.site.filters import Filter, understood
from dateline.site.listing import position_in, shown
from dateline.site.state import record_of, settings_of, site_of

router = APIRouter()

FACES = {
    "application/atom+xml": "/incidents.atom",
    "text/csv": "/incidents.csv",
    "application/json": "/incidents.json",
}
"""By what a program says that it accepts."""
ROWS = 1000
"""Of a CSV, if not asked otherwise."""
MOST_ROWS = 10_000


@router.api_route("/incidents.atom", methods=["GET", "HEAD"])
def feed(request: Request) -> Response:
    """The incidents of a view that changed last."""
    asked = _asked(request)

    def make() -> Answer:
        with record_of(request).reading() as connection:
            found = changes(connection, asked.wanted(), limit=atom.LATEST)
            named = shown(connection, asked)
        return atom.feed(settings_of(request), asked, found, named)

    return _response(request, f"atom {asked.query()}", make)


@router.api_route("/incidents.csv", methods=["GET", "HEAD"])
def table(request: Request) -> Response:
    """The incidents of a view, the latest first; a header names the address of those that follow."""
    asked, limit = _asked(request), _limit(request)

    def make() -> Answer:
        found, cursor = pages.incidents(record_of(request), asked, limit)
        query = replace(asked, cursor=cursor).query()
        next = f"{settings_of(request).base_url}/incidents.csv?{query}&limit={limit}" if cursor else None
        return rows.table(settings_of(request), found, next)

    return _response(request, f"csv {limit} {asked.query()}", make, long=limit > ROWS)


@router.api_route("/incidents.json", methods=["GET", "HEAD"])
def page(request: Request) -> Response:
    """The same as the API has it."""
    query = request.url.query and f"?{request.url.query}"
    return RedirectResponse(f"/api/v1/incidents{query}", 307)


def other_face(request: Request) -> Response | None:
    """Where a program finds a view in the form that it accepts; null for browsers, which take pages first."""
    accepted = request.headers.get("accept", "").lower()
    if "text/html" in accepted:
        return None
    path = next((path for kind, path in FACES.items() if kind in accepted), None)
    query = request.url.query and f"?{request.url.query}"
    return None if path is None else RedirectResponse(f"{path}{query}", 303, {"Vary": "Accept"})


def _response(request: Request, key: str, make: Callable[[], Answer], *, long: bool = False) -> Response:
    site = site_of(request)
    turn = site.turn_of_past if long else site.turn
    return response(request, site.kept.answer(site.record.engine, turn, key, make))


def _asked(request: Request) -> Filter:
    """The view of an address. Raises ``HTTPException`` for what cannot be understood."""
    try:
        found = understood(request.query_params.multi_items())
        position_in(found.cursor)
        pages.of_now(found)
    except InputError as error:
        raise HTTPException(400, str(error)) from error
    return found


def _limit(request: Request) -> int:
    told = request.query_params.get("limit", str(ROWS))
    if not re.fullmatch(r"\d{1,5}", told) or not 1 <= int(told) <= MOST_ROWS:
        raise HTTPException(400, f"limit={told[:20]}: is not from 1 to {MOST_ROWS}; leave it out")
    return int(told)
