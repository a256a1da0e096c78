"""The record: a log that only grows, and the incidents that it comes to.

Reading ── told ── append: page, article, reading, claims ──┐
                      │                                     │ one transaction, one entry of the log
           linker ◂── candidates ──▸ decisions ─────────────┤
                                                            ▼
                                     touch: the incidents that this entry touches, computed anew
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal, Self

from sqlalchemy import Connection, Engine

from dateline.errors import RecordError
from dateline.record import appending, history, holdings, incidents, loading, projection, relinking, schema
from dateline.record.appending import Told, told, viewed
from dateline.record.candidates import copied, forget_claims, linked, settled
from dateline.record.chains import Link, chain
from dateline.record.counting import Counted, Sets
from dateline.record.deciding import Overtaken, decided_since
from dateline.record.decisions import LINKER, asks_same, rank, renewed, standing
from dateline.record.digest import record_digest
from dateline.record.engine import REFUSALS, complaint, open_engine, retrying, writing
from dateline.record.ids import decision_id
from dateline.record.linking import Document, Linker, Unlinked
from dateline.record.loading import Capture, Shelf, document
from dateline.record.lookup import (
    around,
    article_made_of,
    content_ids,
    full_id,
    is_redacted,
    known_readings,
    latest_reading,
    live_by_id,
    live_claims,
    placed,
    require_known,
)
from dateline.record.redaction import Redacted, redact, scrub
from dateline.record.search import Position, Wanted, among, found
from dateline.record.stranded import stranded, taken_anew
from dateline.record.summary import Summary
from dateline.record.upgrading import upgrade
from dateline.types import Claim, Decision, Entry, Incident, Page, Reading

Outcome = Literal["new", "reread", "revised", "known", "redacted"]


Progress = Callable[[int, int], object]
"""Is told how many of how many are done."""

AT_ONCE = 10
"""Articles that are linked anew in one transaction: others need not wait long."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """What linking anew came to: of how many articles, decisions that are new, and old ones withdrawn."""

    articles: int
    decided: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a reading: its article's id, how many claims, how many links to other articles.

    ``outcome`` is "new", "reread" when the article was there in another reading, "revised" when another
    text was at its address; nothing is appended when the reading is "known" or the article "redacted".
    """

    outcome: Outcome
    article: str
    claims: int = 0
    links: int = 0


