"""A full disk: one clear line, nothing lost that was acknowledged, and going on when there is room."""

from __future__ import annotations

import os
import pwd
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import Cluster

from dateline.record.record import Record

from .disks import Filled, enlarge, fill, go_on, mounts, small_disk, tablespace
from .prepared import Prepared

EMPTY = 0.45
"""Megabytes of an empty record with its journal; a few articles fit in what the disk has besides."""
ROOM = 64

needs_mount = pytest.mark.skipif(not mounts(), reason="no file system may be mounted here; root may")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, EMPTY + 0.6):
        yield disk


def told_plainly(met: Filled) -> None:
    assert met.status == 1 and met.faults == [] and met.acknowledged
    assert met.complaint.count("\n") == 1, met.complaint
    assert re.fullmatch(r"dateline: the record: .*; make room and run the command again.*\n", met.complaint)


@needs_mount
def test_a_full_disk_is_told_and_nothing_is_lost(
    folder: Path, few: list[Prepared], lines: list[Path], undisturbed: str
) -> None:
    target = str(folder / "record.db")
    told_plainly(fill(lines, few, target))
    enlarge(folder, ROOM)
    assert go_on(lines, few, target) == (undisturbed, [])


@needs_mount
def test_so_is_that_of_a_server(
    postgresql: Cluster, few: list[Prepared], lines: list[Path], undisturbed: str
) -> None:
    # not below tmp_path, where another account may not look
    with (
        tempfile.TemporaryDirectory() as name,
        small_disk(disk := Path(name), 1.4),
        postgresql.database() as url,
    ):
        if os.getuid() == 0:
            os.chown(disk, pwd.getpwnam("postgres").pw_uid, -1)
        tablespace(url, disk)
        told_plainly(fill(lines, few, url))
        enlarge(disk, ROOM)
        assert go_on(lines, few, url) == (undisturbed, [])


def test_a_file_that_may_not_grow_is_told_as_well(
    tmp_path: Path, few: list[Prepared], lines: list[Path], undisturbed: str
) -> None:
    target = str(tmp_path / "record.db")
    Record.open(target, create=True).close()
    told_plainly(fill(lines, few, target, file_size=600_000))
    assert go_on(lines, few, target) == (undisturbed, [])
