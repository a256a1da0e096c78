"""Invented articles, readings and log entries for the tests of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dateline.record.claims import cited, claimed
from dateline.record.ids import article_id, reading_id
from dateline.show import jsonl
from dateline.types import (
    Article,
    Attribution,
    Claim,
    Count,
    Decision,
    Entry,
    EventReport,
    Filler,
    Reading,
    Span,
)

WIRE = "https://wire.example/post"
COURIER = "https://courier.example/post"
TEXT = (
    "Gunmen killed six guards at the Merovar post on Tuesday, the ministry said. "
    "The Highland Front denied the attack. The army shelled Ostrel in retaliation."
)


def article(address: str = WIRE, text: str = TEXT, **facts: Any) -> Article:
    facts = {"publisher": "Kestrel Wire", "published": "2024-03-12T10:00:00+00:00"} | facts
    return Article(id=address, text=text, url=address, body=((0, len(text)),), **facts)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def filler(text: str, words: str) -> Filler:
    found = span(text, words)
    return Filler(found.start, found.end, found.text, 0.9)


def count(text: str, words: str, low: int | None, high: int | None) -> Count:
    found = span(text, words)
    return Count(found.start, found.end, found.text, 0.9, value=low, low=low, high=high)


def report(text: str, trigger: str, happening: str = "A", type: str = "ASSAULT", **more: Any) -> EventReport:
    status, mode = more.pop("status", "actual"), more.pop("mode", "")
    return EventReport("e", span(text, trigger), type, mode, status, 0.9, happening, **more)


def sentences(text: str) -> tuple[tuple[int, int], ...]:
    found, start = [], 0
    for part in text.split(". "):
        found.append((start, min(len(text), start + len(part) + 1)))
        start += len(part) + 2
    return tuple(found)


def read(
    told: Article, events: Iterable[EventReport], attributions: Sequence[Attribution] = (), model: str = "m1"
) -> Reading:
    """A reading whose events are named e1, e2, … in their order."""
    named = tuple(replace(event, id=f"e{n}") for n, event in enumerate(events, 1))
    return Reading(told, model, sentences(told.text), tuple(attributions), named)


def first_reading(address: str = WIRE, model: str = "m1", **facts: Any) -> Reading:
    """Six killed, denied by the Front, answered by the army's shelling of Ostrel."""
    said = Attribution("a1", (span(TEXT, "the ministry"),), (span(TEXT, "said"),), (), "indirect", 0.9)
    events = (
        report(TEXT, "killed", killed=(count(TEXT, "six", 6, 6),), attributions=("a1",)),
        report(TEXT, "attack", status="negated", source=(filler(TEXT, "The Highland Front"),)),
        report(TEXT, "shelled", "B", answers=("A",), place=(filler(TEXT, "Ostrel"),)),
    )
    return read(article(address, **facts), events, (said,), model)


def claims(reading: Reading) -> tuple[Claim, ...]:
    identity = article_id(reading.article)
    return claimed(reading, reading_id(identity, jsonl.line(reading)))


def log(*appended: Reading | Decision | Sequence[Decision]) -> list[Entry]:
    """One entry for each reading, and for each decision or list of decisions."""
    entries: list[Entry] = []
    for number, item in enumerate(appended, 1):
        recorded = f"2024-04-01T00:{number:02}:00+00:00"
        if isinstance(item, Reading):
            told = claims(item)
            identity = reading_id(article_id(item.article), jsonl.line(item))
            entries.append(Entry(number, recorded, cited(item.article), identity, item.model, told))
        else:
            decisions = (item,) if isinstance(item, Decision) else tuple(item)
            entries.append(Entry(number, recorded, decisions=decisions))
    return entries


def tie(one: Claim, other: Claim, kind: Any = "same", by: str = "linker", **more: Any) -> Decision:
    return Decision(kind, by, (one.id,), (other.id,), **more)
