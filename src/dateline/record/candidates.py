"""Which claims and articles a linker is offered: those with a block key in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select

from dateline.record import schema
from dateline.record.appending import put
from dateline.record.decisions import LINKER, question, rank, renewed
from dateline.record.ids import digest
from dateline.record.linking import Document, Linker, meeting
from dateline.record.loading import Shelf, chunks, content, text_of
from dateline.record.packing import unpack_json
from dateline.record.times import turn
from dateline.types import Citation, Claim, Decision, Range

MOST = 64
"""Of the claims, and of the articles, under one key so many before and so many after are offered."""

OFFERED = 64
"""Claims that one is compared with at most: those with most keys in common, of such the nearest published.
In ECB+'s articles a claim meets 27 others on average; in a large record it costs no more than this."""

Pairs = Mapping[str, Iterable[int]]
Near = tuple[int, int]
"""The number of a claim or an article, and its turn."""


def key_number(key: str) -> int:
    """A key as a signed number of 64 bits; two keys that share one cost a needless comparison."""
    return int(digest("key", key)[:16], 16) - (1 << 63)


def document(citation: Citation, text: str, body: Iterable[Range]) -> Document:
    """An article as the linker sees it."""
    return Document(citation, "\n".join(text[start:end] for start, end in body))


def linked(
    connection: Connection, shelf: Shelf, linker: Linker, claims: Mapping[int, Claim], partners: Pairs
) -> list[Decision]:
    """The linker's decisions of an article's new claims with those of others; and the new claims' keys kept.

    ``partners`` are claims that it has tied to some before, by their ids: they are offered again.
    """
    found = list(compared(connection, shelf, linker, claims, partners))
    keep_claim_keys(connection, linker, claims)
    return found


def compared(
    connection: Connection,
    shelf: Shelf,
    linker: Linker,
    claims: Mapping[int, Claim],
    partners: Pairs = MappingProxyType({}),
    *,
    after: bool = True,
) -> Iterator[Decision]:
    """The linker's decisions of an article's claims with those of other addresses under their keys.

    Those published before are offered, and unless ``after`` is false those published later.
    """
    if not claims:
        return
    place = turn(next(iter(claims.values())).citation)
    keys = {
        number: [key_number(meeting(key)) for key in linker.claim_keys(c)] for number, c in claims.items()
    }
    wanted = {key for each in keys.values() for key in each}
    near = nearest(connection, schema.claim_keys, wanted, place, after=after)
    met = {
        number: {*_foremost((each for key in keys[number] for each in near[key]), place)}
        | {*partners.get(claim.id, ())}
        for number, claim in claims.items()
    }
    known = shelf.claims(connection, {other for others in met.values() for other in others})
    for number, claim in claims.items():
        others = [known[other] for other in sorted(met[number]) if other in known]
        others = [other for other in others if other.citation.address != claim.citation.address]
        if others:
            yield from linker.decide(claim, others)


def copied(
    connection: Connection, shelf: Shelf, linker: Linker, number: int, new: Document
) -> list[Decision]:
    """The linker's decisions of a new article with others that it may copy; and its keys kept."""
    found = list(likened(connection, shelf, linker, new))
    keep_article_keys(connection, linker, number, new)
    return found


def likened(
    connection: Connection, shelf: Shelf, linker: Linker, told: Document, *, after: bool = True
) -> Iterator[Decision]:
    """The linker's decisions of an article with others under its keys; as ``compared`` for claims."""
    keys = {key_number(meeting(key)) for key in linker.article_keys(told)}
    near = nearest(connection, schema.article_keys, keys, turn(told.citation), after=after)
    met = {other for each in near.values() for other, _ in each}
    others = [each for each in documents(connection, shelf, met) if each.citation != told.citation]
    if others:
        yield from linker.copies(told, others)


