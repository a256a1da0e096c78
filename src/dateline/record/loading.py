"""Rows of the log → claims, decisions and entries, with their words where these have not been erased."""

from __future__ import annotations

import json
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, func, select

from dateline.record import schema
from dateline.record.appending import CITED
from dateline.record.codec import decode_claim
from dateline.record.linking import Document
from dateline.record.packing import unpack_bytes, unpack_json, unpack_text
from dateline.show import jsonl
from dateline.types import Citation, Claim, Decision, Entry, Range, Reading

T = TypeVar("T")
K = TypeVar("K")

AT_ONCE = 500
"""Ids or numbers in one query."""
SOME: BindParameter[Any] = bindparam("some", expanding=True)
"""Those ids or numbers, in a query that is made once: making it takes longer than asking it."""
KEPT = 10_000
"""Claims kept in memory, those asked for last; some kilobytes each."""
TEXTS_KEPT = 1_000
"""Articles' texts likewise."""


def chunks(items: Iterable[T], size: int = AT_ONCE) -> Iterator[list[T]]:
    """The items in lists of at most a size."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


class Kept(Generic[K, T]):
    """What was looked up last, up to a number. May be used by several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: OrderedDict[K, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> T | None:
        """What is kept under a key."""
        with self._lock:
            if key in self._items:
                self._items.move_to_end(key)
            return self._items.get(key)

    def put(self, key: K, item: T) -> None:
        """Keep an item; the one not asked for longest goes."""
        with self._lock:
            self._items[key] = item
            while len(self._items) > self._most:
                self._items.popitem(last=False)

    def items(self) -> list[tuple[K, T]]:
        """All that is kept, with its keys."""
        with self._lock:
            return list(self._items.items())

    def drop(self, key: K) -> None:
        """Keep nothing under a key."""
        with self._lock:
            self._items.pop(key, None)

    def forget(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._items.clear()


class Shelf:
    """Claims, citations, texts and decisions of the log, kept as they are asked for: its rows do not change.

    But words may be erased: ``refreshed`` looks whether any have been since.
    """

    def __init__(self, kept: int = KEPT) -> None:
        self._claims: Kept[int, Claim] = Kept(kept)
        self._readings: Kept[int, tuple[str, Citation]] = Kept(kept)
        self._decisions: Kept[int, Decision] = Kept(2 * kept)
        self._documents: Kept[int, Document] = Kept(TEXTS_KEPT)
        self._last_erasure: int | None = None

    def forget(self) -> None:
        """Take nothing from memory."""
        self._claims.forget()
        self._readings.forget()
        self._decisions.forget()
        self._documents.forget()

    def refreshed(self, connection: Connection) -> int | None:
        """Forget what may have been erased, by whomever; the last erasure that the connection sees."""
        last: int | None = connection.execute(_LAST_ERASURE).scalar()
        if last != self._last_erasure:
            self.forget()
            self._last_erasure = last
        return last

    def left(self, last: int | None) -> None:
        """Forget what a connection may have taken from before an erasure that it did not see."""
        if last != self._last_erasure:
            self.forget()

    def keep(self, reading: int, told: Document, claims: Mapping[int, Claim]) -> None:
        """Have at hand what was just appended, under its numbers, as it would be read back."""
        for number, claim in claims.items():
            self._claims.put(number, replace(claim, event=replace(claim.event, vector=b"")))
        self._documents.put(reading, told)

    def decisions_about(
        self, connection: Connection, targets: Iterable[str], kinds: Sequence[str] = ()
    ) -> list[Decision]:
        """The decisions about any of some claims or articles, and those that supersede them, as appended."""
        query, asked = (_ENDS_OF_KINDS, {"kinds": (*kinds, "withdrawal")}) if kinds else (_ENDS, {})
        numbers: set[int] = set()
        for some in chunks(targets):
            numbers |= set(connection.execute(query, {"some": some, **asked}).scalars().all())
        found = {number: known for number in numbers if (known := self._decisions.get(number))}
        for missing in chunks(numbers - found.keys()):
            rows = connection.execute(_SOME_DECISIONS, {"some": missing}).all()
            found |= {row.decision: decision_of(row) for row in rows}
            for number in missing:
                self._decisions.put(number, found[number])
        return [found[number] for number in sorted(found)]

    def claims(self, connection: Connection, numbers: Iterable[int]) -> dict[int, Claim]:
        """Claims by their numbers; erased ones are left out."""
        wanted = sorted(set(numbers))
        found = {number: claim for number in wanted if (claim := self._claims.get(number))}
        for some in chunks(number for number in wanted if number not in found):
            rows = connection.execute(_CLAIMS, {"some": some}).all()
            cited = self.readings(connection, (row.reading for row in rows))
            for row in rows:
                record = unpack_json(row.data)
                claim = decode_claim(record, row.id, *cited[row.reading], bytes(row.vector))
                found[row.claim] = claim
                self._claims.put(row.claim, claim)
        return {number: found[number] for number in wanted if number in found}

    def readings(self, connection: Connection, numbers: Iterable[int]) -> dict[int, tuple[str, Citation]]:
        """The ids of readings, and what their articles are cited by, by the readings' numbers."""
        wanted = set(numbers)
        found = {number: known for number in wanted if (known := self._readings.get(number))}
        for some in chunks(wanted - found.keys()):
            for row in connection.execute(_READINGS, {"some": some}).all():
                facts = {fact: getattr(row, fact) for fact in CITED}
                known = row.id, Citation(row.article_id, row.address, **facts)
                found[row.reading] = known
                self._readings.put(row.reading, known)
        return found

    def documents(self, connection: Connection, numbers: Iterable[int]) -> dict[int, Document]:
        """Articles as some readings, given by their numbers, have them; erased ones are left out."""
        wanted = set(numbers)
        found = {number: known for number in wanted if (known := self._documents.get(number))}
        for some in chunks(wanted - found.keys()):
            rows = connection.execute(_DOCUMENTS, {"some": some}).all()
            cited = self.readings(connection, (row.reading for row in rows))
            for row in rows:
                body = [(part["start"], part["end"]) for part in unpack_json(row.told)["body"]]
                told = document(cited[row.reading][1], unpack_text(row.words), body)
                found[row.reading] = told
                self._documents.put(row.reading, told)
        return found


_LAST_ERASURE = select(func.max(schema.erasures.c.decision))
_ENDS = select(schema.decision_ends.c.decision).where(schema.decision_ends.c.target.in_(SOME)).distinct()
_ENDS_OF_KINDS = _ENDS.join(
    schema.decisions, schema.decisions.c.decision == schema.decision_ends.c.decision
).where(schema.decisions.c.kind.in_(bindparam("kinds", expanding=True)))
_CLAIMS: Select[Any] = (
    select(
        schema.claims.c.claim,
        schema.claims.c.id,
        schema.claims.c.reading,
        schema.claim_words.c.data,
        schema.claim_words.c.vector,
    )
    .join(schema.claim_words)
    .where(schema.claim_words.c.claim.in_(SOME))
)
_READINGS: Select[Any] = (
    select(
        schema.readings.c.reading,
        schema.readings.c.id,
        schema.articles.c.id.label("article_id"),
        schema.articles.c.address,
        *(schema.citations.c[fact] for fact in CITED),
    )
    .join(schema.articles)
    .outerjoin(schema.citations, schema.citations.c.reading == schema.readings.c.reading)
    .where(schema.readings.c.reading.in_(SOME))
)
_TOLD_BY, _WORDS = schema.contents.alias(), schema.contents.alias()
_DOCUMENTS: Select[Any] = (
    select(schema.readings.c.reading, _TOLD_BY.c.data.label("told"), _WORDS.c.data.label("words"))
    .join(schema.articles)
    .join(_TOLD_BY, _TOLD_BY.c.content == schema.readings.c.id)
    .join(_WORDS, _WORDS.c.content == schema.articles.c.content)
    .where(schema.readings.c.reading.in_(SOME))
)
_DECISIONS: Select[Any] = select(
    schema.decisions, schema.decision_words.c.reason, schema.decision_words.c.value
).outerjoin(schema.decision_words)
_SOME_DECISIONS = _DECISIONS.where(schema.decisions.c.decision.in_(SOME))


def document(citation: Citation, text: str, body: Iterable[Range]) -> Document:
    """An article as the linker sees it."""
    return Document(citation, "\n".join(text[start:end] for start, end in body))


def decision_of(row: Row[Any]) -> Decision:
    """The decision of a row; without its words where these are erased."""
    sides = ("subject", "object", "supersedes")
    lists: dict[str, Any] = {name: tuple(json.loads(getattr(row, name))) for name in sides}
    names = ("id", "kind", "by", "score", "field", "value")
    plain: dict[str, Any] = {name: getattr(row, name) for name in names}
    return Decision(**plain, **lists, reason=row.reason or "")


def decision_by_id(connection: Connection, identity: str) -> Decision:
    """The decision with an id, which is in the log."""
    return decision_of(connection.execute(_DECISIONS.where(schema.decisions.c.id == identity)).one())


def decisions_by_people(connection: Connection) -> list[Decision]:
    """Everything that people decided, as appended."""
    people = schema.decisions.c.by.not_in(("linker", "reader"))
    rows = connection.execute(_DECISIONS.where(people).order_by(schema.decisions.c.decision))
    return [decision_of(row) for row in rows]


def entries(connection: Connection, shelf: Shelf, recorded: str | None = None) -> Iterator[Entry]:
    """The log in order; with ``recorded``, an ISO 8601 time in UTC or a day, as far as appended by then."""
    query = by_then(select(schema.log.c.entry, schema.log.c.recorded), recorded)
    for some in chunks(connection.execute(query.order_by(schema.log.c.entry)).all(), 100):
        yield from entries_at(connection, shelf, {row.entry: row.recorded for row in some})


def by_then(query: Select[Any], recorded: str | None) -> Select[Any]:
    """A query for entries, for those alone that were appended by a day or time, if there is one."""
    if recorded is None:
        return query
    return query.where(func.substr(schema.log.c.recorded, 1, len(recorded)) <= recorded)


def entries_at(connection: Connection, shelf: Shelf, times: dict[int, str]) -> Iterator[Entry]:
    """The entries with some numbers, given with their times, in their order."""
    readings: Any = schema.readings
    numbers = list(times)
    rows = connection.execute(select(readings).where(readings.c.entry.in_(numbers))).all()
    told = {row.entry: row for row in rows}
    cited = shelf.readings(connection, (row.reading for row in rows))
    claims = _claims_of(connection, shelf, [row.reading for row in rows])
    decided: dict[int, list[Decision]] = defaultdict(list)
    query = _DECISIONS.where(schema.decisions.c.entry.in_(numbers)).order_by(schema.decisions.c.decision)
    for row in connection.execute(query):
        decided[row.entry].append(decision_of(row))
    for number, recorded in times.items():
        entry = Entry(number, recorded, decisions=tuple(decided[number]))
        if number in told:
            row = told[number]
            identity, citation = cited[row.reading]
            there, erased = claims[row.reading]
            entry = Entry(
                number, recorded, citation, identity, row.model, there, erased, tuple(decided[number])
            )
        yield entry


def _claims_of(
    connection: Connection, shelf: Shelf, readings: list[int]
) -> dict[int, tuple[tuple[Claim, ...], tuple[str, ...]]]:
    """For each reading its claims, and the ids of erased ones."""
    columns = schema.claims.c
    query = select(columns.claim, columns.id, columns.reading).where(columns.reading.in_(readings))
    rows = connection.execute(query.order_by(columns.claim)).all()
    known = shelf.claims(connection, (row.claim for row in rows))
    there: dict[int, list[Claim]] = defaultdict(list)
    erased: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.claim in known:
            there[row.reading].append(known[row.claim])
        else:
            erased[row.reading].append(row.id)
    return {reading: (tuple(there[reading]), tuple(erased[reading])) for reading in readings}


def content(connection: Connection, name: str) -> bytes | None:
    """What lies under a digest, packed; null when it has been erased."""
    found = connection.execute(_CONTENT, {"name": name}).scalar()
    return None if found is None else bytes(found)


def text_of(connection: Connection, article: int) -> str | None:
    """The text of an article by its number; null when it has been erased."""
    name = connection.execute(_TEXT, {"article": article}).scalar_one()
    packed = content(connection, name)
    return None if packed is None else unpack_text(packed)


def page_of(connection: Connection, reading: int) -> bytes | None:
    """The bytes of the page that a reading was made of; null when there are none, or none any more."""
    query = select(schema.pages.c.content).join(
        schema.readings, schema.readings.c.page == schema.pages.c.page
    )
    name = connection.execute(query.where(schema.readings.c.reading == reading)).scalar()
    packed = None if name is None else content(connection, name)
    return None if packed is None else unpack_bytes(packed)


@dataclass(frozen=True, slots=True)
class Capture:
    """How a reading came to be.

    ``text`` and ``page`` are digests of the article's text and of its page's bytes, ``fetched`` is when
    these came first from the web, ``added`` when the reading was appended, ISO 8601 in UTC; ``page`` and
    ``fetched`` are null when unknown. ``model`` is what read it.
    """

    text: str
    page: str | None
    fetched: str | None
    added: str
    model: str


def capture_of(connection: Connection, reading: int) -> Capture:
    """How a reading, given by its number, came to be."""
    return Capture(**connection.execute(_CAPTURE, {"reading": reading}).one()._mapping)


_CAPTURE = (
    select(
        schema.articles.c.content.label("text"),
        schema.pages.c.content.label("page"),
        schema.pages.c.fetched,
        schema.log.c.recorded.label("added"),
        schema.readings.c.model,
    )
    .select_from(schema.readings)
    .join(schema.articles)
    .join(schema.log, schema.log.c.entry == schema.readings.c.entry)
    .outerjoin(schema.pages, schema.pages.c.page == schema.readings.c.page)
    .where(schema.readings.c.reading == bindparam("reading"))
)


def reading_of(connection: Connection, number: int) -> Reading | None:
    """A reading as it was added, by its number; null when it has been erased."""
    row = connection.execute(_READING, {"reading": number}).one()
    packed, text = content(connection, row.id), text_of(connection, row.article)
    if packed is None or text is None:
        return None
    told = connection.execute(_TOLD, {"reading": number}).scalars().all()
    events = [unpack_json(data)["event"] for data in told]
    return jsonl.decode(unpack_json(packed) | {"text": text, "events": events})


_CONTENT = select(schema.contents.c.data).where(schema.contents.c.content == bindparam("name"))
_TEXT = select(schema.articles.c.content).where(schema.articles.c.article == bindparam("article"))
_READING = select(schema.readings.c.id, schema.readings.c.article).where(
    schema.readings.c.reading == bindparam("reading")
)
_TOLD = (
    select(schema.claim_words.c.data)
    .join(schema.claims)
    .where(schema.claims.c.reading == bindparam("reading"))
    .order_by(schema.claims.c.place)
)
