"""How far a command is, on standard error: what is done, and the share of the inputs' bytes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Meter:
    """Bytes of the inputs in all, and those that lie behind."""

    total: int = 0
    behind: int = 0

    def passed(self, size: int) -> None:
        """So many more lie behind."""
        self.behind += size


def counted(things: Iterable[T], meter: Meter) -> Iterator[T]:
    """The things, counted on a terminal's standard error, unless they themselves are seen to pass."""
    if sys.stdout.isatty() or not sys.stderr.isatty():
        yield from things
        return
    from rich import progress as rich
    from rich.console import Console

    columns: list[rich.ProgressColumn] = [rich.SpinnerColumn(), rich.TextColumn("{task.fields[done]} read")]
    if meter.total:
        columns += rich.BarColumn(), rich.TextColumn("{task.percentage:>3.0f} %"), rich.TimeRemainingColumn()
    columns.append(rich.TimeElapsedColumn())
    # Standard output carries the results and must stay itself.
    with rich.Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False
    ) as progress:
        task = progress.add_task("", total=meter.total or None, done=0)
        for done, thing in enumerate(things, 1):
            yield thing
            progress.update(task, completed=meter.behind, done=done)
