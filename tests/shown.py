"""A record for the tests of the site's pages: two outlets on one attack, joined, and what else they tell."""

from __future__ import annotations

from pathlib import Path
from shutil import copy

from exported import courier, tied, wire
from logs import claims

from dateline.record.ids import article_id
from dateline.record.record import Record

CLAIM = claims(wire())[0].id
ARTICLE = article_id(wire().article)
OTHER = article_id(courier().article)


def filled(empty: Path, folder: Path) -> Path:
    """The record's file, made of an empty one."""
    path = Path(copy(empty, folder / "record.db"))
    with Record.open(path) as record:
        record.add(wire())
        record.add(courier())
        record.decide(tied())
    return path


def incident(path: Path | str) -> str:
    """The id of the attack."""
    with Record.open(path) as record:
        return record.incident(CLAIM).id
