"""What it costs to link a new claim, as the record grows: it should stay the same.

    python benchmarks/link.py [--sizes 10000,100000,1000000] [--articles 60] [--record FOLDER] [--json]

For each size a record in SQLite is filled with invented claims (``stories.py``), tied into incidents as a
linker ties them, with the shipped linker's keys; the same for all but the number. The news of the last
``TOLD_DAYS`` is appended claim by claim. A new claim meets none that is older, but for those that it may be
in answer to; so what is older are the rows of these days once more, moved back in time, under other ids and
under keys as other days have them: the tables have their size and the index its depth. Then new articles of
the last day are added as ``dateline add`` adds them, with the shipped linker. Of these it prints, for each
claim,

- the processor's time (median and mean over the articles) and the wall clock's;
- how many candidates were offered, and how many decisions came of them;

and the ratio of each size's time to that of the first, where at most 2 is wanted. A bigger record covers
more days and more news a day, both by the root of its size. With ``--record`` the filled records are kept
there and taken again. It says as well how long an article's keys for copies take, and comparing two articles.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from lasting import Noting, Through
from moved import multiply
from sqlalchemy import text
from stories import World, stories

from dateline.link import copies
from dateline.pipeline import linker as shipped
from dateline.record import appending, projection
from dateline.record.candidates import keep_article_keys, keep_claim_keys
from dateline.record.engine import writing
from dateline.record.linking import Linker
from dateline.record.loading import document
from dateline.record.record import Record
from dateline.types import Claim, Decision, Reading

SIZES = (10_000, 100_000, 1_000_000)
NEW = 60
WARM_UP = 20
AT_ONCE = 500
"""Articles in a transaction while a record is filled."""
TOLD_DAYS = 12
"""Days that are told claim by claim: keys hold for eight days, and a happening is told for a week."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one claim more in a record of ``claims``: milliseconds, candidates offered, decisions made."""

    claims: int
    median_ms: float
    mean_ms: float
    wall_ms: float
    candidates: float
    decisions: float
    ratio: float = 1.0


class Counting(Through):
    """Counts what it is offered and what it decides."""

    offered = decided = 0

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterator[Decision]:
        self.offered += len(candidates)
        for decision in super().decide(claim, candidates):
            self.decided += 1
            yield decision


