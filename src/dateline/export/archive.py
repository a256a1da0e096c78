"""The pages that a record holds, as a web archive (WARC): read again, they give the same articles.

A page is a resource record, as a record keeps its bytes and not what passed between client and server.
Its date is when it was fetched, as far as that is known, else when it was added. Pages whose words have
been erased are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from dateline import warcrecords
from dateline.export.writers import whole
from dateline.record.loading import chunks, content
from dateline.record.packing import unpack_bytes
from dateline.record.record import Record
from dateline.record.schema import log, pages
from dateline.types import Page

SUFFIX = ".warc.gz"


def write_archive(record: Record, path: Path) -> int:
    """Write all pages of a record and give their number. Raises ``RecordError`` when that cannot be."""

    def write(part: Path) -> int:
        written = 0
        with part.open("wb") as file:
            for page, added in held(record):
                if not written:
                    file.write(warcrecords.info(added))
                file.write(warcrecords.resource(page, added))
                written += 1
        return written

    return whole(path, write)


def held(record: Record) -> Iterator[tuple[Page, str]]:
    """The pages of a record as they were added, with when that was, ISO 8601 in UTC."""
    told = pages.c.page, pages.c.address, pages.c.media_type, pages.c.content, pages.c.fetched
    query = select(*told, log.c.recorded)
    with record.reading() as connection:
        numbers = connection.execute(select(pages.c.page).order_by(pages.c.page)).scalars().all()
        for some in chunks(numbers):
            rows = connection.execute(query.join(log).where(pages.c.page.in_(some)).order_by(pages.c.page))
            for row in rows.all():
                packed = content(connection, row.content)
                if packed is not None:
                    page = Page(row.address, unpack_bytes(packed), row.media_type, row.fetched)
                    yield page, row.recorded
