"""What is known of sources, pages and hosts between two runs, in a small SQLite file beside the record.

It is no part of the record: without it all is asked for again, and what is read again is known there
already. What a look at a source found is written in one step with the marks (``ETag``, ``Last-Modified``)
that say that it was found, so a run that is killed loses nothing.
"""

from __future__ import annotations

import fcntl
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self, TextIO

from dateline.errors import InputError
from dateline.ingest.feeds import Listed
from dateline.ingest.robots import Rules

VERSION = 1
TABLES = """
CREATE TABLE sources (
    address TEXT PRIMARY KEY,
    tried REAL, succeeded REAL, failures INTEGER NOT NULL, next REAL NOT NULL, error TEXT
);
CREATE TABLE documents (address TEXT PRIMARY KEY, etag TEXT, modified TEXT, changed TEXT);
CREATE TABLE pages (
    address TEXT PRIMARY KEY,
    host TEXT NOT NULL, source TEXT NOT NULL, told TEXT NOT NULL, state TEXT NOT NULL,
    tries INTEGER NOT NULL, next REAL NOT NULL, listed REAL NOT NULL, error TEXT
);
CREATE INDEX pages_due ON pages (state, host, next);
CREATE INDEX pages_of ON pages (source, state);
CREATE TABLE hosts (host TEXT PRIMARY KEY, free REAL NOT NULL);
CREATE TABLE robots (origin TEXT PRIMARY KEY, text TEXT, until REAL NOT NULL);
"""
FORGOTTEN = 90 * 86_400.0
"""Seconds after which a page that its source lists no more is forgotten."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a document said of its version: ``ETag``, ``Last-Modified``; ``changed`` as an index told it."""

    etag: str | None = None
    modified: str | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How a source fares. Times are seconds since 1970, null for never; ``next`` is the next look.

    ``failures`` are those in a row, ``error`` the last of them; ``pages`` counts its pages by what became
    of them: "due", "read", "skipped", "failed", "old".
    """

    address: str
    tried: float | None = None
    succeeded: float | None = None
    failures: int = 0
    next: float = 0.0
    error: str | None = None
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """A page to be read."""

    address: str
    host: str
    source: str
    tries: int


class State:
    """The file. Safe to use from several threads; one process at a time may write."""

    def __init__(self, connection: sqlite3.Connection, held: TextIO | None = None) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self._held = held

    @classmethod
    def open(cls, path: Path) -> Self:
        """The file, made if it is not there. Raises ``InputError`` when another process follows with it."""
        held = _locked(path)
        try:
            state = cls(_opened(path), held)
        except InputError:
            held.close()
            raise
        with state._writing() as connection:  # of a run that was killed
            connection.execute("UPDATE pages SET state = 'due' WHERE state = 'reading'")
        return state

    @classmethod
    def look(cls, path: Path) -> Self:
        """The file to be read, an empty one if it is not there; also while another process writes."""
        if path.exists():
            return cls(_opened(path))
        return cls(_made(_connected(":memory:")))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        if self._held is not None:
            self._held.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, self._connection:
            yield self._connection

    def _all(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def marks(self, address: str) -> Marks:
        """The marks of a document, none when it was never had."""
        found = self._all("SELECT etag, modified, changed FROM documents WHERE address = ?", address)
        return Marks(*found[0]) if found else Marks()  # type: ignore[arg-type]

    def looked(
        self,
        source: str,
        now: float,
        after: float,
        pages: Sequence[Listed],
        hosts: Mapping[str, str],
        unwanted: Iterable[str] = (),
        marks: Mapping[str, Marks] | None = None,
        *,
        revisit: bool = False,
    ) -> int:
        """Note what a look at a source found, in one step, and give how many pages are new.

        ``after`` is when it is looked at again; ``hosts`` those of the pages' addresses; the pages
        ``unwanted`` are known from now on, but are not read.
        """
        old = set(unwanted)
        with self._writing() as connection:
            before = _due(connection, source)
            connection.executemany(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, 0, 0, ?, NULL)"
                " ON CONFLICT DO UPDATE SET listed = excluded.listed, told = excluded.told,"
                " source = CASE state WHEN 'due' THEN excluded.source ELSE source END,"
                " state = CASE WHEN ? AND excluded.told > told AND state = 'read' THEN 'due' ELSE state END",
                [
                    (
                        page.address,
                        hosts[page.address],
                        source,
                        page.told,
                        "old" if page.address in old else "due",
                        now,
                        revisit,
                    )
                    for page in pages
                ],
            )
            if pages:
                gone = "DELETE FROM pages WHERE source = ? AND state != 'due' AND listed < ?"
                connection.execute(gone, (source, now - FORGOTTEN))
            connection.executemany(
                "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)",
                [
                    (address, each.etag, each.modified, each.changed)
                    for address, each in (marks or {}).items()
                ],
            )
            connection.execute(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, 0, ?, NULL)", (source, now, now, after)
            )
            return _due(connection, source) - before

    def failed(self, source: str, now: float, after: float, error: str) -> None:
        """Note that a look at a source failed."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO sources VALUES (?, ?, NULL, 1, ?, ?) ON CONFLICT DO UPDATE"
                " SET tried = excluded.tried, failures = failures + 1, next = excluded.next,"
                " error = excluded.error",
                (source, now, after, error),
            )

    def put_off(self, address: str, until: float, error: str | None = None, tries: int = 0) -> None:
        """Note that a page is to be asked for later, and how often it was."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE pages SET next = ?, error = ?, tries = ? WHERE address = ?",
                (until, error, tries, address),
            )

    def done(self, address: str, state: str, error: str | None = None) -> None:
        """Note what became of a page: "reading", "read", "skipped" or "failed"."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE pages SET state = ?, error = ? WHERE address = ?", (state, error, address)
            )

    def is_read(self, address: str) -> bool:
        """Whether the page of an address was read."""
        return bool(self._all("SELECT 1 FROM pages WHERE address = ? AND state = 'read'", address))

    def known(self, addresses: Sequence[str]) -> set[str]:
        """Those of the addresses that are known."""
        with self._lock:
            find = "SELECT 1 FROM pages WHERE address = ?"
            return {each for each in addresses if self._connection.execute(find, (each,)).fetchone()}

    def due(self, now: float, sources: Iterable[str], busy: Iterable[str]) -> list[Due]:
        """For each host but the busy ones, the latest page that is due of these sources."""
        found = self._all(
            "SELECT address, host, source, tries, max(told) FROM pages"
            f" WHERE state = 'due' AND next <= ? AND source IN ({_signs(sources)})"
            f" AND host NOT IN ({_signs(busy)}) GROUP BY host",
            now,
            *sources,
            *busy,
        )
        return [Due(*row[:4]) for row in found]  # type: ignore[arg-type]

    def hosts_due(self, now: float, sources: Iterable[str]) -> list[str]:
        """The hosts of which pages of these sources are due."""
        query = (
            "SELECT DISTINCT host FROM pages"
            f" WHERE state = 'due' AND next <= ? AND source IN ({_signs(sources)})"
        )
        return [str(host) for (host,) in self._all(query, now, *sources)]

    def next_page(self, now: float, sources: Iterable[str]) -> float | None:
        """When the next page of these sources that is not due yet will be, null when none is waited for."""
        query = (
            f"SELECT min(next) FROM pages WHERE state = 'due' AND next > ? AND source IN ({_signs(sources)})"
        )
        return self._all(query, now, *sources)[0][0]  # type: ignore[return-value]

    def health(self, addresses: Sequence[str]) -> list[Health]:
        """How sources fare, in the order given."""
        rows = {row[0]: row for row in self._all("SELECT * FROM sources")}
        counts: dict[object, dict[str, int]] = {}
        counted = "SELECT source, state, count(*) FROM pages GROUP BY source, state"
        for source, state, count in self._all(counted):
            counts.setdefault(source, {})[str(state)] = count  # type: ignore[assignment]
        return [
            replace(Health(*rows.get(each, (each,))), pages=counts.get(each, {}))  # type: ignore[arg-type]
            for each in addresses
        ]

    def free_hosts(self, now: float) -> dict[str, float]:
        """The hosts that are to be left in peace still, each until when."""
        return dict(self._all("SELECT host, free FROM hosts WHERE free > ?", now))  # type: ignore[arg-type]

    def hold(self, host: str, until: float) -> None:
        """Note until when a host is to be left in peace."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?)", (host, until))

    def rules(self, origin: str) -> Rules | None:
        """What the robots.txt of a site said, null when it was never asked for."""
        found = self._all("SELECT text, until FROM robots WHERE origin = ?", origin)
        return Rules(*found[0]) if found else None  # type: ignore[arg-type]

    def keep_rules(self, origin: str, rules: Rules) -> None:
        """Keep what a robots.txt said."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (origin, rules.text, rules.until)
            )


