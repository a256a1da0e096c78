"""Shares read by the workers of a Dask cluster (the ``dask`` extra), on as many machines as it has.

Shares travel with their pages and answers come back, so machines need no folder in common. On each worker
a process of its own reads, so that a page that kills it does not take the worker along.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing.util import Finalize
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self

from dateline.batch import Start, Worker
from dateline.errors import BatchError, ModelError
from dateline.scale.shards import Answer, Share, answering

PATIENCE_SECONDS = 60.0
"""How long a scheduler that does not answer, or a cluster without workers, is waited for."""
POLL_SECONDS = 1.0
MOST_LOSSES = 10
"""So often a share may be lost with its worker or its link before the cluster is given up."""
AGAIN = "what is done is kept: run the command again"


class Cluster:
    """Reads on the workers that a scheduler has."""

    def __init__(self, start: Start, scheduler: str, patience: float = PATIENCE_SECONDS) -> None:
        self._start = start
        self._scheduler = scheduler
        self._patience = patience
        self._client = connected(scheduler, patience)
        self._threads: int = sum(self._client.nthreads().values())
        self._shares: dict[Any, Share] = {}
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._losses: Counter[tuple[int, int]] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close(timeout=2)

    def room(self) -> int:
        """See ``Executor``: two for each thread, so that none waits for its next share."""
        return 2 * max(1, self._threads)

    def submit(self, share: Share) -> None:
        """See ``Executor``."""
        future = self._client.submit(read_apart, self._start, share, pure=False)
        self._shares[future] = share
        future.add_done_callback(self._done.put)

    def completed(self) -> tuple[Share, Answer | None]:
        """See ``Executor``. A share that was lost with its worker, or with the link, is sent again."""
        until = time.monotonic() + self._patience
        while True:
            try:
                future = self._done.get(timeout=POLL_SECONDS)
            except Empty:
                if self._has_workers():
                    until = time.monotonic() + self._patience
                elif time.monotonic() > until:
                    raise self._gone("no worker is left") from None
                continue
            share = self._shares.pop(future)
            try:
                answer: Answer | None = future.result(timeout=self._patience)
            except ModelError:
                raise
            except Exception as error:  # whatever went wrong on the way: a link, a worker, a machine
                self._again(share, error)
            else:
                return share, answer

    def _has_workers(self) -> bool:
        with suppress(OSError, TimeoutError, ValueError):
            if self._client.status == "running":
                self._threads = sum(self._client.nthreads().values())
                return bool(self._threads)
        return False

    def _again(self, share: Share, error: Exception) -> None:
        """Send a share once more, when the link to the scheduler stands again."""
        key = share.shard, share.first
        self._losses[key] += 1
        if self._losses[key] > MOST_LOSSES:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise self._gone(f"a shard was lost {MOST_LOSSES} times ({reason})")
        until = time.monotonic() + self._patience
        while self._client.status != "running":
            if self._client.status == "closed" or time.monotonic() > until:
                raise self._gone("the link to the scheduler is cut")
            time.sleep(POLL_SECONDS / 10)
        self.submit(share)

    def _gone(self, reason: str) -> BatchError:
        return BatchError(f"{self._scheduler}: {reason}; {AGAIN}")


def connected(scheduler: str, patience: float) -> Any:
    """A client of a scheduler that has workers. Raises ``BatchError`` when there is none."""
    try:
        from distributed import Client
    except ImportError as error:
        raise BatchError("dask: is not installed; pip install 'dateline[dask]' brings it") from error
    try:
        client: Any = Client(scheduler, timeout=patience, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError) as error:
        raise BatchError(f"{scheduler}: no scheduler answers; start one with: dask scheduler") from error
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as error:
        client.close(timeout=2)
        remedy = f"start some with: dask worker {scheduler} --nthreads 1"
        raise BatchError(f"{scheduler}: the scheduler has no workers; {remedy}") from error
    return client


# On the workers.

_readers: dict[int, tuple[bytes, Worker[Share, Answer]]] = {}
"""For each thread what its reading process was started with, and the process."""


def read_apart(start: Start, share: Share) -> Answer | None:
    """A share read in a process of its own, which stays for the next; null when it died.

    Raises ``ModelError`` when the reader cannot start.
    """
    reader = _reader(start)
    reader.begin(share)
    answer = None
    try:
        answer = reader.finish()
    finally:
        if answer is None:
            _readers.pop(threading.get_ident())
            reader.close()
    return answer


def _reader(start: Start) -> Worker[Share, Answer]:
    """This thread's process; another one when it was started for something else."""
    key, thread = pickle.dumps(start), threading.get_ident()
    if thread in _readers and _readers[thread][0] != key:
        _readers.pop(thread)[1].close()
    if thread not in _readers:
        if not _readers:
            Finalize(None, _close, exitpriority=10)  # before multiprocessing waits for its processes
        with _allowed():
            _readers[thread] = key, Worker(partial(answering, start))
    return _readers[thread][1]


def _close() -> None:
    while _readers:
        _readers.popitem()[1][1].close()


@contextmanager
def _allowed() -> Iterator[None]:
    """Let a daemon, as Dask's workers under their nannies are, start a process: it is ended by ``_close``."""
    config = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    daemon = config.get("daemon")
    config["daemon"] = False
    try:
        yield
    finally:
        config["daemon"] = daemon
