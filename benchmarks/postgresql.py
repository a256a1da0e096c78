"""How a record in PostgreSQL stands at size: what its queries cost, and by which plans.

    python benchmarks/postgresql.py [--claims 1000000] [--url postgresql://…/empty] [--json]

Invented articles are added as ``dateline add`` does. Then their rows are copied into the tables again and
again (COPY), under other ids, numbers, addresses, names and days, until there are so many claims. Measured
are, before and after: what an article costs to add and link, a claim; the questions that the site asks; and
which tables of more than 10,000 rows a question reads from end to end, by EXPLAIN.

Without ``--url`` a private server is started, as the tests do.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from databases import cluster
from faults.prepared import PAGES, prepared, readings_of

from dateline.pipeline import linker
from dateline.record import schema
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.show import jsonl
from dateline.types import Reading

Row = tuple[Any, ...]

ID = re.compile(r"\b([acdir])([0-9a-f]{32})\b")
COUNTED = ("entry", "page", "article", "reading", "claim", "decision")
LIKE = {"component": "claim", "incident": "claim"}
"""Columns that hold the numbers of others."""
DAYS = {"first_day", "last_day", "first_told", "last_told", "latest", "published", "modified", "recorded"}
NAMED = {"actor", "recipient", "place", "party", "speaker", "publisher"}
VARIANTS = 499
"""Under so many other names the copies are told."""
SPAN_DAYS = 3650
TABLES = (
    "log", "articles", "readings", "claims", "decisions", "contents", "claim_words", "decision_words",
    "citations", "heads", "membership", "incidents", "facets", "claim_keys", "article_keys", "decision_ends",
    "incident_changes", "claim_search",
)  # fmt: skip
LARGE = 10_000
"""Rows from which on a table should not be read from end to end."""
TIMES = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: median milliseconds of several times, rows that came, and tables that were read whole."""

    question: str
    milliseconds: float
    rows: int
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """What was measured at a size: milliseconds to add and link a claim, and the questions."""

    claims: int
    adding: float
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Copier:
    """Makes the rows of the n-th copy of a record from its own."""

    most: dict[str, int]
    """The greatest number of each kind."""

    def row(self, table: str, columns: Sequence[str], row: Row, copy: int) -> Row | None:
        """A row of a copy; null when its copies share it."""
        if table == "contents" and not ID.fullmatch(row[0]):
            return None
        kind = row[columns.index("kind")] if table == "facets" else ""
        return tuple(self._value(table, c, v, copy, kind) for c, v in zip(columns, row, strict=True))

    def _value(self, table: str, column: str, value: Any, copy: int, kind: str) -> Any:
        if value is None or isinstance(value, bool | float | bytes):
            return value
        days = copy * 7919 % SPAN_DAYS
        if isinstance(value, int):
            if column == "key":
                return value ^ (copy % VARIANTS * 0x9E3779B97F4A7C1 % (1 << 62))
            if column == "turn":
                return value + (days * 86400 << 29)
            numbered = LIKE.get(column, column)
            counts = table != "incidents" or column in ("incident", "entry")
            return value + copy * self.most[numbered] if numbered in self.most and counts else value
        if column in DAYS:
            return _later(value, days)
        if column == "address":
            return f"{value}?{copy}"
        if column == "value" and kind in NAMED:
            return f"{value} {copy % VARIANTS}"
        return ID.sub(lambda found: found[1] + _other(found[2], copy), value)


def _later(value: str, days: int) -> str:
    try:
        return str(date.fromisoformat(value[:10]) + timedelta(days)) + value[10:]
    except (ValueError, OverflowError):
        return value


def _other(digits: str, copy: int) -> str:
    """Another id for a copy. The order of ids stays, as an incident has that of its smallest claim."""
    shift = int(hashlib.blake2b(str(copy).encode(), digest_size=6).hexdigest(), 16) // 2
    tail = hashlib.blake2b(f"{digits}{copy}".encode(), digest_size=10).hexdigest()
    return f"{int(digits[:12], 16) // 2 + shift:012x}{tail}"


def multiply(connection: psycopg.Connection, copies: int) -> None:
    """Copy all rows of a record so many times over, without its triggers and with its indexes made last."""
    most = {name: _greatest(connection, name) for name in COUNTED}
    connection.execute("SET session_replication_role = replica")
    indexes = _dropped(connection)
    for table in TABLES:
        _copied(connection, table, Copier(most), copies)
    connection.execute("TRUNCATE facet_values")
    connection.execute(
        "INSERT INTO facet_values (kind, value, incidents, label)"
        " SELECT kind, value, count(*), value FROM facets GROUP BY kind, value"
    )
    for definition in indexes:
        connection.execute(definition.encode())
    connection.commit()
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")


def _greatest(connection: psycopg.Connection, number: str) -> int:
    table = {"entry": "log"}.get(number, f"{number}s")
    row = connection.execute(f"SELECT coalesce(max({number}), 0) FROM {table}".encode()).fetchone()
    assert row is not None
    return int(row[0])


def _dropped(connection: psycopg.Connection) -> list[str]:
    """Drop the indexes that no constraint needs; what makes them again."""
    rows = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint)"
    ).fetchall()
    for name, _ in rows:
        connection.execute(f'DROP INDEX "{name}"'.encode())
    return [definition for _, definition in rows]


def _copied(connection: psycopg.Connection, table: str, copier: Copier, copies: int) -> None:
    names = "claim, words" if table == "claim_search" else ", ".join(f'"{c.name}"' for c in _columns(table))
    columns = names.replace('"', "").split(", ")
    select = f"SELECT {names} FROM {table}".replace("words", "words::text" if "search" in table else "words")
    rows = connection.execute(select.encode()).fetchall()
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN".encode()) as copy:
        for number in range(1, copies + 1):
            for row in rows:
                if (made := copier.row(table, columns, row, number)) is not None:
                    copy.write_row(made)


