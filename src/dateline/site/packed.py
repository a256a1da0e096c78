"""A page packed once, with gaps for what is made for each reader: filled without packing it again.

Each piece is a run of DEFLATE blocks that refers to nothing before it (RFC 1951), and what fills a gap
is a stored block. So pieces and fillings follow each other in one gzip member, whose checksum comes of the
pieces' own (RFC 1952).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

LEVEL = 6
_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_LAST = b"\x03\x00"
"""An empty block that is the last one."""
_POLYNOMIAL = 0xEDB88320
_ONE = 1 << 31


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a page: its blocks, how long it is without, its checksum, and what that is moved by."""

    blocks: bytes
    length: int
    checksum: int
    shift: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A page: pieces and, between them, the names of what fills the gaps."""

    pieces: tuple[Piece | str, ...]

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return sum(len(each.blocks) + 200 for each in self.pieces if isinstance(each, Piece))

    def filled(self, fillings: Mapping[str, bytes]) -> bytes:
        """The page with its gaps filled, as gzip."""
        out, checksum, length = [_HEAD], 0, 0
        for each in self.pieces:
            if isinstance(each, Piece):
                out.append(each.blocks)
                checksum = _product(each.shift, checksum) ^ each.checksum
                length += each.length
            else:
                told = fillings[each]
                out += [struct.pack("<BHH", 0, len(told), len(told) ^ 0xFFFF), told]
                checksum = zlib.crc32(told, checksum)
                length += len(told)
        return b"".join([*out, _LAST, struct.pack("<LL", checksum, length & 0xFFFFFFFF)])

    @property
    def gaps(self) -> bool:
        """Whether anything is to be filled."""
        return any(isinstance(each, str) for each in self.pieces)


def packed(page: str, gaps: Sequence[str]) -> Packed:
    """A page in which some words stand for what is filled in."""
    pieces = re.split(f"({'|'.join(map(re.escape, gaps))})", page)
    return Packed(tuple(each if each in gaps else _piece(each.encode()) for each in pieces if each))


def _piece(content: bytes) -> Piece:
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    blocks = packing.compress(content) + packing.flush(zlib.Z_FULL_FLUSH)
    return Piece(blocks, len(content), zlib.crc32(content), _power(len(content)))


def _product(one: int, other: int) -> int:
    """Of two polynomials modulo that of CRC-32, each with its bits turned round."""
    found = 0
    while one:
        if one & _ONE:
            found ^= other
        one = (one << 1) & 0xFFFFFFFF
        other = (other >> 1) ^ (_POLYNOMIAL if other & 1 else 0)
    return found


def _power(length: int) -> int:
    """What a checksum is multiplied by when so many bytes follow: x to the power of their bits."""
    found, place = _ONE, 3
    while length:
        if length & 1:
            found = _product(_square(place), found)
        length >>= 1
        place += 1
    return found


@cache
def _square(place: int) -> int:
    """x, squared so many times."""
    if place == 0:
        return _ONE >> 1
    before = _square(place - 1)
    return _product(before, before)
