"""Delivering again and again, until told to stop."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from dateline.errors import DatelineError
from dateline.site.subscribe.delivering import Office, deliver

log = logging.getLogger(__name__)

EVERY_SECONDS = 30.0


def work(office: Office, stop: Event, every: float = EVERY_SECONDS) -> None:
    """Deliver what is due, every so many seconds, until ``stop`` is set."""
    while True:
        try:
            deliver(office)
        except DatelineError as error:
            log.error("%s; deliveries go on in %s seconds", error, every)
        except Exception:  # whatever it is, it must not end all deliveries
            log.exception("deliveries go on in %s seconds", every)
        if stop.wait(every):
            return


@contextmanager
def at_work(office: Office, every: float = EVERY_SECONDS) -> Iterator[None]:
    """Deliver beside whatever else is done; what has begun is ended first."""
    stop = Event()
    thread = Thread(target=work, args=(office, stop, every), name="deliveries")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
