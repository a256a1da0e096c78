"""Reading → the reading resolved: what its words stand for, part by part.

    Reading ── numbers ── dates ── places ── actors ── Reading
                  tolls     │         │         └ who acts, whom on, who says so; they use the places
                            │         └ every place name, and the place of each event
                            └ every time phrase, and when each event was

A part that fails leaves the reading as it was, with a warning that names the article and the part: one
article's odd words never empty the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from dateline.resolve.actors import with_actors
from dateline.resolve.dates import dated
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.numbers import counted
from dateline.resolve.places import with_places
from dateline.resolve.tables import Tables, load
from dateline.types import Article, Reading

log = logging.getLogger(__name__)


class Resolver:
    """Resolves readings with one gazetteer and one set of tables."""

    def __init__(self, gazetteer: Gazetteer, tables: Tables) -> None:
        self._gazetteer = gazetteer
        self._tables = tables

    @classmethod
    def load(cls, places: Iterable[Path] = (), tables: Iterable[Path] = ()) -> Self:
        """The package's own gazetteer and tables, with the user's rows over them.

        ``places`` are files of places, ``tables`` files of actors or publishers, known by their first
        line. Raises ``InputError`` for a bad row and ``ModelError`` without a gazetteer.
        """
        return cls(Gazetteer.open(own=places), load(*tables))

    def resolve(self, reading: Reading) -> Reading:
        """The reading with its numbers, dates, places and actors resolved as far as is certain."""
        for part in (self._numbers, self._dates, self._places, self._actors):
            name = part.__name__.lstrip("_")
            try:
                reading = part(reading)
            except Exception as error:
                told = f"{type(error).__name__}: {error}"
                log.warning("%s: its %s could not be resolved (%s)", reading.article.id, name, told)
                log.debug("where it failed", exc_info=error)
        return reading

    def _numbers(self, reading: Reading) -> Reading:
        return counted(reading)

    def _dates(self, reading: Reading) -> Reading:
        return dated(reading, home_of(reading.article, self._tables))

    def _places(self, reading: Reading) -> Reading:
        return with_places(reading, self._gazetteer, home_of(reading.article, self._tables))

    def _actors(self, reading: Reading) -> Reading:
        return with_actors(reading, self._tables)


def home_of(article: Article, tables: Tables) -> str | None:
    """The country (alpha-3) of whoever publishes at the article's address, if the tables know."""
    domain = urlsplit(article.url or "").hostname
    publisher = tables.publisher(domain) if domain else None
    return publisher.country if publisher else None
