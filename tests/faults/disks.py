"""A disk that is soon full, and the room that is made on it."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from .adding import Life
from .checking import faults
from .killing import add_in_peace
from .prepared import Prepared


def mounts() -> bool:
    """Whether a file system may be mounted here: root may, in most containers nobody."""
    with tempfile.TemporaryDirectory() as folder, _attempt(Path(folder), 1) as done:
        return done


@contextmanager
def small_disk(folder: Path, megabytes: float) -> Iterator[None]:
    """A file system of its own on a folder. Raises ``PermissionError`` where none may be mounted."""
    with _attempt(folder, megabytes) as done:
        if not done:
            raise PermissionError("nothing may be mounted here")
        yield


@contextmanager
def _attempt(folder: Path, megabytes: float) -> Iterator[bool]:
    options = f"size={int(megabytes * 1024)}k,mode=777"
    command = ["mount", "-t", "tmpfs", "-o", options, "dateline-faults", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield done
    finally:
        if done:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def enlarge(folder: Path, megabytes: float) -> None:
    """Make room."""
    options = f"remount,size={int(megabytes * 1024)}k"
    subprocess.run(["mount", "-o", options, str(folder)], check=True)


def tablespace(url: str, folder: Path) -> None:
    """Have what is made in a database from now on lie in a folder, which the server must own."""
    with psycopg.connect(url, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f"CREATE TABLESPACE small_{name} LOCATION '{folder}'".encode())
        connection.execute(f"ALTER DATABASE {name} SET default_tablespace = small_{name}".encode())


@dataclass(frozen=True, slots=True)
class Filled:
    """How a run ended that met a full disk, and what it had acknowledged before."""

    status: int
    complaint: str
    acknowledged: tuple[str, ...]
    faults: list[str]


def fill(
    readings: Sequence[Path], items: Sequence[Prepared], target: str, file_size: int | None = None
) -> Filled:
    """Add the readings until there is no room, and look at what is there."""
    life = Life.begin(readings, target, file_size)
    status, complaint = life.end(), life.complaint()
    life.close()
    reports = {item.article: item.reports for item in items}
    found = faults(target, life.acknowledged, reports)
    return Filled(status, complaint, tuple(life.acknowledged), found)


def go_on(readings: Sequence[Path], items: Sequence[Prepared], target: str) -> tuple[str, list[str]]:
    """The digest when the rest has been added, and what is wrong."""
    reports = {item.article: item.reports for item in items}
    return add_in_peace(readings, target), faults(target, reports, reports)
