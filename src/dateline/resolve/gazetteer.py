"""The gazetteer: which places a name may mean.

One SQLite file in the package, compiled by ``scripts/compile_gazetteer.py`` and opened as it lies, holds
countries, divisions, districts, settlements (GeoNames, from 500 inhabitants) and a reviewed supplement
of regions, waters, sites and camps. It only proposes; ``places`` chooses.
"""

from __future__ import annotations

import csv
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

from dateline.errors import InputError, ModelError
from dateline.types import PlacePrecision

FORMAT = 1
PACKAGED = Path(__file__).parent / "data" / "gazetteer.sqlite"
REMEDY = "install Dateline again, or in a checkout run `make gazetteer`"
COLUMNS = (
    "name", "aliases", "demonyms", "lat", "lon", "radius_km", "country", "admin1", "precision", "population",
    "source",
)  # fmt: skip
LONGEST = 6
"""Words of the longest name that is looked for in a text."""

_WORD = re.compile(r"(?:[^\W\d_]{1,2}\.){2,}|[^\W\d_]+(?:['’ʼ‘`ʻ][^\W\d_]+)*\.?")
_GAPS = frozenset({" ", "\u00a0", "\n", "-", "\u2010", "\u2011", "\u2013"})
_APOSTROPHES = re.compile(r"['’ʼ‘`ʻʿʾ´.]")
_BREAK = re.compile(r"[\W_]+")
_LETTERS = str.maketrans("łøđðħıŋþæœəɐ", "loddhinpaeaa")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "az", "an"))
GENERIC = frozenset(
    (
        "province", "governorate", "oblast", "region", "district", "county", "state", "department",
        "prefecture", "territory", "canton", "division", "parish", "municipality", "raion", "krai",
    )
)  # fmt: skip
"""What may follow the name of a division: "Homs province"."""

_ORDER = (
    "place.source LIKE 'supplement%' AND place.precision IN ('region', 'site') DESC,"
    " CASE name.alias WHEN 0 THEN 10 ELSE 1 END * place.population DESC, place.id"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that the gazetteer knows.

    ``lat`` and ``lon`` in degrees (WGS 84), within ``radius_km`` of which the place lies; ``country``
    ISO 3166-1 alpha-3; ``admin1`` and ``admin2`` the names of the divisions that it lies in; ``alias``
    when it was found by another name than its own. ``id`` is the GeoNames id, or negative.
    """

    id: int
    name: str
    lat: float
    lon: float
    radius_km: float
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int
    precision: PlacePrecision
    source: str
    capital: bool = False
    alias: bool = False

    @property
    def geonameid(self) -> int | None:
        """Its id in GeoNames, if it is from there."""
        return self.id if self.id > 0 else None


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a text that some place bears as its name."""

    start: int
    end: int
    text: str


@lru_cache(1 << 14)
def normalised(name: str) -> str:
    """A name as it is looked up: no case, accents, hyphens, apostrophes or leading "the"."""
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = "".join(letters).casefold().translate(_LETTERS)
    words = _BREAK.sub(" ", _APOSTROPHES.sub("", plain)).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_SHORT.get(word, word) for word in words)


def abbreviation(name: str) -> str | None:
    """The key of a name that its capitals or its full stop tell from a word: "US", "ill."."""
    letters = name.replace(".", "").replace(" ", "")
    if 1 < len(letters) <= 4 and letters.isalpha() and letters.isupper():
        return letters
    if len(letters) <= 6 and letters.isalpha() and name.endswith("."):
        return letters.lower() + "."
    return None


@lru_cache(1 << 14)
def keys(name: str) -> tuple[str, ...]:
    """The keys of a name, the likeliest first."""
    bare = name[4:] if name[:4].lower() == "the " else name
    short = abbreviation(bare)
    return (short, normalised(bare)) if short else (normalised(bare),)


