"""A record's database, opened: an SQLite file by default, PostgreSQL by URL.

Writing is one at a time in either: ``BEGIN IMMEDIATE`` in SQLite, an advisory lock in PostgreSQL. So
the order of the log is the order of the commits, and a linker sees all that was there before.
"""

from __future__ import annotations

import importlib
import logging
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from dateline.errors import RecordError
from dateline.record import months

log = logging.getLogger(__name__)

T = TypeVar("T")
Version = tuple[int, ...]

WAL_FAULT = (3, 7, 0), (3, 51, 3)
"""From the first, before the second, SQLite may lose writes when two connections write and checkpoint
a write-ahead log at once (sqlite.org/wal.html#walresetbug), but for the versions in ``WAL_BACKPORTS``."""
WAL_BACKPORTS = (3, 44, 6), (3, 50, 7)

BUSY_SECONDS = 60
PATIENCE_SECONDS = 300
"""How long a writer waits for its turn in all."""
ADVISORY_LOCK = 0x6461_7465  # "date": the writers of a record in one PostgreSQL database


def has_wal_fault(version: Version) -> bool:
    """Whether an SQLite of this version has the WAL-reset fault."""
    first, fixed = WAL_FAULT
    backported = any(version[:2] == good[:2] and version >= good for good in WAL_BACKPORTS)
    return first <= version < fixed and not backported


def sqlite_module() -> ModuleType:
    """The SQLite that a record is kept with: pysqlite3's, which is newer, else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def open_engine(target: str | Path, *, create: bool) -> Engine:
    """The database of a record: a file, or a URL of PostgreSQL or SQLite.

    ``create`` allows a file that is not there yet. Raises ``RecordError`` when there is none, and for
    a URL that cannot be used.
    """
    if "://" not in str(target):
        return _sqlite(Path(target), create)
    try:
        url = make_url(str(target))
    except ArgumentError as error:
        raise RecordError(f"{target}: is no database URL; write postgresql://user@host/name") from error
    if url.get_backend_name() == "sqlite" and url.database:
        return _sqlite(Path(url.database), create)
    if url.get_backend_name() != "postgresql":
        raise RecordError(f"{target}: a record is kept in SQLite or PostgreSQL; name one of these")
    try:
        return _postgresql(url)
    except ModuleNotFoundError as error:
        remedy = "install it with pip install 'dateline[postgresql]'"
        raise RecordError(f"{url.render_as_string()}: needs psycopg; {remedy}") from error


def _postgresql(url: URL) -> Engine:
    engine = create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        # Compiling a query takes longer than ours do, however many rows the planner expects.
        connection.autocommit = True
        connection.execute("SET jit = off")
        connection.autocommit = False

    return engine


def _sqlite(path: Path, create: bool) -> Engine:
    if not create and not path.is_file():
        raise RecordError(f"{path}: there is no record; make one with dateline add, or name it by --record")
    if not path.parent.is_dir():
        raise RecordError(f"{path}: there is no folder {str(path.parent)!r}; make it first")
    module = sqlite_module()
    engine = create_engine(
        f"sqlite:///{path}", module=module, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}
    )
    faulty = has_wal_fault(module.sqlite_version_info)
    if faulty:
        told = f"SQLite {module.sqlite_version} can lose writes in WAL mode; the record is kept without"
        log.warning("%s, which is slower; pip install pysqlite3 brings a newer one", told)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: object) -> None:
        connection.isolation_level = None  # begin is ours to say
        _prepare(connection, "DELETE" if faulty else "WAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _prepare(connection: Any, journal: str) -> None:
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        f"journal_mode = {journal}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()
    (found,) = connection.execute("PRAGMA journal_mode").fetchone()
    if found != journal.lower():
        raise RecordError(f"the record: its journal is {found!r} and cannot be {journal}; close it elsewhere")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else writes; all of it is kept, or nothing."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            months.turn(connection)
        yield connection


def retrying(act: Callable[[], T]) -> T:
    """What the act gives, tried again while others hold the database, up to ``PATIENCE_SECONDS``."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return act()
        except OperationalError as error:
            if not _busy(error) or time.monotonic() > until:
                raise complaint(error) from error
        except REFUSALS as error:
            raise complaint(error) from error
        time.sleep(random.uniform(0.01, 0.2))


def _busy(error: OperationalError) -> bool:
    reason = str(error.orig)
    return any(words in reason for words in ("database is locked", "deadlock detected", "not serialize"))


def complaint(error: DBAPIError | UnicodeDecodeError) -> RecordError:
    """A database's complaint in one line, with what can be done about it."""
    reason = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
    for words, remedy in REMEDIES.items():
        if words in reason:
            return RecordError(f"the record: {reason}; {remedy}")
    return RecordError(f"the record: {reason}")


REFUSALS = (DBAPIError, UnicodeDecodeError)
"""What comes of a database that refuses; the latter of one so damaged that its complaint is no text."""

REMEDIES = {
    "malformed": "the file is damaged: see what can be read with dateline salvage",
    "decode": "the file is damaged: see what can be read with dateline salvage",
    "not a database": "name a record by --record, or see what can be read with dateline salvage",
    "disk is full": "make room and run the command again: what was added so far is kept",
    "No space left": "make room and run the command again: what was added so far is kept",
    "free disk space": "make room and run the command again: what was added so far is kept",
    "disk I/O error": "make room and run the command again, or look whether the disk fails or a limit is set",
    "readonly": "make file and folder writable",
    "unable to open": "look at the rights of file and folder",
    "connection failed": "look whether the server runs, and at the URL",
    "database is locked": "another process holds it; try again when that is done",
}
