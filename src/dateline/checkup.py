"""What Dateline needs, looked over: its own files, SQLite, the record, the disk."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import DatelineError

REINSTALL = "install Dateline again"
ROOM_BYTES = 1_000_000_000
"""A disk with less is told: a day of much news takes about as much."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one thing; ``remedy`` is empty where all is well."""

    thing: str
    state: str
    remedy: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing need be done."""
        return not self.remedy


def findings(record: str, model: Path | None = None, gazetteer: Path | None = None) -> Iterator[Finding]:
    """All that is looked at, one after another; the record is neither made nor changed."""
    yield of_model(model)
    yield of_gazetteer(gazetteer)
    yield of_sqlite()
    yield of_record(record)
    if not is_url(record):
        yield of_disk(Path(record))


def is_url(record: str) -> bool:
    """Whether a record is named by the URL of a server."""
    return record.startswith("postgresql")


def of_model(folder: Path | None = None) -> Finding:
    """Whether the model's files are those of the manifest."""
    folder = folder or Path(__file__).with_name("model")
    try:
        listed: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return Finding("model", f"{folder}: has no manifest that can be read ({error})", REINSTALL)
    wrong = [name for name, digest in listed.items() if _digest(folder / name) != digest]
    if wrong:
        return Finding("model", f"{folder}: not as it was made: {', '.join(wrong)}", REINSTALL)
    return Finding("model", f"{len(listed)} files as they were made")


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def of_gazetteer(path: Path | None = None) -> Finding:
    """Whether the gazetteer opens and knows a place."""
    from dateline.resolve.gazetteer import REMEDY, Gazetteer

    try:
        gazetteer = Gazetteer.open(path)
        known = gazetteer.lookup("Paris")
        gazetteer.close()
    except DatelineError as error:
        return refused("gazetteer", error)
    return Finding("gazetteer", "opens") if known else Finding("gazetteer", "knows no place", REMEDY)


def of_sqlite() -> Finding:
    """Which SQLite keeps a record, and whether it has the WAL-reset fault."""
    from dateline.record.engine import has_wal_fault, sqlite_module

    module = sqlite_module()
    state = f"{module.sqlite_version}, {module.__name__.split('.')[0]}"
    if has_wal_fault(module.sqlite_version_info):
        told = f"{state}: can lose writes in WAL mode, so a record is kept without, which is slower"
        return Finding("sqlite", told, "pip install pysqlite3, or a Python with SQLite 3.51.3")
    return Finding("sqlite", state)


def of_record(record: str) -> Finding:
    """Whether the record can be reached, has tables that this version knows, and is sound."""
    from dateline.record.engine import open_engine, retrying
    from dateline.record.upgrading import HEAD, revision

    if not is_url(record) and not Path(record).exists():
        return Finding("record", f"{record}: none yet; dateline add makes it")
    try:
        engine = open_engine(record, create=False)
        try:
            found = retrying(lambda: revision(engine))
        finally:
            engine.dispose()
        faults = _faults(record)
    except DatelineError as error:
        return refused("record", error)
    if faults:
        remedy = "see what can be read with dateline salvage, or restore a backup"
        return Finding("record", f"{record}: damaged ({faults[0]})", remedy)
    if found is None:
        return Finding("record", f"{record}: empty; dateline add makes its tables")
    if found > HEAD:
        remedy = "install a newer Dateline"
        return Finding("record", f"{record}: tables of a newer version, {found}", remedy)
    if found < HEAD:
        return Finding("record", f"{record}: tables of {found}; the next command brings them to {HEAD}")
    return Finding("record", f"{record}: sound, tables of {found}")


def _faults(record: str) -> list[str]:
    """What SQLite finds wrong with a file; a server looks after its own."""
    from dateline.record.keeping import check

    return [] if is_url(record) else check(Path(record), quick=True)


def of_disk(record: Path) -> Finding:
    """How much room a record's disk has."""
    folder = record.resolve().parent
    if not folder.is_dir():
        return Finding("disk", f"{folder}: there is no such folder", "make it, or name another by --record")
    free = shutil.disk_usage(folder).free
    state = f"{folder}: {free / 1e9:.1f} GB free"
    return Finding("disk", state, "make room" if free < ROOM_BYTES else "")


def refused(thing: str, error: DatelineError) -> Finding:
    """An error as a finding: its last part is the remedy."""
    state, _, remedy = str(error).rpartition("; ")
    return Finding(thing, state, remedy) if state else Finding(thing, remedy, "see docs/operations.md")
