"""Nothing typed is ever lost, nothing sent is doubled.

``DATELINE_LOSSES=100 pytest tests/browser/test_nothing_lost.py`` goes through the kinds of loss until it has
tried a hundred times; by itself each kind is tried once.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import STARTED
from losses import LOSSES, WORDS, Try
from playwright.sync_api import Browser, BrowserType
from serving import Served

TIMES = int(os.environ.get("DATELINE_LOSSES", len(LOSSES)))
TRIES = [(LOSSES[n % len(LOSSES)], WORDS[(n + n // len(LOSSES)) % len(WORDS)]) for n in range(TIMES)]


@pytest.mark.parametrize(
    ("loss", "words"), TRIES, ids=[f"{n}-{loss.__name__}" for n, (loss, _) in enumerate(TRIES)]
)
def test_nothing_typed_is_lost(
    loss: object, words: str, served: Served, chromium: BrowserType, browser: Browser, tmp_path: Path
) -> None:
    assert callable(loss)
    it = Try(served, chromium, browser, STARTED, tmp_path, words)
    try:
        loss(it)
    finally:
        for context in it.contexts:
            context.close()
