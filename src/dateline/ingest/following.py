"""Following sources: which pages are new, and these pages, so that nothing is lost when all is killed.

    SOURCES.toml ── due? ── look: list (304, or what is new) ──▸ state: pages due, marks, in one step
                                                                   │
       Page ◂── fetched, one connection a host ◂── host at rest? ◂─┘
         └── read and kept by the caller ── done ──▸ state: page read

Only the main thread decides and writes what was found. Threads fetch; what they were at when all is
stopped is simply asked for again.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

from dateline.errors import InputError
from dateline.ingest.feeds import Listed
from dateline.ingest.http import Capture, Fetched, FetchError, Headers, page_of
from dateline.ingest.listings import Listing, listing
from dateline.ingest.politeness import LONGEST_WAIT, PutOff, Stopped, backoff
from dateline.ingest.sources import Source, Sources
from dateline.ingest.state import Due, Marks, State
from dateline.ingest.url import host_of, plain
from dateline.ingest.visiting import Visitor
from dateline.types import Page

MAX_PARTS = 10
"""Parts of an index of sitemaps that are looked at in one look."""
MAX_TRIES = 4
"""How often a page is asked for before it is given up."""
AGAIN = 600.0
"""Seconds until a page that failed is asked for again, the first time."""
POLL = 0.25

What = Literal["looked", "unchanged", "fetched", "failed", "put off"]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened while following: to a source, if ``of_source``, or to a page of it.

    ``new`` counts the pages that a look found; ``error`` says what failed.
    """

    what: What
    source: str
    address: str
    new: int = 0
    error: InputError | None = None
    of_source: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a source found; ``unchanged`` when it said that nothing is new."""

    source: Source
    pages: tuple[Listed, ...] = ()
    marks: dict[str, Marks] = field(default_factory=dict)
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was asked for, and what its address gave."""

    due: Due
    fetched: Fetched


@dataclass(frozen=True, slots=True)
class Failure:
    """A look or a page that failed."""

    of: Source | Due
    error: InputError


Result = Look | Visit | Failure


