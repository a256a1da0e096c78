"""Several processes of ``dateline add`` at one record for a while, and a reader beside them."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from dateline.record.record import Record
from dateline.record.search import Wanted

from .adding import Life
from .checking import faults, views_agree
from .prepared import Prepared, written

GLANCE_SECONDS = 0.05


@dataclass(slots=True)
class Written:
    """What became of a record with several writers."""

    added: int = 0
    passed: int = 0
    looks: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.added} articles added, {self.passed} times found known, {self.looks} looks meanwhile; "
            f"{len(self.faults)} faults"
        )


@dataclass(slots=True)
class Writer:
    """One writer: the same articles again and again, each time in another order, until the time is up."""

    target: str
    items: Sequence[Prepared]
    folder: Path
    until: float
    outcomes: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def write(self, seed: int) -> None:
        """Run one process after another; each must end well, the last when it is asked to."""
        rng = random.Random(seed)
        while time.monotonic() < self.until:
            shuffled = written(rng.sample(self.items, len(self.items)), self.folder, len(self.items))
            life, asked = Life.begin(shuffled, self.target), False
            for outcome in life.acknowledgements():
                self.outcomes.append(outcome)
                if not asked and time.monotonic() > self.until:
                    life.process.terminate()
                    asked = True
            status, complaint = life.end(), life.complaint()
            # Asked when it had added all, it may be past listening, and ends as any process does.
            late = asked and status == -signal.SIGTERM and len(life.acknowledged) == len(self.items)
            if status and not late and "stopped by SIGTERM" not in complaint:
                self.faults.append(f"status {status}: {complaint}")
            life.close()


def write_together(
    target: str, items: Sequence[Prepared], folder: Path, writers: int, seconds: float
) -> Written:
    """Let the writers add the same articles, while one reads; then look whether all is well."""
    Record.open(target, create=True).close()
    until = time.monotonic() + seconds
    crew = [Writer(target, items, folder / f"writer{number}", until) for number in range(writers)]
    for writer in crew:
        writer.folder.mkdir()
    with ThreadPoolExecutor(writers + 1) as threads:
        looks = threads.submit(_look, target, until)
        list(threads.map(Writer.write, crew, range(writers)))
    told = [outcome for writer in crew for outcome in writer.outcomes]
    new = [article for outcome, article in told if outcome == "new"]
    complaints = [complaint for writer in crew for complaint in writer.faults]
    done = Written(len(new), len(told) - len(new), looks.result(), complaints)
    reports = {item.article: item.reports for item in items}
    done.faults += faults(target, {article for _, article in told}, reports)
    done.faults += [f"{article}: new to {n} writers" for article, n in Counter(new).items() if n > 1]
    done.faults += [] if views_agree(target) else ["the incidents in tables are not those of the log"]
    return done


def _look(target: str, until: float) -> int:
    """How often the latest incidents were asked for meanwhile."""
    looks = 0
    with Record.open(target) as record:
        while time.monotonic() < until:
            record.find(Wanted(), 20)
            looks += 1
            time.sleep(GLANCE_SECONDS)
    return looks
