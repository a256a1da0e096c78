"""Which incidents are wanted, and how many have each value: from sets of incidents as bits, in memory.

Bit n of a set is the incident of number n. The sets of values are taken from the tables as they are asked
for, kept, and brought up to date with what the log's new entries changed; so counting is an "and" of words
for each value. Of months and square degrees there are many, and an incident has one: so a column has the
value of each incident. Days, the map and the order of lists are columns too (``whereabouts.py``).
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, func, select

from dateline.record import schema
from dateline.record.deciding import last_entry
from dateline.record.loading import SOME, Kept, chunks
from dateline.record.search import (
    AT_MOST,
    BEFORE,
    PLACES,
    Position,
    Term,
    Wanted,
    conditions,
    found,
    has_words,
    having,
    having_one_of,
    knowing,
    position_of,
    summary_of,
    terms,
)
from dateline.record.summary import Summary
from dateline.record.whereabouts import Mask, Numbers, Whereabouts

Bits = npt.NDArray[np.uint64]

KEPT = 600
"""Sets in memory, each a bit for every claim of the record."""
WHOLE = ("type", "status", "sector")
"""Kinds with few values: all their sets are taken at once."""
ONE = ("month", "cell")
"""Kinds of which an incident has at most one value."""
CANDIDATES = 50
"""Of other kinds, the values that most incidents have are counted."""
AT_ONCE = 5000
"""Changed incidents up to which sets are brought up to date; with more they are taken anew."""
CELLS = 800
"""Parts of the map that are told apart at most; with more, larger ones are."""
LARGE = 5
"""Degrees of the sides of a larger part."""
SAME = 1000
"""Incidents at the same times, up to which they are put in order here."""
NAMED = ("actor", "place", "sector", "type", "status", "source")
"""Fields of ``Wanted`` that ask for values."""
FIELDS = {
    "party": "actor",
    "sector": "sector",
    "type": "type",
    "status": "status",
    "place": "place",
    "publisher": "source",
    "month": "days",
    "cell": "box",
}
"""What of ``Wanted`` chooses among the values of a kind."""


class Tally(NamedTuple):
    """A value that is shown, its label, and how many of the wanted incidents have it."""

    value: str
    label: str
    incidents: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents are wanted, and of each kind how many have which value.

    The most frequent come first, months and squares in the order of their names. The values of a kind are
    counted without what is asked of that kind, so that they can be changed. Squares have sides of so many
    degrees.
    """

    total: int
    values: Mapping[str, tuple[Tally, ...]]
    side: int = 1


class ColumnOf:
    """The one value of each incident, by its number, and how many have each; ``wider`` gives a value that
    several are part of."""

    def __init__(self, rows: Iterable[tuple[int, str]], wider: Callable[[str], str] = str) -> None:
        self._wider = wider
        self._names: list[str] = []
        self._codes: dict[str, int] = {}
        self._wide: dict[str, int] = {}
        self._wide_codes = np.empty(0, dtype=np.int64)
        self._column = np.full(1, -1, dtype=np.int32)
        self._held = np.zeros(0, dtype=np.int64)
        self.put(rows)

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        """Give incidents their values."""
        given = dict(rows)
        if not given:
            return
        numbers, values = zip(*given.items(), strict=True)
        new = set(values) - self._codes.keys()
        self._codes |= {value: code for code, value in enumerate(new, len(self._names))}
        self._names += new
        wide = [self._wide.setdefault(self._wider(value), len(self._wide)) for value in new]
        self._wide_codes = np.append(self._wide_codes, np.array(wide, dtype=np.int64))
        most = max(numbers)
        if most >= self._column.size:
            more = most + 1 + most // 8 - self._column.size
            self._column = np.pad(self._column, (0, more), constant_values=-1)
        self._held = np.pad(self._held, (0, len(new)))
        self._set(np.array(numbers), np.array([self._codes[value] for value in values], dtype=np.int32))

    def drop(self, numbers: Sequence[int]) -> None:
        """Take incidents' values away."""
        there = np.array([number for number in numbers if number < self._column.size], dtype=np.int64)
        self._set(there, np.full(there.size, -1, dtype=np.int32))

    def _set(self, numbers: Numbers, codes: npt.NDArray[np.int32]) -> None:
        before, self._column[numbers] = self._column[numbers], codes
        for held, change in ((before, -1), (codes, 1)):
            np.add.at(self._held, held[held >= 0], change)

    def counts(self, among: Numbers | None, most: int | None = None) -> tuple[dict[str, int], bool]:
        """How many of some incidents, or of all, have each value, or each wider one where there are more than
        ``most`` values; and whether they are the wider ones."""
        each = self._held
        if among is not None:
            codes = self._column[among[among < self._column.size]]
            each = np.bincount(codes[codes >= 0], minlength=len(self._names))
        wide = most is not None and bool(np.count_nonzero(each) > most)
        names = self._names
        if wide:
            names = list(self._wide)
            each = np.bincount(self._wide_codes, weights=each, minlength=len(names)).astype(np.int64)
        return {names[n]: int(each[n]) for n in np.flatnonzero(each)}, wide


