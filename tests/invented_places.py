"""A gazetteer of an invented world, for the tests of what looks places up: Kerlo, and Dostrea to its east."""

from __future__ import annotations

import re
from dataclasses import replace

from dateline.resolve.gazetteer import Entry, Match, normalised
from dateline.types import Article


def entry(
    id: int,
    name: str,
    lat: float,
    lon: float,
    country: str | None,
    precision: str,
    people: int = 0,
    **more: object,
) -> Entry:
    radius = {"country": 300.0, "province": 80.0, "region": 200.0}.get(precision, 5.0)
    return Entry(id, name, lat, lon, radius, country, None, None, people, precision, "invented", **more)  # type: ignore[arg-type]


KERLO = entry(1, "Kerlo", 10, 10, "KER", "country", 8_000_000)
DOSTREA = entry(2, "Dostrea", 10, 20, "DOS", "country", 9_000_000)
VALE = entry(3, "Vale", 11, 10, "KER", "province", 700_000)
BRENIK = entry(4, "Brenik", 10, 10.5, "KER", "settlement", 900_000, capital=True)
MEROVAR = entry(5, "Merovar", 10, 20.5, "DOS", "settlement", 1_200_000, capital=True)
ORLIN_WEST = replace(entry(6, "Orlin", 11, 10.2, "KER", "settlement", 40_000), admin1="Vale")
ORLIN_EAST = entry(7, "Orlin", 12, 21, "DOS", "settlement", 60_000)
TARN = replace(entry(8, "Tarn", 11.2, 10.1, "KER", "settlement", 3_000), admin1="Vale")
MARCH = entry(9, "March", 9, 21, "DOS", "settlement", 20_000)
EAST = entry(-1, "Eastlands", 11, 20, None, "region")

ENTRIES = (KERLO, DOSTREA, VALE, BRENIK, MEROVAR, ORLIN_EAST, ORLIN_WEST, TARN, MARCH, EAST)
PEOPLES = {"kerlan": KERLO, "kerlans": KERLO, "dostrean": DOSTREA, "eastlander": EAST}


class InventedGazetteer:
    """Looks up what is above, as ``Gazetteer`` does what GeoNames has."""

    def lookup(self, name: str) -> tuple[Entry, ...]:
        return tuple(e for e in ENTRIES if normalised(e.name) == normalised(name))

    def origins(self, word: str) -> tuple[Entry, ...]:
        people = PEOPLES.get(normalised(word))
        return (people,) if people else ()

    def country(self, alpha3: str) -> Entry | None:
        return next((e for e in ENTRIES if (e.country, e.precision) == (alpha3, "country")), None)

    def matches(self, text: str) -> list[Match]:
        names = "|".join(e.name for e in ENTRIES)
        return [Match(m.start(), m.end(), m[0]) for m in re.finditer(rf"\b(?:{names})\b", text)]


def article(text: str, url: str | None = None) -> Article:
    return Article("x", text, url=url, body=((0, len(text)),))
