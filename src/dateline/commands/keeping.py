"""``dateline backup``, ``restore`` and ``salvage``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from dateline.commands.options import DEFAULT_RECORD, RecordOption
from dateline.errors import RecordError

Backup = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")]


def backup(file: Backup, record: RecordOption = DEFAULT_RECORD) -> None:
    """Copy the record to a file, also while others write. The copy is checked.

    Of PostgreSQL it is a dump in pg_dump's custom format.
    """
    if _is_url(record):
        if file.exists():
            raise RecordError(f"{file}: is there already; choose another name")
        _run("pg_dump", "--format=custom", f"--file={file}", record)
    else:
        from dateline.record import keeping

        keeping.backup(Path(record), file)
    typer.echo(f"{file}: {file.stat().st_size:,} bytes")


def restore(file: Backup, record: RecordOption = DEFAULT_RECORD) -> None:
    """Make a record of a backup. It must not be there yet, or, in PostgreSQL, be empty."""
    if _is_url(record):
        _run(
            "pg_restore",
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={record}",
            str(file),
        )
    else:
        from dateline.record import keeping

        keeping.backup(file, Path(record))
    from dateline.commands.options import opened

    with opened(record) as kept:
        typer.echo(f"{record}: {kept.digest()}")


def salvage(
    damaged: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A damaged SQLite record.")],
    into: Annotated[str, typer.Argument(metavar="FILE|URL", help="A new record.")],
) -> None:
    """Take what can be read of a damaged record into a new one, in the order of the log.

    A reading is taken when its words still have its digest. Exit status 1 when something was lost.
    """
    from dateline.record import keeping

    done = keeping.salvage(damaged, into)
    typer.echo(f"{into}: {done.kept} entries of the log whole, {done.lost} with something lost")
    raise typer.Exit(int(done.lost > 0))


def digest(record: RecordOption = DEFAULT_RECORD) -> None:
    """Print the record's digest: of what it holds and of how that falls into incidents."""
    from dateline.commands.options import opened

    with opened(record) as kept:
        typer.echo(kept.digest())


def _is_url(record: str) -> bool:
    return record.startswith("postgresql")


def _run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools."""
    if shutil.which(program) is None:
        raise RecordError(f"{program}: is missing; on Debian: apt-get install postgresql-client")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        reason = " ".join(done.stderr.split()) or f"status {done.returncode}"
        raise RecordError(f"{program}: {reason}; look at the URL and at the file")