class Gazetteer:
    """The places by name; open it with ``Gazetteer.open``."""

    def __init__(self, connection: sqlite3.Connection, path: Path, own: _Own) -> None:
        self._connection = connection
        self._path = path
        self._own = own

    @classmethod
    def open(cls, path: Path | None = None, own: Iterable[Path] = ()) -> Gazetteer:
        """Open the packaged gazetteer or another file of its format, read-only.

        ``own`` are a user's files of places (``COLUMNS``): a name in one of them means only what they
        say. Raises ModelError if the gazetteer is missing or damaged, InputError for a bad row.
        """
        path = path or PACKAGED
        if not path.is_file():
            raise ModelError(f"{path}: there is no gazetteer; {REMEDY}")
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        gazetteer = cls(connection, path, _Own(own))
        ((found,),) = gazetteer._rows("PRAGMA user_version")
        if found != FORMAT:
            raise ModelError(f"{path}: has format {found}, not {FORMAT}; {REMEDY}")
        return gazetteer

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """The places of a name, the likeliest first; "Homs province" is also sought as "Homs".

        First come the regions, waters and sites of the supplement, then the most populous; a place
        found by an alias counts as a tenth of its people.
        """
        for key in keys(name):
            if found := self._named(key):
                return found
        words = normalised(name).split()
        if len(words) > 1 and words[-1] in GENERIC:
            divisions = ("province", "district")
            return tuple(e for e in self._named(" ".join(words[:-1])) if e.precision in divisions)
        return ()

    def _named(self, key: str) -> tuple[Entry, ...]:
        if key in self._own.named:
            return self._own.named[key]
        where = f"JOIN name ON name.place = place.id WHERE name.key = ? ORDER BY {_ORDER}"
        return tuple(self._entries(where, (key,), "name.alias"))

    def demonym(self, word: str) -> str | None:
        """The country (alpha-3) whose people or things a word names: "Syrian", "Frenchmen"."""
        countries = {entry.country for entry in self.origins(word) if entry.precision == "country"}
        return countries.pop() if len(countries) == 1 else None

    def origins(self, word: str) -> tuple[Entry, ...]:
        """The places whose people or things a word names: "Syrian", "Chechens", "European"."""
        key = normalised(word)
        if key in self._own.peoples:
            return self._own.peoples[key]
        if key not in self._peoples:
            return ()
        where = "JOIN demonym ON demonym.place = place.id WHERE word = ? ORDER BY place.population DESC"
        return tuple(self._entries(where, (key,)))

    def country(self, alpha3: str) -> Entry | None:
        """The entry of a country."""
        return self._countries.get(alpha3)

    @cached_property
    def _peoples(self) -> frozenset[str]:
        """The words that name peoples: most words that are asked about name none."""
        return frozenset(word for (word,) in self._rows("SELECT word FROM demonym"))

    @cached_property
    def _countries(self) -> dict[str, Entry]:
        """All at once: a look through the places takes as long for one."""
        every = self._entries("WHERE place.precision = 'country' ORDER BY place.population", ())
        return {entry.country: entry for entry in every if entry.country}

    def containing(self, entry: Entry) -> tuple[Entry, ...]:
        """The divisions and the country that an entry lies in, the smallest first."""
        rows = self._rows("SELECT district, division FROM place WHERE id = ?", (entry.id,))
        ids = [i for i in rows[0] if i not in (None, entry.id)] if rows else []
        around = [next(self._entries("WHERE place.id = ?", (i,))) for i in ids]
        country = self.country(entry.country) if entry.country and entry.precision != "country" else None
        return (*around, country) if country else tuple(around)

    def matches(self, text: str) -> list[Match]:
        """Names of places in a text: the longest runs of words, capitalised at both ends, left to right.

        An article before a name ("the Netherlands") is no part of it.
        """
        words = [_Word.of(found) for found in _WORD.finditer(text)]
        runs = [list(_runs(text, words, first)) for first in range(len(words))]
        known = self._known({key for run in runs for _, options in run for key in options})
        found: list[Match] = []
        first = 0
        while first < len(words):
            count = next((count for count, options in runs[first] if not known.isdisjoint(options)), 0)
            if count:
                found.append(_match(text, words[first], words[first + count - 1], known))
            first += count or 1
        return found

    def _known(self, wanted: set[str]) -> set[str]:
        marks = ",".join("?" * len(wanted))
        rows = self._rows(f"SELECT DISTINCT key FROM name WHERE key IN ({marks})", tuple(wanted))
        return {key for (key,) in rows} | wanted & self._own.named.keys()

    def _entries(self, where: str, values: Sequence[object], alias: str = "0") -> Iterator[Entry]:
        rows = self._rows(
            "SELECT place.id, place.name, place.lat, place.lon, place.radius_km, place.country,"
            " division.name, district.name, place.population, place.precision,"
            f" place.source, place.capital, {alias} FROM place"
            " LEFT JOIN place AS division ON division.id = place.division"
            f" LEFT JOIN place AS district ON district.id = place.district {where}",
            values,
        )
        return (Entry(*facts, *map(bool, flags)) for facts, flags in ((row[:11], row[11:]) for row in rows))

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            with closing(self._connection.execute(query, tuple(values))) as cursor:
                return cursor.fetchall()
        except sqlite3.DatabaseError as error:
            raise ModelError(f"{self._path}: cannot be read ({error}); {REMEDY}") from None


