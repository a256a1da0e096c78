"""Finished shards into a record: each reading with its page, and none twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from dateline.record.ids import article_id, reading_id
from dateline.record.linking import Linker
from dateline.record.loading import chunks
from dateline.record.record import Record
from dateline.record.schema import readings
from dateline.scale.folder import Folder, Manifest
from dateline.scale.shards import Shard
from dateline.show import jsonl
from dateline.types import Page, Reading


def load(record: Record, folder: Folder, shard: Shard, manifest: Manifest, linker: Linker) -> Counter[str]:
    """Append what a shard holds and count what became of each reading.

    Readings that are there are passed over at once, so that loading again costs little.
    """
    told = [
        (page, reading, line) for page, line in paired(folder, shard, manifest) for reading in [read(line)]
    ]
    ids = [reading_id(article_id(reading.article), line.decode()) for _, reading, line in told]
    there = known(record, ids)
    counts = Counter(known=len(there))
    for identity, (page, reading, _) in zip(ids, told, strict=True):
        if identity not in there:
            counts[record.add(reading, page, linker).outcome] += 1
    return counts


def paired(folder: Folder, shard: Shard, manifest: Manifest) -> Iterator[tuple[Page | None, bytes]]:
    """The lines of a shard, each with its page where it was made of one."""
    left_out = {fault.place for fault in manifest.faults}
    items = (item for place, item in enumerate(shard.items) if place not in left_out)
    for item, line in zip(items, folder.lines(manifest.shard), strict=True):
        yield item if isinstance(item, Page) else None, line


def read(line: bytes) -> Reading:
    """The reading of a line."""
    return jsonl.decode(json.loads(line))


def known(record: Record, ids: Sequence[str]) -> set[str]:
    """Those of some readings' ids that are in a record."""
    with record.reading() as connection:
        return {
            name
            for some in chunks(ids)
            for name in connection.execute(select(readings.c.id).where(readings.c.id.in_(some))).scalars()
        }
