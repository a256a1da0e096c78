"""SOURCES.toml: what is followed, how often, and how politely.

The file is the user's: it is read whole and checked, and changed only by a line in the right place.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import InputError
from dateline.ingest.listings import KINDS, Kind
from dateline.ingest.politeness import Manners

T = TypeVar("T", str, int, float, bool)

SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
SECONDS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
EVERY = 1_800.0
"""Seconds between two looks at a source, when nothing else is said."""
SHORTEST = 60.0
"""Seconds between two looks at a source, at the least."""
HEADER = re.compile(r"\s*\[\[\s*source\s*\]\]\s*(#.*)?$")
TABLE = re.compile(r"\s*\[")


@dataclass(frozen=True, slots=True)
class Source:
    """A list that is followed.

    ``address`` is on the web, or, of a list, a file's path. ``kind`` is null to find out. ``every``
    seconds it is looked at. Of what is new at a look, the ``newest`` so many pages are read, and none
    that the source says is older than ``since`` seconds; only pages whose address fits ``only`` and does
    not fit ``skip``. With ``revisit``, a page is read again when the source says that it has changed.
    """

    name: str
    address: str
    kind: Kind | None = None
    every: float = EVERY
    paused: bool = False
    newest: int = 200
    since: float = 604_800.0
    only: str | None = None
    skip: str | None = None
    revisit: bool = False

    def wants(self, address: str) -> bool:
        """Whether a page of an address is to be read."""
        if self.only is not None and not re.search(self.only, address):
            return False
        return self.skip is None or not re.search(self.skip, address)


@dataclass(frozen=True, slots=True)
class Sources:
    """What a SOURCES.toml says. ``contact`` is an address of the web or of mail, told to every server."""

    path: Path
    sources: tuple[Source, ...] = ()
    contact: str | None = None
    manners: Manners = field(default_factory=Manners)

    def named(self, name: str) -> Source:
        """The source of a name or an address. Raises ``InputError`` when there is none."""
        for source in self.sources:
            if name in (source.name, source.address):
                return source
        known = ", ".join(repr(source.name) for source in self.sources) or "none"
        raise InputError(str(self.path), f"has no source {name!r}", f"it has {known}")


WATCH_KEYS = ("contact", "every", "newest", "since", "revisit", "factor", "least", "most")
SOURCE_KEYS = tuple(each.name for each in fields(Source))


def read_sources(path: Path) -> Sources:
    """The sources of a file. Raises ``InputError`` for what is wrong in it, with the place."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "not UTF-8"
        raise InputError(
            str(path), f"cannot be read ({reason})", "make it with: dateline sources add"
        ) from None
    return parse_sources(path, text)


