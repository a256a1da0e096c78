"""``dateline annotation``: begin, check and compare annotated articles.

What does so is imported only when it is asked for: every command starts with this module.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Step = Literal["start", "check", "agree"]


def annotation(
    step: Annotated[
        Step, typer.Argument(help="start: number the sentences; check: find mistakes; agree: compare two.")
    ],
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="For start articles; else annotated ones.")
    ],
    to: Annotated[
        Path | None, typer.Option(help="Where check writes the articles with offsets.", metavar="OUT.jsonl")
    ] = None,
    filled: Annotated[bool, typer.Option("--filled", help="Start from the event reports in FILE.")] = False,
) -> None:
    """Annotate articles of your own: docs/annotation.md says how."""
    from dateline.annotation import steps

    if step == "start":
        for path in paths:
            steps.start(path, filled)
    elif step == "check":
        raise typer.Exit(steps.check(paths, to))
    else:
        steps.agree(paths)
