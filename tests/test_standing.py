from __future__ import annotations

from dateline.ingest.sources import Source
from dateline.ingest.standing import Standing, as_json, standings
from dateline.ingest.state import Health

SOURCES = [
    Source(name, f"https://{name}.example/feed", paused=name == "courier") for name in ("kestrel", "courier")
]
NOW = 1_710_237_600.0


def test_how_sources_fare() -> None:
    counts = {"due": 2, "reading": 1, "read": 7, "skipped": 1, "failed": 3, "old": 40}
    first = Health(SOURCES[0].address, NOW, NOW - 60, 2, NOW + 60, "answered 500", counts)
    kestrel, courier = standings(SOURCES, [first, Health(SOURCES[1].address, NOW, NOW, 0, NOW)])
    assert kestrel == Standing(
        "kestrel",
        "https://kestrel.example/feed",
        "failing",
        "2024-03-12T09:59:00Z",
        "2024-03-12T10:00:00Z",
        "2024-03-12T10:01:00Z",
        2,
        "answered 500",
        3,
        7,
        1,
        3,
        40,
    )
    assert (courier.fares, courier.next) == ("paused", None)
    assert as_json([kestrel])[0]["error"] == "answered 500"


def test_a_new_source_and_a_well_one() -> None:
    kestrel = SOURCES[0]
    (new,) = standings([kestrel], [Health(kestrel.address)])
    assert (new.fares, new.succeeded, new.next, new.read) == ("new", None, None, 0)
    (well,) = standings([kestrel], [Health(kestrel.address, NOW, NOW, 0, NOW)])
    assert well.fares == "well"
