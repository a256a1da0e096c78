"""Who reads shares: processes of this machine, or (``cluster``) those of many.

An executor is handed shares and gives each back with its answer, or without one when the process that
read it died. What that means is decided in ``running``, the same for all.
"""

from __future__ import annotations

from functools import partial
from multiprocessing.connection import wait
from types import TracebackType
from typing import Protocol, Self

from dateline.batch import Start, Worker
from dateline.scale.shards import Answer, Share, answering


class Executor(Protocol):
    """Reads shares, several at once. A context manager, so that what it started ends for sure."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def room(self) -> int:
        """How many shares it may hold at once."""
        ...

    def submit(self, share: Share) -> None:
        """Have a share read."""
        ...

    def completed(self) -> tuple[Share, Answer | None]:
        """The next share that is done; without an answer when the process that read it died.

        Raises ``ModelError`` when the reader cannot start, ``BatchError`` when nobody is left to read.
        """
        ...


class Local:
    """Reads in ``jobs`` processes of this machine, each replaced when it dies."""

    def __init__(self, start: Start, jobs: int) -> None:
        self._start = partial(answering, start)
        self._jobs = jobs
        self._idle: list[Worker[Share, Answer]] = []
        self._busy: dict[Worker[Share, Answer], Share] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        workers = [*self._idle, *self._busy]
        for worker in workers:  # all told before any is waited for
            worker.connection.close()
        for worker in workers:
            worker.close()

    def room(self) -> int:
        """See ``Executor``."""
        return self._jobs

    def submit(self, share: Share) -> None:
        """See ``Executor``."""
        worker = self._idle.pop() if self._idle else Worker(self._start)
        worker.begin(share)
        self._busy[worker] = share

    def completed(self) -> tuple[Share, Answer | None]:
        """See ``Executor``."""
        ready = wait([worker.connection for worker in self._busy])
        worker = next(worker for worker in self._busy if worker.connection in ready)
        answer = worker.finish()
        share = self._busy.pop(worker)
        if answer is None:
            worker.close()
        else:
            self._idle.append(worker)
        return share, answer
