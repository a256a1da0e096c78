"""New rows of the log, and the words beside it. Nothing here changes a row that is there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Insert, Select, Table, bindparam, func, insert, select

from dateline.record import schema
from dateline.record.claims import cited, claimed
from dateline.record.codec import encode_claim
from dateline.record.ids import decision_id, digest, page_id, reading_id
from dateline.record.packing import pack_bytes, pack_json, pack_text
from dateline.show import jsonl
from dateline.types import Citation, Claim, Decision, Page, Reading

CITED = ("title", "byline", "publisher", "published", "modified", "language")


@dataclass(frozen=True, slots=True)
class Told:
    """A reading with its ids and claims, and as JSON, made before anybody has to wait for the log."""

    reading: Reading
    id: str
    citation: Citation
    claims: tuple[Claim, ...]
    encoded: Mapping[str, Any]


def told(reading: Reading, vectors: Sequence[bytes] = ()) -> Told:
    """What a reading comes to in a record."""
    citation = cited(reading.article)
    encoded = jsonl.encode(reading)
    identity = reading_id(citation.article, jsonl.dumped(encoded))
    return Told(reading, identity, citation, claimed(reading, identity, vectors), encoded)


def viewed(new: Told, vectors: Sequence[bytes]) -> Told:
    """The same with vectors, one for each claim, or with none."""
    claims = zip(new.claims, vectors or [b""] * len(new.claims), strict=True)
    return replace(new, claims=tuple(replace(claim, vector=vector) for claim, vector in claims))


def clean(text: str | None) -> str | None:
    """A text that every database takes: without NUL, and lone surrogates replaced."""
    return None if text is None else text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def is_clean(citation: Citation) -> bool:
    """Whether what an article is cited by is kept as it is."""
    facts = (citation.address, *(getattr(citation, fact) for fact in CITED))
    return all(clean(fact) == fact for fact in facts)


def next_number(connection: Connection, column: Column[Any]) -> int:
    """The number after the greatest of a table."""
    greatest = connection.execute(_greatest(column)).scalar()
    return 1 if greatest is None else greatest + 1


# Each query is made once: making it takes longer than asking it.
@cache
def _greatest(column: Column[Any]) -> Select[Any]:
    return select(func.max(column))


def number_of(connection: Connection, table: Table, identity: str) -> int | None:
    """The number of the row with an id."""
    number: int | None = connection.execute(_numbered(table), {"identity": identity}).scalar()
    return number


@cache
def _numbered(table: Table) -> Select[Any]:
    return select(next(iter(table.primary_key))).where(table.c.id == bindparam("identity"))


def append_entry(connection: Connection, recorded: str | None = None) -> int:
    """A new entry of the log, of now or of a time given, and never before the one before it."""
    entry = next_number(connection, schema.log.c.entry)
    last = connection.execute(_RECORDED, {"entry": entry - 1}).scalar()
    now = recorded or datetime.now(UTC).isoformat(timespec="seconds")
    put(connection, schema.log, [{"entry": entry, "recorded": max(now, last or now)}])
    return entry


_RECORDED = select(schema.log.c.recorded).where(schema.log.c.entry == bindparam("entry"))


def append_page(connection: Connection, entry: int, page: Page) -> int:
    """The number of a page, appended if it is new."""
    identity = page_id(page.address, page.content)
    number = number_of(connection, schema.pages, identity)
    if number is None:
        number = next_number(connection, schema.pages.c.page)
        content = digest("bytes", page.content)
        row = {"page": number, "id": identity, "entry": entry, "address": clean(page.address)}
        told = {"media_type": clean(page.media_type), "content": content, "fetched": page.fetched}
        put(connection, schema.pages, [row | told])
        put_content(connection, content, pack_bytes(page.content))
    return number


def append_article(connection: Connection, entry: int, new: Told) -> int:
    """The number of an article, appended if it is new."""
    number = number_of(connection, schema.articles, new.citation.article)
    if number is None:
        number = next_number(connection, schema.articles.c.article)
        content = digest("text", new.reading.article.text)
        row = {"article": number, "id": new.citation.article, "entry": entry, "content": content}
        put(connection, schema.articles, [row | {"address": clean(new.citation.address)}])
        put_content(connection, content, pack_text(new.reading.article.text))
    return number


def append_reading(
    connection: Connection, entry: int, article: int, page: int | None, new: Told, made_by: str | None = None
) -> int:
    """The number of a new reading. Its text and its events lie elsewhere and are left out of its words."""
    number = next_number(connection, schema.readings.c.reading)
    row = {"reading": number, "id": new.id, "entry": entry, "article": article, "page": page}
    put(connection, schema.readings, [row | {"model": new.reading.model, "made_by": made_by}])
    record = {k: v for k, v in new.encoded.items() if k not in ("text", "events")}
    put_content(connection, new.id, pack_json(record))
    facts = {fact: clean(getattr(new.citation, fact)) for fact in CITED}
    put(connection, schema.citations, [{"reading": number, **facts}])
    return number


def append_claims(connection: Connection, reading: int, claims: Sequence[Claim]) -> dict[int, Claim]:
    """The claims of a new reading under their numbers."""
    first = next_number(connection, schema.claims.c.claim)
    numbered = dict(enumerate(claims, first))
    rows = [
        {
            "claim": number,
            "id": claim.id,
            "reading": reading,
            "place": number - first,
            "type": claim.event.type,
            "start": claim.event.trigger.start,
            "end": claim.event.trigger.end,
        }
        for number, claim in numbered.items()
    ]
    words = [
        {"claim": number, "data": pack_json(encode_claim(claim)), "vector": claim.vector}
        for number, claim in numbered.items()
    ]
    put(connection, schema.claims, rows)
    put(connection, schema.claim_words, words)
    return numbered


def append_decisions(connection: Connection, entry: int, decisions: Iterable[Decision]) -> list[Decision]:
    """Those decisions that are new, with their ids."""
    named = {decision_id(decision): decision for decision in decisions}
    known = set(connection.execute(_DECIDED, {"ids": list(named)}).scalars())
    new = [replace(decision, id=name) for name, decision in named.items() if name not in known]
    first = next_number(connection, schema.decisions.c.decision)
    numbered = dict(enumerate(new, first))
    put(connection, schema.decisions, [_decision(number, entry, each) for number, each in numbered.items()])
    words = [
        {"decision": number, "reason": clean(each.reason), "value": each.value}
        for number, each in numbered.items()
    ]
    put(connection, schema.decision_words, words)
    ends = [
        {"target": target, "decision": number}
        for number, decision in numbered.items()
        for target in _ends(connection, decision)
    ]
    put(connection, schema.decision_ends, ends)
    return new


_DECIDED = select(schema.decisions.c.id).where(schema.decisions.c.id.in_(bindparam("ids", expanding=True)))


def _decision(number: int, entry: int, decision: Decision) -> Mapping[str, Any]:
    lists = {name: json.dumps(getattr(decision, name)) for name in ("subject", "object", "supersedes")}
    plain = {name: getattr(decision, name) for name in ("id", "kind", "by", "score", "field")}
    return {"decision": number, "entry": entry, **plain, **lists}


def _ends(connection: Connection, decision: Decision) -> list[str]:
    """What a decision is about, and what those are about that it supersedes: they are found together."""
    ends = schema.decision_ends
    former = select(ends.c.target).join(schema.decisions, schema.decisions.c.decision == ends.c.decision)
    targets = [*decision.subject, *decision.object]
    if decision.supersedes:
        found = former.where(schema.decisions.c.id.in_(decision.supersedes))
        targets += connection.execute(found).scalars()
    return list(dict.fromkeys(targets))


def put_content(connection: Connection, content: str, data: bytes) -> None:
    """Words under their digest, unless they lie there already."""
    if connection.execute(_THERE, {"content": content}).first() is None:
        put(connection, schema.contents, [{"content": content, "data": data}])


_THERE = select(schema.contents.c.content).where(schema.contents.c.content == bindparam("content"))


def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows, if there are any, with the same columns all."""
    if rows:
        connection.execute(_inserted(table), rows)


@cache
def _inserted(table: Table) -> Insert:
    return insert(table)
