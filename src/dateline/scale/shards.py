"""Inputs in shards: cut, named by what goes into them, and read in a process that may die.

A shard's id is a digest of its inputs, of what was asked, and of the model and code that read it; so the
same inputs are never read twice, and other code never passes for this one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from dateline.batch import Start, outcome
from dateline.errors import InputError
from dateline.pipeline import Item, Options, Read
from dateline.show import jsonl
from dateline.show.jsonl import Printed
from dateline.types import Article, Page

MAX_BYTES = 8_000_000
"""Bytes of pages in a shard; one page alone may be more. Dask complains of much more."""
READS = ("types.py", "ontology.py", "pipeline.py", "extract", "read", "resolve", "link", "model", "show")
"""What of the package makes a reading what it is."""
LIBRARIES = ("lxml", "numpy", "onnxruntime", "py3langid", "sentencex", "tokenizers", "trafilatura")
"""And what besides."""

Line = bytes | InputError
"""What becomes of an input: a line as of ``read --jsonl``, or why there is none."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Inputs that are read together, the ``number``-th from 0 of their batch."""

    number: int
    items: tuple[Item | InputError, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """All of a shard, or one item of it, ``first`` being the place of the first; picklable."""

    shard: int
    first: int
    items: tuple[Item | InputError, ...]
    deaths: int = 0

    def singly(self) -> Iterator[Share]:
        """Each item by itself."""
        for place, item in enumerate(self.items, self.first):
            yield Share(self.shard, place, (item,))

    def again(self) -> Share:
        """The same, once more."""
        return replace(self, deaths=self.deaths + 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """A line for each item of a share, and the digest of the code that read them."""

    lines: tuple[Line, ...]
    code: str


def cut(items: Iterable[Item | InputError], size: int) -> Iterator[Shard]:
    """Shards of at most ``size`` items and about ``MAX_BYTES`` in the order of the items."""
    held: list[Item | InputError] = []
    number = weight = 0
    for item in items:
        if held and (len(held) == size or weight + weight_of(item) > MAX_BYTES):
            yield Shard(number, tuple(held))
            held, weight, number = [], 0, number + 1
        held.append(item)
        weight += weight_of(item)
    if held:
        yield Shard(number, tuple(held))


def weight_of(item: Item | InputError) -> int:
    """About how many bytes an item has."""
    if isinstance(item, Page):
        return len(item.content)
    return 0 if isinstance(item, InputError) else len(text_of(item))


def text_of(item: Item) -> str:
    """The text of what is no page."""
    assert not isinstance(item, Page)
    return item.text if isinstance(item, Article) else item.article.text


def identity(shard: Shard, asked: str, code: str) -> str:
    """The id of a shard, 32 hexadecimal digits; its number does not go in."""
    return digest(asked, code, *(part for item in shard.items for part in parts(item)))


def parts(item: Item | InputError) -> tuple[bytes | str, ...]:
    """What tells an input from others. When it was fetched is not of it."""
    if isinstance(item, Page):
        return "page", item.address, item.media_type or "", item.content
    if isinstance(item, Printed):
        return "printed", item.line
    return type(item).__name__, repr(item)


def digest(*given: str | bytes) -> str:
    """128 bits of SHA-256 over parts, each behind its length."""
    sha = hashlib.sha256()
    for part in given:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        sha.update(b"%d:" % len(data) + data)
    return sha.hexdigest()[:32]


def asked_of(options: Options) -> str:
    """The digest of what the user asks for, tables by their content. Threads change no reading."""
    tables = [path.read_bytes() for path in (*options.places, *options.tables)]
    plain = options.published, options.any_language, options.min_confidence
    return digest(repr(plain), *tables)


@cache
def code_digest() -> str:
    """The digest of the model, the code and the libraries that make a reading what it is."""
    package = Path(__file__).parents[1]
    files = sorted(
        path
        for name in READS
        for path in [package / name, *(package / name).rglob("*")]
        if path.is_file() and "__pycache__" not in path.parts
    )
    hashed = [
        f"{path.relative_to(package).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in files
    ]
    return digest(*hashed, *(f"{name} {version(name)}" for name in LIBRARIES))


@contextmanager
def answering(start: Start) -> Iterator[Callable[[Share], Answer]]:
    """What answers shares in a process; the reader is opened once."""
    with start() as read:
        yield partial(answer, read)


def answer(read: Read, share: Share) -> Answer:
    """A share's items read, one after another."""
    return Answer(tuple(line(outcome(read, item)) for item in share.items), code_digest())


def line(read: object) -> Line:
    """An outcome as it is kept."""
    return read if isinstance(read, InputError) else jsonl.line(read).encode()  # type: ignore[arg-type]