def state_path(record: str) -> Path:
    """Where the state of following into a record is kept: beside it, or here when that is a database."""
    if "://" in record:
        return Path("dateline.watch.db")
    path = Path(record)
    return path.with_name(f"{path.stem}.watch.db")


def _locked(path: Path) -> TextIO:
    """A hold on the file for this process alone; the system lets go of it when the process ends."""
    try:
        held = path.with_name(path.name + ".lock").open("a")
    except OSError as error:
        raise InputError(str(path), f"cannot be used ({error.strerror})", "check its folder") from None
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        reason, remedy = "another dateline watch is using it", "stop that, or give another --record"
        raise InputError(str(path), reason, remedy) from None
    return held


def _opened(path: Path) -> sqlite3.Connection:
    connection = None
    try:
        connection = _connected(path.resolve().as_uri())
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            _made(connection)
    except sqlite3.Error as error:
        if connection is not None:
            connection.close()
        raise InputError(str(path), f"cannot be used ({error})", "move it away, and start again") from None
    if version not in (0, VERSION):
        connection.close()
        raise InputError(str(path), "was written by another version of Dateline", "move it away")
    return connection


def _connected(uri: str) -> sqlite3.Connection:
    return sqlite3.connect(uri, uri=uri != ":memory:", timeout=30, check_same_thread=False)


def _made(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
    return connection


def _due(connection: sqlite3.Connection, source: str) -> int:
    query = "SELECT count(*) FROM pages WHERE source = ? AND state = 'due'"
    return int(connection.execute(query, (source,)).fetchone()[0])


def _signs(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
