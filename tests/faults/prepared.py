"""Readings to add: those of the example pages, told anew under other names, days and numbers.

Words are replaced by words of the same length, so that every offset still holds.
"""

from __future__ import annotations

import json
import random
import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from dateline.ingest.files import open_inputs
from dateline.pipeline import Options, pipeline
from dateline.record.ids import article_id
from dateline.show import jsonl
from dateline.types import Reading

PAGES = Path(__file__).parents[2] / "examples" / "pages"
NAMES = [
    "Brenik", "Merovar", "Dostrea", "Halvec", "Lunova", "Tarn", "Veld", "Dolck", "Strun", "Vane", "Corrin",
    "Skell", "Ardmere", "Lothmark", "Kasseru", "Ombaria", "Ndori", "Bandiko", "Sarvic", "Orsk",
]  # fmt: skip
NUMBERS = {
    "six": 6, "ten": 10, "two": 2, "four": 4, "five": 5, "nine": 9,
    "three": 3, "seven": 7, "eight": 8, "eleven": 11, "twelve": 12, "thirty": 30,
}  # fmt: skip
REPORTS = 4
"""How many reports of an article are kept if nobody says so: these readings are to be many, and small."""
WORDS = re.compile(rf"\b({'|'.join(NAMES)})|\b({'|'.join(NUMBERS)})\b|\b(20\d\d-\d\d-\d\d)")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A line of ``dateline read --jsonl``, and what a record must hold when it has been added."""

    line: str
    article: str
    reports: int


def readings_of(inputs: Sequence[Path]) -> list[Reading]:
    """The readings of pages, or of lines that ``dateline read --jsonl`` printed of some."""
    with pipeline(Options()) as read:
        return [read(item) for item in open_inputs([*map(str, inputs)])]  # type: ignore[arg-type]


def prepared(
    readings: Sequence[Reading], count: int, seed: int = 1, reports: int = REPORTS
) -> list[Prepared]:
    """So many articles, the same for the same seed: the readings by turns, each under names of its own."""
    rng = random.Random(seed)
    bases = [_shortened(jsonl.encode(reading), reports) for reading in readings]
    return [_told(bases[number % len(bases)], number, rng) for number in range(count)]


def _shortened(record: dict[str, Any], reports: int) -> str:
    events = record["events"][:reports]
    labels = {event["incident"] for event in events}
    for event in events:
        event["answers"] = [label for label in event["answers"] if label in labels]
    named = {name for event in events for name in event["attributions"]}
    said = [each for each in record["attributions"] if each["id"] in named]
    less = {"events": events, "attributions": said, "actors": [], "places": [], "dates": []}
    return json.dumps(record | less, ensure_ascii=False)


def _told(base: str, number: int, rng: random.Random) -> Prepared:
    names = {name: _invented(len(name), rng) for name in NAMES}
    numbers = _numbers(rng)
    shift = timedelta(days=rng.randrange(300))

    def instead(found: re.Match[str]) -> str:
        name, word, day = found.groups()
        if day:
            return str(date.fromisoformat(day) + shift)
        return names[name] if name else numbers[word]

    record = json.loads(WORDS.sub(instead, base))
    record |= {"id": f"article-{number}", "url": f"https://outlet{number % 97}.example/{number}"}
    for count in _counts(record):
        count |= {key: _meant(count[key], numbers) for key in ("value", "low", "high")}
    reading = jsonl.decode(record)
    return Prepared(jsonl.line(reading), article_id(reading.article), len(reading.events))


def _invented(length: int, rng: random.Random) -> str:
    letters = (rng.choice("aeiou" if at % 2 else "bdfgklmnprstvz") for at in range(length))
    return string.capwords("".join(letters))


def _numbers(rng: random.Random) -> dict[str, str]:
    """Each number's word for one of the same length."""
    alike = {word: [other for other in NUMBERS if len(other) == len(word)] for word in NUMBERS}
    return {word: rng.choice(others) for word, others in alike.items()}


def _counts(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for event in record["events"]:
        yield from (*event["killed"], *event["injured"])


def _meant(value: int | None, numbers: dict[str, str]) -> int | None:
    word = next((word for word, number in NUMBERS.items() if number == value), None)
    return value if word is None else NUMBERS[numbers[word]]


def written(items: Sequence[Prepared], folder: Path, each: int = 100) -> list[Path]:
    """The lines in files of so many, for ``dateline add``."""
    paths = []
    for start in range(0, len(items), each):
        paths.append(folder / f"readings{start:06}.jsonl")
        paths[-1].write_text("".join(item.line for item in items[start : start + each]), encoding="utf-8")
    return paths
