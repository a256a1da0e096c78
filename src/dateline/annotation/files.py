"""Files of annotated articles: JSON objects one after another, laid out as a person likes.

JSON lines are one such layout. ``laid_out`` gives one to write into, a line for each sentence and report.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.annotation.notation import aligned
from dateline.annotation.words import Mistake, Record
from dateline.evaluation.gold import faults

_NEXT = re.compile(r"^\s*(?=\{)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checked:
    """The articles of some files with offsets, and where each mistake stands."""

    articles: tuple[Record, ...]
    mistakes: tuple[str, ...]


def check(paths: Iterable[Path]) -> Checked:
    """All articles aligned; ids are unique among all files. Raises GoldError for a file that is not there."""
    articles: dict[str, Record] = {}
    mistakes: list[str] = []
    for path in paths:
        for line, value in objects(text_of(path)):
            article, found = _article(value, articles)
            articles.setdefault(str(article.get("id")), article)
            name = f"{path}:{line}: {article.get('id', 'an article without id')}"
            mistakes += [f"{name}: {mistake}" for mistake in found]
    return Checked(tuple(articles.values()), tuple(mistakes))


def text_of(path: Path) -> str:
    """A file's text; raises GoldError."""
    with faults(path.as_posix(), "give the path of a file of annotated articles"):
        return path.read_text(encoding="utf-8")


def _article(value: Any, before: dict[str, Record]) -> tuple[Record, list[Mistake]]:
    if isinstance(value, Mistake):
        return {}, [value]
    article, mistakes = aligned(value)
    if not isinstance(value.get("id"), str) or not value["id"]:
        mistakes.insert(0, Mistake("id", "there is none", "give the article a name of its own"))
    elif value["id"] in before:
        mistakes.insert(0, Mistake("id", "another article has it", "give each article a name of its own"))
    return article, mistakes


def objects(text: str) -> Iterator[tuple[int, Record | Mistake]]:
    """The JSON objects of a text, each with the number of its first line.

    What is none is a mistake, and reading goes on where a line opens the next object.
    """
    decoder, at = json.JSONDecoder(), 0
    while found := re.compile(r"\S").search(text, at):
        start = found.start()
        line = text.count("\n", 0, start) + 1
        try:
            value, at = decoder.raw_decode(text, start)
        except ValueError as fault:
            value, at = (
                Mistake("JSON", str(fault), "look for a comma or quotation mark amiss"),
                start,
            )
        if isinstance(value, dict | Mistake):
            yield line, value
        else:
            yield line, Mistake("JSON", "it is no object", "begin each article with {")
        if at == start:
            following = _NEXT.search(text, text.find("\n", at) + 1 or len(text))
            at = following.start() if following else len(text)


def laid_out(note: Record) -> str:
    """An annotated article as JSON to be read and written by a person."""
    parts = []
    for key, value in note.items():
        if key in ("sentences", "incidents"):
            parts.append(f"{_json(key)}: {{{_lines(f'{_json(k)}: {_json(v)}' for k, v in value.items())}}}")
        elif key == "events":
            parts.append(f"{_json(key)}: [{_lines(map(_json, value))}]")
        else:
            parts.append(f"{_json(key)}: {_json(value)}")
    return "{" + ",\n ".join(parts) + "}\n"


def _lines(items: Iterable[str]) -> str:
    return ",".join(f"\n  {item}" for item in items)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