def filled(record: Record, world: World, claims: int, linker: Linker) -> None:
    """Fill an empty record with so many claims, tied as the stories tell, without asking the linker."""
    told: dict[str, str] = {}
    parts = max(1, round(world.days / TOLD_DAYS))
    days, share = -(-world.days // parts), claims // parts
    noting = Noting(linker)
    number, batch = 0, []
    for reading in stories(world, first_day=world.days - days):
        batch.append(reading)
        number += len(reading.events)
        if len(batch) == AT_ONCE or number >= share:
            _append(record, batch, noting, told)
            batch = []
        if number >= share:
            break
    with writing(record.engine) as connection:
        projection.recompute(connection)
    multiply(record, parts - 1, days, noting.lasting)
    with writing(record.engine) as connection:
        connection.execute(text("ANALYZE"))


def _append(record: Record, readings: Iterable[Reading], linker: Linker, told: dict[str, str]) -> None:
    """Readings as entries of the log, with their keys and with ties to the last claim of each happening."""
    with writing(record.engine) as connection:
        for reading in readings:
            new = appending.told(reading, linker.kept(reading))
            entry = appending.append_entry(connection)
            article = appending.append_article(connection, entry, new)
            number = appending.append_reading(connection, entry, article, None, new)
            claims = appending.append_claims(connection, number, new.claims)
            projection.set_head(connection, new.citation.address, article, number)
            ties = []
            for claim in claims.values():
                before = told.get(claim.event.id)
                if before is not None:
                    ties.append(Decision("same", "linker", (claim.id,), (before,), "one happening", 0.9))
                told[claim.event.id] = claim.id
            decisions = appending.append_decisions(connection, entry, ties)
            keep_claim_keys(connection, linker, claims)
            body = document(new.citation, reading.article.text, reading.article.body)
            keep_article_keys(connection, linker, article, body)
            projection.joined(connection, record.shelf, added=claims, decisions=decisions)


def measured(record: Record, world: World, claims: int, articles: int, linker: Linker) -> Cost:
    """What new articles cost, each claim; the first ones warm up and are not counted."""
    counting = Counting(linker)
    processor: list[float] = []
    wall: list[float] = []
    number = 0
    new = stories(world, last_day_only=True, seed=claims + 1)
    for place, reading in enumerate(new):
        if place == WARM_UP:
            counting.offered = counting.decided = number = 0
            processor.clear()
            wall.clear()
        if place == WARM_UP + articles:
            break
        started, clock = time.process_time(), time.perf_counter()
        record.add(reading, linker=counting)
        each = len(reading.events)
        processor.append(1000 * (time.process_time() - started) / each)
        wall.append(1000 * (time.perf_counter() - clock) / each)
        number += each
    return Cost(
        claims,
        statistics.median(processor),
        statistics.mean(processor),
        statistics.median(wall),
        counting.offered / number,
        counting.decided / number,
    )


def cost(folder: Path, claims: int, articles: int) -> Cost:
    """Fill a record, or take the one that is kept, and measure on a copy of it."""
    world, linker = World(claims), shipped()
    whole = folder / f"{claims}.db"
    if not whole.exists():
        making = folder / f"{claims}.new"
        making.unlink(missing_ok=True)
        with Record.open(making, create=True) as record:
            filled(record, world, claims, linker)
            with record.engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        making.rename(whole)
    copy = Path(shutil.copy(whole, folder / f"{claims}.copy"))
    try:
        with Record.open(copy) as record:
            return measured(record, world, claims, articles, linker)
    finally:
        for left in folder.glob(f"{claims}.copy*"):
            left.unlink()


def of_copies(articles: int = 200) -> dict[str, float]:
    """Milliseconds of the processor for the keys of an article, and for comparing it with another."""
    readings = list(islice(stories(World(10_000)), articles))
    told = [
        document(appending.told(each).citation, each.article.text, each.article.body) for each in readings
    ]
    started = time.process_time()
    for each in told:
        copies.keys(each)
    between = time.process_time()
    for each, other in pairwise(told):
        copies.decisions(each, [other])
    ended = time.process_time()
    words = statistics.mean(len(each.text.split()) for each in told)
    return {
        "words": words,
        "keys_ms": 1000 * (between - started) / len(told),
        "pair_ms": 1000 * (ended - between) / (len(told) - 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="claims in the record")
    parser.add_argument("--articles", type=int, default=NEW, help="new articles that are measured")
    parser.add_argument("--record", type=Path, help="a folder that keeps the filled records")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.record or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        costs: list[Cost] = []
        for size in map(int, asked.sizes.split(",")):
            each = cost(folder, size, asked.articles)
            costs.append(each if not costs else _compared(each, costs[0]))
            if not asked.json:
                print(row(costs[-1]), flush=True)
    copied = of_copies()
    if asked.json:
        told: dict[str, Any] = {"machine": platform.processor(), "costs": [asdict(each) for each in costs]}
        print(json.dumps(told | {"copies": copied}))
    else:
        print(
            "copies: {keys_ms:.2f} ms for the keys of {words:.0f} words, {pair_ms:.2f} ms a pair".format(
                **copied
            )
        )


def _compared(each: Cost, first: Cost) -> Cost:
    values = asdict(each)
    return Cost(**{**values, "ratio": each.median_ms / first.median_ms})


def row(each: Cost) -> str:
    """A cost on one line."""
    return (
        f"{each.claims:>9,} claims: {each.median_ms:6.2f} ms a new claim (mean {each.mean_ms:.2f}, "
        f"wall {each.wall_ms:.2f}), {each.candidates:5.1f} candidates, {each.decisions:.2f} decisions, "
        f"× {each.ratio:.2f}"
    )


if __name__ == "__main__":
    main()
