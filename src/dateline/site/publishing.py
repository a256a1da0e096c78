"""Pages for everybody, made once for each state of the record and then given from memory.

Kept is only what every reader sees alike who is not signed in: whoever sends a cookie of a session, good or
not, gets a page that is made for them. A form's token and the mark that it is sent once are made for each
reader and put into gaps; what was commented is looked up each time, and where it is other than on the page,
that is made anew. A page without gaps has a tag, by which a browser that has it is told so.
"""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from fastapi import HTTPException, Request
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
from dateline.site.state import Site, record_of, site_of


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
PAST_SECONDS = 2.0
"""How long a view of the past waits for another one: who waits keeps a thread from everybody else."""
BUSY = "others are looking at the past, which takes long; ask again in some seconds"


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
        if not token_of(request):
            return _public(request, template, make, past)
        reader_of(request)  # their last use may be noted now, which the page's own reading would keep waiting
        with record_of(request).reading() as connection:
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


def _public(request: Request, template: str, make: Make, past: bool) -> Response:
    """Nobody waits for a turn with a connection: it would see a state of before, and keep writers waiting."""
    site = site_of(request)
    with site.record.engine.connect() as connection:
        kept = _found(request, connection)
    if kept is not None:
        return _answer(request, kept, "memory")
    with _turn(site, past), site.record.reading() as connection:
        kept = _found(request, connection)  # by now somebody else may have asked for it
        if kept is None:
            kept = _page(request, connection, template, make(connection))
            site.pages.put(last_entry(connection), _address(request), kept)
    return _answer(request, kept, "record")


@contextmanager
def _turn(site: Site, past: bool) -> Iterator[None]:
    turn, patience = (site.turn_of_past, PAST_SECONDS) if past else (site.turn, -1)
    if not turn.acquire(timeout=patience):
        raise HTTPException(503, BUSY, {"Retry-After": "10"})
    try:
        yield
    finally:
        turn.release()


def _found(request: Request, connection: Connection) -> Page | None:
    """The page of an address if it is kept and nothing has been commented since."""
    kept: Page | None = site_of(request).pages.found(last_entry(connection), _address(request))
    return kept if kept and _commented(connection, kept.subjects) == kept.comments else None


def _address(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}"


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
