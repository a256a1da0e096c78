"""A record kept twice, and what can be read of a damaged one.

A backup of SQLite is taken while others write and is one state of the record; that of PostgreSQL is its
own tools' work. What is salvaged goes through the same door as what is added: into a new record, in the
order of the log, each reading only if its words still have its digest.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import InputError, RecordError
from dateline.record.engine import sqlite_module
from dateline.record.ids import digest, reading_id
from dateline.record.packing import unpack_bytes, unpack_json, unpack_text
from dateline.record.record import Record
from dateline.show import jsonl
from dateline.types import Decision, Page, Reading

Row = dict[str, Any]


def backup(source: Path, copy: Path) -> None:
    """Copy an SQLite record that others may be writing to; the copy is checked and safe on disk.

    Raises ``RecordError`` when the copy's name is taken, or when the record is damaged.
    """
    if copy.exists():
        raise RecordError(f"{copy}: is there already; choose another name")
    unfinished = copy.with_name(copy.name + ".part")
    unfinished.unlink(missing_ok=True)
    _copied(source, unfinished)
    faults = check(unfinished)
    if faults:
        unfinished.unlink()
        raise RecordError(f"{source}: is damaged ({faults[0]}); see what can be read with dateline salvage")
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.rename(copy)


def _copied(source: Path, copy: Path) -> None:
    module = sqlite_module()
    if not source.is_file():
        raise RecordError(f"{source}: there is no such file; name a record or a backup of one")
    try:
        ours, theirs = module.connect(str(copy)), module.connect(f"file:{source}?mode=ro", uri=True)
        try:
            theirs.backup(ours, pages=1000)
        finally:
            ours.close()
            theirs.close()
    except (module.DatabaseError, UnicodeDecodeError) as error:
        copy.unlink(missing_ok=True)
        remedy = "see what can be read with dateline salvage"
        raise RecordError(f"{source}: cannot be copied ({error}); {remedy}") from error


def check(path: Path, *, quick: bool = False) -> list[str]:
    """What SQLite finds wrong with a file; nothing when it is sound. ``quick`` leaves out the indexes."""
    module = sqlite_module()
    connection = module.connect(f"file:{path}?mode=ro", uri=True)
    try:
        rows = connection.execute(f"PRAGMA {'quick' if quick else 'integrity'}_check(10)").fetchall()
        rows += connection.execute("PRAGMA foreign_key_check").fetchmany(10)
    except (module.DatabaseError, UnicodeDecodeError) as error:
        return [str(error)]
    finally:
        connection.close()
    return [str(row[0]) for row in rows if row != ("ok",)]


@dataclass(slots=True)
class Salvaged:
    """How many entries of the log came through, and how many had lost something."""

    kept: int = 0
    lost: int = 0


def salvage(damaged: Path, target: str) -> Salvaged:
    """Take what can be read of a damaged SQLite record into a new record.

    Raises ``RecordError`` when nothing can be read.
    """
    tables = {name: list(_rows(damaged, name)) for name in TABLES}
    if not tables["log"]:
        raise RecordError(f"{damaged}: nothing can be read of it; restore a backup with dateline restore")
    done = Salvaged()
    remains = Remains(tables)
    with Record.open(target, create=True) as record:
        if record.latest(1):
            raise RecordError(f"{target}: is not empty; salvage into a new record")
        for number, recorded in remains.times():
            came = remains.replay(record, number, recorded)
            done.kept += came
            done.lost += not came
    return done


TABLES = (
    "log",
    "pages",
    "articles",
    "readings",
    "claims",
    "decisions",
    "erasures",
    "contents",
    "claim_words",
    "decision_words",
)


FAR = 1 << 24
"""Where a table is taken to end whose end cannot be read."""
PATIENCE = 2000
"""After so many rows in a row that cannot be read, as many are passed over at a time."""


def _rows(path: Path, table: str) -> Iterator[Row]:
    """The rows of a table that can be read; where one cannot, the next that can is looked for."""
    module = sqlite_module()
    connection = module.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = module.Row
    at = missed = 0
    try:
        last = connection.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] or 0
    except (module.DatabaseError, UnicodeDecodeError):
        last = FAR
    while at <= last:
        try:
            query = f"SELECT rowid AS at, * FROM {table} WHERE rowid >= ? ORDER BY rowid"
            for row in connection.execute(query, (at,)):
                yield dict(row)
                at, missed = row["at"] + 1, 0
            break
        except (module.DatabaseError, UnicodeDecodeError):
            missed += 1
            at += 1 if missed < PATIENCE else PATIENCE
    connection.close()


class Remains:
    """What was read of a damaged record, by what belongs together."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self._erased = {row["content"] for row in tables["erasures"]}
        self._log = {row["entry"]: row["recorded"] for row in tables["log"]}
        self._contents = {row["content"]: row["data"] for row in tables["contents"]}
        self._articles = {row["article"]: row for row in tables["articles"]}
        self._pages = {row["page"]: row for row in tables["pages"]}
        self._readings = {row["entry"]: row for row in tables["readings"]}
        self._words = {row["claim"]: row for row in tables["claim_words"]}
        self._reasons = {row["decision"]: row for row in tables["decision_words"]}
        self._claims: dict[int, list[Row]] = defaultdict(list)
        for row in tables["claims"]:
            self._claims[row["reading"]].append(row)
        self._decisions: dict[int, list[Row]] = defaultdict(list)
        for row in tables["decisions"]:
            self._decisions[row["entry"]].append(row)

    def times(self) -> list[tuple[int, str]]:
        """The entries with when each was recorded, in order."""
        return sorted(self._log.items())

    def replay(self, record: Record, number: int, recorded: str) -> bool:
        """Append an entry to a new record; false when something of it is lost, other than by redaction."""
        decisions = [self._decision(row) for row in self._decisions[number]]
        whole = [decision for decision in decisions if decision is not None]
        if self._readings.get(number, {}).get("id") in self._erased:
            return True
        if number not in self._readings:
            return record.replay(None, whole, recorded=recorded) and len(whole) == len(decisions)
        try:
            reading, vectors, page = self._reading(self._readings[number])
        except (KeyError, ValueError, InputError):
            return False
        record.replay(reading, whole, page, vectors, recorded)
        return len(whole) == len(decisions)

    def _reading(self, row: Row) -> tuple[Reading, list[bytes], Page | None]:
        """A reading whose words have its digest, the linker's vectors, its page as far as it is there."""
        article = self._articles[row["article"]]
        claims = sorted(self._claims[row["reading"]], key=lambda claim: claim["place"])
        words = [self._words[claim["claim"]] for claim in claims]
        record = unpack_json(self._contents[row["id"]])
        record["text"] = unpack_text(self._contents[article["content"]])
        record["events"] = [unpack_json(each["data"])["event"] for each in words]
        reading = jsonl.decode(record)
        if reading_id(article["id"], jsonl.line(reading)) != row["id"]:
            raise ValueError("the words are not those that were added")
        return reading, [each["vector"] for each in words], self._page(row["page"])

    def _page(self, number: int | None) -> Page | None:
        row = self._pages.get(number) if number is not None else None
        data = None if row is None else self._contents.get(row["content"])
        if row is None or data is None:
            return None
        try:
            content = unpack_bytes(data)
        except ValueError:
            return None
        whole = digest("bytes", content) == row["content"]
        return Page(row["address"], content, row["media_type"], row.get("fetched")) if whole else None

    def _decision(self, row: Row) -> Decision | None:
        reason = self._reasons.get(row["decision"])
        if reason is None:
            return None
        lists: Any = {name: tuple(json.loads(row[name])) for name in ("subject", "object", "supersedes")}
        plain: Any = {name: row[name] for name in ("id", "kind", "by", "score", "field")}
        return Decision(**plain, **lists, reason=reason["reason"], value=reason["value"])