def parse_sources(path: Path, text: str) -> Sources:
    """The sources of a text; ``path`` is what errors call it."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(str(path), f"not TOML ({error})", "correct it there") from None
    _known(path, told, ("watch", "source"), "")
    watch, tables = told.get("watch", {}), told.get("source", [])
    if not isinstance(watch, dict) or not isinstance(tables, list):
        raise InputError(
            str(path), "holds other tables", "write [watch] once, and [[source]] for each source"
        )
    _known(path, watch, WATCH_KEYS, "[watch]: ")
    usual = {key: watch[key] for key in ("every", "newest", "since", "revisit") if key in watch}
    sources = tuple(
        _source(path, f"[[source]] {number}: ", table, usual) for number, table in enumerate(tables, 1)
    )
    _once(path, sources)
    contact = _typed(path, "[watch]: ", watch, "contact", str)
    return Sources(path, sources, contact or None, _manners(path, watch))


def duration(value: str | float) -> float | None:
    """Seconds of "90s", "15m", "2h", "1d" or a number of seconds, null for what is none of these."""
    if isinstance(value, str):
        found = SPAN.fullmatch(value.strip())
        return float(found[1]) * SECONDS[found[2]] if found else None
    return float(value) if value >= 0 else None


def _source(path: Path, where: str, table: Any, usually: dict[str, Any]) -> Source:
    if not isinstance(table, dict):
        raise InputError(str(path), f"{where}no table", "write its keys below [[source]]")
    table = usually | table
    _known(path, table, SOURCE_KEYS, where)
    address = _typed(path, where, table, "address", str)
    if not address:
        raise InputError(str(path), f"{where}has no address", 'write address = "https://…"')
    usual = Source(_typed(path, where, table, "name", str) or address, address)
    source = replace(
        usual,
        kind=_kind(path, where, table),
        every=_seconds(path, where, table, "every", usual.every),
        paused=_typed(path, where, table, "paused", bool) or False,
        newest=_typed(path, where, table, "newest", int) or usual.newest,
        since=_seconds(path, where, table, "since", usual.since),
        only=_pattern(path, where, table, "only"),
        skip=_pattern(path, where, table, "skip"),
        revisit=_typed(path, where, table, "revisit", bool) or False,
    )
    if source.every < SHORTEST:
        raise InputError(str(path), f"{where}every is under {SHORTEST:g} s", "ask less often")
    if not _on_web(address) and source.kind != "list":
        raise InputError(str(path), f"{where}{address!r} is not on the web", 'a file has kind = "list"')
    return source


def _manners(path: Path, watch: Mapping[str, Any]) -> Manners:
    usual = Manners()
    factor = _typed(path, "[watch]: ", watch, "factor", float)
    if factor is not None and factor < 1:
        raise InputError(str(path), "[watch]: factor is under 1", "wait at least as long as a request took")
    return Manners(
        usual.factor if factor is None else factor,
        _seconds(path, "[watch]: ", watch, "least", usual.least),
        _seconds(path, "[watch]: ", watch, "most", usual.most),
    )


def _known(path: Path, table: Mapping[str, Any], keys: Sequence[str], where: str) -> None:
    for key in table:
        if key not in keys:
            raise InputError(str(path), f"{where}unknown key {key!r}", f"the keys are {', '.join(keys)}")


def _once(path: Path, sources: Sequence[Source]) -> None:
    for key in ("name", "address"):
        seen: set[str] = set()
        for value in (getattr(source, key) for source in sources):
            if value in seen:
                raise InputError(str(path), f"has two sources of the {key} {value!r}", "leave one out")
            seen.add(value)


def _typed(path: Path, where: str, table: Mapping[str, Any], key: str, kind: type[T]) -> T | None:
    value = table.get(key)
    if value is None:
        return None
    fits = type(value) is kind or (kind is float and type(value) is int)
    if not fits or (kind is int and value < 1):
        raise InputError(str(path), f"{where}{key} is {value!r}", f"give {KIND_WORDS[kind]}")
    return kind(value)


KIND_WORDS: dict[type, str] = {
    str: "text in quotation marks",
    int: "a whole number from 1",
    float: "a number",
    bool: "true or false",
}


def _seconds(path: Path, where: str, table: Mapping[str, Any], key: str, usual: float) -> float:
    value = table.get(key, usual)
    seconds = (
        duration(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    )
    if seconds is None:
        raise InputError(str(path), f"{where}{key} is {value!r}", 'write it as "90s", "15m", "2h" or "1d"')
    return seconds


def _pattern(path: Path, where: str, table: Mapping[str, Any], key: str) -> str | None:
    value = _typed(path, where, table, key, str)
    try:
        re.compile(value or "")
    except re.error as error:
        raise InputError(str(path), f"{where}{key} is no pattern ({error})", "correct it") from None
    return value


def _kind(path: Path, where: str, table: Mapping[str, Any]) -> Kind | None:
    value = table.get("kind")
    if value is not None and value not in KINDS:
        raise InputError(str(path), f"{where}kind is {value!r}", f"choose one of {', '.join(KINDS)}")
    return value


def _on_web(address: str) -> bool:
    return address.startswith(("http://", "https://"))


def with_source(text: str, source: Source) -> str:
    """The file's text with a source added at its end."""
    lines = ["[[source]]", f"name = {quoted(source.name)}", f"address = {quoted(source.address)}"]
    if source.kind:
        lines.append(f"kind = {quoted(source.kind)}")
    if source.every != EVERY:
        lines.append(f"every = {quoted(f'{source.every:g}s')}")
    return text.rstrip("\n") + ("\n\n" if text.strip() else "") + "\n".join(lines) + "\n"


def with_paused(path: Path, text: str, source: Source, paused: bool) -> str:
    """The file's text with a source paused, or no longer so; all else stays as it stands.

    Raises ``InputError`` where the file is laid out in a way that keeps the place from being found.
    """
    before = parse_sources(path, text)
    number = before.sources.index(source)
    wanted = tuple(replace(s, paused=paused) if s == source else s for s in before.sources)
    changed = _in_block(text.splitlines(), number, paused)
    try:
        found = parse_sources(path, changed).sources == wanted
    except InputError:
        found = False
    if not found:
        reason = f"is laid out so that {source.name!r} cannot be found"
        raise InputError(str(path), reason, f"write paused = {str(paused).lower()} there yourself")
    return changed


def _in_block(lines: Sequence[str], number: int, paused: bool) -> str:
    """The lines with the source of a number (from 0) paused or not."""
    starts = [i for i, line in enumerate(lines) if HEADER.match(line)]
    if number >= len(starts):
        return "\n".join(lines) + "\n"
    start = starts[number] + 1
    end = next((i for i in range(start, len(lines)) if TABLE.match(lines[i])), len(lines))
    block = [line for line in lines[start:end] if not re.match(r"\s*paused\s*=", line)]
    told = ["paused = true"] if paused else []
    return "\n".join([*lines[:start], *told, *block, *lines[end:]]) + "\n"


def quoted(text: str) -> str:
    """A text as TOML writes it; JSON's escapes are among TOML's, but for those of surrogates."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
