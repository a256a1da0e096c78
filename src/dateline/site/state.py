"""What a request finds in the application: its settings, its record, its key."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from starlette.requests import HTTPConnection

from dateline.record import loading
from dateline.record.record import Record
from dateline.site.faces.answers import Answer, Kept
from dateline.site.settings import SiteSettings

MADE = 400
"""Things that ``remembering`` keeps, up to some 100 kB each."""


@dataclass(frozen=True, slots=True)
class Site:
    """What a process has opened once for all requests. A record's methods may be called from any thread.

    ``turn`` is held while an answer for everybody is made: several made at once take longer than one after
    the other, for SQLite lets go of the interpreter with each row. ``turn_of_past`` is held for one that
    takes long, such as what is computed from the whole log, so that the others need not wait for it.
    """

    settings: SiteSettings
    record: Record
    key: bytes
    kept: Kept[Answer] = field(default_factory=Kept)
    pages: Kept[Any] = field(default_factory=Kept)
    turn: Lock = field(default_factory=Lock)
    turn_of_past: Lock = field(default_factory=Lock)
    made: loading.Kept[Any, tuple[int, Any]] = field(default_factory=lambda: loading.Kept(MADE))


def site_of(request: HTTPConnection) -> Site:
    """What this process has opened."""
    site: Site = request.app.state.site
    return site


def settings_of(request: HTTPConnection) -> SiteSettings:
    """What the operator decided."""
    return site_of(request).settings


def record_of(request: HTTPConnection) -> Record:
    """The record."""
    return site_of(request).record
