"""Shards into a record: with their pages, and none twice."""

from __future__ import annotations

from pathlib import Path

from logs import COURIER, first_reading

from dateline.errors import InputError
from dateline.pipeline import Item
from dateline.record.linking import Unlinked
from dateline.record.record import Record
from dateline.scale.folder import Folder
from dateline.scale.loading import load
from dateline.scale.shards import Shard
from dateline.show import jsonl
from dateline.types import Page


def test_readings_are_added_with_their_pages_and_once(target: str, tmp_path: Path) -> None:
    first, second = first_reading(), first_reading(COURIER)
    items: tuple[Item | InputError, ...] = (
        Page("one.html", b"<p>one"),
        Page("empty.html", b""),
        second,
    )
    lines = [
        jsonl.line(first).encode(),
        InputError("empty.html", "empty", "give a page with text"),
        jsonl.line(second).encode(),
    ]
    folder = Folder(tmp_path)
    manifest = folder.keep("shard", lines, "code")
    with Record.open(target) as record:
        assert load(record, folder, Shard(0, items), manifest, Unlinked()) == {"known": 0, "new": 2}
        digest = record.digest()
        assert load(record, folder, Shard(0, items), manifest, Unlinked()) == {"known": 2}
        assert record.digest() == digest
        articles = [entry.citation.article for entry in record.entries() if entry.citation]
        assert [record.page_of(article) for article in articles] == [b"<p>one", None]
