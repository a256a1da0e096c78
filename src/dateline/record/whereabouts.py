"""When and where incidents were, in memory: columns by their numbers.

Of some days, of a part of the map, or first in a list: each is a comparison of columns, where the database
would read a row for every incident. Times are integers that have the order of their texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, select

from dateline.record import schema
from dateline.record.loading import chunks
from dateline.record.search import Position, Wanted
from dateline.record.times import LAST

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

TIMES = ("first_day", "last_day", "first_told", "last_told", "latest")
LONGEST = len("2024-03-12T08:00:00")
A_DAY = 100_000
"""By what days are multiplied, so that there is room for the seconds of one."""
_COLUMNS = ("incident", *TIMES, "lat", "lon")
_ROWS: Select[Any] = select(*(schema.incidents.c[name] for name in _COLUMNS))


class Whereabouts:
    """The days and places of incidents, by their numbers, and where they stand in the order of a list."""

    def __init__(self, connection: Connection) -> None:
        self.there = np.zeros(1, dtype=bool)
        self._times = {name: np.zeros(1, dtype=np.int64) for name in TIMES}
        self._middle = {name: np.full(1, np.nan) for name in ("lat", "lon")}
        self._put(connection.execute(_ROWS).all())

    def change(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Look again at incidents that came, changed or went."""
        known = np.array(numbers, dtype=np.int64)
        self.there[known[known < self.there.size]] = False
        for some in chunks(numbers):
            self._put(connection.execute(_ROWS.where(schema.incidents.c.incident.in_(some))).all())

    def _put(self, rows: Sequence[Any]) -> None:
        if not rows:
            return
        columns = dict(zip(_COLUMNS, zip(*rows, strict=True), strict=True))
        numbers = np.array(columns["incident"], dtype=np.int64)
        self._grow(int(numbers.max()) + 1)
        self.there[numbers] = True
        for name, times in self._times.items():
            times[numbers] = instants(columns[name], LAST if name == "last_day" else "")
        for name, middle in self._middle.items():
            middle[numbers] = np.array(columns[name], dtype=np.float64)

    def _grow(self, size: int) -> None:
        if size <= self.there.size:
            return
        more = (0, size + size // 8 - self.there.size)
        self.there = np.pad(self.there, more)
        self._times = {name: np.pad(times, more) for name, times in self._times.items()}
        for name, middle in self._middle.items():
            self._middle[name] = np.pad(middle, more, constant_values=np.nan)

    def within(self, wanted: Wanted) -> Mask:
        """Which incidents are in the days and the part of the map that are asked for; as ``conditions``."""
        found = self.there.copy()
        times = self._times
        told = (times["first_day"] > 0) | (times["last_day"] < _instant(LAST))
        if wanted.since:
            since = _instant(wanted.since)
            found &= (times["last_day"] >= since) & (told | (times["last_told"] >= since))
        if wanted.until:
            until = _instant(wanted.until)
            day = times["first_told"] // A_DAY * A_DAY
            found &= (times["first_day"] <= until) & (told | (day <= until))
        if wanted.box is not None:
            found &= self._in(wanted.box)
        return found

    def _in(self, box: tuple[float, float, float, float]) -> Mask:
        west, south, east, north = box
        lat, lon = self._middle["lat"], self._middle["lon"]
        across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        return (lat >= south) & (lat <= north) & across

    def first(self, among: Numbers, limit: int, after: Position | None) -> Numbers:
        """Those of some incidents that can be among the first ``limit`` of a list, from behind a position.

        More, where several stand at the same times: these have the order of their ids.
        """
        latest, told = self._times["latest"][among], self._times["first_told"][among]
        if after is not None:
            last, first = instants(after[:2])
            behind = (latest < last) | ((latest == last) & (told <= first))
            limit += int(np.count_nonzero((latest == last) & (told == first)))
            among, latest, told = among[behind], latest[behind], told[behind]
        if among.size <= limit:
            return among
        least = np.partition(latest, among.size - limit)[among.size - limit]
        high = latest >= least
        among, latest, told = among[high], latest[high], told[high]
        place = np.lexsort((told, latest))[among.size - limit]
        found: Numbers = among[(latest > latest[place]) | ((latest == latest[place]) & (told >= told[place]))]
        return found


def instants(texts: Iterable[str | None], unknown: str = "") -> Numbers:
    """Days and times in ISO 8601, without a zone, as integers of their order; a bare day before its hours."""
    given = [(text or unknown).encode("ascii", "replace") for text in texts]
    signs = np.array(given, dtype=f"S{LONGEST}").view(np.uint8).reshape(len(given), LONGEST)
    digits = np.where((signs >= 48) & (signs < 58), signs.astype(np.int64) - 48, 0)
    year, month, day = (digits[:, at] @ _tens(at) for at in (slice(0, 4), slice(5, 7), slice(8, 10)))
    hour, minute, second = (digits[:, at : at + 2] @ (10, 1) for at in (11, 14, 17))
    seconds = np.where(signs[:, 10] > 0, 1 + hour * 3600 + minute * 60 + second, 0)
    found: Numbers = (year * 10_000 + month * 100 + day) * A_DAY + seconds
    return found


def _tens(at: slice) -> Numbers:
    found: Numbers = np.power(10, np.arange(at.stop - at.start - 1, -1, -1, dtype=np.int64))
    return found


def _instant(text: str) -> int:
    return int(instants([text])[0])
