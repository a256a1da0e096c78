"""The pages of subscriptions: asked for, confirmed, ended; webhooks and tokens of those who are signed in.

A GET shows and a POST acts: programs that follow every link of a mail neither confirm nor unsubscribe.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar, get_args

from fastapi import APIRouter, Depends, HTTPException, Request
from sqlalchemy import Connection
from starlette.datastructures import FormData
from starlette.responses import Response

from dateline.errors import InputError
from dateline.site.faces import tokens
from dateline.site.listing import shown
from dateline.site.people.routes import (
    PeopleRoute,
    form_of,
    network_of,
    reading,
    see,
    text_in,
    within,
    write,
)
from dateline.site.people.signed import Person, needs
from dateline.site.people.throttle import HOUR, Limit
from dateline.site.rendering import render
from dateline.site.security import csrf_checked
from dateline.site.settings import SiteSettings
from dateline.site.state import record_of, settings_of, site_of
from dateline.site.subscribe import outbox, subscriptions, webhook
from dateline.site.subscribe.links import Purpose, subscription_of
from dateline.site.subscribe.mail import PACES
from dateline.site.subscribe.news import view_of
from dateline.site.subscribe.subscriptions import Subscription
from dateline.site.subscribe.timing import Pace
from dateline.site.titles import feed, view

router = APIRouter(route_class=PeopleRoute)

T = TypeVar("T")
Form = Annotated[FormData, Depends(form_of)]
Reader = Annotated[Person, Depends(needs("reader"))]
CHECKED = [Depends(csrf_checked)]
ASKED_OF_ADDRESS = Limit("subscriptions by mail from an address", 10, HOUR)
SHOWN = 10
"""Deliveries of a webhook that its owner sees."""


@router.get("/subscribe")
def subscribe(request: Request) -> Response:
    """The ways in which a view can be had as news."""
    return _subscribe(request, request.url.query)


def _subscribe(
    request: Request, query: str, problem: str = "", status: int = 200, address: str = "", pace: str = "daily"
) -> Response:
    asked = _asked(query)
    with record_of(request).reading() as connection:
        named = shown(connection, asked)
    told = {
        "view_query": asked.query(),
        "view_title": view(asked),
        "feed_title": feed(asked, named),
        "by_mail": by_mail(settings_of(request)),
        "paces": PACES,
        "problem": problem,
        "address": address,
        "pace": pace,
    }
    return render(request, "subscribe/subscribe.html", told, status)


def by_mail(settings: SiteSettings) -> bool:
    """Whether the site sends mail."""
    return bool(settings.smtp_host and settings.mail_from)


@router.post("/subscribe/mail", dependencies=CHECKED)
def subscribe_by_mail(request: Request, form: Form) -> Response:
    """A mail that asks to confirm; whether the address is known already is not told."""
    query, pace, given = (text_in(form, name) for name in ("view", "pace", "address"))
    if not by_mail(settings_of(request)):
        raise HTTPException(404, "this site sends no mail")
    if pace not in get_args(Pace):
        raise HTTPException(400, "choose how often")
    try:
        address = subscriptions.mail_address(given)
    except InputError as error:
        return _subscribe(request, query, str(error), 422, given, pace)
    if not within(request, ASKED_OF_ADDRESS.by(network_of(request))):
        told = "That was asked for too often from here. Please come back in an hour."
        return _subscribe(request, query, told, 429, given, pace)
    asked, now = _asked(query).query(), _now()

    def ask(connection: Connection) -> None:
        to = subscriptions.ask_by_mail(connection, address, asked, pace, now)  # type: ignore[arg-type]
        if to.state == "pending" and subscriptions.may_ask(connection, address, now):
            outbox.put(connection, to, "confirm", now)

    write(request, ask)
    return render(request, "subscribe/asked.html", {"address": address})


@router.get("/confirm/{token}")
def confirm_page(request: Request, token: str) -> Response:
    """The question whether the news are wanted."""
    return _linked(request, "confirm", token, False)


@router.post("/confirm/{token}")
def confirm(request: Request, token: str) -> Response:
    """The address is confirmed."""
    identity = _identity(request, "confirm", token)
    write(request, lambda connection: subscriptions.confirm(connection, identity, _now()))
    return _linked(request, "confirm", token, True)


@router.get("/unsubscribe/{token}")
def unsubscribe_page(request: Request, token: str) -> Response:
    """The question whether to end it."""
    return _linked(request, "unsubscribe", token, False)


@router.post("/unsubscribe/{token}")
def unsubscribe(request: Request, token: str) -> Response:
    """The end of a subscription by mail, also by one click in a mail program (RFC 8058)."""
    identity = _identity(request, "unsubscribe", token)

    def end(connection: Connection) -> None:
        known = subscriptions.by_id(connection, identity)
        if known is not None:
            subscriptions.end(connection, known)

    write(request, end)
    return _linked(request, "unsubscribe", token, True)


def _identity(request: Request, purpose: Purpose, token: str) -> str:
    found = subscription_of(site_of(request).key, purpose, token)
    if found is None:
        raise HTTPException(404, "this link is not whole; copy all of it from the mail")
    return found


def _linked(request: Request, purpose: Purpose, token: str, done: bool) -> Response:
    """The page that a link of a mail leads to."""
    identity = _identity(request, purpose, token)
    known = reading(request, lambda connection: subscriptions.by_id(connection, identity))
    told = {
        "known": known,
        "pace": PACES[known.pace] if known else "",
        "view_title": view(view_of(known.view)) if known else "",
        "done": done,
        "path": request.url.path,
    }
    return render(request, f"subscribe/{purpose}.html", told)


@router.get("/subscriptions")
def own(request: Request, reader: Reader) -> Response:
    """The webhooks and tokens of whoever is signed in."""
    return _own(request, reader)


def _own(request: Request, reader: Person, status: int = 200, **more: str) -> Response:
    def find(connection: Connection) -> dict[str, Any]:
        hooks = subscriptions.of_account(connection, reader.id)
        return {
            "hooks": [
                {
                    "hook": each,
                    "view_title": view(view_of(each.view)),
                    "deliveries": outbox.of_subscription(connection, each.number, SHOWN),
                }
                for each in hooks
            ],
            "tokens": tokens.of_account(connection, reader.id),
        }

    told = {
        "problem": "",
        "secret": "",
        "token": "",
        "target": "",
        "view_query": request.query_params.get("view", ""),
    }
    found = reading(request, find)
    return render(request, "subscribe/own.html", {**told, **found, **more}, status)


@router.post("/subscriptions/webhooks", dependencies=CHECKED)
def make_webhook(request: Request, reader: Reader, form: Form) -> Response:
    """A webhook, with its secret, which is shown this once."""
    target, query = text_in(form, "target"), text_in(form, "view").removeprefix("?")
    settings, asked = settings_of(request), _asked(query).query()
    try:
        target = webhook.address(settings, target)
        webhook.reach(settings, target)
        made = write(
            request,
            lambda connection: subscriptions.make_webhook(connection, reader.id, target, asked, _now()),
        )
    except InputError as error:
        return _own(request, reader, 422, problem=str(error), target=target, view_query=query)
    return _own(request, reader, 201, secret=made.secret or "")


@router.post("/subscriptions/webhooks/{identity}/{act}", dependencies=CHECKED)
def change_webhook(request: Request, reader: Reader, identity: str, act: str) -> Response:
    """A webhook is tried, resumed or removed."""
    if act not in ACTS:
        raise HTTPException(404, "there is nothing of this name")

    def change(connection: Connection) -> None:
        known = subscriptions.by_id(connection, identity)
        if known is None or known.account != reader.id:
            raise HTTPException(404, "you have no such webhook")
        ACTS[act](connection, known, _now())

    write(request, change)
    return see("/subscriptions")


def _try(connection: Connection, known: Subscription, now: datetime) -> None:
    outbox.put(connection, known, "test", now)


def _end(connection: Connection, known: Subscription, _: datetime) -> None:
    subscriptions.end(connection, known)


ACTS: dict[str, Callable[[Connection, Subscription, datetime], None]] = {
    "test": _try,
    "resume": subscriptions.resume,
    "remove": _end,
}
"""What can be done with a webhook."""


@router.post("/subscriptions/tokens", dependencies=CHECKED)
def make_token(request: Request, reader: Reader, form: Form) -> Response:
    """A token for programs, which is shown this once."""
    name = " ".join(text_in(form, "name").split())[:80] or "a program"
    try:
        made = write(request, lambda connection: tokens.make(connection, reader.id, name, _now()))
    except InputError as error:
        return _own(request, reader, 422, problem=str(error))
    return _own(request, reader, 201, token=made)


@router.post("/subscriptions/tokens/{identity}/remove", dependencies=CHECKED)
def remove_token(request: Request, reader: Reader, identity: str) -> Response:
    """A token that acts no more."""
    write(request, lambda connection: tokens.remove(connection, reader.id, identity))
    return see("/subscriptions")


def _asked(query: str) -> Any:
    try:
        return view_of(query)
    except InputError as error:
        raise HTTPException(400, str(error)) from error


def _now() -> datetime:
    return datetime.now(UTC)
