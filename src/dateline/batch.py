"""Many inputs, one after another or in several processes, always in input order.

Parallelism is a map handed in: ``mapping(start, 1)`` is the builtin in this process, and
``mapping(start, n)`` sends one input at a time to each of n workers. Inputs are drawn only as
results leave, so memory does not grow with the batch. A pool of ``concurrent.futures`` would do
but for one thing: when a worker dies it fails every pending input, and here only the one at fault
may fail.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from dateline.errors import InputError, ModelError
from dateline.pipeline import Item, Read, name_of
from dateline.types import Reading

Outcome = Reading | InputError
Start = Callable[[], AbstractContextManager[Read]]
"""Opens the way from an item to its reading; picklable, as each worker opens its own."""
Map = Callable[[Iterable[Item | InputError]], Iterator[Outcome]]

In = TypeVar("In")
Out = TypeVar("Out")

AHEAD = 8
"""Inputs held for each worker while an earlier one is still being read."""

UNGUARDED = 78
"""The status of a process that would start processes of its own."""
GUARD = (
    "cannot read in several processes, each of which runs the script again; "
    'put what the script does behind if __name__ == "__main__":'
)

# Spawned, not forked: the encoder's threads do not survive a fork, and a forked child would hold
# the other workers' pipes open.
SPAWN = multiprocessing.get_context("spawn")


@contextmanager
def mapping(start: Start, jobs: int = 1) -> Iterator[Map]:
    """A map from inputs to readings or errors, in input order, over ``jobs`` processes.

    Raises ``ModelError`` when the reader cannot start.
    """
    if jobs == 1:
        with start() as read:
            yield partial(map, partial(outcome, read))
    else:
        with Workers(start, jobs) as workers:
            yield workers.map


def outcome(read: Read, item: Item | InputError) -> Outcome:
    """The reading of one item, or why there is none: one bad page never stops a batch."""
    if isinstance(item, InputError):
        return item
    try:
        return read(item)
    except InputError as error:
        return error
    except ModelError:
        raise
    except Exception as error:
        reason = f"could not be read ({type(error).__name__}: {error})".replace("\n", " ")
        return InputError(name_of(item), reason, "please report it with the page")


@dataclass(slots=True)
class Task:
    """An input on its way; ``result`` is null until it is done."""

    name: str
    result: Outcome | None = None


class Worker(Generic[In, Out]):
    """A process that answers one thing at a time. That it died is known by its closed pipe."""

    def __init__(self, start: Callable[[], AbstractContextManager[Callable[[In], Out]]]) -> None:
        self.connection, theirs = SPAWN.Pipe()
        # Not a daemon: the extractor inside has a child process of its own.
        self.process = SPAWN.Process(target=_serve, args=(theirs, start), daemon=False)
        try:
            self.process.start()
        except RuntimeError:  # this process is one of the workers itself, and runs the script again
            sys.exit(UNGUARDED)
        theirs.close()

    def begin(self, asked: In) -> None:
        """Hand the worker something; one found dead is noticed by ``finish``."""
        with suppress(OSError):
            self.connection.send(asked)

    def finish(self) -> Out | None:
        """The answer, waited for; null when the worker died over it.

        Raises the worker's ``ModelError``, or one of its own where the worker ran the script once more.
        """
        try:
            answer: Out | ModelError = self.connection.recv()
        except (EOFError, OSError):
            self.process.join(1)
            if self.process.exitcode == UNGUARDED:
                raise ModelError(GUARD) from None
            return None
        if isinstance(answer, ModelError):
            raise answer
        return answer

    def close(self) -> None:
        """End the process: politely, then by force after two seconds."""
        self.connection.close()
        self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.process.close()


def _serve(connection: Connection, start: Callable[[], AbstractContextManager[Callable[[In], Out]]]) -> None:
    """A worker's life: answer until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to act on
    try:
        with start() as answer:
            while True:
                connection.send(answer(connection.recv()))
    except ModelError as error:
        connection.send(error)
    except (EOFError, OSError):
        pass


@contextmanager
def guarded(start: Start) -> Iterator[Callable[[Item], Outcome]]:
    """What reads an item, or says why there is no reading."""
    with start() as read:
        yield partial(outcome, read)


class Workers:
    """Up to ``jobs`` workers, started as they are needed and replaced when they die."""

    def __init__(self, start: Start, jobs: int) -> None:
        self.start = start
        self.jobs = jobs
        self.idle: list[Worker[Item, Outcome]] = []
        self.busy: dict[Worker[Item, Outcome], Task] = {}

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        workers = [*self.idle, *self.busy]
        for worker in workers:  # all told before any is waited for
            worker.connection.close()
        for worker in workers:
            worker.close()

    def map(self, items: Iterable[Item | InputError]) -> Iterator[Outcome]:
        """The outcomes in the order of the items, drawing no more than ``AHEAD`` a worker."""
        queue: deque[Task] = deque()
        for item in items:
            queue.append(self._begin(item))
            while queue and (queue[0].result is not None or len(queue) >= AHEAD * self.jobs):
                yield self._result(queue.popleft())
        while queue:
            yield self._result(queue.popleft())

    def _begin(self, item: Item | InputError) -> Task:
        if isinstance(item, InputError):
            return Task(item.name, item)
        task = Task(name_of(item))
        worker = self._free()
        worker.begin(item)
        self.busy[worker] = task
        return task

    def _free(self) -> Worker[Item, Outcome]:
        """An idle worker, or a new one while there are fewer than ``jobs``."""
        while not self.idle:
            if len(self.busy) < self.jobs:
                return Worker(partial(guarded, self.start))
            self._gather()
        return self.idle.pop()

    def _result(self, task: Task) -> Outcome:
        while task.result is None:
            self._gather()
        return task.result

    def _gather(self) -> None:
        """Wait until a busy worker answers or dies."""
        ready = wait([worker.connection for worker in self.busy])
        for worker in [worker for worker in self.busy if worker.connection in ready]:
            answer = worker.finish()
            task = self.busy.pop(worker)
            task.result = died(task.name) if answer is None else answer
            if answer is None:
                worker.close()
            else:
                self.idle.append(worker)


def died(name: str) -> InputError:
    """What is told of an input that no process survives."""
    return InputError(name, "the process that read it died", "read it alone, or leave it out")
