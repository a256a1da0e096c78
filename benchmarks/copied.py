"""The rows of a table as binary COPY has them, made again and again as if other articles had told them.

A copy has the same bytes but for what would differ: numbers, ids, days, keys and names. All of these have
a fixed width, so that a copy of a table is its bytes with some places overwritten, at once for all rows.

A copy tells of other days, so that its claims and texts lie under keys of their own: a new claim meets as
many as before. Only keys that hold for all days are shared, by the copies that share their names.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

HEADER, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), struct.pack(">h", -1)
ID = re.compile(rb"\b[acdir]([0-9a-f]{32})\b")
DAY = re.compile(rb"\d{4}-\d\d-\d\d")
MONTH = re.compile(rb"\d{4}-\d\d")
HEX = np.array([[*f"{byte:02x}".encode()] for byte in range(256)], dtype=np.uint8)
DAYS = {"first_day", "last_day", "first_told", "last_told", "latest", "published", "modified", "recorded"}
NAMED = {b"actor", b"recipient", b"place", b"party", b"speaker", b"publisher"}
LIKE = {"component": "claim", "incident": "claim"}
"""Columns that hold the numbers of others."""
COUNTS = {"claims", "articles", "origins"}
VARIANTS = 499
"""Under so many other names the copies are told."""
SPAN_DAYS = 3650
"""The days over which they are spread."""
UNKNOWN = (1 << 33) - 1
"""The seconds of what is published nobody knows when."""


@dataclass(slots=True)
class Places:
    """Where bytes are to be overwritten, and with what: offsets and the values that were there."""

    at: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)

    def add(self, at: int, value: int = 0) -> None:
        """One more."""
        self.at.append(at)
        self.values.append(value)

    def put(self, data: Bytes, new: Bytes) -> None:
        """Overwrite them, each with a row of bytes, or all with the same."""
        width = new.shape[-1]
        data[np.array(self.at, dtype=np.int64)[:, None] + np.arange(width)] = new


class Copies:
    """The rows of a table, from which those of its copies are made.

    ``binary`` is what COPY gives of them, ``most`` the greatest number of each kind in the record;
    ``lasting`` are the keys that hold for all days.
    """

    def __init__(
        self, columns: Sequence[str], binary: bytes, most: Mapping[str, int], lasting: Set[int]
    ) -> None:
        self._columns, self._most, self._lasting = columns, most, lasting
        self._first = binary[len(HEADER) : -len(END)]
        self._numbers = {name: Places() for name in most}
        self._keys, self._kept_keys = Places(), Places()
        self._turns, self._ids = Places(), Places()
        self._days, self._months = Places(), Places()
        self._tails, self._variants = Places(), Places()
        self._digits: list[bytes] = []
        self._data = bytearray()
        for row in rows(binary):
            self._row(row)
        self._base = np.frombuffer(bytes(self._data), dtype=np.uint8)
        self._halves = np.array([int(digits[:12], 16) // 2 for digits in self._digits], dtype=np.int64)
        self._lower = np.array(
            [[*bytes.fromhex(digits[12:].decode())] for digits in self._digits], dtype=np.uint8
        )

    def _row(self, values: Sequence[bytes | None]) -> None:
        self._data += struct.pack(">h", len(values))
        kind = values[self._columns.index("kind")] if tuple(self._columns[:2]) == ("kind", "value") else None
        for column, value in zip(self._columns, values, strict=True):
            if value is None:
                self._data += struct.pack(">i", -1)
            else:
                self._value(column, value, kind)

    def _value(self, column: str, value: bytes, kind: bytes | None) -> None:
        at = len(self._data) + 4
        tail = b""
        if (number := LIKE.get(column, column)) in self._most and len(value) == 4:
            self._numbers[number].add(at, int.from_bytes(value, "big"))
        elif column == "key" and len(value) == 8:
            key = int.from_bytes(value, "big", signed=True)
            (self._kept_keys if key in self._lasting else self._keys).add(at, key)
        elif column == "turn":
            turn = int.from_bytes(value, "big")
            if turn >> 29 < UNKNOWN:
                self._turns.add(at, turn)
        elif column == "address":
            tail = b"?000000"
            self._tails.add(at + len(value) + 1)
        elif column == "value" and kind in NAMED:
            tail = b" 000"
            self._variants.add(at + len(value) + 1)
        elif column == "value" and kind == b"month" and MONTH.fullmatch(value):
            self._months.add(at, date.fromisoformat(value.decode() + "-15").toordinal())
        elif column in DAYS and DAY.match(value):
            self._days.add(at, date.fromisoformat(value[:10].decode()).toordinal())
        elif column not in ("data", "vector", "words"):
            for found in ID.finditer(value):
                self._ids.add(at + found.start(1))
                self._digits.append(found[1])
        self._data += struct.pack(">i", len(value) + len(tail)) + value + tail

    def of(self, copy: int) -> bytes:
        """The rows of the n-th copy, from 1 on; those that there were for 0."""
        if copy == 0:
            return self._first
        data, days = self._base.copy(), copy * 7919 % SPAN_DAYS
        for name, places in self._numbers.items():
            _put_numbers(places, data, _values(places) + copy * self._most[name], ">i4")
        for keys, others in ((self._keys, copy), (self._kept_keys, copy % VARIANTS)):
            _put_numbers(keys, data, _values(keys) ^ (others * 0x9E3779B97F4A7C1 % (1 << 62)), ">i8")
        _put_numbers(self._turns, data, _values(self._turns) + (days * 86400 << 29), ">i8")
        _put_days(self._days, data, days, 10)
        _put_days(self._months, data, days, 7)
        self._tails.put(data, np.frombuffer(f"{copy:06}".encode(), dtype=np.uint8))
        self._variants.put(data, np.frombuffer(f"{copy % VARIANTS:03}".encode(), dtype=np.uint8))
        if self._digits:
            self._ids.put(data, self._other(copy))
        return data.tobytes()

    def _other(self, copy: int) -> Bytes:
        """Other ids. Their order stays, as an incident has that of its smallest claim."""
        mask = hashlib.blake2b(str(copy).encode(), digest_size=16).digest()
        upper = (self._halves + int.from_bytes(mask[:6], "big") // 2).astype(">i8").view(np.uint8)
        lower = self._lower ^ np.frombuffer(mask[6:], dtype=np.uint8)
        digits: Bytes = HEX[np.hstack([upper.reshape(-1, 8)[:, 2:], lower])]
        return digits.reshape(-1, 32)


def rows(binary: bytes) -> Iterator[list[bytes | None]]:
    """The values of each row of a binary COPY."""
    at = len(HEADER)
    while (count := int.from_bytes(binary[at : at + 2], "big", signed=True)) >= 0:
        at += 2
        values: list[bytes | None] = []
        for _ in range(count):
            length = int.from_bytes(binary[at : at + 4], "big", signed=True)
            at += 4
            values.append(None if length < 0 else binary[at : at + length])
            at += max(length, 0)
        yield values


def _values(places: Places) -> NDArray[np.int64]:
    return np.array(places.values, dtype=np.int64)


def _put_numbers(places: Places, data: Bytes, numbers: NDArray[np.int64], form: str) -> None:
    if places.at:
        places.put(data, numbers.astype(form).view(np.uint8).reshape(len(places.at), -1))


def _put_days(places: Places, data: Bytes, days: int, width: int) -> None:
    if places.at:
        told = [date.fromordinal(day + days).isoformat().encode()[:width] for day in places.values]
        places.put(data, np.frombuffer(b"".join(told), dtype=np.uint8).reshape(-1, width))
