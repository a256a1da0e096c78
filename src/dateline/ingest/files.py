"""Files, directories, standard input and web addresses as pages, web archives too; JSON lines as articles.

A broken input is yielded as an ``InputError`` in its place, so that the others are read.
"""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, cast

from dateline.errors import InputError
from dateline.ingest import warc
from dateline.ingest.jsonlines import read_articles
from dateline.show.jsonl import Printed
from dateline.types import Article, Page

MAX_BYTES = 20_000_000
"""The most bytes of one page, inflated."""

MEDIA_TYPES: dict[str, str | None] = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".jsonl": "application/jsonl",
    ".warc": warc.MEDIA_TYPE,
}
"""What is read in a directory; a file named outright is read whatever its suffix. Each may be ``.gz``."""

Item = Page | Article | Printed | InputError
Passed = Callable[[int], None]
"""Is told of bytes of the inputs' files that lie behind."""


def unheard(_: int) -> None:
    """Nobody wants to know how far it is."""


def size_of(inputs: Sequence[str]) -> int:
    """The bytes of all files of the inputs, as far as they can be seen."""
    return sum(
        file.stat().st_size
        for path in map(Path, inputs)
        for file in (walk(path) if path.is_dir() else [path])
        if file.is_file()
    )


def open_inputs(
    inputs: Sequence[str], passed: Passed = unheard, *, allow_private: bool = False
) -> Iterator[Item]:
    """Pages, articles and readings of paths and web addresses in the order given; ``-`` is standard input.

    An address of an inner network is fetched only if ``allow_private``.

    A directory is walked in sorted order, without hidden files and without following links. An id
    that an earlier JSON line had is an error at the later one.
    """
    seen: dict[str, str] = {}
    for name in inputs:
        if name == "-":
            yield from read_stream(name, sys.stdin.buffer, None, seen)
        elif name.lower().startswith(("http://", "https://")):
            yield fetched(name, allow_private)
        elif Path(name).is_dir():
            yield from read_directory(Path(name), seen, passed)
        else:
            yield from read_file(Path(name), seen, passed)


def fetched(address: str, allow_private: bool) -> Page | InputError:
    """The page of a web address, or why there is none."""
    from dateline.ingest.visiting import page_at  # what fetches takes a while to load

    try:
        return page_at(address, allow_private)
    except InputError as error:
        return error


def read_directory(folder: Path, seen: dict[str, str], passed: Passed = unheard) -> Iterator[Item]:
    """The pages and articles below a folder, or an error when it has none."""
    empty = True
    for path in walk(folder):
        empty = False
        yield from read_file(path, seen, passed)
    if empty:
        known = ", ".join(MEDIA_TYPES)
        yield InputError(str(folder), "holds no pages", f"put files in it that end in {known}")


def walk(folder: Path) -> Iterator[Path]:
    """Files of known suffixes below a folder, in sorted order of their names, folder by folder."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from walk(entry)
        elif suffix(entry) in MEDIA_TYPES and entry.is_file():
            yield entry


def suffix(path: Path) -> str:
    """The suffix in lower case, the one before ``.gz`` for a compressed file."""
    return Path(path.stem if path.suffix == ".gz" else path.name).suffix.lower()


def read_file(path: Path, seen: dict[str, str], passed: Passed = unheard) -> Iterator[Item]:
    """The page, the pages or the articles of one file."""
    name = str(path)
    try:
        if not path.exists():
            yield InputError(name, "no such file", "check the path")
            return
        media_type = MEDIA_TYPES.get(suffix(path))
        with path.open("rb") as raw:
            if media_type == warc.MEDIA_TYPE or warc.is_archive(raw.peek()):
                yield from warc.read_archive(name, raw, passed)
                return
            with gzip.open(raw) if path.suffix == ".gz" else raw as stream:
                yield from read_stream(name, stream, media_type, seen)
        passed(path.stat().st_size)
    except (OSError, EOFError, zlib.error, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield InputError(name, f"cannot be read ({reason})", "check the file and its permissions")


def read_stream(
    name: str, stream: IO[bytes] | gzip.GzipFile, media_type: str | None, seen: dict[str, str]
) -> Iterator[Item]:
    """The page, the pages or the articles of an open stream; without a media type its beginning tells."""
    reader = io.BufferedReader(cast(io.RawIOBase, stream))
    try:
        begins = reader.peek(64) if media_type is None else b""
        begins_as_json = begins.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
        if warc.is_archive(begins):
            with tempfile.TemporaryFile() as whole:  # an archive is gone back in after damage
                shutil.copyfileobj(reader, whole)
                whole.seek(0)
                yield from warc.read_archive(name, whole)
        elif begins_as_json or media_type == MEDIA_TYPES[".jsonl"]:
            yield from read_articles(name, reader, seen)
        else:
            yield read_page(name, reader, media_type)
    finally:
        reader.detach()  # the stream is the caller's to close


def read_page(name: str, stream: IO[bytes], media_type: str | None) -> Page | InputError:
    """The page of a stream, of which at most MAX_BYTES + 1 are read."""
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        return InputError(name, f"larger than {MAX_BYTES // 1_000_000} MB", "give a smaller page")
    if not content.strip():
        return InputError(name, "empty", "give a page with text")
    return Page(name, content, media_type)
