"""The words in which a reading is told, the same on the terminal and on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.ontology import COUNTS, PENTA, root
from dateline.types import Article, Attribution, Count, EventReport, Reading, Span

ASKED = {
    "actor": "who",
    "recipient": "to whom",
    "place": "where",
    "date": "when",
    "weapon": "with what",
    "toll": "toll",
    "source": "according to",
    "answers": "in answer to",
}
"""What each field of an event report answers, in the order of telling."""

TENOR = {1: "words of accord", 2: "acts of accord", 3: "words of conflict", 4: "acts of conflict"}
"""PLOVER's four classes of types, in plain words."""

# C0, C1 and the embeddings, overrides and isolates that would reorder what stands around them.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_SECONDS = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """An event report in words: its number in the article and a phrase for each field it has.

    ``fields`` maps the keys of ``ASKED`` to phrases, empty ones left out; ``same`` are the numbers
    of the other reports of its happening, ``answers`` those of the first report of each answered.
    """

    number: int
    event: EventReport
    fields: dict[str, tuple[str, ...]]
    same: tuple[int, ...]
    answers: tuple[int, ...]


def rows(reading: Reading) -> list[Row]:
    """The event reports in text order, numbered from 1."""
    numbers: dict[str, list[int]] = {}
    for number, event in enumerate(reading.events, 1):
        numbers.setdefault(event.happening, []).append(number)
    told = []
    for number, event in enumerate(reading.events, 1):
        same = tuple(other for other in numbers[event.happening] if other != number)
        answers = tuple(numbers[label][0] for label in event.answers if label in numbers)
        fields = {key: found for key, found in _fields(event, reading, answers) if found}
        told.append(Row(number, event, fields, same, answers))
    return told


def happenings(told: Iterable[Row]) -> list[list[Row]]:
    """The rows grouped by happening, in the order of their first mention."""
    groups: dict[str, list[Row]] = {}
    for row in told:
        groups.setdefault(row.event.happening, []).append(row)
    return list(groups.values())


def _fields(
    event: EventReport, reading: Reading, answers: tuple[int, ...]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    for role in ("actor", "recipient", "place", "date", "weapon"):
        yield role, phrases(getattr(event, role))
    yield "toll", tuple(toll(count, role) for role in COUNTS for count in getattr(event, role))
    yield "source", sources(event, reading.attributions)
    yield "answers", tuple(f"#{n} {words(reading.events[n - 1].trigger.text)}" for n in answers)


def phrases(spans: Iterable[Span]) -> tuple[str, ...]:
    """The words of spans, each phrase once."""
    return tuple(dict.fromkeys(words(span.text) for span in spans))


def sources(event: EventReport, attributions: Iterable[Attribution]) -> tuple[str, ...]:
    """Who says so: the report's own source, else those of its attributions, innermost first."""
    if event.source:
        return phrases(event.source)
    said = {attribution.id: attribution.source for attribution in attributions}
    return phrases(span for name in event.attributions for span in said.get(name, ()))


def toll(count: Count, role: str) -> str:
    """A toll with its value, where the words do not spell it: "four (4) killed"."""
    told = words(count.text)
    spelt = count.value is None or str(count.value) in re.findall(r"\d+", told.replace(",", ""))
    value = "" if spelt else f" ({count.value})"
    return f"{told}{value} {role}"


def kind(event: EventReport) -> str:
    """The type and, when there is one, the mode: "ASSAULT aerial"."""
    return f"{event.type} {event.mode}".strip()


def tenor(event: EventReport) -> int:
    """The PLOVER class of a report's type, a key of ``TENOR``."""
    return PENTA[root(event.type)]


def words(text: str) -> str:
    """Text on one line, its control characters made visible and harmless."""
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """Text with its control characters as pictures (␛) or the replacement character."""
    return _CONTROLS.sub(lambda found: _picture(ord(found[0])), text)


def _picture(code: int) -> str:
    return "␡" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else "\ufffd"


def shortened(text: str, most: int = 160) -> str:
    """Words cut in the middle, at spaces, to about ``most`` characters."""
    if len(text) <= most:
        return text
    head = text[: most * 2 // 3].rsplit(" ", 1)[0]
    tail = text[-(most // 3) :].split(" ", 1)[-1]
    return f"{head} … {tail}"


def attributed(attribution: Attribution) -> tuple[str, str, str]:
    """Source, cue and content of an attribution, each on one line."""
    parts = (attribution.source, attribution.cue, attribution.content)
    source, cue, content = (" … ".join(words(span.text) for span in part) for part in parts)
    return source, cue, content


def title(article: Article) -> str:
    """The headline's words, else the title, else the id."""
    headline = article.headline
    return words(article.text[slice(*headline)] if headline else article.title or article.id)


def published(article: Article) -> str:
    """When the article was published, to the minute, as the publisher has it."""
    if article.published is None:
        return "publication time unknown"
    return _SECONDS.sub(r"\1 \2", words(article.published))


def credits(article: Article) -> tuple[str, ...]:
    """Publisher, byline, time of publication and the field that says so, language."""
    publisher = words(article.publisher or "publisher unknown")
    byline = [re.sub("^(by )?", "by ", words(article.byline), flags=re.I)] if article.byline else []
    language = [words(article.language)] if article.language else []
    origin = f" (from {words(article.published_from)})" if article.published_from else ""
    return (publisher, *byline, published(article) + origin, *language)


def furniture(article: Article) -> str:
    """What was set apart: "5 lines set apart: subscribe, comment (2)"; empty when nothing was."""
    kinds = Counter(line.kind for line in article.furniture)
    total = len(article.furniture)
    told = ", ".join(name if number == 1 else f"{name} ({number})" for name, number in kinds.items())
    return f"{counted(total, 'line')} set apart: {told}" if total else ""


def counted(number: int, noun: str) -> str:
    """A number and its noun: "1 line", "2 lines"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
