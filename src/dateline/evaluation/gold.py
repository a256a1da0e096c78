"""Reads gold and writes predictions: JSON lines with ``id``, ``text`` and spans of half-open offsets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import GoldError
from dateline.types import Article, Span

Record = dict[str, Any]
T = TypeVar("T")


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex: the name by which floors and reports know a corpus."""
    with faults(path.as_posix(), "give the path of a gold file"):
        return hashlib.sha256(path.read_bytes()).hexdigest()


def load(path: Path, parse: Callable[[Record], T], remedy: str) -> dict[str, T]:
    """Every line parsed, by ``id``, in the file's order; raises GoldError at the first bad line."""
    with faults(path.as_posix(), "give the path of a gold file"):
        lines = path.read_bytes().split(b"\n")
    loaded: dict[str, T] = {}
    for number, line in enumerate(lines, 1):
        if line.strip():
            with faults(f"{path}:{number}", remedy):
                record = json.loads(line)
                identity = identified(record)
                if identity in loaded:
                    raise ValueError(f"id {identity!r} stands twice")
                loaded[identity] = parse(record)
    return loaded


def identified(record: Any) -> str:
    """The record's id; raises ValueError if it is no object or has none."""
    if not isinstance(record, dict):
        raise ValueError("is no JSON object")
    if not isinstance(record["id"], str):
        raise ValueError(f"id {record['id']!r} is no string")
    return record["id"]


@contextmanager
def faults(name: str, remedy: str) -> Iterator[None]:
    """Turns whatever is wrong with a record into a GoldError that names file and line."""
    try:
        yield
    except OSError as fault:
        raise GoldError(f"{name}: {(fault.strerror or 'cannot be read').lower()}; {remedy}") from fault
    except KeyError as fault:
        raise GoldError(f"{name}: {fault.args[0]!r} is missing; {remedy}") from fault
    except (TypeError, ValueError, AttributeError) as fault:
        raise GoldError(f"{name}: {fault}; {remedy}") from fault


def save(path: Path, records: Iterable[Record]) -> None:
    """One record a line, as the scorers read them."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8", newline="")


def article(record: Record) -> Article:
    """A record's text as an article: taken exactly as it stands, all of it body."""
    text, published = record["text"], record.get("published") or None
    if not isinstance(text, str):
        raise ValueError(f"text is a {type(text).__name__}, no string")
    return Article(
        id=record["id"],
        text=text,
        title=record.get("title") or None,
        published=published,
        published_from="input" if published else None,
        body=((0, len(text)),),
    )


def span(article: Article, start: int, end: int) -> Span:
    """The words between two offsets; raises ValueError if they are not inside the text."""
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"span {start}-{end} is not inside the text of {len(article.text)} characters")
    return article.span(start, end)
