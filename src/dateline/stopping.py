"""A command asked to stop: what it is in the midst of keeping is finished, the rest is not begun."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopped(BaseException):
    """The process was asked to stop. Not an ``Exception``: no page's failure may be taken for it."""

    def __init__(self, number: int) -> None:
        self.name = signal.Signals(number).name
        self.status = 128 + number
        super().__init__(f"stopped by {self.name}")


class Stop:
    """Whether this process was asked to stop, and whether it may do so now."""

    def __init__(self) -> None:
        self._asked: int | None = None
        self._busy = False

    def ask(self, number: int, _: FrameType | None = None) -> None:
        """Stop by this signal: at once, or when what must be whole is done; at a second one at once.

        Raises ``Stopped`` in whatever is being done.
        """
        if self._busy and self._asked is None:
            self._asked = number
            return
        raise Stopped(number)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """What is done within is finished first. Raises ``Stopped`` after it when that was asked for."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
        if self._asked is not None:
            raise Stopped(self._asked)


@contextmanager
def stoppable() -> Iterator[Stop]:
    """SIGTERM and SIGINT (Ctrl-C) ask to stop meanwhile. For the main thread alone."""
    stop = Stop()
    before = {number: signal.signal(number, stop.ask) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
