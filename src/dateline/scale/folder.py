"""A folder of finished shards: for each its lines, compressed, and a manifest that says it is whole.

Both are written to a file beside, synced and put in place by their names, the manifest last. So whatever
happens, a shard with a manifest is whole, and one without is read again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dateline.errors import BatchError, InputError, SkippedInput
from dateline.scale.shards import Line

SCHEMA = "dateline.shard/1"
LINES = ".jsonl.gz"
MANIFEST = ".json"


@dataclass(frozen=True, slots=True)
class Fault:
    """An input of a shard that was not read: its place among the items, from 0, and what was told of it."""

    place: int
    name: str
    reason: str
    remedy: str
    skipped: bool

    def error(self) -> InputError:
        """What was told."""
        return (SkippedInput if self.skipped else InputError)(self.name, self.reason, self.remedy)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What there is to know of a finished shard.

    ``shard`` is its id, ``content`` the SHA-256 of its lines, ``items`` how many inputs it has, ``code``
    the digest of what read it.
    """

    shard: str
    content: str
    items: int
    code: str
    faults: tuple[Fault, ...] = ()
    schema: str = SCHEMA

    @property
    def counts(self) -> Counter[str]:
        """How many inputs were read, skipped, and failed."""
        skipped = sum(fault.skipped for fault in self.faults)
        failed = len(self.faults) - skipped
        return Counter(read=self.items - len(self.faults), skipped=skipped, failed=failed)


class Folder:
    """Finished shards by their ids. Several processes may write to one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BatchError(f"{path}: is no folder ({error.strerror}); name another by --out") from error

    def finished(self, shard: str) -> Manifest | None:
        """The manifest of a shard that is whole, null when it is to be read."""
        try:
            told = json.loads((self.path / (shard + MANIFEST)).read_bytes())
            faults = tuple(Fault(**fault) for fault in told.pop("faults"))
            manifest = Manifest(**told, faults=faults)
            whole = manifest.content == content_of(self.lines(shard))
        except (OSError, EOFError, ValueError, TypeError, KeyError):
            return None
        return manifest if whole and manifest.schema == SCHEMA else None

    def keep(self, shard: str, lines: Sequence[Line], code: str) -> Manifest:
        """Write a shard. Raises ``BatchError`` when that cannot be."""
        read = [line for line in lines if isinstance(line, bytes)]
        faults = tuple(
            Fault(place, line.name, line.reason, line.remedy, isinstance(line, SkippedInput))
            for place, line in enumerate(lines)
            if isinstance(line, InputError)
        )
        manifest = Manifest(shard, content_of(read), len(lines), code, faults)
        told = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        try:
            self._put(shard + LINES, gzip.compress(b"".join(read), 6, mtime=0))
            self._put(shard + MANIFEST, f"{told}\n".encode("utf-8", "surrogatepass"))
        except OSError as error:
            reason = f"cannot be written to ({error.strerror})"
            raise BatchError(f"{self.path}: {reason}; make room and run the command again") from error
        return manifest

    def lines(self, shard: str) -> Iterator[bytes]:
        """The lines of a shard."""
        with gzip.open(self.path / (shard + LINES)) as file:
            yield from file

    def others(self, shards: Iterable[str]) -> int:
        """How many finished shards lie here that are none of these."""
        there = {path.name.removesuffix(MANIFEST) for path in self.path.glob(f"*{MANIFEST}")}
        return len(there - set(shards))

    def _put(self, name: str, data: bytes) -> None:
        """A file that is there whole or not at all."""
        part = self.path / f".{name}.{os.getpid()}"
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path / name)
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def content_of(lines: Iterable[bytes]) -> str:
    """The SHA-256 of lines."""
    sha = hashlib.sha256()
    for line in lines:
        sha.update(line)
    return sha.hexdigest()


def digest_of(folder: Folder, shards: Iterable[str]) -> str:
    """The SHA-256 of the lines of shards in their order, however they are cut."""
    return content_of(line for shard in shards for line in folder.lines(shard))
