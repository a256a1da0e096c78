"""``dateline relink``: the linker asked anew about all that there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from dateline.commands.options import DEFAULT_RECORD, RecordOption, opened


def relink(record: RecordOption = DEFAULT_RECORD) -> None:
    """Ask the linker anew about every claim and article: then the order in which they came does not matter.

    What it decides otherwise than before is appended and supersedes; what people decided stays and outranks
    it. Others may add meanwhile. Interrupted, it may be run again; run twice, it changes nothing.
    """
    from dateline.pipeline import linker
    from dateline.show.wording import counted

    with opened(record) as kept, _progress() as told:
        done = kept.relink(linker(), told)
        digest = kept.digest()
    changes = f"{counted(done.decided, 'new decision')}, {done.withdrawn} withdrawn"
    typer.echo(f"{counted(done.articles, 'article')}: {changes}; {digest}")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], object]]:
    """A bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("linking", total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)
