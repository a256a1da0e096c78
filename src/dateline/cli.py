"""The ``dateline`` command: thin over plain functions, and quick to start.

Nothing of the reader is imported before a command needs it.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline import __version__, logs
from dateline.annotation.command import annotation
from dateline.commands import RECORD_COMMANDS
from dateline.commands.inputs import (
    Actors,
    AllowPrivate,
    AnyLanguage,
    Jobs,
    MinConfidence,
    Places,
    Published,
    Publishers,
    options,
)
from dateline.commands.sources import sources
from dateline.commands.users import user
from dateline.errors import DatelineError, InputError, SkippedInput
from dateline.evaluation.command import evaluate
from dateline.export.command import export, import_

if TYPE_CHECKING:
    from dateline.batch import Outcome
    from dateline.types import Reading

log = logging.getLogger(__name__)

app = typer.Typer(
    help="Dateline reads news pages: who did what to whom, where, when, according to whom.",
    epilog="Exit status: 0 all is well, 1 something failed, 2 wrong usage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(evaluate)
app.command()(annotation)
for command in RECORD_COMMANDS:
    app.command()(command)
app.add_typer(sources, name="sources")
app.command()(export)
app.command("import")(import_)
app.add_typer(user, name="user")


def main() -> None:
    """Run the command; every refusal is one line on standard error."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a terminal without Unicode
    try:
        app()
    except DatelineError as error:
        say(error)
        sys.exit(1)


def say(error: DatelineError) -> None:
    """One line on standard error: what, why, and what to do."""
    from dateline.show.wording import words

    if logs.structured():
        named = error if isinstance(error, InputError) else None
        parts = {"input": named.name, "reason": named.reason, "remedy": named.remedy} if named else {}
        log.error("%s", error, extra=parts)
        return
    print(f"dateline: {words(str(error))}", file=sys.stderr)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    form: Annotated[
        logs.Form,
        typer.Option("--log", envvar=logs.VARIABLE, help="What happens, on standard error: in this form."),
    ] = "text",
) -> None:
    logs.configure(form)


def _writable(path: Path | None) -> Path | None:
    """A file in a folder that is there: found out before the reading, not after."""
    if path is not None and not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {str(path.parent)!r}; make it first")
    return path


@app.command(epilog="Exit status: 0 all inputs read (some may be skipped for their language), 1 otherwise.")
def read(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="HTML, text, .jsonl, a folder, - for stdin, or an address of the web."
        ),
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object an article.")] = False,
    html: Annotated[
        Path | None, typer.Option(callback=_writable, dir_okay=False, help="Also write one page to look at.")
    ] = None,
    published: Published = None,
    jobs: Jobs = 1,
    any_language: AnyLanguage = False,
    min_confidence: MinConfidence = None,
    places: Places = None,
    actors: Actors = None,
    publishers: Publishers = None,
    allow_private: AllowPrivate = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours; NO_COLOR does the same.")] = False,
) -> None:
    """Read pages and print their event reports and attributions, in input order."""
    from dateline.batch import mapping
    from dateline.commands.progress import Meter, counted
    from dateline.ingest.files import open_inputs, size_of
    from dateline.pipeline import pipeline

    asked = options(published, jobs, any_language, min_confidence, places, actors, publishers)
    meter = Meter(size_of(inputs))
    with mapping(partial(pipeline, asked), jobs) as outcomes:
        items = open_inputs(inputs, meter.passed, allow_private=allow_private)
        tally = present(counted(outcomes(items), meter), _shower(jsonl, no_color), html)
    raise typer.Exit(tally.status)


@app.command()
def schema() -> None:
    """Print the JSON Schema of a line of read --jsonl."""
    from dateline.show import jsonl

    print(jsonl.schema(), end="")


@dataclass(slots=True)
class Tally:
    """How many inputs were read, and how many were not (skipped ones apart)."""

    read: int = 0
    failed: int = 0

    @property
    def status(self) -> int:
        """0 when something was read and nothing failed, else 1."""
        return int(self.failed > 0 or self.read == 0)


def present(outcomes: Iterator[Outcome], show: Callable[[Reading], None], html: Path | None) -> Tally:
    """Show readings and say errors as they come; write the page at the end."""
    tally, kept = Tally(), []
    with _open_pipe():
        for outcome in outcomes:
            if isinstance(outcome, InputError):
                tally.failed += not isinstance(outcome, SkippedInput)
                say(outcome)
                continue
            tally.read += 1
            show(outcome)
            if html:
                kept.append(outcome)
    if html:
        _write(html, kept)
    return tally


def _shower(jsonl: bool, no_color: bool) -> Callable[[Reading], None]:
    """What prints a reading on standard output."""
    if jsonl:
        from dateline.show.jsonl import line

        return lambda reading: _print_bytes(line(reading).encode())
    from dateline.show.terminal import console, show

    return partial(show, out=console(color=not no_color))


def _print_bytes(line: bytes) -> None:
    """UTF-8 whatever the locale, at once, for whoever reads along."""
    sys.stdout.buffer.write(line)
    sys.stdout.flush()


def _write(path: Path, readings: list[Reading]) -> None:
    from dateline.show.page import page

    try:
        path.write_text(page(readings), encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "choose another file") from error


@contextmanager
def _open_pipe() -> Iterator[None]:
    """Let a reader that has seen enough (``| head``) close the pipe without a complaint."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes standard output once more as it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
