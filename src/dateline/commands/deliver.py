"""``dateline deliver``: news to those who subscribed."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import Annotated

import typer

from dateline.commands.options import DEFAULT_RECORD, RecordOption


def deliver(
    record: RecordOption = DEFAULT_RECORD,
    every: Annotated[
        float | None,
        typer.Option(min=1, metavar="SECONDS", help="Go on until told to stop; else deliver once."),
    ] = None,
) -> None:
    """Deliver what is new to those who subscribed by mail or webhook, and what failed before.

    It may be run as often as one likes, and by several at once: nothing is sent twice. Mail server and
    site are told by variables of the environment, as those of serve are; docs/subscribe.md lists them.
    """
    from threading import Event

    from dateline.record.record import Record
    from dateline.site.security import key_in
    from dateline.site.settings import SiteSettings
    from dateline.site.subscribe.delivering import Office
    from dateline.site.subscribe.delivering import deliver as once
    from dateline.site.subscribe.working import work

    settings = replace(SiteSettings.of(), record=record)
    with Record.open(record) as kept:
        office = Office(kept, settings, key_in(settings.secret_path))
        if every is None:
            told = once(office)
            typer.echo(f"{told['delivered']} delivered, {told['failed']} failed")
            raise typer.Exit(int(told["failed"] > 0))
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        work(office, stop, every)
