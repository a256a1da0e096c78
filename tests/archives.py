"""Invented web archives for the tests: records in the layout of Common Crawl's news."""

from __future__ import annotations

import base64
import gzip
import hashlib

from dateline.types import Page

DATE = "2031-05-04T10:00:00Z"
PARAGRAPH = "Gunmen attacked the Orlin crossing before dawn on Sunday, killing four guards, officials said. "


def html(number: int) -> bytes:
    """A page, each another."""
    return (
        f"<html><head><title>Raid number {number} on Orlin crossing</title></head>"
        f"<body><article><h1>Raid number {number} on Orlin crossing</h1><p>{PARAGRAPH * (1 + number % 3)}</p>"
        f"</article></body></html>"
    ).encode()


def address(number: int) -> str:
    return f"https://news.example/{number}.html"


def page(number: int) -> Page:
    """What is to be read of ``response(address(number), html(number))``."""
    return Page(address(number), html(number), "text/html; charset=utf-8", DATE)


def record(kind: str, uri: str, block: bytes, content_type: str, *headers: str) -> bytes:
    """A record as it stands in a plain archive."""
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
    lines = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {uri}",
        f"WARC-Date: {DATE}",
        f"WARC-Record-ID: <urn:uuid:{hashlib.md5(block).hexdigest()}>",
        f"WARC-Block-Digest: sha1:{digest}",
        f"Content-Type: {content_type}",
        *headers,
        f"Content-Length: {len(block)}",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def response(
    uri: str,
    body: bytes,
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    *headers: str,
) -> bytes:
    """A response's record."""
    told = [f"HTTP/1.1 {status}", *headers, *([f"Content-Type: {content_type}"] if content_type else [])]
    block = "\r\n".join(told).encode() + b"\r\n\r\n" + body
    return record("response", uri, block, "application/http; msgtype=response")


def news(numbers: range) -> list[bytes]:
    """The records of an archive of pages: a warcinfo, then for each page request, response and metadata."""
    records = [record("warcinfo", "", b"software: invented\r\n", "application/warc-fields")]
    for number in numbers:
        asked = b"GET /%d.html HTTP/1.1\r\nHost: news.example\r\n\r\n" % number
        records.append(record("request", address(number), asked, "application/http; msgtype=request"))
        records.append(response(address(number), html(number)))
        records.append(record("metadata", address(number), b"fetchTimeMs: 12\r\n", "application/warc-fields"))
    return records


def zipped(records: list[bytes]) -> list[bytes]:
    """The records as members of a gzip file."""
    return [gzip.compress(each, mtime=0) for each in records]
