"""What the routes of people share: forms, transactions, and answers to those who may not."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import JSONResponse, RedirectResponse, Response

from dateline.errors import RecordError
from dateline.record.engine import retrying, writing
from dateline.site.people.audit import Named, noted, noted_refusal
from dateline.site.people.keys import network
from dateline.site.people.signed import NotAllowed, NotSignedIn
from dateline.site.people.throttle import Try, reached, used_up
from dateline.site.rendering import render
from dateline.site.state import record_of, site_of

T = TypeVar("T")
NOT_KEPT = {"Cache-Control": "no-store"}


class PeopleRoute(APIRoute):
    """A route whose answers nobody keeps, and that asks to sign in where that is needed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                answer = await handle(request)
            except NotSignedIn:
                form = await request.form() if request.method == "POST" else FormData()
                answer = await run_in_threadpool(ask_to_sign_in, request, form)
            except NotAllowed as refused:
                noted_refusal(request, refused.person, refused.role)
                told = f"this is for {refused.role}s; ask whoever runs the site"
                raise HTTPException(403, told, NOT_KEPT) from None
            except RecordError as error:
                raise HTTPException(404, str(error), NOT_KEPT) from error
            answer.headers.setdefault("Cache-Control", "no-store")
            return answer

        return answered


def ask_to_sign_in(request: Request, form: FormData) -> Response:
    """The way to sign in, with what was typed taken along."""
    if wants_json(request):
        return JSONResponse({"problem": "You are not signed in any more. What you wrote is kept here."}, 401)
    if request.method != "POST":
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(asked)}", 303)
    page = text_in(form, "page")
    fields = {name: words for name, words in texts(form).items() if name not in ("page", "form_token")}
    kept = fields if page else {}  # without a page none of it is a draft; it may be a password
    back = local(text_in(form, "back") or _referring(request))
    told = {"next": back, "kept_page": page, "kept": kept, "problem": "You are not signed in any more."}
    return render(request, "people/sign_in.html", {"name": "", **told}, 401)


def _referring(request: Request) -> str:
    parts = urlsplit(request.headers.get("referer", ""))
    return parts.path + (f"?{parts.query}" if parts.query else "")


def local(path: str) -> str:
    """A path of this site, else the front page: nobody is led elsewhere."""
    is_local = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_local else "/"


def wants_json(request: Request) -> bool:
    """Whether a script asks, not a person's browser."""
    return "application/json" in request.headers.get("accept", "")


async def form_of(request: Request) -> FormData:
    """The fields of the form that was sent."""
    return await request.form()


def text_in(form: FormData, name: str) -> str:
    """What stands in a field; empty when it is not there."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def texts(form: FormData) -> dict[str, str]:
    """The fields with what stands in them; files are left out."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str)}


def number_in(form: FormData, name: str) -> int | None:
    """The whole number in a field; null when there is none."""
    text = text_in(form, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def reading(request: Request, act: Callable[[Connection], T]) -> T:
    """What an act finds in one state of the database."""
    with record_of(request).reading() as connection:
        return act(connection)


def write(request: Request, act: Callable[[Connection], T]) -> T:
    """What an act gives within a transaction in which nobody else writes."""

    def whole() -> T:
        with writing(record_of(request).engine) as connection:
            return act(connection)

    return retrying(whole)


def network_of(request: Request) -> str:
    """The network that a request comes from; empty when unknown."""
    return network(request.client.host if request.client else None)


def within(request: Request, *tried: Try, who: Named | None = None) -> bool:
    """Whether one more try, which is counted, is within its limits.

    Beyond them a try is no write, so that however many there are, others need not wait.
    """
    key = site_of(request).key
    beyond = reading(request, lambda connection: used_up(connection, key, *tried))
    beyond = beyond or write(request, lambda connection: reached(connection, key, *tried))
    if beyond is not None:
        noted(request, "limit-reached", who, limit=beyond.name)
    return beyond is None


def see(path: str) -> Response:
    """Go on to a page, after something was done."""
    return RedirectResponse(path, 303)
