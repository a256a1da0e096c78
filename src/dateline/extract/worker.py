"""A process that takes web pages apart and may be killed, and the end that holds it.

A subprocess rather than multiprocessing: it starts no slower, needs no fork of a threaded parent
and no importable main module. Messages are a length (8 bytes, big endian) and that many bytes:
HTML as UTF-8 one way, JSON the other.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import IO, Any

from dateline.extract.blocks import Line
from dateline.extract.metadata import Metadata
from dateline.extract.webpage import Parts, TagTooLong, take_apart

CPU_SECONDS = 5
WALL_SECONDS = 300.0
"""A process that gets no processor time is given up after so long; a busy machine needs the slack."""
MEMORY_BYTES = 1_000_000_000
PAGES_PER_PROCESS = 500
"""After so many pages a process is replaced, so that what it leaks never adds up."""


class PageRefused(Exception):
    """The worker refused a page or died of it; the message is the reason."""


class Worker:
    """Holds one process; a dead one is replaced. Not for use by several threads at once."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._pages = 0

    def start(self) -> None:
        """Start the process unless it runs; it loads its libraries meanwhile."""
        if self._process is None:
            command = [sys.executable, "-m", "dateline.extract.worker"]
            pipe, void = subprocess.PIPE, subprocess.DEVNULL
            self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=void, bufsize=0)
            self._pages = 0

    def close(self) -> int | None:
        """Kill the process; its exit status, negative for a signal it had died of before."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()
        return process.wait()

    def take_apart(self, html: str) -> Parts:
        """The parts of a page. Raises PageRefused; the next call finds a fresh process."""
        self.start()
        assert self._process and self._process.stdin and self._process.stdout
        deadline = time.monotonic() + WALL_SECONDS
        try:
            send(self._process.stdin, html.encode("utf-8", "replace"))
            answer = json.loads(receive(self._process.stdout, deadline))
        except TimeoutError:
            self.close()
            raise PageRefused(f"took more than {WALL_SECONDS:.0f} s") from None
        except (EOFError, OSError):
            raise PageRefused(self._cause_of_death()) from None
        self._pages += 1
        if self._pages >= PAGES_PER_PROCESS or answer.get("exhausted"):
            self.close()
        if "refused" in answer:
            raise PageRefused(answer["refused"])
        lines = [Line(text, tuple(hints)) for text, hints in answer["lines"]]
        return Parts(Metadata(*answer["metadata"]), answer["paragraphs"], lines)

    def _cause_of_death(self) -> str:
        """Why the process ended, in words, after waiting for it to be over."""
        assert self._process
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=5)
        status = self._process.returncode
        self.close()
        if status == -signal.SIGXCPU:
            return f"took more than {CPU_SECONDS} s of processor time"
        return "crashed the HTML parser"


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message; the stream is unbuffered, so a write may be partial."""
    rest = memoryview(len(message).to_bytes(8, "big") + message)
    while rest:
        rest = rest[os.write(stream.fileno(), rest) :]


def receive(stream: IO[bytes], deadline: float | None = None) -> bytes:
    """Read one message. Raises EOFError when the other end is gone, TimeoutError past the deadline."""
    size = int.from_bytes(read_exactly(stream, 8, deadline), "big")
    return read_exactly(stream, size, deadline)


def read_exactly(stream: IO[bytes], size: int, deadline: float | None) -> bytes:
    """That many bytes of a stream."""
    pieces: list[bytes] = []
    while size:
        wait = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not select.select([stream], [], [], wait)[0]:
            raise TimeoutError
        piece = os.read(stream.fileno(), min(size, 1 << 20))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def answer_to(html: str) -> dict[str, Any]:
    """The answer to one page: its parts, or why it is refused."""
    try:
        metadata, paragraphs, lines = take_apart(html)
    except TagTooLong:
        return {"refused": "has a tag of more than 64 KB"}
    except MemoryError:
        return {"refused": f"needs more than {MEMORY_BYTES // 1_000_000_000} GB of memory", "exhausted": True}
    except Exception as error:  # whatever a parser raises on a hostile page must not stop the batch
        return {"refused": f"cannot be parsed ({type(error).__name__})"}
    return {"metadata": metadata, "paragraphs": paragraphs, "lines": lines}


def allow_processor_time(seconds: int) -> None:
    """Let this process use that many more seconds; past them the kernel ends it (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def main() -> None:
    """Answer pages until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    import trafilatura  # noqa: F401  loaded before the first page arrives

    while True:
        try:
            html = receive(sys.stdin.buffer).decode()
        except EOFError:
            return
        allow_processor_time(CPU_SECONDS)
        send(sys.stdout.buffer, json.dumps(answer_to(html)).encode())


if __name__ == "__main__":
    main()
