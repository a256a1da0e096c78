"""The log as lines of JSON, one for each entry, with all its words: what an equal record can be made of.

A line has what was appended at once: an article's reading as ``read --jsonl`` prints it and the page that
it was made of, decisions, and the tombstones of a redaction. Where words have been erased there is null;
the claims are then in ``erased``, by id, type and offsets. The encoder's vectors are left out.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from dateline.export.writers import whole
from dateline.record.codec import Json, encode_decision
from dateline.record.loading import entries, page_of, reading_of
from dateline.record.record import Record
from dateline.record.schema import articles, claims, decisions, erasures, pages, readings
from dateline.show import jsonl
from dateline.types import Entry

SCHEMA = "dateline.log/1"


def write_log(record: Record, path: Path) -> int:
    """Write all entries of a record and give their number. Raises ``RecordError`` when that cannot be."""

    def write(part: Path) -> int:
        written = 0
        with part.open("w", encoding="utf-8", newline="") as file:
            for line in lines(record):
                file.write(jsonl.dumped(line))
                written += 1
        return written

    return whole(path, write)


def lines(record: Record) -> Iterator[Json]:
    """The entries of a record, in order, as JSON objects."""
    with record.reading() as connection:
        for entry in entries(connection, record.shelf):
            yield {
                "schema": SCHEMA,
                "entry": entry.number,
                "recorded": entry.recorded,
                **_told(connection, entry),
                "decisions": [encode_decision(decision) for decision in entry.decisions],
                "tombstones": _tombstones(connection, entry),
            }


def _told(connection: Connection, entry: Entry) -> Json:
    """The reading of an entry with its article and page, nulls when it has none."""
    query = (
        select(
            readings.c.reading,
            readings.c.id,
            readings.c.model,
            articles.c.id.label("article"),
            articles.c.address,
            articles.c.content,
            pages.c.id.label("page"),
            pages.c.address.label("page_address"),
            pages.c.media_type,
            pages.c.fetched,
            pages.c.content.label("page_content"),
        )
        .join(articles, readings.c.article == articles.c.article)
        .outerjoin(pages, readings.c.page == pages.c.page)
        .where(readings.c.entry == entry.number)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return dict.fromkeys(("article", "page", "reading_id", "model", "reading", "erased"))
    words = reading_of(connection, row.reading)
    return {
        "article": {"id": row.article, "address": row.address, "digest": row.content},
        "page": None if row.page is None else _page(connection, row),
        "reading_id": row.id,
        "model": row.model,
        "reading": None if words is None else jsonl.encode(words),
        "erased": _claims(connection, row.reading) if words is None else [],
    }


def _page(connection: Connection, row: Row[*tuple[Any, ...]]) -> Json:
    content = page_of(connection, row.reading)
    return {
        "id": row.page,
        "address": row.page_address,
        "media_type": row.media_type,
        "fetched": row.fetched,
        "digest": row.page_content,
        "content": None if content is None else b64encode(content).decode("ascii"),
    }


def _claims(connection: Connection, reading: int) -> list[Json]:
    query = select(claims.c.id, claims.c.type, claims.c.start, claims.c.end).order_by(claims.c.place)
    return [dict(row._mapping) for row in connection.execute(query.where(claims.c.reading == reading))]


def _tombstones(connection: Connection, entry: Entry) -> dict[str, str]:
    """The digests and ids of what an entry's redaction erased, each with the decision's id."""
    query = (
        select(erasures.c.content, decisions.c.id).join(decisions).where(decisions.c.entry == entry.number)
    )
    return {row.content: row.id for row in connection.execute(query.order_by(erasures.c.content))}