def _columns(table: str) -> Iterable[Any]:
    return schema.metadata.tables[table].columns


def questions(record: Record, names: Sequence[str], ids: Iterator[str]) -> dict[str, Callable[[], Any]]:
    """What the site asks, each time of other incidents."""
    find = partial(record.find, limit=20)
    return {
        "the front page": lambda: find(Wanted()),
        "a month": lambda: find(Wanted(since="2026-03-01", until="2026-03-31")),
        "a type": lambda: find(Wanted(type="ASSAULT")),
        "a type in a month": lambda: find(Wanted(type="ASSAULT", since="2026-03-01", until="2026-03-31")),
        "a place": lambda: find(Wanted(place=names[0])),
        "a party": lambda: find(Wanted(actor=names[1])),
        "words": lambda: find(Wanted(query=f'"{names[0]}" killed')),
        "an incident": lambda: [record.surroundings(next(ids))],
        "a chain": lambda: record.chain(next(ids)),
        "counts by type and party": lambda: [record.counted(Wanted(), ("type", "party", "place"))],
    }


@contextmanager
def listening(record: Record) -> Iterator[list[tuple[str, Any]]]:
    """The statements that a record sends meanwhile, with their parameters."""
    sent: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        sent.append((statement, parameters))

    event.listen(record.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(record.engine, "before_cursor_execute", note)


def read_whole(connection: psycopg.Connection, statements: Iterable[tuple[str, Any]]) -> tuple[str, ...]:
    """The large tables that a statement would read from end to end, by the plans of EXPLAIN."""
    large = connection.execute("SELECT relname FROM pg_class WHERE reltuples > %s", (LARGE,)).fetchall()
    names = {name for (name,) in large}
    met: set[str] = set()
    for statement, parameters in statements:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            row = connection.execute(f"EXPLAIN (FORMAT JSON) {statement}".encode(), parameters).fetchone()
            assert row is not None
            met |= set(scanned(row[0][0]["Plan"]))
    return tuple(sorted(met & names))


def scanned(plan: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan reads from end to end. Under a limit it stops early, but may not."""
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part)


def measured(record: Record, url: str, new: Sequence[Reading], names: Sequence[str]) -> Stand:
    """What a record of this size costs."""
    decide, times, claims = linker(), [], 0
    for reading in new:
        started = time.perf_counter()
        claims += record.add(reading, linker=decide).claims
        times.append(time.perf_counter() - started)
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT max(claim), max(incident) FROM membership").fetchone()
        assert row is not None
        sample = connection.execute("SELECT id FROM incidents ORDER BY md5(id) LIMIT 500").fetchall()
        ids = iter([identity for (identity,) in sample] * 10)
        asked = tuple(
            _asked(record, connection, question, act)
            for question, act in questions(record, names, ids).items()
        )
    per_claim = 1000 * statistics.median(times) * len(new) / claims
    return Stand(row[0], per_claim, asked)


def _asked(record: Record, connection: psycopg.Connection, question: str, act: Callable[[], Any]) -> Asked:
    with listening(record) as sent:
        rows = len(act())
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - started))
    return Asked(question, statistics.median(times), rows, read_whole(connection, sent))


def report(small: Stand, large: Stand, loading: float) -> str:
    """The figures for people."""
    lines = [f"loaded to {large.claims:,} claims in {loading:.0f} s"]
    adding = f"{small.adding:.1f} ms a claim at {small.claims:,}, {large.adding:.1f} at {large.claims:,}"
    lines.append(f"adding and linking: {adding}: {large.adding / small.adding:.2f} times")
    for before, after in zip(small.asked, large.asked, strict=True):
        whole = f"; reads all of {', '.join(after.whole)}" if after.whole else ""
        ratio = after.milliseconds / before.milliseconds
        lines.append(
            f"  {after.question:24} {before.milliseconds:8.1f} → {after.milliseconds:8.1f} ms "
            f"({ratio:5.1f} times), {after.rows} rows{whole}"
        )
    return "\n".join(lines)


def main() -> None:
    """Loads, measures and prints."""
    parser = argparse.ArgumentParser(description="How a record in PostgreSQL stands at size.")
    parser.add_argument("--claims", type=int, default=1_000_000, help="how many claims to load")
    parser.add_argument("--articles", type=int, default=200, help="how many of them are added one by one")
    parser.add_argument(
        "--readings", type=Path, default=PAGES, help="what is varied; or lines of read --jsonl"
    )
    parser.add_argument("--url", help="an empty database; its user must be a superuser")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    items = prepared(readings_of([options.readings]), options.articles + 80)
    readings = [jsonl.decode(json.loads(item.line)) for item in items]
    base, before, after = readings[: options.articles], readings[options.articles : -40], readings[-40:]
    place = next(f.text for r in base for e in r.events for f in e.place)
    party = next(f.text for r in base for e in r.events for f in e.actor)
    with ExitStack() as stack:
        url = options.url or stack.enter_context(stack.enter_context(cluster()).database())
        with Record.open(url) as record:
            decide = linker()
            for reading in base:
                record.add(reading, linker=decide)
            small = measured(record, url, before, (place, party))
        started = time.perf_counter()
        with psycopg.connect(url) as connection:
            multiply(connection, max(1, options.claims // small.claims - 1))
        loading = time.perf_counter() - started
        with Record.open(url) as record:
            large = measured(record, url, after, (place, party))
    if options.json:
        print(json.dumps({"loading_seconds": loading, "small": asdict(small), "large": asdict(large)}))
    else:
        print(report(small, large, loading))


if __name__ == "__main__":
    main()
