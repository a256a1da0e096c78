"""How a record in PostgreSQL stands at size: what its queries cost, and by which plans.

    python benchmarks/postgresql.py [--claims 1000000] [--months 24] [--memory 2GB]
                                    [--url postgresql://…/empty] [--json]

Invented articles are added as ``dateline add`` does. Then their rows are copied into the tables again and
again (COPY), under other ids, numbers, addresses, names and days, until there are so many claims, as if over
so many months. Measured are, before and after: what an article costs to add and link, a claim; the questions
that the site asks, with the pages of 8 KB that the server looks at (EXPLAIN ANALYZE, BUFFERS); which tables
of more than 10,000 rows a question reads from end to end; and what lies where on the disk.

Times are the processor's, of this process and of its server process where that is on this machine; no query
is shared among several. Texts are not copied, and there are no pages: these come on top.

Without ``--url`` a private server is started, as the tests do, in the folder for temporary files.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import event, text

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from copied import END, HEADER, Copies
from databases import cluster
from faults.prepared import PAGES, prepared, readings_of
from lasting import Noting

from dateline.pipeline import linker
from dateline.record import months, schema
from dateline.record.linking import Linker
from dateline.record.loading import chunks
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.show import jsonl
from dateline.types import Filler, Reading, Span

T = TypeVar("T")

SETTINGS = {
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
}
COUNTED = ("entry", "article", "reading", "claim", "decision")
TABLES = {
    table.name: tuple(column.name for column in table.columns)
    for table in (*schema.LOG, *schema.WORDS, *schema.COMPUTED)
    if table.name not in ("pages", "erasures", "facet_values")
} | {"claim_search": ("claim", "words")}
"""What is copied of which tables: there are no pages and erasures, and values are counted anew."""
LARGE = 10_000
"""Rows from which on a table should not be read from end to end."""
TIMES = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: milliseconds at first and the median of more times, rows, pages, tables read whole."""

    question: str
    first: float
    milliseconds: float
    rows: int
    pages: int
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """What was measured at a size: milliseconds to add and link a claim, the questions, bytes by table."""

    claims: int
    adding: float
    asked: tuple[Asked, ...]
    bytes: dict[str, int]


class Clock:
    """The processor's time of this process and of the record's server process."""

    def __init__(self, record: Record) -> None:
        with record.engine.connect() as connection:
            pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        self._path = Path(f"/proc/{pid}/schedstat")

    def milliseconds(self) -> float:
        """So far. The server's only where the system tells."""
        try:
            server = int(self._path.read_text().split()[0]) / 1e6
        except OSError:
            server = 0.0
        return 1000 * time.process_time() + server


