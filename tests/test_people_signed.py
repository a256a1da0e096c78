"""Which route is for whom: a table, and each route held to it on the server."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from peopled import ANALYST, ARTICLE, INCIDENT, KILLED, MODERATOR, READER, Visitor

from dateline.site.people import commenting, desk, enrolling, moderating, signing

ALL = ("public", "reader", "analyst", "moderator")
NAMES = {"reader": READER, "analyst": ANALYST, "moderator": MODERATOR}

ALLOWED = {
    ("GET", "/sign-in"): ALL,
    ("POST", "/sign-in"): ALL,
    ("POST", "/sign-in/code"): ALL,
    ("POST", "/sign-out"): ALL,
    ("GET", "/account"): ALL[1:],
    ("POST", "/account/password"): ALL[1:],
    ("GET", "/account/second-factor"): ALL[1:],
    ("POST", "/account/second-factor"): ALL[1:],
    ("POST", "/account/second-factor/on"): ALL[1:],
    ("POST", "/account/second-factor/codes"): ALL[1:],
    ("POST", "/account/second-factor/off"): ALL[1:],
    ("GET", "/proof"): ALL,
    ("GET", "/comments/new"): ALL,
    ("POST", "/comments"): ALL,
    ("GET", "/comments/{identity}"): ALL,  # with its key; without, it is not there
    ("POST", "/comments/{identity}/erase"): ALL,
    ("GET", "/drafts"): ALL[1:],
    ("PUT", "/drafts"): ALL[1:],
    ("GET", "/moderation"): ALL[3:],
    ("POST", "/moderation/comments/{identity}"): ALL[3:],
    ("POST", "/moderation/blocks"): ALL[3:],
    ("POST", "/moderation/blocks/lift"): ALL[3:],
    ("GET", "/moderation/comments.csv"): ALL[3:],
    ("GET", "/moderation/comments.jsonl"): ALL[3:],
    ("GET", "/desk"): ALL[2:],
    ("POST", "/desk/links"): ALL[2:],
    ("POST", "/desk/events"): ALL[2:],
    ("POST", "/desk/comments/{identity}"): ALL[2:],
    ("POST", "/desk/proposals/{identity}"): ALL[2:],
    ("GET", "/desk/claims/{identity}"): ALL[2:],
    ("POST", "/desk/claims/{identity}"): ALL[2:],
    ("GET", "/desk/incidents/{identity}"): ALL[2:],
    ("POST", "/desk/incidents/{identity}/merge"): ALL[2:],
    ("POST", "/desk/incidents/{identity}/split"): ALL[2:],
    ("POST", "/desk/incidents/{identity}/unsure"): ALL[2:],
    ("POST", "/desk/decisions/{identity}/undo"): ALL[2:],
}
"""Every route of people × role."""


def test_the_table_has_every_route() -> None:
    routers = (signing.router, enrolling.router, commenting.router, moderating.router, desk.router)
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    assert {(method, route.path) for route in routes for method in route.methods or ()} == set(ALLOWED)


@pytest.mark.parametrize("role", ALL)
def test_each_route_is_for_whom_the_table_says(visitor: Visitor, role: str) -> None:
    if role != "public":
        visitor.sign_in(NAMES[role])
    for (method, path), roles in ALLOWED.items():
        if path == "/sign-out":
            continue  # at the end
        answer = asked(visitor, method, path.format(identity=KILLED.id if "claims" in path else INCIDENT))
        refused = answer.status_code in (401, 403) or "/sign-in" in answer.headers.get("location", "")
        assert refused == (role not in roles), (method, path, answer.status_code)


def asked(visitor: Visitor, method: str, path: str) -> Any:
    if method == "PUT":
        body = {"page": "x", "fields": {"words": "y"}}
        return visitor.client.put(path, json=body, headers={"X-Form-Token": visitor.token()})
    if method == "POST":
        return visitor.post(path, about=INCIDENT, name="", words="", password="")
    return visitor.client.get(path, params={"about": ARTICLE, "page": "x"})


@pytest.mark.parametrize(("method", "path"), [each for each in ALLOWED if each[0] != "GET"])
def test_nothing_is_done_for_another_site(visitor: Visitor, method: str, path: str) -> None:
    """Without a token of this browser a form does nothing; a comment counts as not signed in."""
    visitor.sign_in(MODERATOR)
    path = path.format(identity=KILLED.id if "claims" in path else INCIDENT)
    data = {"form_token": "0.0", "about": INCIDENT, "words": "w", "name": "n"}
    answer = visitor.client.request(method, path, data=data)
    if path == "/comments":
        assert "human check" in visitor.get(answer.headers["location"]).text
    else:
        assert answer.status_code == 403


def test_the_role_of_now_counts(visitor: Visitor) -> None:
    from dateline.record.engine import writing
    from dateline.site.people import accounts

    visitor.sign_in(MODERATOR)
    assert visitor.get("/moderation").status_code == 200
    with writing(visitor.record.engine) as connection:
        accounts.change(connection, accounts.named(connection, MODERATOR).number, role="reader")
    assert visitor.get("/moderation").status_code == 403
    assert visitor.get("/account").status_code == 200


def test_the_app_has_these_routes(visitor: Visitor) -> None:
    assert isinstance(visitor.app, FastAPI)
    assert visitor.get("/sign-in").status_code == 200
