"""The records of a WARC file, cut out one after another, whatever has become of the file.

``fastwarc`` parses a record; but where the file is damaged it stops, and it inflates without a limit. So
the records are cut out here: of a gzip file member by member, as each record has one, of a plain one by
their lengths. After damage the next place is sought where a record begins (WARC 1.1, annexes C.3 and D).
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

MAX_RECORD = 21_000_000
"""The most bytes of one record, inflated: those of a page and its headers."""
MAX_HEAD = 65_536
MAX_RATIO = 200
"""The most bytes that one byte of a file may inflate to, on the whole; news is near 6."""
RATIO_FREE = 64_000_000
"""So many inflated bytes come before the ratio is asked for."""
PIECE = 65_536
GZIP = b"\x1f\x8b\x08"
PLAIN = b"WARC/1."
ENDS = b"\r\n\r\n"
BLANK = b"\r\n"
LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
KIND = re.compile(rb"^warc-type:[ \t]*([\w-]{1,32})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Raw:
    """A whole record as it stands, and the byte of the file where it, or its gzip member, begins."""

    start: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """Bytes of a file of which no record could be made, and why.

    ``kind`` is "cut" when the file ends within a record, "damaged", or "large" for a record whose
    ``WARC-Type`` is in ``reason``.
    """

    start: int
    end: int
    kind: str
    reason: str


class Damage(ValueError):
    """Bytes that are no record."""


class Cut(Damage):
    """The file ends within a record."""


class Source(Protocol):
    """A file's bytes as they were before compression."""

    def read(self, *, within: bool = False) -> bytes:
        """Some bytes, at most ``PIECE``; none at the end, or, ``within``, at the end of a member."""
        ...

    def start(self, held: int) -> int:
        """Where in the file those bytes begin of which ``held`` have been read and not been used."""
        ...

    def seek(self, offset: int) -> int | None:
        """Go to the next place from an offset on where a record may begin, null when there is none."""
        ...


class Members:
    """A gzip file, member after member; each has its checksum looked at."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._raw = b""
        self._member: zlib._Decompress | None = None
        self._start = self._sought = self._inflated = 0

    def read(self, *, within: bool = False) -> bytes:
        """See ``Source``. Raises ``Cut`` and ``Damage``."""
        while self._member is not None or not within:
            if self._member is None and not self._begin():
                return b""
            if piece := self._piece():
                return piece
        return b""

    def _begin(self) -> bool:
        self._raw = self._raw or self._stream.read(PIECE)
        self._start = self._stream.tell() - len(self._raw)
        self._member = zlib.decompressobj(wbits=31) if self._raw else None
        return self._member is not None

    def _piece(self) -> bytes:
        assert self._member is not None
        given = self._raw or self._stream.read(PIECE)
        try:
            piece = self._member.decompress(given, PIECE)
        except zlib.error as error:
            raise Damage(str(error).rpartition(": ")[2]) from error
        if self._member.eof:
            self._raw, self._member = self._member.unused_data, None
        else:
            self._raw = self._member.unconsumed_tail
            if not piece and not given:
                raise Cut
        self._inflated += len(piece)
        if self._inflated > RATIO_FREE + MAX_RATIO * (self._stream.tell() - self._sought):
            raise Damage(f"inflates to more than {MAX_RATIO} times its size")
        return piece

    def start(self, held: int) -> int:
        """See ``Source``; within a member there is no telling."""
        between = self._member is None and not held
        return self._stream.tell() - len(self._raw) if between else self._start

    def seek(self, offset: int) -> int | None:
        """See ``Source``."""
        while (found := find(self._stream, GZIP, offset)) is not None:
            self._stream.seek(found)
            try:
                head = zlib.decompressobj(wbits=31).decompress(self._stream.read(PIECE), 64)
            except zlib.error:
                head = b""
            if head.lstrip(BLANK).startswith(PLAIN):
                self._go(found)
                return found
            offset = found + 1
        return None

    def _go(self, offset: int) -> None:
        self._stream.seek(offset)
        self._raw, self._member = b"", None
        self._sought, self._inflated = offset, 0


class Bytes:
    """A file that is not compressed."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, *, within: bool = False) -> bytes:  # noqa: ARG002  it has no members
        """See ``Source``."""
        return self._stream.read(PIECE)

    def start(self, held: int) -> int:
        """See ``Source``."""
        return self._stream.tell() - held

    def seek(self, offset: int) -> int | None:
        """See ``Source``."""
        found = find(self._stream, PLAIN, offset)
        if found is not None:
            self._stream.seek(found)
        return found


