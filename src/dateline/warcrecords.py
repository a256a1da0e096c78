"""WARC 1.1 records as bytes, each a gzip member of its own (annex D): what web archives are made of.

A record's id is made of its content, so that the same page exported twice is the same record.
"""

from __future__ import annotations

import gzip
import hashlib
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote

from dateline import __version__
from dateline.types import Page

FIELDS = "application/warc-fields"
WEB = ("http://", "https://")
FILE = "file:"
"""What the address of a page begins with in an archive when it came from a file or from standard input."""


def made(
    kind: str,
    date: str,
    block: bytes,
    content_type: str | None = None,
    uri: str | None = None,
    payload: bytes | None = None,
    more: Iterable[tuple[str, str]] = (),
) -> bytes:
    """A record as a gzip member. ``date`` is ISO 8601; ``payload`` is the body within ``block``, if any."""
    headers = [
        ("WARC-Type", kind),
        ("WARC-Date", in_utc(date)),
        ("WARC-Record-ID", identity(kind, date, uri or "", block)),
        ("WARC-Target-URI", uri),
        ("WARC-Block-Digest", sha256(block)),
        ("WARC-Payload-Digest", None if payload is None else sha256(payload)),
        *more,
        ("Content-Type", content_type),
        ("Content-Length", str(len(block))),
    ]
    lines = ["WARC/1.1", *(f"{name}: {line(value)}" for name, value in headers if value)]
    head = "\r\n".join(lines).encode("utf-8", "replace")
    return gzip.compress(head + b"\r\n\r\n" + block + b"\r\n\r\n", 6, mtime=0)


def info(date: str) -> bytes:
    """The record that an archive begins with."""
    return made(
        "warcinfo", date, f"software: dateline {__version__}\r\nformat: WARC/1.1\r\n".encode(), FIELDS
    )


def resource(page: Page, date: str) -> bytes:
    """A page as it is held; ``date`` is for one that does not know when it was fetched."""
    return made("resource", page.fetched or date, page.content, page.media_type, uri_of(page), page.content)


def uri_of(page: Page) -> str:
    """A page's address as a URI; ``ingest.warc`` gives it back as it was."""
    return page.address if page.address.startswith(WEB) else FILE + quote(page.address, safe="/")


def identity(*parts: str | bytes) -> str:
    """A record's id: a UUID of what it holds."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "replace") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data) + data)
    return f"<urn:uuid:{uuid.UUID(bytes=sha.digest()[:16], version=5)}>"


def sha256(data: bytes) -> str:
    """A labelled digest."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def in_utc(date: str) -> str:
    """An ISO 8601 time as WARC writes it; one without zone is in UTC."""
    time = datetime.fromisoformat(date)
    time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def line(value: str) -> str:
    """A header's value on one line."""
    return " ".join(value.split())
