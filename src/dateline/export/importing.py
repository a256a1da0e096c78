"""Lines of an exported log → an empty record, which then holds and comes to the same.

Everything goes in as it was appended, under its old number and time, the decisions too: nothing is read or
linked anew. A reading or page that is not what its digest says is refused. All goes in, or nothing.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from dateline.errors import InputError, RecordError
from dateline.export.log import SCHEMA
from dateline.record import appending, projection, schema
from dateline.record.candidates import documents, keep_article_keys, keep_claim_keys
from dateline.record.codec import Json, decode_decision
from dateline.record.engine import retrying, writing
from dateline.record.ids import digest
from dateline.record.linking import Linker, Unlinked
from dateline.record.loading import Shelf, chunks
from dateline.record.lookup import live_claims
from dateline.record.packing import pack_bytes
from dateline.record.record import Record
from dateline.show import jsonl
from dateline.types import Claim


def import_log(record: Record, path: Path, linker: Linker | None = None) -> int:
    """Append the entries of an exported log to an empty record, and give their number.

    ``linker`` says by which keys what is added later shall find these. Raises ``RecordError`` for a
    record with entries, and ``InputError`` for a line that is none of such a log.
    """

    def append() -> int:
        with writing(record.engine) as connection:
            if connection.execute(select(schema.log.c.entry).limit(1)).first() is not None:
                raise RecordError("the record has entries already; name a new one by --record to import into")
            for number, line in _lines(path):
                _checked(f"{path}:{number}", line, connection, record.shelf)
            keep_keys(connection, record.shelf, linker or Unlinked())
            return connection.execute(select(func.count()).select_from(schema.log)).scalar_one()

    return retrying(append)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            yield from ((number, line) for number, line in enumerate(file, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), f"cannot be read ({error})", "give a log that was exported") from error


def _checked(name: str, line: str, connection: Connection, shelf: Shelf) -> None:
    remedy = "give a log as dateline export FILE.jsonl writes it"
    try:
        told = json.loads(line)
        if not isinstance(told, dict) or told.get("schema") != SCHEMA:
            raise ValueError(f"is no line of {SCHEMA}")
        replay(connection, shelf, told)
    except (KeyError, TypeError, ValueError, InputError) as error:
        fault = f"has no {error}" if isinstance(error, KeyError) else str(error)
        raise InputError(name, fault, remedy) from error


def replay(connection: Connection, shelf: Shelf, line: Json) -> None:
    """Append what an entry holds, and bring the record's tables up to date.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what cannot be an entry's.
    """
    entry = line["entry"]
    due = appending.next_number(connection, schema.log.c.entry)
    if entry < due:
        raise ValueError(f"entry {entry} comes after entry {due - 1}")
    connection.execute(insert(schema.log).values(entry=entry, recorded=line["recorded"]))
    added: Mapping[int, Claim] = {}
    live, gone = False, list[int]()
    if line["reading_id"] is not None:
        added, live, gone = _append_reading(connection, entry, line)
    decisions = appending.append_decisions(connection, entry, map(decode_decision, line["decisions"]))
    _put_up(connection, line["tombstones"])
    projection.touch(connection, shelf, entry, added=added, live=live, gone=gone, decisions=decisions)


def _append_reading(
    connection: Connection, entry: int, line: Json
) -> tuple[Mapping[int, Claim], bool, list[int]]:
    """A reading's claims, whether they are of now, and the numbers of those that no longer are.

    Without its words it has none, but its rows are there.
    """
    address = line["article"]["address"]
    head = projection.head(connection, address)
    again = appending.number_of(connection, schema.articles, line["article"]["id"]) is not None
    page = None if line["page"] is None else _append_page(connection, entry, line["page"])
    append = _append_words if line["reading"] is not None else _append_erased
    article, reading, added = append(connection, entry, page, line)
    # As when it was added: an older text read once more does not take the place of the newer one.
    if head is not None and head.article != article and again:
        return added, False, []
    projection.set_head(connection, address, article, reading)
    return added, True, [] if head is None else live_claims(connection, head.reading)


def _append_words(
    connection: Connection, entry: int, page: int | None, line: Json
) -> tuple[int, int, Mapping[int, Claim]]:
    """The numbers of a reading's article and of the reading, and its claims."""
    new = appending.told(jsonl.decode(line["reading"]))
    if new.id != line["reading_id"]:
        raise ValueError(f"the reading is not what its digest {line['reading_id']} says")
    article = appending.append_article(connection, entry, new)
    reading = appending.append_reading(connection, entry, article, page, new)
    return article, reading, appending.append_claims(connection, reading, new.claims)


def _append_erased(
    connection: Connection, entry: int, page: int | None, line: Json
) -> tuple[int, int, Mapping[int, Claim]]:
    """The same of a reading whose words are erased."""
    row = {key: line["article"][key] for key in ("id", "address")} | {"content": line["article"]["digest"]}
    article = _append(connection, schema.articles, entry, row)
    row = {"id": line["reading_id"], "article": article, "page": page, "model": line["model"]}
    reading = _append(connection, schema.readings, entry, row)
    first = appending.next_number(connection, schema.claims.c.claim)
    rows = [
        {"claim": first + place, "reading": reading, "place": place, **claim}
        for place, claim in enumerate(line["erased"])
    ]
    appending.put(connection, schema.claims, rows)
    parts = [
        {"claim": row["claim"], "component": row["claim"], "incident": None, "live": False} for row in rows
    ]
    appending.put(connection, schema.membership, parts)
    return article, reading, {}


def _append_page(connection: Connection, entry: int, page: Json) -> int:
    """The number of a page, appended if it is new, with its bytes as far as they are kept."""
    row = {key: page[key] for key in ("id", "address", "media_type")} | {"content": page["digest"]}
    row["fetched"] = page.get("fetched")  # logs were exported before records kept it
    if page["content"] is not None:
        content = b64decode(page["content"], validate=True)
        if digest("bytes", content) != page["digest"]:
            raise ValueError(f"the page {page['id']} is not what its digest says")
        appending.put_content(connection, page["digest"], pack_bytes(content))
    return _append(connection, schema.pages, entry, row)


def _append(connection: Connection, table: Any, entry: int, row: Mapping[str, object]) -> int:
    """The number of a row of the log, appended if none has its id."""
    number = appending.number_of(connection, table, str(row["id"]))
    if number is None:
        key = next(iter(table.primary_key))
        number = appending.next_number(connection, key)
        connection.execute(insert(table).values(**{key.name: number, "entry": entry}, **row))
    return number


def _put_up(connection: Connection, tombstones: Mapping[str, str]) -> None:
    rows = [
        {"content": content, "decision": appending.number_of(connection, schema.decisions, decision)}
        for content, decision in tombstones.items()
    ]
    appending.put(connection, schema.erasures, rows)


def keep_keys(connection: Connection, shelf: Shelf, linker: Linker) -> None:
    """Keep the keys under which a linker offers the claims of now, and the articles, to what comes later."""
    live = select(schema.membership.c.claim).where(schema.membership.c.live)
    for some in chunks(connection.execute(live).scalars().all()):
        keep_claim_keys(connection, linker, shelf.claims(connection, some))
    for number in connection.execute(select(schema.articles.c.article)).scalars().all():
        for document in documents(connection, shelf, [number]):
            keep_article_keys(connection, linker, number, document)