class Follower:
    """Gives the pages that are new in some sources; once left as a context, its threads give up waiting."""

    def __init__(
        self,
        sources: Sources,
        state: State,
        visitor: Visitor,
        *,
        connections: int = 8,
        told: Callable[[Happening], None] | None = None,
        capture: Capture | None = None,
    ) -> None:
        self.state = state
        self.visitor = visitor
        self.hosts = visitor.hosts
        self.stop = visitor.hosts.stop
        self.clock = visitor.clock
        self.told = told or (lambda _: None)
        self.capture = capture or (lambda _: None)
        self._asked: dict[str, list[Due]] = {}
        self._crew = _Crew(connections)
        for host, until in state.free_hosts(self.clock()).items():
            self.hosts.hold(host, until)
        self.follow(sources)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()

    def follow(self, sources: Sources) -> None:
        """From now on follow these sources; nothing that is known of others is forgotten."""
        self.sources = sources
        self.active = {source.address: source for source in sources.sources if not source.paused}
        self._next = {each.address: each.next for each in self.state.health(list(self.active))}

    def refresh(self) -> None:
        """Have all sources looked at now, but for those that failed the last time."""
        for health in self.state.health(list(self.active)):
            if not health.failures:
                self._next[health.address] = 0.0

    def batch(self) -> Iterator[Page]:
        """New pages as they come, until none can be had at once. ``done`` is to be told of each."""
        while not self.stop.is_set():
            self._begin()
            if not self._crew.running:
                return
            result = self._crew.result(POLL)
            if result is not None:
                yield from self._taken(result)

    def wait(self, longest: float, *, once: bool = False) -> bool:
        """Wait until something can be had, or ``longest`` seconds.

        False when all is stopped, or, ``once``, nothing can be had soon of what is due now.
        """
        now = self.clock()
        times = [self.hosts.free_at(host) for host in self._hosts_due(now)]
        if once:
            times = [each for each in times if each - now <= LONGEST_WAIT]
            if not times:
                return False
        later = [*self._next.values(), self.state.next_page(now, self.active)]
        times += [each for each in later if each is not None and each > now]
        return not self.stop.wait(min(max(min(times, default=now + longest) - now, 0.01), longest))

    def done(self, page: Page, outcome: str, error: str | None = None) -> None:
        """What became of a page that was given: "read", "skipped" or "failed"."""
        for due in self._asked.pop(page.address, []):
            self.state.done(due.address, outcome, error)

    def asking(self) -> list[str]:
        """The hosts that are being asked now."""
        return sorted(self._crew.hosts)

    def _hosts_due(self, now: float) -> set[str]:
        """The hosts of which something is due now."""
        sources = {host_of(address) for address, after in self._next.items() if after <= now}
        return sources | set(self.state.hosts_due(now, self.active))

    def _begin(self) -> None:
        """Begin what is due: one thing a host, lists before pages."""
        now = self.clock()
        busy = self._crew.hosts | self.hosts.resting(now)
        for address, source in self.active.items():
            if not self._crew.room:
                return
            host = host_of(address)
            if self._next[address] <= now and address not in self._crew.running and host not in busy:
                self._crew.begin(address, host, lambda source=source: self._look(source))  # type: ignore[misc]
                busy.add(host)
        for due in self.state.due(now, self.active, busy)[: self._crew.room]:
            self._crew.begin(due.address, due.host, lambda due=due: self._visit(due))  # type: ignore[misc]

    def _look(self, source: Source) -> Result:
        try:
            return look(source, self._document, self.state.marks, self.sources.path.parent, self.clock())
        except Exception as error:
            return Failure(source, _as_input_error(source.address, error))

    def _visit(self, due: Due) -> Result:
        try:
            return Visit(due, self.visitor.get(due.address))
        except Exception as error:
            return Failure(due, _as_input_error(due.address, error))

    def _document(self, address: str, marks: Marks) -> Fetched:
        return self.visitor.get(address, conditions(marks))

    def _taken(self, result: Result) -> Iterator[Page]:
        if isinstance(result, Look):
            self._found(result)
        elif isinstance(result, Failure):
            self._failed(result.of, result.error)
        else:
            yield from self._page(result)

    def _found(self, looked: Look) -> None:
        source, now = looked.source, self.clock()
        pages = tuple(page for page in looked.pages if source.wants(page.address))
        known = self.state.known([page.address for page in pages])
        unwanted = left_out(source, [page for page in pages if page.address not in known], now)
        self._later(source, now + source.every)
        new = self.state.looked(
            source.address,
            now,
            now + source.every,
            pages,
            {page.address: host_of(page.address) for page in pages},
            unwanted,
            looked.marks,
            revisit=source.revisit,
        )
        what: What = "unchanged" if looked.unchanged else "looked"
        self.told(Happening(what, source.name, source.address, new, of_source=True))

    def _failed(self, of: Source | Due, error: InputError) -> None:
        if isinstance(error, Stopped):
            return
        if isinstance(error, PutOff):
            self.state.hold(host_of(error.name), self.clock() + error.seconds)
        if isinstance(of, Source):
            self._source_failed(of, error)
        else:
            self._page_failed(of, error)

    def _source_failed(self, source: Source, error: InputError) -> None:
        now = self.clock()
        (health,) = self.state.health([source.address])
        rest = error.seconds if isinstance(error, PutOff) else 0.0
        wait = max(backoff(source.every, health.failures + 1, source.address), rest)
        self._later(source, now + wait)
        self.state.failed(source.address, now, now + wait, error.reason)
        self.told(Happening("failed", source.name, source.address, error=error, of_source=True))

    def _page_failed(self, due: Due, error: InputError) -> None:
        name = self._name(due)
        tries = due.tries + 1
        if (isinstance(error, FetchError) and error.lasting) or tries >= MAX_TRIES:
            self.state.done(due.address, "failed", error.reason)
            self.told(Happening("failed", name, due.address, error=error))
            return
        wait = error.seconds if isinstance(error, PutOff) else backoff(AGAIN, tries - 1, due.address)
        self.state.put_off(due.address, self.clock() + wait, error.reason, tries)
        self.told(Happening("put off", name, due.address, error=error))

    def _later(self, source: Source, time: float) -> None:
        """When a source is looked at again, if it is followed still."""
        if source.address in self.active:
            self._next[source.address] = time

    def _page(self, visit: Visit) -> Iterator[Page]:
        """The page of a visit, unless there is none or it was read under another address."""
        due, fetched = visit.due, visit.fetched
        try:
            page = page_of(fetched)
        except FetchError as error:
            self._page_failed(due, error)
            return
        self.told(Happening("fetched", self._name(due), page.address))
        final = plain(page.address) or page.address
        if final != due.address and self.state.is_read(final):
            self.state.done(due.address, "read")
            return
        self.capture(fetched)
        self.state.done(due.address, "reading")
        again = page.address in self._asked
        self._asked.setdefault(page.address, []).append(due)
        if not again:
            yield page

    def _name(self, due: Due) -> str:
        source = self.active.get(due.source)
        return source.name if source else due.source


