"""Event reports that we annotated in the corpora's own articles, kept apart from the texts.

    python -m training.annotated --data ../shared/data MORE.jsonl …

adds articles annotated as ``docs/annotation.md`` describes to ``annotations.jsonl``: places in a
text and its digest, no words. A text is found again in the corpora's train parts by its digest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.errors import InputError
from dateline.ontology import COUNTS, FILLERS
from training import corpora
from training.corpora import Json

FILE = Path(__file__).with_name("annotations.jsonl")


def articles(data: Path, file: Path = FILE) -> Iterator[Json]:
    """The annotated articles with their texts, in the record's format.

    Raises:
        InputError: the corpora hold no text of some digest.
    """
    texts = {digest(text): text for text in corpora.whole_texts(data)}
    for line in corpora.read_lines(file):
        if line["digest"] not in texts:
            raise InputError(f"{file.name}: {line['id']}", f"no such text in {data}", "get the corpora anew")
        yield joined(line, texts[line["digest"]])


def joined(line: Json, text: str) -> Json:
    """A line of the file with the words it points at."""

    def words(place: list[int]) -> Json:
        start, end, *value = place
        found = {"start": start, "end": end, "text": text[start:end]}
        return found | {"value": value[0]} if value else found

    events = []
    for number, (kind, mode, status, trigger, roles, incident, answers) in enumerate(line["events"], 1):
        filled = {role: [words(place) for place in roles.get(role, ())] for role in (*FILLERS, *COUNTS)}
        told = {"id": f"e{number}", "type": kind, "mode": mode, "status": status, "trigger": words(trigger)}
        events.append(told | filled | {"incident": incident, "answers": answers})
    return {"id": line["id"], "corpus": line["corpus"], "text": text, "events": events}


def apart(article: Json) -> Json:
    """An annotated article as a line of the file, without its words."""

    def place(found: Json) -> list[int | None]:
        return [found["start"], found["end"], *([found["value"]] if "value" in found else [])]

    events = []
    for event in article["events"]:
        roles = {role: [place(f) for f in event[role]] for role in (*FILLERS, *COUNTS) if event.get(role)}
        kind, mode, status = event["type"], event["mode"], event["status"]
        events.append(
            [kind, mode, status, place(event["trigger"]), roles, event["incident"], event["answers"]]
        )
    named = {"id": article["id"], "corpus": article["corpus"], "digest": digest(article["text"])}
    return named | {"events": events}


def digest(text: str) -> str:
    """What tells a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def add(annotated: Iterable[Json], data: Path, file: Path = FILE) -> int:
    """Put articles into the file, in place of what it says of the same texts; returns how many it holds.

    Raises:
        InputError: an article is not of the corpora.
    """
    lines = {line["digest"]: line for line in corpora.read_lines(file)} if file.exists() else {}
    lines |= {line["digest"]: line for line in map(apart, annotated)}
    known = {digest(text) for text in corpora.whole_texts(data)}
    if strange := [line["id"] for line in lines.values() if line["digest"] not in known]:
        raise InputError(
            ", ".join(strange), f"no such text in {data}", "give training.train own articles as --articles"
        )
    ordered = sorted(lines.values(), key=lambda line: (line["corpus"], line["id"]))
    told = [json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in ordered]
    file.write_text("".join(told), encoding="utf-8")
    return len(ordered)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("files", type=Path, nargs="+", metavar="MORE.jsonl")
    given = parser.parse_args()
    more = [article for path in given.files for article in corpora.read_lines(path)]
    print(f"{add(more, given.data)} articles in {FILE.name}")


if __name__ == "__main__":
    main()