class Names:
    """Names in the order of what stands from each of their words on, to be found by how words begin."""

    def __init__(self, names: Iterable[str]) -> None:
        self._known = set(names)
        self._ends = sorted(end for name in self._known for end in _ends(name))

    def add(self, names: Iterable[str]) -> None:
        """Find new names too."""
        for name in set(names) - self._known:
            self._known.add(name)
            for end in _ends(name):
                insort(self._ends, end)

    def having(self, words: str) -> set[str]:
        """The names that ``has_words`` says these words of."""
        place, told = bisect_left(self._ends, (words, "")), set()
        while place < len(self._ends) and self._ends[place][0].startswith(words):
            told.add(self._ends[place][1])
            place += 1
        return told


def _ends(name: str) -> set[tuple[str, str]]:
    """What a name has behind each sign that a word may follow, with the name."""
    spaced = f" {name}"
    return {(spaced[at + 1 :], name) for at, sign in enumerate(spaced) if sign in BEFORE}


_SUMMARIES = select(schema.incidents).where(schema.incidents.c.incident.in_(SOME))


class Sets:
    """The sets of one process. May be asked from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._entry = 0
        self._forget()

    def _forget(self) -> None:
        self._size = 1
        self._kept: Kept[Hashable, Bits] = Kept(KEPT)
        self._whole: dict[str, dict[str, Bits]] = {}
        self._columns: dict[str, ColumnOf] = {}
        self._offers: dict[str, tuple[list[tuple[str, str]], Bits]] = {}
        self._known: dict[tuple[str, str], bool] = {}
        self._places: Names | None = None
        self._whereabouts: Whereabouts | None = None
        self._last: tuple[Wanted, dict[str, Bits]] | None = None

    def counted(self, connection: Connection, wanted: Wanted, kinds: Iterable[str]) -> Counted:
        """Count what is wanted, on a connection that sees one state of the record."""
        with self._lock:
            self._refresh(connection)
            asked = self._asked(connection, wanted)
            values, side = {}, 1
            for kind in kinds:
                among = _all(asked, FIELDS[kind])
                if kind in ONE:
                    most = CELLS if kind == "cell" else None
                    some = None if asked.keys() <= {"there", FIELDS[kind]} else numbers(among)
                    counts, wide = self._column_of(connection, kind).counts(some, most)
                    side = LARGE if wide else side
                    values[kind] = tuple(Tally(name, name, n) for name, n in sorted(counts.items()))
                else:
                    values[kind] = self._tallied(connection, kind, among)
            return Counted(size(_all(asked)), values, side)

    def first(
        self, connection: Connection, wanted: Wanted, limit: int, after: Position | None = None
    ) -> list[Summary]:
        """The same as ``search.found``: the incidents that are wanted, the latest first."""
        if wanted == Wanted():  # by the tables' own order
            return found(connection, wanted, limit, after)
        with self._lock:
            self._refresh(connection)
            among = numbers(_all(self._asked(connection, wanted)))
            near = self._where(connection).first(among, limit, after)
        if near.size > limit + SAME:
            return found(connection, wanted, limit, after)
        told = list[Summary]()
        for some in chunks(map(int, near)):
            told += map(summary_of, connection.execute(_SUMMARIES, {"some": some}).all())
        told.sort(key=position_of, reverse=True)
        return [brief for brief in told if after is None or position_of(brief) < after][:limit]

    def _asked(self, connection: Connection, wanted: Wanted) -> dict[str, Bits]:
        """The incidents that there are, and those that have what is asked, for each thing alone."""
        if self._last is None or self._last[0] != wanted:
            self._last = wanted, self._having_each(connection, wanted)
        return self._last[1]

    def _having_each(self, connection: Connection, wanted: Wanted) -> dict[str, Bits]:
        told = {"there": self._packed(self._where(connection).there)}
        for field in NAMED:
            alone: dict[str, Any] = {field: getattr(wanted, field)}
            for term in terms(Wanted(**alone), partial(self._is_known, connection)):
                told[field] = self._with(connection, term)
        if wanted.since or wanted.until:
            days = Wanted(since=wanted.since, until=wanted.until)
            told["days"] = self._packed(self._where(connection).within(days))
        if wanted.box is not None:
            told["box"] = self._packed(self._where(connection).within(Wanted(box=wanted.box)))
        if wanted.query is not None:
            words = Wanted(query=wanted.query)
            matching = select(schema.incidents.c.incident).where(*conditions(connection, words))
            told["query"] = self._of(connection, words, lambda: matching)
        return told

    def _tallied(self, connection: Connection, kind: str, among: Bits) -> tuple[Tally, ...]:
        offered, sets = self._offered(connection, kind)
        counts = np.bitwise_count(sets & among).sum(axis=1, dtype=np.int64)
        told = (Tally(*pair, int(n)) for pair, n in zip(offered, counts, strict=True) if n)
        return tuple(sorted(told, key=_most_first))

    def _offered(self, connection: Connection, kind: str) -> tuple[list[tuple[str, str]], Bits]:
        if kind not in self._offers:
            offered = _shown(connection, kind)
            sets = [self._having(connection, kind, value) for value, _ in offered]
            self._offers[kind] = offered, np.array(sets, dtype=np.uint64).reshape(len(sets), self._size)
        return self._offers[kind]

    def _having(self, connection: Connection, kind: str, value: str) -> Bits:
        return self._with(
            connection, Term(PLACES, value, exact=False) if kind == "place" else Term((kind,), value)
        )

    def _is_known(self, connection: Connection, kind: str, value: str) -> bool:
        if (kind, value) not in self._known:
            self._known[kind, value] = knowing(connection)(kind, value)
        return self._known[kind, value]

    def _with(self, connection: Connection, term: Term) -> Bits:
        if term.exact and term.kinds[0] in WHOLE:
            sets = self._of_kind(connection, term.kinds[0])
            return sets.get(term.value, np.zeros(self._size, dtype=np.uint64))
        if term.kinds == PLACES:
            return self._of(connection, term, lambda: self._at(connection, term))
        return self._of(connection, term, partial(having, term))

    def _at(self, connection: Connection, term: Term) -> Select[int]:
        """The incidents at places whose names have some words; as ``having`` asks for them."""
        if self._places is None:
            values = schema.facet_values.c
            names = connection.execute(select(values.value).where(values.kind.in_(PLACES)))
            self._places = Names(names.scalars())
        named = sorted(self._places.having(term.value))
        if len(named) > AT_MOST:
            return having(term)
        return having_one_of(term.kinds, named)

    def _of(self, connection: Connection, key: Hashable, query: Callable[[], Select[Any]]) -> Bits:
        kept = self._kept.get(key)
        if kept is None:
            kept = bits(connection.execute(query()).scalars().all(), self._size)
            self._kept.put(key, kept)
        return kept

    def _of_kind(self, connection: Connection, kind: str) -> dict[str, Bits]:
        if kind not in self._whole:
            columns = schema.facets.c
            held: dict[str, list[int]] = defaultdict(list)
            rows = connection.execute(select(columns.value, columns.incident).where(columns.kind == kind))
            for value, incident in rows:
                held[value].append(incident)
            self._whole[kind] = {value: bits(each, self._size) for value, each in held.items()}
        return self._whole[kind]

    def _column_of(self, connection: Connection, kind: str) -> ColumnOf:
        if kind not in self._columns:
            columns = schema.facets.c
            rows = connection.execute(select(columns.incident, columns.value).where(columns.kind == kind))
            wider = larger if kind == "cell" else str
            self._columns[kind] = ColumnOf(((row.incident, row.value) for row in rows), wider)
        return self._columns[kind]

    def _where(self, connection: Connection) -> Whereabouts:
        if self._whereabouts is None:
            self._whereabouts = Whereabouts(connection)
        return self._whereabouts

    def _packed(self, there: Mask) -> Bits:
        packed = np.packbits(there[: self._size * 64], bitorder="little")
        return np.pad(packed, (0, self._size * 8 - packed.size)).view(np.uint64)

    def _refresh(self, connection: Connection) -> None:
        """Bring the sets up to date with the log."""
        last = last_entry(connection)
        if last == self._entry:
            return
        if last < self._entry:  # a connection that has been open since before: the sets go back to its state
            self._entry = 0
        columns = schema.incident_changes.c
        query = select(columns.incident).where(columns.entry > self._entry).limit(AT_ONCE + 1)
        changed = [] if self._entry == 0 else connection.execute(query).scalars().all()
        if self._entry == 0 or len(changed) > AT_ONCE:
            self._forget()
        self._known.clear()
        self._offers.clear()
        self._last = None
        self._grow(connection.execute(select(func.max(schema.incidents.c.incident))).scalar() or 0)
        if changed and len(changed) <= AT_ONCE:
            self._change(connection, changed)
        self._entry = last

    def _grow(self, most: int) -> None:
        """Have room for the incident of the greatest number, and for some more."""
        if most < self._size * 64:
            return
        more = most // 64 + 1 + most // 512 - self._size
        self._size += more
        for key, kept in self._kept.items():
            self._kept.put(key, np.pad(kept, (0, more)))
        for kind, sets in self._whole.items():
            self._whole[kind] = {value: np.pad(each, (0, more)) for value, each in sets.items()}

    def _change(self, connection: Connection, changed: Sequence[int]) -> None:
        others = ~bits([number for number in changed if number < self._size * 64], self._size)
        new: dict[tuple[str, str], list[int]] = defaultdict(list)
        for some in chunks(changed):
            for row in connection.execute(select(schema.facets).where(schema.facets.c.incident.in_(some))):
                new[row.kind, row.value].append(row.incident)
        if self._whereabouts is not None:
            self._whereabouts.change(connection, changed)
        if self._places is not None:
            self._places.add(value for kind, value in new if kind in PLACES)
        for kind, column in self._columns.items():
            column.drop(changed)
            column.put((n, value) for (name, value), held in new.items() if name == kind for n in held)
        for key, kept in self._kept.items():
            if isinstance(key, Term):
                self._kept.put(key, kept & others | bits(_joined(new, key), self._size))
            else:
                self._kept.drop(key)
        for kind, sets in self._whole.items():
            nothing = np.zeros(self._size, dtype=np.uint64)
            values = {value for name, value in new if name == kind} | sets.keys()
            self._whole[kind] = {
                value: sets.get(value, nothing) & others | bits(new.get((kind, value), ()), self._size)
                for value in values
            }


def _all(asked: Mapping[str, Bits], but: str = "") -> Bits:
    """The incidents that have all that is asked but for one thing."""
    return reduce(np.bitwise_and, (each for field, each in asked.items() if field != but))


def bits(held: Iterable[int], words: int) -> Bits:
    """Numbers as bits of so many words."""
    there = np.zeros(words * 64, dtype=bool)
    there[np.fromiter(held, dtype=np.int64)] = True
    return np.packbits(there, bitorder="little").view(np.uint64)


def numbers(held: Bits) -> Numbers:
    """The numbers whose bits are set."""
    return np.flatnonzero(np.unpackbits(held.view(np.uint8), bitorder="little"))


def size(held: Bits) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(held).sum())


def larger(square: str) -> str:
    """The larger square of the map that a square degree is in, both told by their south-western corner."""
    south, west = (int(edge) // LARGE * LARGE for edge in square.split(" "))
    return f"{south} {west}"


def _joined(new: Mapping[tuple[str, str], Sequence[int]], term: Term) -> list[int]:
    """The numbers under the values that a term asks for."""
    if term.exact:
        return [number for kind in term.kinds for number in new.get((kind, term.value), ())]
    return [
        number
        for (kind, value), held in new.items()
        if kind in term.kinds and has_words(value, term.value)
        for number in held
    ]


def _shown(connection: Connection, kind: str) -> list[tuple[str, str]]:
    """The values of a kind that are shown to the public, those that most incidents have."""
    columns = schema.facet_values.c
    query = select(columns.value, columns.label).where(columns.kind == kind, columns.label.is_not(None))
    if kind not in WHOLE:
        query = query.order_by(columns.incidents.desc(), columns.value).limit(CANDIDATES)
    return [(row.value, row.label) for row in connection.execute(query)]


def _most_first(tally: Tally) -> tuple[int, str]:
    return -tally.incidents, tally.value


def tallied(told: Iterable[Summary], kinds: Iterable[str]) -> Counted:
    """The same of incidents at hand, such as those of a past day; counted among these alone."""
    told = list(told)
    counts = Counter(pair for each in told for pair, label in each.facets.items() if label)
    labels = {pair: label for each in told for pair, label in each.facets.items() if label}
    values: dict[str, tuple[Tally, ...]] = {}
    for kind in kinds:
        held = [Tally(value, labels[kind, value], n) for (name, value), n in counts.items() if name == kind]
        values[kind] = tuple(sorted(held) if kind in ONE else sorted(held, key=_most_first))
    squares = values.get("cell", ())
    if len(squares) <= CELLS:
        return Counted(len(told), values)
    wide: Counter[str] = Counter()
    for each in squares:
        wide[larger(each.value)] += each.incidents
    values["cell"] = tuple(Tally(name, name, n) for name, n in sorted(wide.items()))
    return Counted(len(told), values, LARGE)
