"""A record, or what is asked of it, → a file.

Record ── views ── what the rows are about ── columns, foreign ── Table ── writers ── FILE
   └──────────────────── log, whole; pages, as a web archive ──────────────────────────┘
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from dateline.errors import RecordError
from dateline.export import archive, columns, foreign, log, views, writers
from dateline.export.views import Asked, Known
from dateline.export.writers import Table
from dateline.record.record import Record

View = Literal["incidents", "claims", "attributions", "articles", "log", "pages"]


def export_to(
    file: Path, record: Record, view: View, names: foreign.Names, asked: Asked, known: Known, raw: bool
) -> int:
    """Write a view of a record and give the number of rows, of its log that of entries.

    Raises ``RecordError`` for what cannot be written so.
    """
    if view == "log":
        _require_whole(view, file, ".jsonl", asked, names)
        return log.write_log(record, file)
    if view == "pages":
        _require_whole(view, file, archive.SUFFIX, asked, names)
        return archive.write_archive(record, file)
    return writers.write(table_of(record, view, names, asked, known, raw), file)


def table_of(
    record: Record, view: View, names: foreign.Names, asked: Asked, known: Known, raw: bool = False
) -> Table[Any]:
    """The table of a view. Raises ``RecordError`` for columns that it cannot have."""
    if view == "incidents":
        items = views.incidents(record, asked, known)
        return Table(view, foreign.SETS[names], items, lambda told: told.place, raw)
    if names != "own":
        raise RecordError(f"{view} have no columns like those of {names}; export incidents with them")
    if view == "claims":
        return Table(view, columns.CLAIMS, views.claims(record, asked), columns.claim_place, raw)
    if view == "attributions":
        return Table(view, columns.ATTRIBUTIONS, views.attributions(record, asked, known), raw=raw)
    return Table(view, columns.ARTICLES, views.articles(record, asked, known), raw=raw)


def _require_whole(view: View, file: Path, suffix: str, asked: Asked, names: foreign.Names) -> None:
    if not file.name.lower().endswith(suffix):
        raise RecordError(f"{file}: {view} is written in one form alone; give the file the suffix {suffix}")
    if asked != Asked() or names != "own":
        raise RecordError(f"{view} is exported whole and as it is; name a --view to choose from it")
