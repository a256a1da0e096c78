"""Pages for everybody, made once for each state of the record and then given from memory.

Kept is only what every reader sees alike who is not signed in: whoever sends a cookie of a session, good or
not, gets a page that is made for them. A form's token and the mark that it is sent once are made for each
reader and put into gaps; what was commented is looked up each time, and where it is other than on the page,
that is made anew. A page without gaps has a tag, by which a browser that has it is told so.
"""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from fastapi import Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dateline.errors import InputError
from dateline.record.deciding import last_entry
from dateline.record.record import Record
from dateline.site.faces.answers import has_tag
from dateline.site.filters import Filter, parsed
from dateline.site.packed import Packed, packed
from dateline.site.people import storing
from dateline.site.people.comments import Comment
from dateline.site.people.signed import reader_of, token_of
from dateline.site.people.threads import form_context, shown
from dateline.site.remembering import remembered
from dateline.site.rendering import page, render
from dateline.site.security import csrf_token
from dateline.site.state import record_of, site_of


@dataclass(frozen=True, slots=True)
class Page:
    """A kept page, with its tag; the comments on it, and what they may have been written to."""

    packed: Packed
    tag: str
    subjects: tuple[str, ...]
    comments: tuple[Comment, ...]

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return self.packed.weight + 100 * len(self.subjects) + 1000 * len(self.comments)


Context = Mapping[str, Any]


class Moved(Exception):
    """What an address is of has another one now."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


Make = Callable[[Connection], Context]
"""Makes what a page shows of the record, on a connection that sees one state of it."""
Told = Callable[[Connection, Record, Filter, tuple[InputError, ...]], Context]
"""Makes what a page shows of the incidents of a filter, given with the faults of the query."""


def published(request: Request, template: str, key: Hashable, make: Make, *, past: bool = False) -> Response:
    """The page of an address. What ``make`` gives is kept for the signed in by a key.

    ``past`` is whether it computes what it gives from the whole log.

    Has that a ``subject``, with all ``subjects`` that comments on it may have been written to, then the page
    has its comments too. ``make`` may raise ``Moved``.
    """
    try:
        with record_of(request).reading() as connection:
            if not token_of(request):
                return _public(request, connection, template, make, past)
            made = remembered(request, connection, key, lambda: make(connection))
            commented = _commented(connection, made.get("subjects", ()))
            given = _thread(request, connection, made, commented)
        return render(request, template, {**made, **given})
    except Moved as moved:
        return RedirectResponse(moved.address, 302)


def published_view(request: Request, template: str, told: Told) -> Response:
    """The page of the incidents that the address asks for."""
    record, (asked, faults) = record_of(request), parsed(request.query_params.multi_items())

    def make(connection: Connection) -> Context:
        return told(connection, record, asked, faults)

    return published(request, template, (template, asked, faults), make, past=asked.as_of is not None)


def _public(request: Request, connection: Connection, template: str, make: Make, past: bool) -> Response:
    site = site_of(request)
    address = f"{request.url.path}?{request.url.query}"
    entry = last_entry(connection)

    def found() -> Page | None:
        kept: Page | None = site.pages.found(entry, address)
        return kept if kept and _commented(connection, kept.subjects) == kept.comments else None

    kept = found()
    if kept is not None:
        return _answer(request, kept, "memory")
    with site.turn_of_past if past else site.turn:
        kept = found()  # by now somebody else may have asked for it
        if kept is None:
            kept = _page(request, connection, template, make(connection))
            site.pages.put(entry, address, kept)
    return _answer(request, kept, "record")


def _commented(connection: Connection, subjects: Iterable[str]) -> tuple[Comment, ...]:
    return tuple(storing.about(connection, subjects))


def _thread(
    request: Request, connection: Connection, made: Context, comments: tuple[Comment, ...]
) -> Context:
    """What the comments of a page need, if it has any."""
    if "subject" not in made:
        return {}
    thread = shown(connection, record_of(request), made["subject"], comments)
    form = form_context(connection, reader_of(request), {"about": made["subject"]}, {})
    return {"thread": thread, **form}


def _page(request: Request, connection: Connection, template: str, made: Context) -> Page:
    subjects = tuple(made.get("subjects", ()))
    comments = _commented(connection, subjects)
    thread = _thread(request, connection, made, comments)
    token, once = gaps()
    given = {**made, **thread, "once": once, "csrf_token": lambda: token, "reader": None}
    text = page(request, template, given)
    tag = f'W/"{sha256(text.encode()).hexdigest()[:32]}"'
    return Page(packed(text, gaps()), tag, subjects, comments)


@cache
def gaps() -> tuple[str, str]:
    """What stands on a kept page for a form's token, and for the mark by which it is sent once."""
    return f"token{secrets.token_hex(16)}", f"once{secrets.token_hex(16)}"


def _answer(request: Request, kept: Page, source: str) -> Response:
    headers = {"Vary": "Accept, Accept-Encoding, Cookie", "Server-Timing": f'from;desc="{source}"'}
    fillings: dict[str, bytes] = {}
    if kept.packed.gaps:
        token, once = gaps()
        fillings = {token: csrf_token(request).encode(), once: secrets.token_urlsafe(16).encode()}
    else:
        headers["ETag"] = kept.tag
        if has_tag(request, kept.tag):
            return Response(status_code=304, headers=headers)
    body = kept.packed.filled(fillings)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return HTMLResponse(body, 200, headers)
