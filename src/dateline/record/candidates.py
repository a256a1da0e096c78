"""Which claims and articles a linker is offered: those with a block key in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Table, delete, select

from dateline.record import schema
from dateline.record.appending import put
from dateline.record.decisions import question
from dateline.record.ids import digest
from dateline.record.linking import Document, Linker
from dateline.record.loading import Shelf, chunks, content, text_of
from dateline.record.packing import unpack_json
from dateline.types import Citation, Claim, Decision, Range

MOST = 64
"""Of the claims, and of the articles, under one key the latest are offered."""


def key_number(key: str) -> int:
    """A key as a signed number of 64 bits; two keys that share one cost a needless comparison."""
    return int(digest("key", key)[:16], 16) - (1 << 63)


def document(citation: Citation, text: str, body: Iterable[Range]) -> Document:
    """An article as the linker sees it."""
    return Document(citation, "\n".join(text[start:end] for start, end in body))


def linked(
    connection: Connection,
    shelf: Shelf,
    linker: Linker,
    claims: Mapping[int, Claim],
    partners: Mapping[str, Iterable[int]],
) -> Iterator[Decision]:
    """The linker's decisions of new claims with those of other addresses; and the new claims' keys kept.

    ``partners`` are claims that it has tied to some before, by their ids: they are offered again.
    """
    keys = {number: {key_number(key) for key in linker.claim_keys(c)} for number, c in claims.items()}
    under = _under(connection, schema.claim_keys, {key for each in keys.values() for key in each})
    met = {
        number: {other for key in keys[number] for other in under[key]} | {*partners.get(claim.id, ())}
        for number, claim in claims.items()
    }
    known = shelf.claims(connection, {other for others in met.values() for other in others})
    for number, claim in claims.items():
        others = [known[other] for other in sorted(met[number]) if other in known]
        others = [other for other in others if other.citation.address != claim.citation.address]
        if others:
            yield from linker.decide(claim, others)
    put(connection, schema.claim_keys, [{"key": k, "claim": n} for n, each in keys.items() for k in each])


def copied(
    connection: Connection, shelf: Shelf, linker: Linker, number: int, new: Document
) -> Iterator[Decision]:
    """The linker's decisions of a new article with others that it may copy; and its keys kept."""
    keys = {key_number(key) for key in linker.article_keys(new)}
    met = {other for each in _under(connection, schema.article_keys, keys).values() for other in each}
    others = [each for each in documents(connection, shelf, met) if each.citation != new.citation]
    if others:
        yield from linker.copies(new, others)
    put(connection, schema.article_keys, [{"key": key, "article": number} for key in keys])


def _under(connection: Connection, table: Table, keys: Iterable[int]) -> dict[int, Sequence[int]]:
    """The latest numbers under each key."""
    number = table.c[1]
    found = {}
    for key in keys:
        query = select(number).where(table.c.key == key).order_by(number.desc()).limit(MOST)
        found[key] = connection.execute(query).scalars().all()
    return found


def documents(connection: Connection, shelf: Shelf, articles: Iterable[int]) -> Iterator[Document]:
    """Articles by their numbers, as they were read last; erased ones are left out."""
    columns = schema.readings.c
    for some in chunks(sorted(articles)):
        query = select(columns.article, columns.reading).where(columns.article.in_(some))
        latest = {row.article: row.reading for row in connection.execute(query.order_by(columns.reading))}
        cited = shelf.readings(connection, latest.values())
        for article, reading in latest.items():
            name, citation = cited[reading]
            packed, text = content(connection, name), text_of(connection, article)
            if packed is not None and text is not None:
                body = unpack_json(packed)["body"]
                yield document(citation, text, ((part["start"], part["end"]) for part in body))


def forget_claims(connection: Connection, numbers: Iterable[int]) -> None:
    """Offer these claims no more."""
    for some in chunks(numbers):
        connection.execute(delete(schema.claim_keys).where(schema.claim_keys.c.claim.in_(some)))


def settled(new: Iterable[Decision], standing: Iterable[Decision]) -> list[Decision]:
    """The linker's new decisions, superseding those of its own that no longer hold.

    ``standing`` are its standing ones about the same claims. What it decides as before is left out;
    where it has no opinion any more, the old one is withdrawn.
    """
    former = {question(decision): decision for decision in standing}
    found = []
    for decision in {question(decision): decision for decision in new}.values():
        old = former.pop(question(decision), None)
        if old is None:
            found.append(decision)
        elif _answer(old) != _answer(decision):
            found.append(_superseding(decision, old))
    gone = (
        Decision("withdrawal", old.by, old.subject, old.object, "no longer found", supersedes=(old.id,))
        for old in former.values()
    )
    return [*found, *gone]


def _superseding(decision: Decision, old: Decision) -> Decision:
    return Decision(
        decision.kind,
        decision.by,
        decision.subject,
        decision.object,
        decision.reason,
        decision.score,
        supersedes=(old.id,),
    )


def _answer(decision: Decision) -> tuple[object, ...]:
    return decision.kind, decision.score, decision.reason
