"""JSON lines ``{"id", "text", "title"?, "published"?, "url"?}`` as articles, text exactly as it stands.

A line that ``read --jsonl`` printed holds a reading, which is decoded by whoever needs it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from dateline.errors import InputError
from dateline.show import jsonl
from dateline.show.jsonl import Printed
from dateline.types import Article, Range

MAX_LINE_BYTES = 20_000_000
REMEDY = 'a line is a JSON object {"id", "text", "title"?, "published"?, "url"?}'
FIELDS = ("id", "text", "title", "published", "url")


Line = Article | Printed | InputError


def read_articles(name: str, stream: IO[bytes], seen: dict[str, str]) -> Iterator[Line]:
    """What each line holds, or the error at ``name:line``; blank lines are passed over.

    ``seen`` holds where each id was first met, and is added to.
    """
    empty = True
    for where, line in numbered(name, stream):
        if isinstance(line, InputError):
            yield line
        elif line.strip():
            yield once(where, parse(where, line), seen)
        else:
            continue
        empty = False
    if empty:
        yield InputError(name, "empty", REMEDY)


def numbered(name: str, stream: IO[bytes]) -> Iterator[tuple[str, bytes | InputError]]:
    """Lines with their places; of a line over MAX_LINE_BYTES only the error, the rest is skipped."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_LINE_BYTES)
            yield where, InputError(where, f"longer than {MAX_LINE_BYTES // 1_000_000} MB", "split the text")
        else:
            yield where, line


def once(where: str, item: Line, seen: dict[str, str]) -> Line:
    """The item, or an error when it is an article whose id an earlier line had."""
    if not isinstance(item, Article):
        return item
    if item.id in seen:
        return InputError(
            where, f"id {item.id!r} was already at {seen[item.id]}", "give each article its own id"
        )
    seen[item.id] = where
    return item


def parse(where: str, line: bytes) -> Line:
    """One line's article or reading, or what is wrong with it."""
    try:
        text = line.decode("utf-8-sig")
        record = json.loads(text)
    except UnicodeDecodeError:
        return InputError(where, "not UTF-8", REMEDY)
    except (ValueError, RecursionError) as error:
        return InputError(where, f"not JSON ({str(error).splitlines()[0]})", REMEDY)
    if isinstance(record, dict) and str(record.get("schema")).startswith("dateline.reading/"):
        return printed_at(where, text, record)
    fault = fault_of(record)
    return InputError(where, fault, REMEDY) if fault else article_of(record)


def printed_at(where: str, line: str, record: dict[str, Any]) -> Printed | InputError:
    """A line that ``read --jsonl`` printed, which is this object, or why it cannot be taken."""
    try:
        return jsonl.printed(where, line, record)
    except InputError as error:
        return error


def fault_of(record: Any) -> str | None:
    """What keeps a JSON value from being an article, in words."""
    if not isinstance(record, dict):
        return "not a JSON object"
    for key in FIELDS:
        value = record.get(key)
        required = key in ("id", "text")
        if value is None and not required:
            continue
        if not isinstance(value, str) or (required and not value.strip()):
            return (
                f"{key!r} is missing or empty" if value in (None, "") else f"{key!r} is not text with words"
            )
        if not is_unicode(value):
            return f"{key!r} has half of a surrogate pair"
    if record.get("published") and not is_time(record["published"]):
        return f"'published' is {record['published']!r}, not an ISO 8601 date"
    return None


def is_unicode(text: str) -> bool:
    """Whether a text can be written out: JSON's escapes may hold lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_time(value: str) -> bool:
    """Whether a value is an ISO 8601 date or date-time in the extended form (with hyphens)."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return re.match(r"\d{4}-\d\d-\d\d", value) is not None


def article_of(record: dict[str, Any]) -> Article:
    """The article of a sound record: all of its text is body."""
    text, title, published = record["text"], record.get("title") or None, record.get("published") or None
    return Article(
        id=record["id"],
        text=text,
        url=record.get("url") or None,
        title=title,
        published=published,
        published_from="input" if published else None,
        headline=headline(text, title),
        body=((0, len(text)),),
    )


def headline(text: str, title: str | None) -> Range | None:
    """The title's range when the text starts with it."""
    return (0, len(title)) if title and title.strip() and text.startswith(title) else None
