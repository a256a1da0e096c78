"""What was fetched, kept as WARC: for each hop what was asked and what came, byte for byte, with digests.

Fetched ── request, response (…of each redirect), metadata ── appended to a file of the folder
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from dateline import warcrecords
from dateline.errors import InputError
from dateline.ingest.http import Fetched, Headers, Hop

MAX_FILE = 1_000_000_000
"""Bytes after which another file is begun."""
UNDONE = ("transfer-encoding",)
"""Headers of an answer that do not hold of the body as it is handed on; kept under another name."""


class Capture:
    """Appends what is fetched to archives in a folder: a page in one write, on disk before it is read.

    A run that is killed leaves whole records, and at most the last one cut off.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: Path | None = None

    def __call__(self, fetched: Fetched) -> None:
        """Keep an answer. Raises ``InputError`` when that cannot be."""
        try:
            self._append(records(fetched))
        except OSError as error:
            reason = f"cannot be written to ({error.strerror})"
            raise InputError(str(self.folder), reason, "make room, or name another folder") from error

    def _append(self, data: bytes) -> None:
        if self._file is None or self._file.stat().st_size > MAX_FILE:
            now = datetime.now(UTC)
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = self.folder / f"dateline-{now:%Y%m%dT%H%M%S%f}-{os.getpid()}.warc.gz"
            data = warcrecords.info(now.isoformat()) + data
        with self._file.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def records(fetched: Fetched) -> bytes:
    """The records of an answer: those of each hop, and what was noted."""
    before, last = fetched.hops[:-1], fetched.last
    kept = [part for hop in before for part in (asked(hop), answered(hop, b""))]
    return b"".join([*kept, asked(last), answered(last, fetched.body), noted(fetched)])


def asked(hop: Hop) -> bytes:
    """The record of a request."""
    lines = [f"GET {hop.target} HTTP/1.1", *fields(hop.request)]
    return warcrecords.made("request", hop.at, head(lines), "application/http; msgtype=request", hop.address)


def answered(hop: Hop, body: bytes) -> bytes:
    """The record of an answer, its body as it was transferred."""
    block = head([f"{hop.version} {hop.status} {hop.phrase}", *fields(hop.headers)]) + body
    kind = "application/http; msgtype=response"
    return warcrecords.made("response", hop.at, block, kind, hop.address, body, [("WARC-IP-Address", hop.ip)])


def noted(fetched: Fetched) -> bytes:
    """The record of what else is known of a fetch."""
    milliseconds = round(1000 * sum(hop.seconds for hop in fetched.hops))
    notes = [f"note: {warcrecords.line(note)}" for note in fetched.notes]
    lines = [f"via: {fetched.asked}", f"fetchTimeMs: {milliseconds}", *notes]
    block = "".join(f"{each}\r\n" for each in lines).encode("utf-8", "replace")
    return warcrecords.made("metadata", fetched.last.at, block, warcrecords.FIELDS, fetched.address)


def fields(headers: Headers) -> list[str]:
    """Header lines; of what has been undone under a name that says so."""
    undone = {name for name, _ in headers if name.lower() in UNDONE}
    return [f"{'X-Archive-Orig-' if name in undone else ''}{name}: {value}" for name, value in headers]


def head(lines: list[str]) -> bytes:
    """Lines with the blank line after them, in the encoding of HTTP headers."""
    return "".join(f"{each}\r\n" for each in [*lines, ""]).encode("latin-1", "replace")
