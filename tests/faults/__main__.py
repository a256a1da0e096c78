"""The long versions: ``cd tests && python -m faults kills --record sqlite --kills 500``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from databases import cluster

from dateline.ingest.jsonlines import read_articles
from dateline.types import Reading

from .killing import add_in_peace, kill_often
from .prepared import Prepared, example_readings, prepared, written


@contextmanager
def place(database: str, folder: Path) -> Iterator[str]:
    """Where a record is kept: a file in a folder, or a database of a private PostgreSQL."""
    if database == "sqlite":
        yield str(folder / "record.db")
    else:
        with cluster() as started, started.database() as url:
            yield url


def kills(options: argparse.Namespace, items: Sequence[Prepared], folder: Path) -> bool:
    """Writers killed; the record in the end compared with one that was left in peace."""
    lines = written(items, folder / "readings.jsonl")
    undisturbed = add_in_peace(lines, str(folder / "undisturbed.db"))
    with place(options.record, folder) as target:
        done = kill_often(lines, items, target, options.kills, options.seed)
    print(*done.faults, sep="\n", end="")
    same = done.digest == undisturbed
    print(f"digest {done.digest}: {'that' if same else 'NOT that'} of an undisturbed run ({undisturbed})")
    return same and not done.faults


def base(path: Path | None) -> list[Reading]:
    """Readings of a file that ``dateline read --jsonl`` printed, else of the example pages."""
    if path is None:
        return example_readings()
    with path.open("rb") as stream:
        return [item for item in read_articles(str(path), stream, {}) if isinstance(item, Reading)]


def main() -> None:
    """Run one of them; exit status 1 when a fault was found."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000, help="how many articles are added")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--readings", type=Path, help="lines of dateline read --jsonl to vary")
    parser.add_argument("--record", choices=("sqlite", "postgresql"), default="sqlite")
    commands = parser.add_subparsers(required=True)
    killing = commands.add_parser("kills", help="SIGKILL at random moments")
    killing.add_argument("--kills", type=int, default=500)
    killing.set_defaults(run=kills)
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    started = time.monotonic()
    items = prepared(base(options.readings), options.articles, options.seed)
    with tempfile.TemporaryDirectory(prefix="dateline-faults-") as folder:
        sound = options.run(options, items, Path(folder))
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(not sound)


if __name__ == "__main__":
    main()
