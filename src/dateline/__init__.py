"""Dateline reads news pages and keeps the record of conflict and diplomacy.

    import dateline

    for reading in dateline.read("news/", jobs=2):
        print(reading.article.title, len(reading.events))

``read`` streams readings of files, ``Reader`` stays open for pages and texts that come one at a time,
``Record`` keeps what was read. ``html``, ``rows``, ``to_arrow``, ``to_pandas`` and ``to_spacy`` turn
readings into other things. ``types`` are the words of the field, ``errors`` what may go wrong.
docs/library.md explains.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline import errors as errors
    from dateline import types as types
    from dateline.columnar import rows as rows
    from dateline.columnar import to_arrow as to_arrow
    from dateline.columnar import to_pandas as to_pandas
    from dateline.library import Reader as Reader
    from dateline.library import html as html
    from dateline.library import read as read
    from dateline.record.record import Record as Record
    from dateline.spacy import to_spacy as to_spacy

__version__ = "0.1.0"

_HOMES = {
    "read": "",  # the stage, which can be called as dateline.library.read
    "Reader": "dateline.library",
    "html": "dateline.library",
    "Record": "dateline.record.record",
    "rows": "dateline.columnar",
    "to_arrow": "dateline.columnar",
    "to_pandas": "dateline.columnar",
    "to_spacy": "dateline.spacy",
    "types": "",
    "errors": "",
}
"""Where each public name is from, if it is no module itself; none is imported before it is asked for, as
commands start quickly."""

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    home = _HOMES[name]
    found = getattr(import_module(home), name) if home else import_module(f"dateline.{name}")
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
