"""How many of the wanted incidents have each value: counted in memory, from sets of incidents as bits.

A set is an integer whose bit n is the incident of number n. The sets of values are taken from the tables as
they are asked for, kept, and brought up to date with what the log's new entries changed; so that counting is
an "and" of integers for each value. Of months and square degrees there are many, and an incident has one: so
a column has the value of each incident.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Select, func, select

from dateline.record import schema
from dateline.record.loading import Kept, chunks
from dateline.record.search import PLACES, Term, Wanted, conditions, has_words, having, knowing, terms
from dateline.record.summary import Summary

ALL = "all"
KEPT = 1000
"""Sets in memory, each a bit for every claim of the record."""
WHOLE = ("type", "status", "sector")
"""Kinds with few values: all their sets are taken at once."""
ONE = ("month", "cell")
"""Kinds of which an incident has at most one value."""
CANDIDATES = 50
"""Of other kinds, the values that most incidents have are counted."""
AT_ONCE = 5000
"""Changed incidents up to which sets are brought up to date; with more they are taken anew."""
FIELDS = {
    "party": "actor",
    "sector": "sector",
    "type": "type",
    "status": "status",
    "place": "place",
    "publisher": "source",
    "month": "since",
    "cell": "box",
}
"""Which field of ``Wanted`` chooses among the values of a kind."""


class Tally(NamedTuple):
    """A value that is shown, its label, and how many of the wanted incidents have it."""

    value: str
    label: str
    incidents: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents are wanted, and of each kind how many have which value, the most frequent first.

    The values of a kind are counted without what is asked of that kind, so that they can be changed.
    """

    total: int
    values: Mapping[str, tuple[Tally, ...]]


