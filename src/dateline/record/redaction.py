"""Redaction: the words of an article erased, its rows in the log left, with a tombstone for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Engine, delete, insert, select, text

from dateline.record import schema
from dateline.record.appending import append_decisions, append_entry, number_of
from dateline.record.ids import decision_id
from dateline.record.loading import Shelf, chunks
from dateline.record.projection import touch, unindex
from dateline.types import Decision

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Redacted:
    """How much was erased, and the ids of articles whose text is the same and stays."""

    claims: int
    pieces: int
    same_text: tuple[str, ...]


def redact(connection: Connection, shelf: Shelf, decision: Decision) -> Redacted:
    """Carry out a redaction of an article that is in the record."""
    (identity,) = decision.subject
    article = number_of(connection, schema.articles, identity)
    assert article is not None
    entry = append_entry(connection)
    append_decisions(connection, entry, [decision])
    tombstone = number_of(connection, schema.decisions, decision_id(decision))
    readings = _select(connection, schema.readings.c.reading, schema.readings.c.article == article)
    claims = _select(connection, schema.claims.c.claim, schema.claims.c.reading.in_(readings))
    live = schema.membership.c.claim.in_(claims) & schema.membership.c.live
    gone = _select(connection, schema.membership.c.claim, live)
    for number, claim in shelf.claims(connection, claims).items():
        unindex(connection, number, claim)
    own, shared = _texts(connection, article)
    decided = _decisions_about(connection, claims)
    named = [
        *_select(connection, schema.readings.c.id, schema.readings.c.reading.in_(readings)),
        *_select(connection, schema.decisions.c.id, schema.decisions.c.decision.in_(decided)),
        *own,
        *_pages(connection, readings),
    ]
    erase(connection, named, tombstone)
    _delete(connection, schema.claim_words.c.claim, claims)
    _delete(connection, schema.decision_words.c.decision, decided)
    _delete(connection, schema.citations.c.reading, readings)
    _delete(connection, schema.claim_keys.c.claim, claims)
    _delete(connection, schema.article_keys.c.article, [article])
    shelf.forget()
    touch(connection, shelf, entry, gone=gone)
    return Redacted(len(claims), len(named), tuple(shared))


def erase(connection: Connection, named: Iterable[str], tombstone: int | None) -> None:
    """Put up tombstones, and take away what lay there."""
    there = set(_select(connection, schema.erasures.c.content, schema.erasures.c.content.in_(list(named))))
    rows = [{"content": name, "decision": tombstone} for name in named if name not in there]
    if rows:
        connection.execute(insert(schema.erasures), rows)
    _delete(connection, schema.contents.c.content, named)


def scrub(engine: Engine) -> None:
    """Leave no trace of erased words in what the database file keeps for itself."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(text("INSERT INTO claim_search (claim_search) VALUES ('optimize')"))
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()  # type: ignore[union-attr]
    else:
        tables = ", ".join((*(table.name for table in (*schema.WORDS, *schema.COMPUTED)), "claim_search"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"VACUUM {tables}"))


def _texts(connection: Connection, article: int) -> tuple[list[str], list[str]]:
    """The digest of the article's text if no other has the same; else the ids of those others."""
    columns = schema.articles.c
    (name,) = _select(connection, columns.content, columns.article == article)
    gone = select(schema.erasures.c.content)
    others = (
        select(columns.id)
        .join(schema.readings)
        .where(columns.content == name, columns.article != article, schema.readings.c.id.not_in(gone))
    )
    shared = sorted(set(connection.execute(others).scalars()))
    return ([] if shared else [name]), shared


def _pages(connection: Connection, readings: list[int]) -> list[str]:
    """The digests of the pages that these readings alone were made of."""
    pages, columns = schema.pages.c, schema.readings.c
    made = select(pages.content).join(schema.readings, columns.page == pages.page)
    own = set(connection.execute(made.where(columns.reading.in_(readings))).scalars())
    gone = select(schema.erasures.c.content)
    others = made.where(columns.reading.not_in(readings), columns.id.not_in(gone), pages.content.in_(own))
    return sorted(own - set(connection.execute(others).scalars()))


def _decisions_about(connection: Connection, claims: list[int]) -> list[int]:
    """The numbers of the decisions about some claims: their reasons may quote the words."""
    ends = schema.decision_ends.c
    ids = _select(connection, schema.claims.c.id, schema.claims.c.claim.in_(claims))
    return list(dict.fromkeys(_select(connection, ends.decision, ends.target.in_(ids))))


def _select(connection: Connection, column: Column[T], condition: ColumnElement[bool]) -> list[T]:
    return list(connection.execute(select(column).where(condition)).scalars())


def _delete(connection: Connection, column: Column[Any], values: Iterable[object]) -> None:
    for some in chunks(values):
        connection.execute(delete(column.table).where(column.in_(some)))
