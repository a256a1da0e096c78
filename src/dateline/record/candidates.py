"""Which claims and articles a linker is offered: those with a block key in common."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, select, text

from dateline.record import schema
from dateline.record.appending import put
from dateline.record.decisions import LINKER, question, rank, renewed
from dateline.record.ids import digest
from dateline.record.linking import Document, Linker, meeting
from dateline.record.loading import SOME, Shelf, chunks
from dateline.record.times import turn
from dateline.types import Claim, Decision

MOST = 64
"""Of the claims, and of the articles, under one key so many before and so many after are offered."""

OFFERED = 64
"""Claims that one is compared with at most: those with most keys in common, of such the nearest published.
In ECB+'s articles a claim meets 27 others on average; in a large record it costs no more than this."""

FEWEST = 3
"""Articles that have fewer keys in common are not compared, but where they have fewer themselves. Most that
meet share one, a phrase; of 1,000 copies that ``evaluate copies`` made each shared four or more."""

Pairs = Mapping[str, Iterable[int]]
Keys = Mapping[int, Iterable[str]]
"""The keys of claims, by their numbers."""
Near = Mapping[int, int]
"""The turns of claims or articles, by their numbers."""
Row = tuple[int, int, int]
"""A claim's or an article's number, a key and the turn."""


@lru_cache(maxsize=8_192)
def key_number(key: str) -> int:
    """A key as a signed number of 64 bits; two keys that share one cost a needless comparison."""
    return int(digest("key", key)[:16], 16) - (1 << 63)


def linked(
    connection: Connection, shelf: Shelf, linker: Linker, claims: Mapping[int, Claim], partners: Pairs
) -> list[Decision]:
    """The linker's decisions of an article's new claims with those of others; and the new claims' keys kept.

    ``partners`` are claims that it has tied to some before, by their ids: they are offered again.
    """
    keys = _keys(linker, claims)
    found = list(_compared(connection, shelf, linker, claims, keys, partners))
    _put_keys(connection, schema.claim_keys, _rows_of_claims(claims, keys))
    return found


def compared(
    connection: Connection, shelf: Shelf, linker: Linker, claims: Mapping[int, Claim], *, after: bool = True
) -> Iterator[Decision]:
    """The linker's decisions of an article's claims with those of other addresses under their keys.

    Those published before are offered, and unless ``after`` is false those published later.
    """
    return _compared(connection, shelf, linker, claims, _keys(linker, claims), after=after)


def _keys(linker: Linker, claims: Mapping[int, Claim]) -> Keys:
    return {number: tuple(linker.claim_keys(claim)) for number, claim in claims.items()}


