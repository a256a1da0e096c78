"""Subscriptions to a webhook: posts signed as Standard Webhooks has it, to the public internet alone.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import httpx2
from standardwebhooks import Webhook

from dateline import __version__
from dateline.addresses import Resolve, resolved
from dateline.errors import AddressError, InputError
from dateline.site.changes import Change
from dateline.site.faces.forms import brief
from dateline.site.settings import SiteSettings
from dateline.site.subscribe.news import view_of
from dateline.site.subscribe.outbox import Delivery, Undelivered
from dateline.site.subscribe.subscriptions import Subscription

LONGEST = 2000
DEADLINE_SECONDS = 15
"""For all of a delivery, so that a receiver who answers a byte a minute holds nothing up."""
GONE = 410
"""By which a receiver says that it wants no more."""


def address(settings: SiteSettings, given: str) -> str:
    """An address that may be posted to. Raises ``InputError`` for another."""
    given = given.strip()
    try:
        parts = urlsplit(given)
        port, host = parts.port, parts.hostname
    except ValueError:
        parts, port, host = urlsplit(""), None, None
    if len(given) > LONGEST or not given.isprintable() or not host:
        raise InputError(given[:80] or "the address", "is no web address", "write https://… in full")
    schemes = ("https", "http") if settings.webhook_networks else ("https",)
    if parts.scheme not in schemes:
        raise InputError(given[:80], "is not encrypted", "give an address that begins with https://")
    if parts.username is not None or parts.fragment:
        raise InputError(given[:80], "holds a user or a fragment", "leave out what is before @ or behind #")
    if port is not None and port < 1024 and port not in (80, 443):
        raise InputError(given[:80], f"names port {port}", "use 443, or a port from 1024 on")
    return given


def reach(settings: SiteSettings, target: str, resolve: Resolve | None = None) -> list[str]:
    """The network addresses of a webhook. Raises ``AddressError`` when it has none that may be reached."""
    parts = urlsplit(address(settings, target))
    port = parts.port or (443 if parts.scheme == "https" else 80)
    networks = [each.strip() for each in settings.webhook_networks.split(",") if each.strip()]
    return resolved(parts.hostname or "", port, allow=networks, resolve=resolve)


def payload(
    settings: SiteSettings, to: Subscription, delivery: Delivery, told: Sequence[Change]
) -> dict[str, Any]:
    """What is posted: a type, a time, and the incidents that are new or have changed."""
    asked = view_of(to.view)
    query = asked.query() and f"?{asked.query()}"
    incidents = [
        {"change": "new" if each.began > delivery.since else "changed", **brief(settings, each.brief)}
        for each in told
    ]
    return {
        "type": "test" if delivery.kind == "test" else "incidents.changed",
        "timestamp": delivery.made,
        "data": {
            "view": f"{settings.base_url}/{query}",
            "since": delivery.since,
            "until": delivery.until,
            "incidents": incidents,
        },
    }


def signed(secret: str, identity: str, body: str, now: datetime) -> dict[str, str]:
    """The headers by which a receiver knows who posts, and that nothing was changed or is sent once more."""
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Dateline/{__version__}",
        "webhook-id": identity,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(identity, now, body),
    }


def post(
    settings: SiteSettings,
    to: Subscription,
    delivery: Delivery,
    told: Sequence[Change],
    now: datetime,
    resolve: Resolve | None = None,
) -> None:
    """Post a delivery to its webhook. Raises ``Undelivered`` unless it is taken.

    Its addresses are looked up and checked now, and one of these is connected to. No redirect is followed.
    """
    try:
        addresses = reach(settings, to.target, resolve)
    except AddressError as error:
        raise Undelivered(str(error)) from error
    body = json.dumps(payload(settings, to, delivery, told))
    headers = signed(to.secret or "", f"msg_{delivery.id}", body, now)
    status = asyncio.run(_posted(to.target, addresses[0], headers, body.encode()))
    if not 200 <= status < 300:
        raise Undelivered(f"the webhook answered {status}", for_good=status == GONE)


async def _posted(target: str, host: str, headers: dict[str, str], body: bytes) -> int:
    """The status that a webhook answers with; what else it says is not read."""
    url = httpx2.URL(target)
    pinned = url.copy_with(host=host)
    told = {**headers, "Host": url.netloc.decode()}
    try:
        async with asyncio.timeout(DEADLINE_SECONDS), httpx2.AsyncClient(trust_env=False) as client:
            request = client.build_request(
                "POST", pinned, headers=told, content=body, extensions={"sni_hostname": url.host}
            )
            answer = await client.send(request, stream=True)
            await answer.aclose()
            return int(answer.status_code)
    except TimeoutError as error:
        raise Undelivered(f"the webhook did not answer within {DEADLINE_SECONDS} seconds") from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Undelivered(f"the webhook: {error or type(error).__name__}") from error