def look(
    source: Source,
    get: Callable[[str, Marks], Fetched],
    known: Callable[[str], Marks],
    folder: Path,
    now: float,
) -> Look:
    """What a source lists now. Raises ``InputError``.

    ``get`` asks for a document given its marks, ``known`` gives the marks of one that was had; a list
    that is a file lies in ``folder``. Of an index of sitemaps the parts that have changed are asked for.
    """
    if not host_of(source.address):
        return Look(source, listed_in(folder / source.address).pages)
    first, marks = _document(source.address, get, known(source.address))
    if first is None:
        return Look(source, unchanged=True)
    pages = [*first.pages]
    # An index is asked for whole each time, since its parts are looked at by what it says of them.
    kept = {} if first.parts else {source.address: marks}
    faults: list[InputError] = []
    for part in parts_to_see(first.parts, known, now - source.since):
        try:
            found, marks = _document(part.address, get, known(part.address), part.changed)
        except Stopped:
            raise
        except InputError as error:
            faults.append(error)
            continue
        pages += found.pages if found else ()
        kept[part.address] = marks
    if faults and not kept:
        raise faults[0]
    return Look(source, tuple(pages), kept)


def parts_to_see(parts: Sequence[Listed], known: Callable[[str], Marks], oldest: float) -> list[Listed]:
    """The parts of an index that may hold something new, at most MAX_PARTS, in its order."""
    since = _iso(oldest)
    fresh = (
        part
        for part in parts
        if not part.changed or (part.changed >= since and part.changed != known(part.address).changed)
    )
    return [part for part, _ in zip(fresh, range(MAX_PARTS), strict=False)]


def left_out(source: Source, new: Sequence[Listed], now: float) -> set[str]:
    """The addresses of new pages that are not read: those too old, and those beyond the newest so many.

    A page of which no time is told counts as new.
    """
    since = _iso(now - source.since)
    latest = sorted(new, key=lambda page: page.told or "9999", reverse=True)
    fresh = [page.address for page in latest if not page.told or page.told >= since]
    return {page.address for page in new} - set(fresh[: source.newest])


def conditions(marks: Marks) -> Headers:
    """The headers that ask for a document only if it has changed."""
    told = (("If-None-Match", marks.etag), ("If-Modified-Since", marks.modified))
    return tuple((name, value) for name, value in told if value)


def _document(
    address: str, get: Callable[[str, Marks], Fetched], before: Marks, changed: str | None = None
) -> tuple[Listing | None, Marks]:
    """What a document lists, null when it has not changed; and its marks."""
    fetched = get(address, before)
    if fetched.status == 304:
        return None, Marks(before.etag, before.modified, changed)
    page = page_of(fetched)
    marks = Marks(fetched.last.header("etag"), fetched.last.header("last-modified"), changed)
    return listing(address, page.content, page.address), marks


def listed_in(path: Path) -> Listing:
    """The addresses that a file lists. Raises ``InputError``."""
    try:
        return listing(str(path), path.read_bytes(), "")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "check the path") from None


def _as_input_error(address: str, error: Exception) -> InputError:
    """One bad source, or a fault of ours, does not stop the others."""
    if isinstance(error, InputError):
        return error
    reason = f"could not be taken ({type(error).__name__}: {error})".replace("\n", " ")
    return InputError(address, reason, "please report it")


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(max(seconds, 0.0), UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class _Crew:
    """Threads that fetch. They are daemons: what they are at may be given up at any time."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.running: dict[str, str] = {}  # what is being done, and with which host
        self._jobs: queue.SimpleQueue[tuple[str, Callable[[], Result]]] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[tuple[str, Result]] = queue.SimpleQueue()
        self._threads = 0

    @property
    def hosts(self) -> set[str]:
        return set(self.running.copy().values())

    @property
    def room(self) -> int:
        return max(self.size - len(self.running), 0)

    def begin(self, name: str, host: str, job: Callable[[], Result]) -> None:
        self.running[name] = host
        if self._threads < min(self.size, len(self.running)):
            self._threads += 1
            threading.Thread(target=self._work, name=f"fetch-{self._threads}", daemon=True).start()
        self._jobs.put((name, job))

    def result(self, seconds: float) -> Result | None:
        """What was finished, null when nothing is within so many seconds."""
        try:
            name, result = self._results.get(timeout=seconds)
        except queue.Empty:
            return None
        del self.running[name]
        return result

    def _work(self) -> None:
        while True:
            name, job = self._jobs.get()
            self._results.put((name, job()))
