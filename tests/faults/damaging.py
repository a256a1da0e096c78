"""An SQLite file with bytes changed: said plainly, and salvaged as far as it can be read."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import RecordError
from dateline.record import keeping
from dateline.record.record import Record
from dateline.record.search import Wanted

from .checking import faults, stored
from .prepared import Prepared

LONGEST = 64
"""Bytes that are changed at one place."""


@dataclass(slots=True)
class Damaged:
    """What became of files with one damaged place each."""

    places: int = 0
    noticed: int = 0
    entries: int = 0
    lost: int = 0
    unreadable: int = 0
    messages: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.places} places damaged, {self.noticed} noticed in use; of {self.entries} entries "
            f"{self.lost} lost; {self.unreadable} files of which nothing could be read; "
            f"{len(self.faults)} faults"
        )


def damage_often(sound: Path, items: Sequence[Prepared], folder: Path, places: int, seed: int = 1) -> Damaged:
    """Change a sound record at so many places, one at a time; use it and salvage it each time.

    ``items`` are what was added to it, an entry each.
    """
    rng, done = random.Random(seed), Damaged()
    content = sound.read_bytes()
    reports = {item.article: item.reports for item in items}
    for number in range(places):
        at, length = rng.randrange(len(content)), rng.randint(1, LONGEST)
        damaged = folder / f"damaged{number}.db"
        damaged.write_bytes(content[:at] + rng.randbytes(length) + content[at + length :])
        done.places += 1
        where = f"{length} bytes at {at}"
        done.faults += [f"{where}: {fault}" for fault in _used(damaged, done)]
        done.faults += [f"{where}: {fault}" for fault in _salvaged(damaged, reports, done)]
        for path in folder.glob(f"*{number}.db*"):
            path.unlink()
    return done


def _used(damaged: Path, done: Damaged) -> Iterator[str]:
    """Whatever goes wrong in use is told as a refusal that names the remedy."""
    try:
        with Record.open(damaged) as record:
            record.find(Wanted(), 20)
            record.entries()
            record.digest()
    except RecordError as error:
        done.noticed += 1
        done.messages[str(error)] += 1
        if "dateline salvage" not in str(error):
            yield f"is told without a remedy: {error}"
    except Exception as error:
        yield f"in use: {type(error).__name__}: {error}"


def _salvaged(damaged: Path, reports: dict[str, int], done: Damaged) -> Iterator[str]:
    """What is salvaged is what was added, and all but what was hit is salvaged."""
    into = damaged.with_name(f"salvaged-{damaged.name}")
    done.entries += len(reports)
    try:
        keeping.salvage(damaged, str(into))
    except RecordError:
        done.unreadable += 1
        done.lost += len(reports)
        return
    except Exception as error:
        done.lost += len(reports)
        yield f"salvaging: {type(error).__name__}: {error}"
        return
    yield from faults(str(into), (), reports)
    with Record.open(into) as record:
        done.lost += len(reports) - len(stored(record))