def _compared(
    connection: Connection,
    shelf: Shelf,
    linker: Linker,
    claims: Mapping[int, Claim],
    keys: Keys,
    partners: Pairs = MappingProxyType({}),
    *,
    after: bool = True,
) -> Iterator[Decision]:
    if not claims:
        return
    place = turn(next(iter(claims.values())).citation)
    asked = {number: [key_number(meeting(key)) for key in each] for number, each in keys.items()}
    wanted = {key for each in asked.values() for key in each}
    near = nearest(connection, schema.claim_keys, wanted, place, after=after)
    met = {
        number: {*_foremost((near[key] for key in asked[number] if key in near), place)}
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
    keys = tuple(linker.article_keys(new))
    found = list(_likened(connection, shelf, linker, new, keys))
    _put_keys(connection, schema.article_keys, _rows_of_article(number, new, keys))
    return found


def likened(
    connection: Connection, shelf: Shelf, linker: Linker, told: Document, *, after: bool = True
) -> Iterator[Decision]:
    """The linker's decisions of an article with others under its keys; as ``compared`` for claims."""
    return _likened(connection, shelf, linker, told, linker.article_keys(told), after=after)


def _likened(
    connection: Connection,
    shelf: Shelf,
    linker: Linker,
    told: Document,
    keys: Iterable[str],
    *,
    after: bool = True,
) -> Iterator[Decision]:
    asked = {key_number(meeting(key)) for key in keys}
    near = nearest(connection, schema.article_keys, asked, turn(told.citation), after=after)
    counted = Counter(other for each in near.values() for other in each)
    met = [other for other, shared in counted.items() if shared >= min(FEWEST, len(asked))]
    others = [each for each in documents(connection, shelf, met) if each.citation != told.citation]
    if others:
        yield from linker.copies(told, others)


def keep_claim_keys(connection: Connection, linker: Linker, claims: Mapping[int, Claim]) -> None:
    """Have claims found under their keys, and under no others."""
    _keep(connection, schema.claim_keys, _rows_of_claims(claims, _keys(linker, claims)), claims)


def keep_article_keys(connection: Connection, linker: Linker, number: int, told: Document) -> None:
    """Have an article found under its keys, and under no others."""
    keys = linker.article_keys(told)
    _keep(connection, schema.article_keys, _rows_of_article(number, told, keys), [number])


def _rows_of_claims(claims: Mapping[int, Claim], keys: Keys) -> set[Row]:
    places = {number: turn(claim.citation) for number, claim in claims.items()}
    return {(number, key_number(key), places[number]) for number, each in keys.items() for key in each}


def _rows_of_article(number: int, told: Document, keys: Iterable[str]) -> set[Row]:
    place = turn(told.citation)
    return {(number, key_number(key), place) for key in keys}


def _keep(connection: Connection, table: Table, keys: set[Row], numbers: Iterable[int]) -> None:
    """Make rows the only ones of these numbers."""
    number = table.c[2]
    there: set[Row] = set()
    for some in chunks(numbers):
        rows = connection.execute(select(number, table.c.key, table.c.turn).where(number.in_(some)))
        there |= {(row[0], row.key, row.turn) for row in rows}
    gone = {row[0] for row in there - keys}
    for some in chunks(gone):
        connection.execute(delete(table).where(number.in_(some)))
    _put_keys(connection, table, keys - {row for row in there if row[0] not in gone})


def _put_keys(connection: Connection, table: Table, keys: set[Row]) -> None:
    name = table.c[2].name
    put(connection, table, [{name: number, "key": key, "turn": place} for number, key, place in sorted(keys)])


def nearest(
    connection: Connection, table: Table, keys: Iterable[int], place: int, *, after: bool = True
) -> dict[int, dict[int, int]]:
    """What lies under each key next to a place in the order of publication; nothing for keys without."""
    form = _FORMS[connection.dialect.name]
    sides = {"turn < :place": "DESC", "turn > :place": "ASC"} if after else {"turn < :place": "DESC"}
    number = table.c[2].name
    listed = (
        f"(SELECT {form.listed} FROM (SELECT {number} AS number, turn FROM {table.name}"
        f" WHERE key = wanted.key AND {side} ORDER BY turn {order}, {number} {order} LIMIT :most) AS near)"
        for side, order in sides.items()
    )
    query = text(f"SELECT wanted.key, {', '.join(listed)} FROM {form.keys}")
    asked = {"keys": json.dumps(sorted(keys)), "place": place, "most": MOST}
    found: dict[int, dict[int, int]] = {}
    for key, *lists in connection.execute(query, asked):
        if near := {n: there for each in lists if each for n, there in form.read(each)}:
            found[key] = near
    return found


class _Form(NamedTuple):
    """How a database lists rows in one value, how that is read, and how it takes a list of keys."""

    listed: str
    read: Callable[[Any], Iterable[tuple[int, int]]]
    keys: str


_FORMS = {
    "sqlite": _Form(
        "json_group_array(json_array(number, turn))",
        json.loads,
        "(SELECT value AS key FROM json_each(:keys)) AS wanted",
    ),
    "postgresql": _Form(
        "json_agg(json_build_array(number, turn))",
        list,
        "(SELECT CAST(k AS bigint) AS key FROM json_array_elements_text(CAST(:keys AS json)) AS k) AS wanted",
    ),
}
"""One statement asks for all keys of an article, of which there are hundreds."""


def _foremost(near: Iterable[Near], place: int) -> list[int]:
    """The numbers of those met under most keys, of such the nearest to a place, at most ``OFFERED``.

    Of claims of one article, which alone are equally near, the first.
    """
    counted: Counter[int] = Counter()
    turns: dict[int, int] = {}
    for each in near:
        counted.update(each.keys())
        turns.update(each)
    least = sorted(counted.values(), reverse=True)[:OFFERED][-1] if counted else 0
    met = (number for number, keys in counted.items() if keys >= least)
    return sorted(met, key=lambda each: (-counted[each], abs(turns[each] - place), each))[:OFFERED]


def documents(connection: Connection, shelf: Shelf, articles: Iterable[int]) -> Iterator[Document]:
    """Articles by their numbers, as they were read last; erased ones are left out."""
    for some in chunks(sorted(articles)):
        latest = {row.article: row.reading for row in connection.execute(_LATEST, {"some": some}).all()}
        known = shelf.documents(connection, latest.values())
        yield from (known[reading] for reading in latest.values() if reading in known)


_LATEST = (
    select(schema.readings.c.article, schema.readings.c.reading)
    .where(schema.readings.c.article.in_(SOME))
    .order_by(schema.readings.c.reading)
)


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
