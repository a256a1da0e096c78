from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from threading import Thread

import pytest
from post import SETTINGS, receiver
from standardwebhooks import Webhook

from dateline.errors import AddressError, InputError
from dateline.site.subscribe import webhook
from dateline.site.subscribe.outbox import Delivery, Undelivered
from dateline.site.subscribe.subscriptions import Subscription

OUTER = replace(SETTINGS, webhook_networks="")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
DELIVERY = Delivery(1, "d" * 32, 1, "test", 3, 5, (), "2024-04-01T12:00:00Z", "", 0, None, None)


def hook(target: str) -> Subscription:
    return Subscription(1, "s", "webhook", target, "", "once", "active", "7", SECRET, "", 0, "", None, None)


@pytest.mark.parametrize(
    "given", ["https://hook.example/a?b=c", "https://hook.example:8443/", "https://[2606::1]/"]
)
def test_an_encrypted_address_will_do(given: str) -> None:
    assert webhook.address(OUTER, f" {given} ") == given


@pytest.mark.parametrize(
    "given",
    [
        "",
        "hook.example",
        "ftp://hook.example/",
        "http://hook.example/",
        "https:///path",
        "https://user:word@hook.example/",
        "https://hook.example/#part",
        "https://hook.example:25/",
        "https://hook.example:99999/",
        "https://hook.example/\r\nHost: inner",
        "https://[::1/",
        "https://hook.example/" + "a" * 2000,
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_another_is_refused(given: str) -> None:
    with pytest.raises(InputError):
        webhook.address(OUTER, given)


@pytest.mark.parametrize("inner", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "::ffff:10.0.0.7"])
def test_a_name_that_leads_to_an_inner_network_is_refused(inner: str) -> None:
    with pytest.raises(AddressError, match="not on the public internet"):
        webhook.reach(OUTER, "https://hook.example/", lambda *_: [inner])


def test_a_name_that_leads_elsewhere_when_it_is_posted_to_is_refused_then() -> None:
    """DNS rebinding: it was public when the webhook was made."""
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    assert webhook.reach(OUTER, "https://hook.example/", lambda *_: next(answers)) == ["8.8.8.8"]
    with pytest.raises(Undelivered, match="not on the public internet"):
        webhook.post(OUTER, hook("https://hook.example/"), DELIVERY, (), _now(), lambda *_: next(answers))


def test_what_was_looked_up_is_connected_to_under_the_name_that_was_given() -> None:
    with receiver() as kept:
        port = kept.url.split(":")[2]
        target = f"http://hook.example:{port}"
        webhook.post(SETTINGS, hook(target), DELIVERY, (), _now(), lambda *_: ["127.0.0.1"])
    headers, _ = kept.posts[0]
    assert headers["Host"] == f"hook.example:{port.partition('/')[0]}"


def test_a_receiver_can_verify_who_posts() -> None:
    with receiver() as kept:
        webhook.post(SETTINGS, hook(kept.url), DELIVERY, (), _now())
    headers, body = kept.posts[0]
    told = Webhook(SECRET).verify(body, headers)
    assert told == json.loads(body)
    assert told["type"] == "test"
    assert told["data"] == {"view": "https://site.example/", "since": 3, "until": 5, "incidents": []}
    assert headers["webhook-id"] == f"msg_{'d' * 32}"


@contextmanager
def dawdling() -> Iterator[str]:
    """A receiver that answers a byte now and then."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(10)  # nobody may come

    def dawdle() -> None:
        try:
            connection, _ = server.accept()
        except TimeoutError:
            return
        with connection:
            try:
                for byte in b"HTTP/1.1 200 OK\r\n" * 100:
                    connection.sendall(bytes([byte]))
                    connection.settimeout(0.05)
                    try:
                        connection.recv(65536)
                    except TimeoutError:
                        continue
            except OSError:
                return

    thread = Thread(target=dawdle)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
    finally:
        thread.join()
        server.close()


def test_a_receiver_that_dawdles_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "DEADLINE_SECONDS", 0.5)
    with dawdling() as url, pytest.raises(Undelivered, match="did not answer within"):
        webhook.post(SETTINGS, hook(url), DELIVERY, (), _now())


def test_a_receiver_that_is_not_there_is_told() -> None:
    with receiver() as kept:
        url = kept.url
    with pytest.raises(Undelivered, match="the webhook: "):
        webhook.post(SETTINGS, hook(url), DELIVERY, (), _now())


def _now() -> datetime:
    return datetime.now(UTC)