class _Word(NamedTuple):
    """A word of a text; ``keys`` as if it stood alone, ``plain`` as in the key of a longer name."""

    start: int
    end: int
    keys: tuple[str, ...]
    plain: str
    capital: bool

    @classmethod
    def of(cls, found: re.Match[str]) -> _Word:
        options = keys(found[0])
        return cls(found.start(), found.end(), options, options[-1], found[0][0].isupper())


def _runs(text: str, words: Sequence[_Word], first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The runs of words that may be a name: (number of words, keys), the longest first."""
    if words[first].plain == "the" or not (words[first].capital or words[first].plain in ARTICLES):
        return
    last = first
    while (
        last + 1 < min(first + LONGEST, len(words)) and text[words[last].end : words[last + 1].start] in _GAPS
    ):
        last += 1
    for end in range(last, first, -1):
        if words[end].capital:
            yield end - first + 1, (" ".join(word.plain for word in words[first : end + 1]),)
    if words[first].capital:
        yield 1, words[first].keys


def _match(text: str, first: _Word, last: _Word, known: set[str]) -> Match:
    """The words from one to another, without the full stop that ends a sentence."""
    shortened = first is last and len(last.keys) > 1 and first.keys[0] in known
    kept = last.keys[0].isupper() or shortened
    end = last.end - (text[last.end - 1] == "." and not kept)
    return Match(first.start, end, text[first.start : end])


class _Own:
    """A user's places by the keys of their names, and by their demonyms."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.named: dict[str, tuple[Entry, ...]] = {}
        self.peoples: dict[str, tuple[Entry, ...]] = {}
        rows = ((path, row) for path in paths for row in read(path))
        for number, (path, row) in enumerate(rows, 1):
            entry = entry_of(row, -number, f"{path.name}: {row['source']}")
            _add(self.named, keys(row["name"])[0], entry)
            for name in filter(None, row["aliases"].split("|")):
                _add(self.named, keys(name)[0], replace(entry, alias=True))
            for word in filter(None, row["demonyms"].split("|")):
                _add(self.peoples, normalised(word), entry)


def _add(index: dict[str, tuple[Entry, ...]], key: str, entry: Entry) -> None:
    index[key] = (*index.get(key, ()), entry)


def read(path: Path, *, located: bool = True) -> list[dict[str, str]]:
    """The rows of a file of places: tab-separated, or comma-separated if its name ends in .csv.

    Raises InputError naming the row that lacks a name or a known precision or, where all are to be
    ``located``, a position or radius.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, delimiter="," if path.suffix == ".csv" else "\t", restval="")
            rows = [{column: (row.get(column) or "").strip() for column in COLUMNS} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"cannot be read ({error})", "give a table in UTF-8") from None
    for number, row in enumerate(rows, start=2):
        if reason := _fault(row, located or bool(row["lat"])):
            raise InputError(f"{path}:{number}", reason, f"the columns are {', '.join(COLUMNS)}")
    return rows


def _fault(row: dict[str, str], located: bool) -> str | None:
    """What is wrong with a row of places."""
    if not row["name"]:
        return "there is no name"
    try:
        lat, lon, radius = (float(row[column]) if located else 0.0 for column in ("lat", "lon", "radius_km"))
        population = int(row["population"] or 0)
    except ValueError as error:
        return str(error)
    if not (abs(lat) <= 90 and abs(lon) <= 180 and radius >= 0 and population >= 0):
        return "a number is out of range"
    if row["precision"] not in get_args(PlacePrecision):
        return f"the precision {row['precision']!r} is none of {', '.join(get_args(PlacePrecision))}"
    return None


def entry_of(row: dict[str, str], identity: int, source: str) -> Entry:
    """A row of a file of places as an entry."""
    return Entry(
        identity,
        row["name"],
        float(row["lat"]),
        float(row["lon"]),
        float(row["radius_km"]),
        row["country"] or None,
        row["admin1"] or None,
        None,
        int(row["population"] or 0),
        row["precision"],  # type: ignore[arg-type]  # checked by read
        source,
    )