def keep_claim_keys(connection: Connection, linker: Linker, claims: Mapping[int, Claim]) -> None:
    """Have claims found under their keys, and under no others."""
    _keep(
        connection,
        schema.claim_keys,
        {(n, key_number(key), turn(c.citation)) for n, c in claims.items() for key in linker.claim_keys(c)},
        claims,
    )


def keep_article_keys(connection: Connection, linker: Linker, number: int, told: Document) -> None:
    """Have an article found under its keys, and under no others."""
    place = turn(told.citation)
    keys = {(number, key_number(key), place) for key in linker.article_keys(told)}
    _keep(connection, schema.article_keys, keys, [number])


def _keep(
    connection: Connection, table: Table, keys: set[tuple[int, int, int]], numbers: Iterable[int]
) -> None:
    """Make rows of numbers, keys and turns the only ones of these numbers."""
    number = table.c[2]
    there: set[tuple[int, int, int]] = set()
    for some in chunks(numbers):
        rows = connection.execute(select(number, table.c.key, table.c.turn).where(number.in_(some)))
        there |= {(row[0], row.key, row.turn) for row in rows}
    gone = {row[0] for row in there - keys}
    for some in chunks(gone):
        connection.execute(delete(table).where(number.in_(some)))
    new = keys - {row for row in there if row[0] not in gone}
    put(connection, table, [{number.name: n, "key": key, "turn": place} for n, key, place in sorted(new)])


def nearest(
    connection: Connection, table: Table, keys: Iterable[int], place: int, *, after: bool = True
) -> dict[int, list[Near]]:
    """What lies under each key next to a place in the order of publication."""
    number, there = table.c[2], table.c.turn
    sides: list[tuple[Any, tuple[Any, ...]]] = [(there < bindparam("place"), (there.desc(), number.desc()))]
    sides += [(there > bindparam("place"), (there, number))] if after else []
    under = select(number, there).where(table.c.key == bindparam("under")).limit(MOST)
    queries = [under.where(side).order_by(*order) for side, order in sides]  # built once, asked for each key
    return {
        key: [
            (row[0], row.turn)
            for query in queries
            for row in connection.execute(query, {"under": key, "place": place})
        ]
        for key in keys
    }


def _foremost(met: Iterable[Near], place: int) -> list[int]:
    """The numbers of those met under most keys, of such the nearest to a place, at most ``OFFERED``.

    Of claims of one article, which alone are equally near, the first.
    """
    counted = Counter(met)
    ranked = sorted(counted, key=lambda each: (-counted[each], abs(each[1] - place), each[0]))
    return [number for number, _ in ranked[:OFFERED]]


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


def settled(
    new: Iterable[Decision], standing: Iterable[Decision], about: Iterable[Decision] = ()
) -> list[Decision]:
    """The linker's new decisions, superseding those of its own that no longer hold.

    ``standing`` are its standing ones about the same claims, or articles; ``about`` all that was ever
    decided about them, in the order of the log. What it decides as before is left out; where it has no
    opinion any more, the old one is withdrawn. What a person took back is not decided again.
    """
    former = {question(decision): decision for decision in standing}
    known = {decision.id: decision for decision in about}
    own = [each for each in known.values() if each.by == LINKER]
    taken_back = {
        question(known[old])
        for each in known.values()
        if rank(each.by) > rank(LINKER)
        for old in each.supersedes
        if old in known and known[old].by == LINKER
    }
    found = []
    for asked, decision in {question(decision): decision for decision in new}.items():
        old = former.pop(asked, None)
        if asked in taken_back or (old is not None and _answer(old) == _answer(decision)):
            continue
        found.append(decision if old is None else replace(decision, supersedes=(old.id,)))
    gone = (
        Decision("withdrawal", old.by, old.subject, old.object, "no longer found", supersedes=(old.id,))
        for old in former.values()
    )
    return [renewed(each, own) for each in (*found, *gone)]


def _answer(decision: Decision) -> tuple[object, ...]:
    return decision.kind, decision.score, decision.reason
