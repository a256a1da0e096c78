"""A site on a free port and Debian's Chromium; skipped by name where that is not installed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from logs import COURIER, first_reading
from playwright.sync_api import Browser, BrowserType, sync_playwright
from serving import Served

from dateline.record.record import Record

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
STARTED: dict[str, Any] = {"executable_path": CHROMIUM, "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    """What starts Chromium; ``launch`` and ``launch_persistent_context`` take ``**STARTED``."""
    if CHROMIUM is None:
        pytest.skip("no Chromium; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    """One Chromium for all tests."""
    started = chromium.launch(**STARTED)
    yield started
    started.close()


@pytest.fixture(scope="session")
def filled_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of two articles of one incident."""
    path = Path(shutil.copy(empty_file, tmp_path_factory.mktemp("filled") / "record.db"))
    with Record.open(path) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
    return path


@pytest.fixture
def served(filled_file: Path, tmp_path: Path) -> Iterator[Served]:
    """A site over a copy of that record, which can be stopped and started."""
    site = Served(Path(shutil.copy(filled_file, tmp_path / "record.db")))
    site.start()
    yield site
    site.stop()
