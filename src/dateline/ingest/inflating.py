"""What a server has compressed, inflated no further than a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]

PIECE = 65_536
"""Bytes inflated at once."""


class TooLarge(ValueError):
    """More bytes than are taken."""


class Damaged(ValueError):
    """Bytes that are not of their encoding, or in one that is unknown."""


class Inflater(Protocol):
    """Takes compressed bytes and gives inflated ones, ``PIECE`` or so at once."""

    def inflate(self, data: bytes) -> Iterator[bytes]: ...

    def finished(self) -> bool: ...


class Deflated:
    """gzip or zlib, several members one after another included; or bare deflate, as some servers send."""

    def __init__(self) -> None:
        self._of = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._head = b""
        self._begun = False

    def inflate(self, data: bytes) -> Iterator[bytes]:
        data, self._head = self._head + data, b""
        if not self._begun and len(data) < 2:  # which of them it is, two bytes tell
            self._head = data
            return
        while data or not self._of.eof:
            if self._of.eof:  # padding with zeros may follow the last member
                if not data.strip(b"\0"):
                    return
                self._of = zlib.decompressobj(zlib.MAX_WBITS | 32)
            yield (piece := self._piece(data))
            data = self._of.unused_data if self._of.eof else self._of.unconsumed_tail
            if not data and len(piece) < PIECE:  # a full piece may have left some within
                return

    def _piece(self, data: bytes) -> bytes:
        begun, self._begun = self._begun, True
        try:
            return self._of.decompress(data, PIECE)
        except zlib.error:
            if begun:
                raise
        self._of = zlib.decompressobj(-zlib.MAX_WBITS)
        return self._of.decompress(data, PIECE)

    def finished(self) -> bool:
        return self._of.eof or not (self._begun or self._head)


class Brotli:
    """Brotli."""

    def __init__(self) -> None:
        self._of = brotli.Decompressor()
        self._begun = False

    def inflate(self, data: bytes) -> Iterator[bytes]:
        self._begun = self._begun or bool(data)
        while piece := self._of.process(data, output_buffer_limit=PIECE):
            yield piece
            data = b""

    def finished(self) -> bool:
        return self._of.is_finished() or not self._begun


INFLATERS: dict[str, type[Inflater]] = {
    "gzip": Deflated,
    "x-gzip": Deflated,
    "deflate": Deflated,
    "br": Brotli,
}
ACCEPTED = "gzip, deflate, br"
"""What a server is told that may be sent."""


def inflated(pieces: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """The bytes within an HTTP body, given its ``Content-Encoding`` ("" when it has none).

    Raises ``TooLarge`` as soon as they are more than ``limit``, and ``Damaged``.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    if len([name for name in names if name != "identity"]) > 1:
        raise Damaged(f"compressed twice ({encoding})")
    kept = bytearray()
    for piece in _inflating(pieces, names[0] if names else "identity"):
        kept += piece
        if len(kept) > limit:
            raise TooLarge(f"larger than {limit / 1_000_000:g} MB")
    return bytes(kept)


def _inflating(pieces: Iterable[bytes], name: str) -> Iterator[bytes]:
    if name == "identity":
        yield from pieces
        return
    if name not in INFLATERS:
        raise Damaged(f"compressed in an unknown way ({name!r})")
    inflater = INFLATERS[name]()
    try:
        for piece in pieces:
            yield from inflater.inflate(piece)
    except (zlib.error, brotli.error) as error:
        raise Damaged(f"not the {name} that it says it is") from error
    if not inflater.finished():
        raise Damaged(f"cut off within its {name}")
