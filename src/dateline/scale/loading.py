"""Finished shards into a record: each reading with its page, and none twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from dateline.record.ids import printed_id
from dateline.record.linking import Linker
from dateline.record.record import Record
from dateline.scale.folder import Folder, Manifest
from dateline.scale.shards import Shard
from dateline.show import jsonl
from dateline.show.jsonl import Printed
from dateline.types import Page


def load(record: Record, folder: Folder, shard: Shard, manifest: Manifest, linker: Linker) -> Counter[str]:
    """Append what a shard holds and count what became of each reading.

    Readings that are there are passed over at once, so that loading again costs little.
    """
    told = [(page, printed(line)) for page, line in paired(folder, shard, manifest)]
    there = record.known(printed_id(line) for _, line in told)
    counts = Counter(known=len(there))
    for page, line in told:
        if printed_id(line) not in there:
            counts[record.add(line.reading(), page, linker).outcome] += 1
    return counts


def paired(folder: Folder, shard: Shard, manifest: Manifest) -> Iterator[tuple[Page | None, bytes]]:
    """The lines of a shard, each with its page where it was made of one."""
    left_out = {fault.place for fault in manifest.faults}
    items = (item for place, item in enumerate(shard.items) if place not in left_out)
    for item, line in zip(items, folder.lines(manifest.shard), strict=True):
        yield item if isinstance(item, Page) else None, line


def printed(line: bytes) -> Printed:
    """A line, of which only the article is decoded yet."""
    return jsonl.printed("the shard", line.decode(), json.loads(line))
