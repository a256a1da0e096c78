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

from .damaging import damage_often
from .disks import enlarge, fill, go_on, small_disk
from .killing import add_in_peace, kill_often
from .prepared import PAGES, Prepared, prepared, readings_of, written
from .writing import write_together


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
    lines = written(items, folder)
    undisturbed = add_in_peace(lines, str(folder / "undisturbed.db"))
    with place(options.record, folder) as target:
        done = kill_often(lines, items, target, options.kills, options.seed)
    return sound(done.faults) and same(done.digest, undisturbed)


def disk(options: argparse.Namespace, items: Sequence[Prepared], folder: Path) -> bool:
    """A disk that is full again and again; each time a little room is made, and in the end enough."""
    lines, small = written(items, folder), folder / "disk"
    small.mkdir()
    undisturbed = add_in_peace(lines, str(folder / "undisturbed.db"))
    target, room, faults = str(small / "record.db"), 1.0, list[str]()
    with small_disk(small, room):
        while (met := fill(lines, items, target)).status:
            print(f"{room:.0f} MB: {len(met.acknowledged)} articles acknowledged; {met.complaint}", end="")
            faults += met.faults
            room *= options.factor
            enlarge(small, room)
        digest, found = go_on(lines, items, target)
    return sound(faults + found) and same(digest, undisturbed)


def writers(options: argparse.Namespace, items: Sequence[Prepared], folder: Path) -> bool:
    """Several writers and a reader at once."""
    with place(options.record, folder) as target:
        done = write_together(target, items, folder, options.writers, options.seconds)
    print(done)
    return sound(done.faults)


def damage(options: argparse.Namespace, items: Sequence[Prepared], folder: Path) -> bool:
    """Damaged files."""
    path = folder / "sound.db"
    add_in_peace(written(items, folder), str(path))
    done = damage_often(path, items, folder, options.places, options.seed)
    for message, times in done.messages.most_common():
        print(f"{times:4} × {message}")
    print(done)
    return sound(done.faults)


def sound(faults: Sequence[str]) -> bool:
    """Whether there is no fault; those that are, printed."""
    for fault in faults:
        print(f"FAULT {fault}")
    return not faults


def same(digest: str, undisturbed: str) -> bool:
    """Whether a record's digest is that of an undisturbed run, which is printed."""
    print(f"digest {digest}: {'that' if digest == undisturbed else 'NOT that'} of an undisturbed run")
    return digest == undisturbed


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m faults", description=__doc__)
    parser.add_argument("--articles", type=int, default=2000, help="how many articles are added")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--readings", type=Path, default=PAGES, help="what is varied; or lines of read --jsonl"
    )
    parser.add_argument("--record", choices=("sqlite", "postgresql"), default="sqlite")
    commands = parser.add_subparsers(required=True)
    for run in (kills, disk, writers, damage):
        commands.add_parser(run.__name__, help=run.__doc__).set_defaults(run=run)
    commands.choices["kills"].add_argument("--kills", type=int, default=500)
    commands.choices["disk"].add_argument("--factor", type=float, default=1.5, help="of the room, each time")
    commands.choices["writers"].add_argument("--writers", type=int, default=4)
    commands.choices["writers"].add_argument("--seconds", type=float, default=120)
    commands.choices["damage"].add_argument("--places", type=int, default=200)
    return parser.parse_args()


def main() -> None:
    """Run one of them; exit status 1 when a fault was found."""
    options = arguments()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    started = time.monotonic()
    items = prepared(readings_of([options.readings]), options.articles, options.seed)
    with tempfile.TemporaryDirectory(prefix="dateline-faults-") as folder:
        well = options.run(options, items, Path(folder))
    print(f"{time.monotonic() - started:.0f} s")
    sys.exit(not well)


if __name__ == "__main__":
    main()
