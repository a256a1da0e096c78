"""What was made for one reader, kept for the next as long as the log has not grown."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from fastapi import Request
from sqlalchemy import Connection

from dateline.record.deciding import last_entry
from dateline.site.state import site_of

T = TypeVar("T")


def remembered(request: Request, connection: Connection, key: Hashable, make: Callable[[], T]) -> T:
    """What was made under a key, else made now; only what depends on the record alone may be kept so.

    A correction, a merger, an erasure: each is an entry of the log, and nothing from before it is given.
    """
    site, entry = site_of(request), last_entry(connection)
    kept = site.made.get(key)
    if kept is not None and kept[0] == entry:
        found: T = kept[1]
        return found
    made = make()
    site.made.put(key, (entry, made))
    return made