class ColumnOf:
    """The one value of each incident, by its number."""

    def __init__(self, rows: Iterable[tuple[int, str]]) -> None:
        self.values: list[str] = []
        self._codes: dict[str, int] = {}
        self._column = np.full(1, -1, dtype=np.int32)
        self.put(rows)

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        """Give incidents their values."""
        given = list(rows)
        most = max((number for number, _ in given), default=0)
        if most >= self._column.size:
            grown = np.full(most + 1 + most // 8, -1, dtype=np.int32)
            grown[: self._column.size] = self._column
            self._column = grown
        for number, value in given:
            if value not in self._codes:
                self._codes[value] = len(self.values)
                self.values.append(value)
            self._column[number] = self._codes[value]

    def drop(self, numbers: Sequence[int]) -> None:
        """Take incidents' values away."""
        there = [number for number in numbers if number < self._column.size]
        self._column[there] = -1

    def counts(self, among: int) -> dict[str, int]:
        """How many of a set of incidents have each value."""
        packed = np.frombuffer(among.to_bytes((among.bit_length() + 7) // 8, "little"), dtype=np.uint8)
        numbers = np.flatnonzero(np.unpackbits(packed, bitorder="little"))
        codes = self._column[numbers[numbers < self._column.size]]
        found = np.bincount(codes[codes >= 0], minlength=len(self.values))
        return {value: int(number) for value, number in zip(self.values, found, strict=True) if number}


class Sets:
    """The sets of one process. May be asked from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: Kept[Hashable, int] = Kept(KEPT)
        self._whole: dict[str, dict[str, int]] = {}
        self._columns: dict[str, ColumnOf] = {}
        self._shown: dict[str, list[tuple[str, str]]] = {}
        self._known: dict[tuple[str, str], bool] = {}
        self._entry = 0

    def counted(self, connection: Connection, wanted: Wanted, kinds: Iterable[str]) -> Counted:
        """Count what is wanted, on a connection that sees one state of the record."""
        with self._lock:
            self._refresh(connection)
            total = self._wanted(connection, wanted).bit_count()
            return Counted(total, {kind: self._tallied(connection, wanted, kind) for kind in kinds})

    def _tallied(self, connection: Connection, wanted: Wanted, kind: str) -> tuple[Tally, ...]:
        among = self._wanted(connection, _without(wanted, kind))
        if kind in ONE:
            told = self._column_of(connection, kind).counts(among)
            return tuple(sorted((Tally(value, value, n) for value, n in told.items()), key=_most_first))
        counted = (
            Tally(value, label, (among & self._having(connection, kind, value)).bit_count())
            for value, label in self._offered(connection, kind)
        )
        return tuple(sorted((each for each in counted if each.incidents), key=_most_first))

    def _wanted(self, connection: Connection, wanted: Wanted) -> int:
        found = self._of(connection, ALL, lambda: select(schema.incidents.c.incident))
        for term in terms(wanted, partial(self._is_known, connection)):
            found &= self._with(connection, term)
        for part in _parts(wanted):
            found &= self._of(connection, part, partial(_asked, connection, part))
        return found

    def _having(self, connection: Connection, kind: str, value: str) -> int:
        if kind in WHOLE:
            return self._of_kind(connection, kind).get(value, 0)
        if kind == "place":
            return self._with(connection, Term(PLACES, value, exact=False))
        return self._with(connection, Term((kind,), value))

    def _is_known(self, connection: Connection, kind: str, value: str) -> bool:
        if (kind, value) not in self._known:
            self._known[kind, value] = knowing(connection)(kind, value)
        return self._known[kind, value]

    def _offered(self, connection: Connection, kind: str) -> list[tuple[str, str]]:
        if kind not in self._shown:
            self._shown[kind] = _shown(connection, kind)
        return self._shown[kind]

    def _with(self, connection: Connection, term: Term) -> int:
        if term.exact and term.kinds[0] in WHOLE:
            return self._of_kind(connection, term.kinds[0]).get(term.value, 0)
        return self._of(connection, term, partial(having, term))

    def _of(self, connection: Connection, key: Hashable, query: Callable[[], Select[Any]]) -> int:
        kept = self._kept.get(key)
        if kept is None:
            kept = bits(connection.execute(query()).scalars().all())
            self._kept.put(key, kept)
        return kept

    def _of_kind(self, connection: Connection, kind: str) -> dict[str, int]:
        if kind not in self._whole:
            columns = schema.facets.c
            numbers: dict[str, list[int]] = defaultdict(list)
            rows = connection.execute(select(columns.value, columns.incident).where(columns.kind == kind))
            for value, incident in rows:
                numbers[value].append(incident)
            self._whole[kind] = {value: bits(each) for value, each in numbers.items()}
        return self._whole[kind]

    def _column_of(self, connection: Connection, kind: str) -> ColumnOf:
        if kind not in self._columns:
            columns = schema.facets.c
            rows = connection.execute(select(columns.incident, columns.value).where(columns.kind == kind))
            self._columns[kind] = ColumnOf((row.incident, row.value) for row in rows)
        return self._columns[kind]

    def _refresh(self, connection: Connection) -> None:
        """Bring the sets up to date with the log."""
        last = connection.execute(select(func.max(schema.log.c.entry))).scalar() or 0
        if last <= self._entry:
            return
        self._shown.clear()
        self._known.clear()
        columns = schema.incident_changes.c
        query = select(columns.incident).where(columns.entry > self._entry).limit(AT_ONCE + 1)
        changed = [] if self._entry == 0 else connection.execute(query).scalars().all()
        if self._entry == 0 or len(changed) > AT_ONCE:
            self._kept.forget()
            self._whole.clear()
            self._columns.clear()
        elif changed:
            self._change(connection, changed)
        self._entry = last

    def _change(self, connection: Connection, changed: Sequence[int]) -> None:
        old, there = bits(changed), list[int]()
        new: dict[tuple[str, str], list[int]] = defaultdict(list)
        for some in chunks(changed):
            query = select(schema.incidents.c.incident).where(schema.incidents.c.incident.in_(some))
            there += connection.execute(query).scalars()
            for row in connection.execute(select(schema.facets).where(schema.facets.c.incident.in_(some))):
                new[row.kind, row.value].append(row.incident)
        for kind, column in self._columns.items():
            column.drop(changed)
            column.put((n, value) for (name, value), numbers in new.items() if name == kind for n in numbers)
        values = {pair: bits(numbers) for pair, numbers in new.items()}
        for key, kept in self._kept.items():
            if key == ALL:
                self._kept.put(key, kept & ~old | bits(there))
            elif isinstance(key, Term):
                self._kept.put(key, kept & ~old | _joined(values, key))
            else:
                self._kept.drop(key)
        for kind, sets in self._whole.items():
            names = {value for name, value in values if name == kind} | sets.keys()
            self._whole[kind] = {
                value: sets.get(value, 0) & ~old | values.get((kind, value), 0) for value in names
            }


def _asked(connection: Connection, wanted: Wanted) -> Select[Any]:
    return select(schema.incidents.c.incident).where(*conditions(connection, wanted))


def bits(numbers: Iterable[int]) -> int:
    """A set as bits."""
    given = np.fromiter(numbers, dtype=np.int64)
    if not given.size:
        return 0
    there = np.zeros(int(given.max()) + 1, dtype=bool)
    there[given] = True
    return int.from_bytes(np.packbits(there, bitorder="little").tobytes(), "little")


def _joined(values: Mapping[tuple[str, str], int], term: Term) -> int:
    found = 0
    for (kind, value), numbers in values.items():
        same = value == term.value if term.exact else has_words(value, term.value)
        if kind in term.kinds and same:
            found |= numbers
    return found


def _shown(connection: Connection, kind: str) -> list[tuple[str, str]]:
    """The values of a kind that are shown to the public, those that most incidents have."""
    columns = schema.facet_values.c
    query = select(columns.value, columns.label).where(columns.kind == kind, columns.label.is_not(None))
    if kind not in WHOLE:
        query = query.order_by(columns.incidents.desc(), columns.value).limit(CANDIDATES)
    return [(row.value, row.label) for row in connection.execute(query)]


def _most_first(tally: Tally) -> tuple[int, str]:
    return -tally.incidents, tally.value


def _without(wanted: Wanted, kind: str) -> Wanted:
    """What is wanted but for what is asked of a kind."""
    if kind == "month":
        return replace(wanted, since=None, until=None)
    nothing: dict[str, Any] = {FIELDS[kind]: None}
    return replace(wanted, **nothing)


def _parts(wanted: Wanted) -> list[Wanted]:
    """What is asked of days, place on the map and words: each alone."""
    parts = (
        Wanted(since=wanted.since, until=wanted.until),
        Wanted(box=wanted.box),
        Wanted(query=wanted.query),
    )
    return [part for part in parts if part != Wanted()]


def tallied(found: Iterable[Summary], kinds: Iterable[str]) -> Counted:
    """The same of incidents at hand, such as those of a past day; counted among these alone."""
    found = list(found)
    counts = Counter(pair for each in found for pair, label in each.facets.items() if label)
    labels = {pair: label for each in found for pair, label in each.facets.items() if label}
    values = {
        kind: tuple(
            sorted(
                (Tally(value, labels[name, value], n) for (name, value), n in counts.items() if name == kind),
                key=_most_first,
            )
        )
        for kind in kinds
    }
    return Counted(len(found), values)