def find(stream: IO[bytes], words: bytes, offset: int) -> int | None:
    """Where in a file some bytes stand next, from an offset on."""
    stream.seek(offset)
    held = b""
    while piece := stream.read(PIECE):
        held += piece
        if (found := held.find(words)) >= 0:
            return stream.tell() - len(held) + found
        held = held[1 - len(words) :]
    return None


def records(stream: IO[bytes]) -> Iterator[Raw | Gap]:
    """The records of a seekable file, and what lies between them that is none."""
    cutter = Cutter(source(stream))
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    while True:
        try:
            found = cutter.record()
        except Damage as damage:
            resumed = cutter.resume()
            end = size if resumed is None else resumed
            cut = isinstance(damage, Cut) and resumed is None
            yield Gap(cutter.begun, end, "cut" if cut else "damaged", str(damage) or "ends within a record")
            if resumed is None:
                return
            continue
        if found is None:
            return
        yield found


def source(stream: IO[bytes]) -> Source:
    """A file as a gzip file when it begins as one; else, unless it is plain, when a record is in a member."""
    begins = stream.read(len(PLAIN))
    members = Members(stream)
    if begins.startswith(GZIP) or (begins != PLAIN and members.seek(0) is not None):
        return members
    return Bytes(stream)


class Cutter:
    """Cuts records out of a source; ``begun`` is where the one begins that was last begun."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._held = bytearray()
        self.begun = 0

    def record(self) -> Raw | Gap | None:
        """The next record, a gap for one that is too large, null at the end.

        Raises ``Damage`` where none begins, and ``Cut`` where the file ends before it does.
        """
        if not self._begin():
            return None
        head = self._head()
        length = LENGTH.search(head)
        if length is None:
            raise Damage("has a record without length")
        wanted = len(head) + int(length[1])
        if wanted > MAX_RECORD:
            self._pass_over(wanted)
            kind = KIND.search(head)
            return Gap(self.begun, self.begun, "large", kind[1].decode().lower() if kind else "")
        data = self._take(wanted)
        self._end()
        return Raw(self.begun, data)

    def resume(self) -> int | None:
        """Go to where the next record may begin after the one that was begun, and give the place."""
        self._held.clear()
        return self._source.seek(self.begun + 1)

    def _begin(self) -> bool:
        """Pass over what ends the record before; whether there is another."""
        while not self._held.lstrip(BLANK):
            self._held.clear()
            self.begun = self._source.start(0)
            piece = self._source.read()
            if not piece:
                return False
            self._held += piece
        del self._held[: len(self._held) - len(self._held.lstrip(BLANK))]
        self.begun = self._source.start(len(self._held))
        return True

    def _head(self) -> bytes:
        while True:
            if not self._held.startswith(PLAIN[: len(self._held)]):
                raise Damage("is no record of a web archive")
            end = self._held.find(ENDS, 0, MAX_HEAD)
            if end >= 0:
                return bytes(self._held[: end + len(ENDS)])
            if len(self._held) >= MAX_HEAD:
                raise Damage("has a record without end of its header")
            self._more()

    def _take(self, size: int) -> bytes:
        while len(self._held) < size:
            self._more()
        data = bytes(self._held[:size])
        del self._held[:size]
        return data

    def _pass_over(self, size: int) -> None:
        while size > len(self._held):
            size -= len(self._held)
            self._held.clear()
            self._more()
        del self._held[:size]

    def _more(self) -> None:
        piece = self._source.read()
        if not piece:
            raise Cut
        self._held += piece

    def _end(self) -> None:
        """Read on to the end of the member, as there its checksum is, or until another record is seen."""
        while len(self._held) <= len(ENDS):
            piece = self._source.read(within=True)
            if not piece:
                return
            self._held += piece
