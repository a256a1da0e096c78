"""Ends of deliveries for the tests: a clock, a mail server and a webhook's receiver on the loopback, news."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from databases import free_port
from logs import article, read, report

from dateline.record.record import Record
from dateline.site.settings import SiteSettings
from dateline.site.subscribe.delivering import Office
from dateline.types import Reading

KEY = b"k" * 32
START = datetime(2024, 4, 1, 12, tzinfo=UTC)
SETTINGS = SiteSettings(
    base_url="https://site.example",
    smtp_host="127.0.0.1",
    smtp_security="none",
    mail_from="Dateline <news@site.example>",
    webhook_networks="127.0.0.0/8",
)


@dataclass
class Clock:
    """A clock that stands until it is put on."""

    moment: datetime = START

    def __call__(self) -> datetime:
        return self.moment

    def on(self, **spell: float) -> None:
        self.moment += timedelta(**spell)


@dataclass
class Mailbox:
    """What a mail server was handed; ``answers`` are what it says to the next recipients instead of OK."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 OK"


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server, as long as the context."""
    box = Mailbox(free_port())
    server = Controller(box, hostname="127.0.0.1", port=box.port, ready_timeout=30)
    server.start()
    try:
        yield box
    finally:
        server.stop()


@dataclass
class Receiver:
    """What a webhook got; ``statuses`` are what it answers next instead of 200."""

    url: str = ""
    posts: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A web server that takes posts, as long as the context."""
    kept = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = kept.statuses.pop(0) if kept.statuses else 200
            kept.posts.append((dict(self.headers), body))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", kept.url)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def raid(number: int) -> Reading:
    """A reading with one incident of its own."""
    text = f"Gunmen raided post {number} near Ostrel."
    return read(article(f"https://wire.example/{number}", text), [report(text, "raided")])


def office(record: Record, clock: Clock, **more: Any) -> Office:
    """Deliveries by a clock that is told, through real ends unless told otherwise."""
    return Office(record, SETTINGS, KEY, clock, **more)
