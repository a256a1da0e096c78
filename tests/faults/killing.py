"""``dateline add`` killed at random moments and begun again, until all is there."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.record.record import Record

from .adding import Life
from .checking import faults, views_agree
from .prepared import Prepared

EARLY = 0.15
"""The share of lives that end before or while the known articles are passed over."""


@dataclass(slots=True)
class Killed:
    """What became of a record whose writers were killed."""

    kills: int = 0
    within: int = 0
    faults: list[str] = field(default_factory=list)
    digest: str = ""

    def __str__(self) -> str:
        return f"{self.kills} kills, {self.within} of them after new articles; {len(self.faults)} faults"


def kill_often(
    readings: Sequence[Path],
    items: Sequence[Prepared],
    target: str,
    kills: int,
    seed: int = 1,
    told: Callable[[str], object] = print,
) -> Killed:
    """Add the readings while the process is killed so many times, then once more in peace.

    ``readings`` are files with equally many of the items, in their order; a file of which all is known is
    not given again. After each death it is checked that what was acknowledged is there, whole and once.
    """
    rng, done = random.Random(seed), Killed()
    reports = {item.article: item.reports for item in items}
    each = -(-len(items) // len(readings))
    acknowledged: dict[str, None] = {}
    while done.kills < kills and len(acknowledged) < len(items):
        share = (len(items) - len(acknowledged)) // (kills - done.kills + 1)
        finished, known = divmod(len(acknowledged), each)
        life = Life.begin(readings[finished:], target)
        new = _lived(life, rng, share, known)
        if life.kill() == -signal.SIGKILL:
            done.kills += 1
            done.within += new > 0
        acknowledged |= dict.fromkeys(life.acknowledged)
        life.close()
        done.faults += _checked(target, acknowledged, reports)
        if done.kills % 25 == 0:
            told(f"{done}; {len(acknowledged)} of {len(items)} articles acknowledged")
    done.digest = add_in_peace(readings, target)
    done.faults += faults(target, reports, reports)
    done.faults += [] if views_agree(target) else ["the incidents in tables are not those of the log"]
    told(str(done))
    return done


def _lived(life: Life, rng: random.Random, share: int, known: int) -> int:
    """Let a life come to the random moment of its death: how many new articles it has acknowledged.

    Most die within the time of an article after up to twice their share of new ones; some while they
    open the record or pass over what they know.
    """
    early = rng.random() < EARLY
    lines = rng.randrange(known + 1) if early else known + rng.randrange(2 * share + 1)
    new, last, gap = 0, time.monotonic(), 0.0
    if lines:
        for count, (outcome, _) in enumerate(life.acknowledgements(), 1):
            now = time.monotonic()
            last, gap = now, now - last
            new += outcome == "new"
            if count == lines:
                break
    time.sleep(rng.uniform(0, gap or 0.2))
    return new


def _checked(target: str, acknowledged: dict[str, None], reports: dict[str, int]) -> list[str]:
    if "://" not in target and not Path(target).exists():
        return ["the record is gone"] if acknowledged else []
    return faults(target, acknowledged, reports)


def add_in_peace(readings: Sequence[Path], target: str) -> str:
    """Add all without a disturbance: the digest of the record. Raises ``RuntimeError`` when it fails."""
    life = Life.begin(readings, target)
    status, complaint = life.end(), life.complaint()
    life.close()
    if status:
        raise RuntimeError(complaint)
    with Record.open(target) as record:
        return record.digest()