class Record:
    """A record in a database. Safe to use from several processes at once, each with its own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.shelf = Shelf()
        self.sets = Sets()

    @classmethod
    def open(cls, target: str | Path, *, create: bool = False) -> Self:
        """The record in a file, or at a database URL; ``create`` makes a file that is not there.

        Raises ``RecordError`` when it cannot be opened.
        """
        engine = open_engine(target, create=create)
        upgrade(engine)
        return cls(engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction in which nobody else writes; of one that failed nothing is kept in memory."""
        try:
            with writing(self.engine) as connection:
                self.shelf.refreshed(connection)
                yield connection
        except BaseException:
            self.shelf.forget()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which all queries see one state of the record.

        Raises ``RecordError`` when the database refuses.
        """
        try:
            with self.engine.connect() as connection:
                if self.engine.dialect.name == "postgresql":
                    connection = connection.execution_options(isolation_level="REPEATABLE READ")
                with connection.begin():
                    last = self.shelf.refreshed(connection)
                    try:
                        yield connection
                    finally:
                        self.shelf.left(last)
        except REFUSALS as error:
            raise complaint(error) from error

    def add(
        self,
        reading: Reading,
        page: Page | None = None,
        linker: Linker | None = None,
        vectors: Sequence[bytes] = (),
        made_by: str | None = None,
    ) -> Added:
        """Append a reading, with the page it was made of, and link its claims. All of it or nothing.

        A reading that is there already is not appended again. ``vectors``, one for each event report,
        are kept for comparing it later, else what the linker wants kept. ``made_by`` tells code and options
        that read the page, for ``made_of``. Raises ``RecordError`` when the database refuses.
        """
        asked, new = linker or Unlinked(), told(reading, vectors)
        # Nobody need wait for the log, nor look closely at the claims, when there is nothing to append.
        if self.known([new.id]):
            return Added("known", new.citation.article)
        if not vectors:
            new = viewed(new, asked.kept(reading))
        return retrying(lambda: self._add(new, page, asked, made_by=made_by))

    def made_of(self, page: Page, made_by: str) -> tuple[str, str] | None:
        """The article that the same code made of a page before, by id and title; null for none."""
        with self.reading() as connection:
            return article_made_of(connection, page, made_by)

    def known(self, readings: Iterable[str]) -> set[str]:
        """Those of some readings' ids that are in the record. Asking for many at once is cheap."""
        with self.reading() as connection:
            return known_readings(connection, readings)

    def replay(
        self,
        reading: Reading | None,
        decisions: Sequence[Decision],
        page: Page | None = None,
        vectors: Sequence[bytes] = (),
        recorded: str | None = None,
    ) -> bool:
        """Append an entry of another record's log as it was: no linker is asked again.

        ``recorded`` is when it was appended there. False when all of it is here already.
        """
        if reading is None:
            return retrying(lambda: self._decide(decisions, recorded)) > 0
        new = told(reading, vectors)
        added = retrying(lambda: self._add(new, page, decisions, recorded))
        return added.outcome not in ("known", "redacted")

    def _add(
        self,
        new: Told,
        page: Page | None,
        links: Linker | Sequence[Decision],
        recorded: str | None = None,
        made_by: str | None = None,
    ) -> Added:
        with self._writing() as connection:
            article = new.citation.article
            if appending.number_of(connection, schema.readings, new.id) is not None:
                return Added("known", article)
            if is_redacted(connection, self.shelf, article):
                return Added("redacted", article)
            head = projection.head(connection, new.citation.address)
            again = appending.number_of(connection, schema.articles, article) is not None
            entry = appending.append_entry(connection, recorded)
            of = appending.append_article(connection, entry, new)
            made_of = None if page is None else appending.append_page(connection, entry, page)
            reading = appending.append_reading(connection, entry, of, made_of, new, made_by)
            claims = appending.append_claims(connection, reading, new.claims)
            text = document(new.citation, new.reading.article.text, new.reading.article.body)
            if appending.is_clean(new.citation):
                self.shelf.keep(reading, text, claims)
            # An older text read once more does not take the place of the newer one.
            live = head is None or head.article == of or not again
            gone, decisions = [], list[Decision]()
            if live:
                gone = [] if head is None else live_claims(connection, head.reading)
                forget_claims(connection, gone)
                projection.set_head(connection, new.citation.address, of, reading)
                if not isinstance(links, Sequence):
                    links = self._linked(connection, links, text, claims, None if again else of)
                decisions = appending.append_decisions(connection, entry, links)
            projection.touch(
                connection, self.shelf, entry, added=claims, live=live, gone=gone, decisions=decisions
            )
            outcome: Outcome = "reread" if again else "new" if head is None else "revised"
            return Added(outcome, article, len(claims), sum(d.kind in ("same", "copy") for d in decisions))

    def _linked(
        self,
        connection: Connection,
        linker: Linker,
        told: Document,
        claims: Mapping[int, Claim],
        article: int | None,
    ) -> list[Decision]:
        """What the linker decides of a reading, and of its article, given by its number, if that is new."""
        about = self.shelf.decisions_about(connection, [claim.id for claim in claims.values()])
        former = [d for d in standing(about) if d.by == LINKER]
        partners = _partners(connection, former)
        found = settled(linked(connection, self.shelf, linker, claims, partners), former, about)
        if article is None:
            return found
        return [*found, *copied(connection, self.shelf, linker, article, told)]

    def relink(self, linker: Linker, told: Progress | None = None) -> Relinked:
        """Ask a linker anew about everything of now, so that the order of arrival does not matter.

        What it decides otherwise than before is appended and supersedes; what people decided stays, and
        outranks it. Others may add and decide meanwhile; interrupted, it may be run again.
        """
        with self.reading() as connection:
            articles = relinking.articles(connection)
        steps = [(step, some) for step in relinking.STEPS for some in loading.chunks(articles, AT_ONCE)]
        new, withdrawn = 0, 0
        for count, (step, some) in enumerate(steps, 1):
            decided = retrying(partial(self._relink, step, linker, some))
            gone = sum(decision.kind == "withdrawal" for decision in decided)
            new, withdrawn = new + len(decided) - gone, withdrawn + gone
            if told is not None:
                told(count * len(articles) // len(steps), len(articles))
        return Relinked(len(articles), new, withdrawn)

    def _relink(
        self, step: relinking.Step, linker: Linker, articles: Sequence[relinking.Version]
    ) -> Sequence[Decision]:
        with self._writing() as connection:
            decisions = step(connection, self.shelf, linker, articles)
            return decisions if decisions and self._append(connection, decisions) else ()

    def decide(self, *decisions: Decision) -> int:
        """Append decisions as one entry of the log and give its number, 0 when all were there already.

        Raises ``RecordError`` for a decision about something that is not in the record.
        """
        return retrying(lambda: self._decide(decisions))

    def _decide(self, decisions: Sequence[Decision], recorded: str | None = None) -> int:
        with self._writing() as connection:
            if recorded is None:
                require_known(connection, decisions)
            return self._append(connection, decisions, recorded)

    def _append(
        self, connection: Connection, decisions: Sequence[Decision], recorded: str | None = None
    ) -> int:
        ids = [decision_id(decision) for decision in decisions]
        if all(appending.number_of(connection, schema.decisions, each) for each in ids):
            return 0
        entry = appending.append_entry(connection, recorded)
        new = appending.append_decisions(connection, entry, decisions)
        projection.touch(connection, self.shelf, entry, decisions=new)
        return entry

    def insist(self, decision: Decision, seen: int | None = None) -> int:
        """Append a person's decision over what people have decided of the very same before.

        That is also what they decided of claims that are gone, if these are the claims of now nearest to
        them: who decides anew about what an article's later reading says need not take that back.

        ``seen`` is the last entry of the log that whoever decides has seen, null when that does not
        matter. Raises ``Overtaken`` when people have decided about the same since.
        """

        def over() -> int:
            with self._writing() as connection:
                require_known(connection, [decision])
                ends = (*decision.subject, *decision.object)
                if seen is not None and (since := decided_since(connection, ends, seen)):
                    raise Overtaken(since)
                about = self.shelf.decisions_about(connection, ends)
                ranked = [old for old in about if rank(old.by) == rank(decision.by)]
                same = [old.id for old in standing(ranked) if asks_same(old, decision)]
                same += [old.id for old in taken_anew(connection, self.shelf, decision) if old.id not in same]
                new = renewed(replace(decision, supersedes=tuple(same)), ranked)
                return self._append(connection, [new])

        return retrying(over)

    def redact(self, article: str, by: str, reason: str) -> Redacted:
        """Erase the words of an article, and leave a tombstone with the reason.

        What it shares with other articles stays with them. Raises ``RecordError`` for an unknown article.
        """
        decision = Decision("redaction", by, (article,), (), reason)

        def erase() -> Redacted:
            with self._writing() as connection:
                require_known(connection, [decision])
                return redact(connection, self.shelf, decision)

        done = retrying(erase)
        self.shelf.forget()
        scrub(self.engine)
        return done

    def entries(self, *, as_of: str | None = None, recorded: str | None = None) -> list[Entry]:
        """The log: as far as published by the end of a day, and as far as appended by a time in UTC."""
        with self.reading() as connection:
            found = list(loading.entries(connection, self.shelf, recorded))
        return found if as_of is None else holdings.as_of(found, as_of)

    def latest(
        self,
        limit: int,
        concerning: str | None = None,
        *,
        as_of: str | None = None,
        recorded: str | None = None,
    ) -> list[Entry]:
        """The last of the entries that ``entries`` gives, without loading the others.

        ``concerning`` is an incident, a claim or an article that they must be about. Raises ``RecordError``
        when there is none.
        """
        ids = None if concerning is None else self.concerning(concerning)
        with self.reading() as connection:
            return history.latest(
                connection, self.shelf, limit, concerning=ids, as_of=as_of, recorded=recorded
            )

    def incidents(self, *, as_of: str | None = None, recorded: str | None = None) -> tuple[Incident, ...]:
        """All incidents, computed from the log."""
        return incidents.incidents(self.entries(as_of=as_of, recorded=recorded))

    def find(
        self,
        wanted: Wanted,
        limit: int | None = None,
        *,
        as_of: str | None = None,
        recorded: str | None = None,
        after: Position | None = None,
    ) -> list[Summary]:
        """The incidents that are wanted, the latest first; those of the past are computed from the log.

        ``after`` is the position of the last one of the list before.
        """
        if as_of is None and recorded is None:
            with self.reading() as connection:
                return found(connection, wanted, limit, after)
        return among(self.incidents(as_of=as_of, recorded=recorded), wanted, limit, after)

    def counted(self, wanted: Wanted, kinds: Sequence[str]) -> Counted:
        """How many incidents are wanted, and how many of them have which values of some kinds."""
        with self.reading() as connection:
            return self.sets.counted(connection, wanted, kinds)

    def incident_of(self, claim: str) -> Incident | None:
        """The incident of a claim, null when it is in none any more."""
        with suppress(RecordError):
            return self.incident(claim)
        return None

    def incident(self, identity: str) -> Incident:
        """The incident that an id, also a former one, or that of a claim, now stands for.

        Raises ``RecordError`` when there is none.
        """
        return self.surroundings(identity)[0]

    def chain(self, identity: str) -> tuple[Link, ...]:
        """What led to an incident and what followed from it. Raises ``RecordError`` when there is none."""
        start, known = self.surroundings(identity, steps=None)
        return chain(known, start.id)

    def stranded(self) -> list[Decision]:
        """People's decisions for whose claims no reading of now has one: to be decided anew."""
        with self.reading() as connection:
            return [each.decision for each in stranded(connection, self.shelf)]

    def full_id(self, given: str) -> str:
        """The id that a beginning of it stands for. Raises ``RecordError`` unless it is just one."""
        with self.reading() as connection:
            return full_id(connection, given)

    def claim(self, identity: str) -> Claim | None:
        """A claim as it was read last; null when its words are erased."""
        with self.reading() as connection:
            numbers = projection.rows_of(connection, [identity])
            known = self.shelf.claims(connection, numbers)
        return known[max(known)] if known else None

    def decision(self, identity: str) -> Decision:
        """A decision by its id. Raises ``RecordError`` when there is none."""
        with self.reading() as connection:
            return loading.decision_by_id(connection, full_id(connection, identity))

    def surroundings(self, identity: str, steps: int | None = 1) -> tuple[Incident, tuple[Incident, ...]]:
        """An incident as ``incident`` gives it, and with it those that it answers or that answer it.

        ``steps`` is how many answers away they may be, null as many as there are.
        """
        with self.reading() as connection:
            return around(connection, self.shelf, identity, steps)

    def concerning(self, identity: str) -> set[str]:
        """What an incident, a claim or an article has to do with: its claims and articles."""
        full = self.full_id(identity)
        if full.startswith("i"):
            told = self.incident(full)
            claims = (*told.claims, *told.former)
            return {claim.id for claim in claims} | {claim.citation.article for claim in claims}
        return {full}

    def reading_of(self, article: str) -> Reading | None:
        """The latest reading of an article; null when its words are erased."""
        with self.reading() as connection:
            return loading.reading_of(connection, latest_reading(connection, article))

    def page_of(self, article: str) -> bytes | None:
        """The bytes of the page of the latest reading of an article; null when there are none (any more)."""
        with self.reading() as connection:
            return loading.page_of(connection, latest_reading(connection, article))

    def capture_of(self, article: str) -> Capture:
        """How the latest reading of an article came to be. Raises ``RecordError`` for an unknown article."""
        with self.reading() as connection:
            return loading.capture_of(connection, latest_reading(connection, article))

    def placed(self) -> dict[str, str]:
        """The incident of each claim of now."""
        with self.reading() as connection:
            return placed(connection)

    def digest(self) -> str:
        """The record's digest: of its content and of how that falls into incidents."""
        with self.reading() as connection:
            return record_digest(content_ids(connection), placed(connection))


def _partners(connection: Connection, decisions: Iterable[Decision]) -> dict[str, list[int]]:
    """For each claim that decisions tie to others, the numbers of those of the others that are of now."""
    pairs = [(one, other) for d in decisions for one in d.subject for other in d.object]
    live = live_by_id(connection, {end for pair in pairs for end in pair})
    found: dict[str, list[int]] = {}
    for one, other in (*pairs, *((other, one) for one, other in pairs)):
        if other in live:
            found.setdefault(one, []).append(live[other])
    return found
