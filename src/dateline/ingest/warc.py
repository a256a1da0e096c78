"""Web archives (WARC 1.0 and 1.1, such as Common Crawl's CC-News) → pages.

Pages are responses of status 200 in HTML, and resources in HTML. Requests, metadata and the like are
passed over; responses that are no pages are counted and told at the end, a line a file.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO
from urllib.parse import unquote

from fastwarc.warc import HeaderMap, WarcRecord, WarcRecordType

from dateline.errors import InputError, SkippedInput
from dateline.ingest.archive import GZIP, PLAIN, Gap, Raw, records
from dateline.ingest.inflating import Damaged, TooLarge, inflated
from dateline.types import Page

MAX_BYTES = 20_000_000
"""The most bytes of one page, inflated."""
HTML = ("text/html", "application/xhtml+xml")
MEDIA_TYPE = "application/warc"
FILE_URI = "file:"
"""What the address of a page begins with in an archive that came from a file."""
AFRESH = "get the file afresh"


def is_archive(begins: bytes) -> bool:
    """Whether a file that begins so is a web archive, compressed or not."""
    if begins.startswith(GZIP):
        try:
            begins = zlib.decompressobj(wbits=31).decompress(begins, 64)
        except zlib.error:
            return False
    return begins.startswith(PLAIN)


def read_archive(
    name: str, stream: IO[bytes], passed: Callable[[int], None] = lambda _: None
) -> Iterator[Page | InputError]:
    """The pages of a seekable file, ``InputError`` for damage, and at the end what was left out.

    ``passed`` is told how many bytes of the file lie behind, each time that is more.
    """
    left_out: Counter[str] = Counter()
    seen = behind = 0
    for found in records(stream):
        seen += isinstance(found, Raw)
        passed(found.start - behind)
        behind = found.start
        item = fault(name, found) if isinstance(found, Gap) else page(name, found)
        if isinstance(item, str):
            left_out[item] += bool(item)
        elif item is not None:
            yield item
    passed(stream.tell() - behind)
    if left_out.total():
        reasons = ", ".join(f"{number} {reason}" for reason, number in left_out.most_common())
        yield SkippedInput(name, f"responses left out: {reasons}", "pages of status 200 in HTML are read")
    if not seen:
        yield InputError(name, "holds no whole record of a web archive", AFRESH)


def fault(name: str, gap: Gap) -> InputError | None:
    """What is told of bytes that are no record; nothing of a large one that is no page."""
    where = f"{name}, byte {gap.start:,}"
    if gap.kind == "large":
        reason = f"has a page larger than {MAX_BYTES // 1_000_000} MB"
        return InputError(where, reason, "it is left out") if gap.reason in ("response", "resource") else None
    if gap.kind == "cut":
        return InputError(where, "ends within a record; those before it are read", AFRESH)
    reason = f"{gap.end - gap.start:,} bytes cannot be read ({gap.reason})"
    return InputError(where, reason, f"what comes after them is read; {AFRESH}")


def page(name: str, raw: Raw) -> Page | InputError | str:
    """The page of a record, or why it is none: in no words where it holds no response."""
    where = f"{name}, byte {raw.start:,}"
    try:
        record = WarcRecord.from_bytes(raw.data)
    except OSError as error:
        return InputError(where, f"has a record that cannot be read ({error})", f"it is left out; {AFRESH}")
    kind = record.record_type
    if kind == WarcRecordType.revisit:
        return "seen before (revisit)"
    if kind not in (WarcRecordType.response, WarcRecordType.resource):
        return ""
    if "WARC-Block-Digest" in record.headers and not sound(record):
        reason = "has a record that does not fit its digest"
        return InputError(where, reason, f"it is left out; {AFRESH}")
    address = told(record.headers, "WARC-Target-URI").strip("<> ")
    if not address:
        return "without address"
    if kind == WarcRecordType.resource:
        return resource(record, address)
    return response(record, address)


def sound(record: WarcRecord) -> bool:
    """Whether a record's block has its digest, if that is SHA-1 or SHA-256; others are believed."""
    algorithm = told(record.headers, "WARC-Block-Digest").partition(":")[0].lower()
    return algorithm not in ("sha1", "sha256") or bool(record.verify_block_digest())


def resource(record: WarcRecord, address: str) -> Page | str:
    """The page of a record without HTTP, such as one made of a file."""
    media_type = told(record.headers, "Content-Type")
    if essence(media_type) not in (*HTML, "text/plain", ""):
        return of_type(media_type)
    if address.startswith(FILE_URI):
        address = unquote(address.removeprefix(FILE_URI))
    return Page(address, record.reader.read(), media_type or None, date(record))


def response(record: WarcRecord, address: str) -> Page | InputError | str:
    """The page of a response as its server sent it."""
    record.parse_http()
    http = record.http_headers
    if not record.is_http or http is None or http.status_code is None:
        return "without HTTP"
    if http.status_code != 200:
        return f"of status {http.status_code}"
    media_type = told(http, "Content-Type") or told(record.headers, "WARC-Identified-Payload-Type")
    if essence(media_type) not in HTML:
        return of_type(media_type)
    content = record.reader.read()
    if "chunked" in told(http, "Transfer-Encoding").lower():
        content = unchunked(content)
    try:
        content = uncompressed(content, told(http, "Content-Encoding"))
    except TooLarge as error:
        return InputError(address, str(error), "give a smaller page")
    except Damaged as error:
        return InputError(address, str(error), AFRESH)
    return Page(address, content, media_type, date(record))


def told(headers: HeaderMap, name: str) -> str:
    """A header, empty when it is not there."""
    return headers.get(name) or ""


def of_type(media_type: str) -> str:
    """The reason that a media type is."""
    return f"of type {essence(media_type)}" if media_type else "without type"


def essence(media_type: str) -> str:
    """A media type without its parameters."""
    return media_type.partition(";")[0].strip().lower()


def date(record: WarcRecord) -> str | None:
    """When a page was fetched."""
    return told(record.headers, "WARC-Date") or None


def unchunked(content: bytes) -> bytes:
    """A body without its chunks' lengths; as it stands when the archive has none any more."""
    body, at = bytearray(), 0
    while True:
        end = content.find(b"\r\n", at, at + 64)
        try:
            size = int(content[at:end].partition(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0 or len(content) < end + 2 + size:
            return content
        if size == 0:
            return bytes(body)
        body += content[end + 2 : end + 2 + size]
        at = end + 2 + size + 2


def uncompressed(content: bytes, encoding: str) -> bytes:
    """A body as its page is; archives often keep the header of a compression that they have undone."""
    begins_as_text = content[:256].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return inflated([content], "" if begins_as_text else encoding, MAX_BYTES)
