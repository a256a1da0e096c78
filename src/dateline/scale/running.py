"""A batch: shards handed out, put together, kept, and given in order.

    items ── cut ── shards ──┬── finished before ─────────────────────────────┐
                             └── share ── executor ──┬── lines ── kept ───────┤
                                    ▲                └── its process died     ▼
                                    └── each item by itself ──┘       manifests, in order

A share whose process died is read again item by item: so what a process was killed over by chance is
read all the same, and an input that no process survives is found and named.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from dateline.batch import died
from dateline.errors import BatchError, InputError
from dateline.pipeline import name_of
from dateline.scale.executors import Executor
from dateline.scale.folder import Folder, Manifest
from dateline.scale.shards import Answer, Line, Shard, Share, identity

MOST_DEATHS = 2
"""So many processes may die over one input alone before it is given up."""
AHEAD = 2
"""Shards held for each that an executor has room for: those after one that is still being read wait."""


@dataclass(slots=True)
class Job:
    """A shard on its way: the lines there are so far, and its manifest once it is kept."""

    shard: Shard
    id: str
    manifest: Manifest | None
    before: bool = False
    """Whether it was finished by an earlier run."""
    lines: list[Line | None] = field(default_factory=list)


class Batch:
    """One run over shards. ``asked`` and ``code`` are the digests of what is asked and of what reads."""

    def __init__(self, executor: Executor, folder: Folder, asked: str, code: str) -> None:
        self._executor = executor
        self._folder = folder
        self._asked = asked
        self._code = code
        self._jobs: deque[Job] = deque()
        self._todo: deque[Share] = deque()
        self._held = 0

    def run(self, shards: Iterable[Shard]) -> Iterator[Job]:
        """The shards in their order, each when it and all before it are kept.

        Raises ``BatchError`` when the executor has nobody left or reads with other code.
        """
        for shard in shards:
            self._begin(shard)
            yield from self._done()
            while self._full():
                self._gather()
                yield from self._done()
        while self._jobs:
            self._gather()
            yield from self._done()

    def _begin(self, shard: Shard) -> None:
        name = identity(shard, self._asked, self._code)
        kept = self._folder.finished(name)
        job = Job(shard, name, kept, kept is not None, [None] * len(shard.items))
        self._jobs.append(job)
        if kept is None:
            self._todo.append(Share(shard.number, 0, shard.items))
            self._hand_out()

    def _full(self) -> bool:
        return bool(self._todo) or len(self._jobs) >= AHEAD * self._executor.room()

    def _hand_out(self) -> None:
        while self._todo and self._held < self._executor.room():
            self._executor.submit(self._todo.popleft())
            self._held += 1

    def _gather(self) -> None:
        self._hand_out()
        share, answer = self._executor.completed()
        self._held -= 1
        if answer is not None:
            self._take(share, answer.lines, answer)
        elif len(share.items) > 1:
            self._todo.extend(share.singly())
        elif share.deaths + 1 < MOST_DEATHS:
            self._todo.append(share.again())
        else:
            self._take(share, [died(called(share))])
        self._hand_out()

    def _take(self, share: Share, lines: Iterable[Line], answer: Answer | None = None) -> None:
        if answer is not None and answer.code != self._code:
            raise BatchError("a worker has other code or another model; install the same on all machines")
        job = next(job for job in self._jobs if job.shard.number == share.shard)
        job.lines[share.first : share.first + len(share.items)] = lines
        whole = [line for line in job.lines if line is not None]
        if len(whole) == len(job.lines):
            job.manifest = self._folder.keep(job.id, whole, self._code)
            job.lines.clear()

    def _done(self) -> Iterator[Job]:
        while self._jobs and self._jobs[0].manifest is not None:
            yield self._jobs.popleft()


def called(share: Share) -> str:
    """The name of a share's one item."""
    (item,) = share.items
    return item.name if isinstance(item, InputError) else name_of(item)
