"""``dateline add`` as a process of its own that can be killed, and what it said before it died."""

from __future__ import annotations

import multiprocessing
import os
import resource
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import TextIO

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        "dateline.cli",
        "dateline.ingest.files",
        "dateline.link.incidents",
        "dateline.pipeline",
        "dateline.record.record",
        "dateline.show.wording",
        "psycopg",
    ]
)
"""Children are forked from a process that has imported this already: a life costs only what it adds."""

TURN = Lock()
"""Starting a process asks all others how they ended; two that ask at once get different answers (CPython)."""

KEPT = {"new", "reread", "revised", "known"}


@dataclass(slots=True)
class Life:
    """One process that adds files of readings to a record."""

    process: multiprocessing.process.BaseProcess
    lines: TextIO
    errors: TextIO
    acknowledged: list[str] = field(default_factory=list)

    @classmethod
    def begin(cls, readings: Sequence[Path], target: str, file_size: int | None = None) -> Life:
        """Start it; ``file_size`` is the most bytes that a file may have, as if the disk were full."""
        (lines, said), (errors, told) = CONTEXT.Pipe(duplex=False), CONTEXT.Pipe(duplex=False)
        arguments = ["add", *map(str, readings), "--record", target]
        process = CONTEXT.Process(target=_add, args=(arguments, said, told, file_size))
        with TURN:
            process.start()
        said.close()
        told.close()
        return cls(process, _stream(lines), _stream(errors))

    def acknowledgements(self) -> Iterator[tuple[str, str]]:
        """(outcome, article) of each further line as it comes, until the process ends."""
        while line := self.lines.readline():
            outcome, _, rest = line.partition(" ")
            if outcome in KEPT and line.endswith("\n"):  # a line cut off says nothing
                article = rest.split()[0]
                self.acknowledged.append(article)
                yield outcome, article

    def kill(self) -> int:
        """SIGKILL, then the lines that had left it before; its status."""
        self.process.kill()
        return self.end()

    def end(self) -> int:
        """Read what it still says and wait for the end; its status."""
        for _ in self.acknowledgements():
            pass
        with TURN:
            self.process.join()
            status = self.process.exitcode
        assert status is not None
        return status

    def complaint(self) -> str:
        """What it said on standard error, once it has ended."""
        return self.errors.read()

    def close(self) -> None:
        """Let go of its streams."""
        self.lines.close()
        self.errors.close()


def _stream(connection: Connection) -> TextIO:
    stream = os.fdopen(os.dup(connection.fileno()), encoding="utf-8")
    connection.close()
    return stream


def _add(arguments: list[str], lines: Connection, errors: Connection, file_size: int | None) -> None:
    for stream, number in ((lines, 1), (errors, 2)):
        os.dup2(stream.fileno(), number)
        stream.close()
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    if file_size is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, resource.RLIM_INFINITY))
    sys.argv = ["dateline", *arguments]
    from dateline.cli import main

    main()