def multiply(record: Record, copies: int, over: int, lasting: Set[int]) -> None:
    """Have each row so many times, without triggers, recorded over so many months; then the indexes.

    ``lasting`` are the keys that hold for all days.
    """
    parts = list(chunks(range(copies), -(-copies // over)))
    with record.engine.begin() as connection:
        server: Any = connection.connection.driver_connection
        most = {name: _greatest(server, name) for name in COUNTED}
        made = {
            table: Copies(columns, _rows(server, table, columns), most, lasting)
            for table, columns in TABLES.items()
        }
        texts = _rows(server, "contents", TABLES["contents"], texts=True)
        server.execute("SET LOCAL session_replication_role = replica")
        definitions = _dropped(server)
        server.execute(f"TRUNCATE {', '.join(made)}, facet_values")
        for number, part in enumerate(parts):
            if len(parts) > 1:
                months.begin(connection, _month(len(parts) - 1 - number))
            if number == 0:
                _write(server, "contents", [texts[len(HEADER) : -len(END)]])
            for table, rows in made.items():
                _write(server, table, map(rows.of, part))
        server.execute(
            "INSERT INTO facet_values (kind, value, incidents, label)"
            " SELECT kind, value, count(*), value FROM facets GROUP BY kind, value"
        )
        for definition in definitions:
            server.execute(definition)
    with record.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _month(ago: int) -> str:
    """The name of the month so many before this one."""
    now = datetime.now(UTC)
    year, month = divmod(now.year * 12 + now.month - 1 - ago, 12)
    return f"{year}_{month + 1:02}"


def _greatest(server: Any, number: str) -> int:
    table = {"entry": "log"}.get(number, f"{number}s")
    (greatest,) = server.execute(f"SELECT coalesce(max({number}), 0) FROM {table}").fetchone()
    return int(greatest)


def _rows(server: Any, table: str, columns: Sequence[str], *, texts: bool = False) -> bytes:
    """A table as binary COPY gives it; of the contents those under an id, or the texts."""
    own = "content ~ '^[acdir][0-9a-f]{32}$'"
    where = f"WHERE {'NOT ' if texts else ''}{own}" if table == "contents" else ""
    with server.cursor() as cursor:
        query = f"COPY (SELECT {_listed(columns)} FROM {table} {where}) TO STDOUT (FORMAT binary)"
        with cursor.copy(query) as copy:
            return b"".join(copy)


def _write(server: Any, table: str, rows: Iterable[bytes]) -> None:
    command = f"COPY {table} ({_listed(TABLES[table])}) FROM STDIN (FORMAT binary)"
    with server.cursor() as cursor, cursor.copy(command) as copy:
        copy.write(HEADER)
        for some in rows:
            copy.write(some)
        copy.write(END)


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _dropped(server: Any) -> list[str]:
    """Drop the keys and indexes of the tables; what makes them again, references last."""
    keys = server.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND conparentid = 0"
        " AND (contype = 'f' OR contype IN ('p', 'u') AND conrelid::regclass::text = ANY (%s))"
        " ORDER BY contype <> 'f'",
        ([*TABLES],),
    ).fetchall()
    for table, name, _ in keys:
        server.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    indexes = server.execute(
        "SELECT relname, pg_get_indexdef(oid) FROM pg_class JOIN pg_index ON indexrelid = oid"
        " WHERE NOT relispartition AND indrelid::regclass::text = ANY (%s)",
        ([*TABLES],),
    ).fetchall()
    for name, _ in indexes:
        server.execute(f'DROP INDEX "{name}"')
    again = [f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}' for table, name, definition in keys]
    # What is made again of an index of a partitioned table says ONLY, and would have no parts.
    return [
        *(definition.replace(" ON ONLY ", " ON ") for _, definition in indexes),
        *sorted(again, key=lambda each: "FOREIGN KEY" in each),
    ]


def questions(record: Record, names: Sequence[str], ids: Iterator[str]) -> dict[str, Callable[[], Any]]:
    """What the site asks, and what ``dateline incidents`` does, each time of other incidents."""
    month: dict[str, Any] = {"since": "2026-03-01", "until": "2026-03-31"}
    asked = {
        "latest": Wanted(),
        "a month": Wanted(**month),
        "a type": Wanted(type="ASSAULT"),
        "a type in a month": Wanted(type="ASSAULT", **month),
        "a place": Wanted(place=names[0]),
        "a party": Wanted(actor=names[1]),
        "words": Wanted(query=names[2]),
    }
    listed = {f"site: {name}": partial(_listed_by_site, record, wanted) for name, wanted in asked.items()}
    found = {f"command: {name}": partial(record.find, wanted, 20) for name, wanted in asked.items()}
    counts = {"site: counts": lambda: [record.counted(Wanted(), ("type", "party", "place", "month", "cell"))]}
    one = {
        "an incident": lambda: [record.surroundings(next(ids))],
        "a chain": lambda: record.chain(next(ids)),
    }
    return {**listed, **counts, **found, **one}


def _listed_by_site(record: Record, wanted: Wanted) -> Sequence[Any]:
    with record.reading() as connection:
        return record.sets.first(connection, wanted, 20)


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


def looked_at(server: Any, statements: Iterable[tuple[str, Any]]) -> tuple[int, tuple[str, ...]]:
    """How many pages statements look at, and which large tables they read from end to end."""
    large = server.execute("SELECT relname FROM pg_class WHERE reltuples > %s", (LARGE,)).fetchall()
    pages, met = 0, set[str]()
    for statement, parameters in statements:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            explain = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}"
            (told,) = server.execute(explain, parameters).fetchone()
            plan = told[0]["Plan"]
            pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
            met |= set(scanned(plan))
    return pages, tuple(sorted(met & {name for (name,) in large}))


def scanned(plan: dict[str, Any]) -> Iterator[str]:
    """The tables that a plan reads from end to end. Under a limit it stops early, but may not."""
    if plan["Node Type"] == "Seq Scan" and plan.get("Actual Loops", 1):
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scanned(part)


def measured(record: Record, new: Sequence[Reading], names: Sequence[str], decide: Linker) -> Stand:
    """What a record of this size costs."""
    times, claims, clock = [], 0, Clock(record)
    for reading in new:
        started = clock.milliseconds()
        claims += record.add(reading, linker=decide).claims
        times.append(clock.milliseconds() - started)
    with record.engine.connect() as connection:
        server: Any = connection.connection.driver_connection
        most = _greatest(server, "claim")
        sample = server.execute("SELECT id FROM incidents ORDER BY id LIMIT 500").fetchall()
        sizes = dict(server.execute(SIZES).fetchall())
    ids = iter([identity for (identity,) in sample] * 10)
    asked = tuple(
        _asked(record, clock, question, act) for question, act in questions(record, names, ids).items()
    )
    return Stand(most, statistics.median(times) * len(new) / claims, asked, sizes)


SIZES = """
    SELECT coalesce(inhparent, oid)::regclass::text, sum(pg_total_relation_size(oid))::bigint
    FROM pg_class LEFT JOIN pg_inherits ON inhrelid = oid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' GROUP BY 1
"""
"""How many bytes each table takes with its indexes, its parts together."""


def _asked(record: Record, clock: Clock, question: str, act: Callable[[], Any]) -> Asked:
    with listening(record) as sent:
        first, rows = _timed(clock, lambda: len(act()))
    times = [_timed(clock, act)[0] for _ in range(TIMES)]
    with record.engine.connect() as connection:
        pages, whole = looked_at(connection.connection.driver_connection, sent)
    return Asked(question, first, statistics.median(times), rows, pages, whole)


def _timed(clock: Clock, act: Callable[[], T]) -> tuple[float, T]:
    started = clock.milliseconds()
    result = act()
    return clock.milliseconds() - started, result


def report(small: Stand, large: Stand, loading: float) -> str:
    """The figures for people."""
    lines = [f"loaded to {large.claims:,} claims in {loading:.0f} s"]
    adding = f"{small.adding:.1f} ms a claim at {small.claims:,}, {large.adding:.1f} at {large.claims:,}"
    lines.append(f"adding and linking: {adding}: {large.adding / small.adding:.2f} times")
    for before, after in zip(small.asked, large.asked, strict=True):
        whole = f"; reads all of {', '.join(after.whole)}" if after.whole else ""
        lines.append(
            f"  {after.question:24} {before.milliseconds:8.1f} → {after.milliseconds:8.1f} ms, at first "
            f"{after.first:.0f}; {after.rows} rows, {after.pages:,} pages{whole}"
        )
    total = sum(large.bytes.values())
    lines.append(f"{total / 1e9:.1f} GB, {total / large.claims / 1e3:.2f} for a million claims, of these")
    for table, size in sorted(large.bytes.items(), key=lambda each: -each[1])[:12]:
        lines.append(f"  {table:24} {size / large.claims / 1e3:8.2f}")
    return "\n".join(lines)


def _near(one: Filler, other: Span) -> bool:
    """Whether words are so near that they stand in one sentence."""
    return abs(one.start - other.start) < 60


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description="How a record in PostgreSQL stands at size.")
    parser.add_argument("--claims", type=int, default=1_000_000, help="how many claims to load")
    parser.add_argument("--months", type=int, default=24, help="over how many months they are recorded")
    parser.add_argument("--articles", type=int, default=200, help="how many of them are added one by one")
    parser.add_argument("--reports", type=int, default=16, help="how many reports an article has at most")
    parser.add_argument(
        "--readings", type=Path, default=PAGES, help="what is varied; or lines of read --jsonl"
    )
    parser.add_argument("--memory", default="2GB", help="what the private server keeps of the tables at most")
    parser.add_argument("--url", help="an empty database; its user must be a superuser")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def main() -> None:
    """Loads, measures and prints."""
    options = arguments()
    items = prepared(readings_of([options.readings]), options.articles + 80, reports=options.reports)
    readings = [jsonl.decode(json.loads(item.line)) for item in items]
    base, before, after = readings[: options.articles], readings[options.articles : -40], readings[-40:]
    told = next(e for r in base for e in r.events if e.actor and e.place and _near(e.place[0], e.trigger))
    names = told.place[0].text, told.actor[0].text, f'"{told.place[0].text}" {told.trigger.text}'
    with ExitStack() as stack:
        url = options.url or stack.enter_context(
            stack.enter_context(cluster(SETTINGS | {"shared_buffers": options.memory})).database()
        )
        with Record.open(url) as record:
            first, then = Noting(linker()), Noting(linker())
            for reading in base:
                record.add(reading, linker=first)
            small = measured(record, before, names, then)
            started = time.perf_counter()
            copies = max(1, options.claims // small.claims)
            multiply(record, copies, options.months, first.lasting | then.lasting)
            loading = time.perf_counter() - started
        with Record.open(url) as record:
            large = measured(record, after, names, linker())
    if options.json:
        print(json.dumps({"loading_seconds": loading, "small": asdict(small), "large": asdict(large)}))
    else:
        print(report(small, large, loading))


if __name__ == "__main__":
    main()
