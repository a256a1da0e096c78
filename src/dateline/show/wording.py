"""The words in which a reading is told, the same on the terminal and on the page."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dateline.ontology import COUNTS, PENTA, root
from dateline.types import (
    Actor,
    Article,
    Attribution,
    Count,
    DatePhrase,
    EventReport,
    Filler,
    Place,
    Reading,
    Span,
    Toponym,
    When,
)

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
REPORT_LABELS = {
    "trigger": "what",
    "actor": "who",
    "recipient": "to whom",
    "place": "where",
    "date": "when",
    "weapon": "with what",
    "killed": "killed",
    "injured": "injured",
    "source": "according to",
    "cue": "",
    "content": "said",
}
"""What each role of reports and attributions is called over its words. Of a stretch's roles the first in this
order gives it its look."""

TENOR = {1: "words of accord", 2: "acts of accord", 3: "words of conflict", 4: "acts of conflict"}
"""PLOVER's four classes of types, in plain words."""

# C0, C1 and the embeddings, overrides and isolates that would reorder what stands around them.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_SECONDS = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the article, what they stand for, and why; the last two empty where that is not known."""

    words: str
    value: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return " → ".join(filter(None, (self.words, self.value)))


@dataclass(frozen=True, slots=True)
class Row:
    """An event report in words: its number in the article and a phrase for each field it has.

    ``fields`` maps the keys of ``ASKED`` to phrases, empty ones left out; ``same`` are the numbers
    of the other reports of its happening, ``answers`` those of the first report of each answered.
    """

    number: int
    event: EventReport
    fields: dict[str, tuple[Phrase, ...]]
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
) -> Iterable[tuple[str, tuple[Phrase, ...]]]:
    for role in ("actor", "recipient", "place"):
        yield role, phrases(getattr(event, role))
    yield "date", (*phrases(event.date), *_when(event))
    yield "weapon", phrases(event.weapon)
    yield "toll", tuple(Phrase(toll(count, role)) for role in COUNTS for count in getattr(event, role))
    yield "source", sources(event, reading.attributions)
    yield "answers", tuple(Phrase(f"#{n} {words(reading.events[n - 1].trigger.text)}") for n in answers)


def _when(event: EventReport) -> tuple[Phrase, ...]:
    """When an event was, where its own words do not tell it."""
    when = event.when
    if when is None or days(when) in [
        days(date.resolved) for date in event.date if isinstance(date.resolved, When)
    ]:
        return ()
    return (Phrase("", f"{days(when)} ({when.basis})", words(when.reason)),)


def phrases(spans: Iterable[Span]) -> tuple[Phrase, ...]:
    """The words of spans with what they stand for, each phrase once."""
    return tuple(dict.fromkeys(map(_phrase, spans)))


def _phrase(span: Span) -> Phrase:
    told = words(span.text)
    resolved = span.resolved if isinstance(span, Filler) else None
    return Phrase(told) if resolved is None else Phrase(told, meaning(resolved, told), words(resolved.reason))


def meaning(value: When | Place | Actor, told: str = "") -> str:
    """A resolved value in brief: the days, or a name and its codes; a name that was told is left out."""
    if isinstance(value, When):
        return days(value)
    name, bare = words(value.name), _bare(told)
    if isinstance(value, Place):
        rest, known = [value.admin1, value.country], _bare(name) == bare
    else:
        codes = " ".join(filter(None, (value.country, value.sector)))
        rest, known = [codes, value.sponsor and f"backed by {value.sponsor}"], _bare(name) in bare
    parts = dict.fromkeys(words(part) for part in rest if part and part != value.name)
    return ", ".join(parts if known else (name, *parts))


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|an?) ", "", name.casefold())


def days(when: When) -> str:
    """An interval of days: "2024-03-12", "2024-03" or "2024" for a whole one, "since 2011-05-01"."""
    start, end = when.start, when.end
    if start is None or end is None:
        return f"until {end}" if start is None else f"since {start}"
    clock = f" {when.time}" if when.time else ""
    return start + clock if start == end else _whole(start, end) or f"{start} to {end}"


def _whole(start: str, end: str) -> str:
    """The month or the year that an interval is; empty if it is neither."""
    if (start[4:], end[4:]) == ("-01-01", "-12-31") and start[:4] == end[:4]:
        return start[:4]
    year, month = int(start[:4]), int(start[5:7])
    whole = start[:7] == end[:7] and (start[8:], int(end[8:])) == ("01", monthrange(year, month)[1])
    return start[:7] if whole else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the whole article tells of one date, place or actor, and all the words that tell it."""

    phrase: Phrase
    spans: tuple[Span, ...]


def entries(reading: Reading) -> dict[str, list[Entry]]:
    """The dates, places and actors of the article, in the order of their first mention; "?" is unknown."""
    return {
        "dates": _grouped((phrase, phrase.when) for phrase in reading.dates),
        "places": _grouped((toponym, toponym.place) for toponym in reading.places),
        "actors": [
            Entry(
                Phrase(words(actor.name), meaning(actor, words(actor.name)), words(actor.reason)),
                actor.mentions,
            )
            for actor in reading.actors
        ],
    }


def _grouped(told: Iterable[tuple[DatePhrase | Toponym, When | Place | None]]) -> list[Entry]:
    """One entry for the spans of the same value and, of dates, the same words."""
    groups: dict[Any, list[tuple[DatePhrase | Toponym, When | Place | None]]] = {}
    for span, value in told:
        same = (value.name, value.lat, value.lon) if isinstance(value, Place) else words(span.text).casefold()
        groups.setdefault(same, []).append((span, value))
    return [_entry(group) for group in groups.values()]


def _entry(group: list[tuple[DatePhrase | Toponym, When | Place | None]]) -> Entry:
    (first, value), spans = group[0], tuple(span for span, _ in group)
    told = words(first.text)
    return Entry(Phrase(told, meaning(value, told) if value else "?", words(first.reason)), spans)


def sources(event: EventReport, attributions: Iterable[Attribution]) -> tuple[Phrase, ...]:
    """Who says so: the report's own source, else those of its attributions, innermost first."""
    if event.source:
        return phrases(event.source)
    said = {attribution.id: attribution.source for attribution in attributions}
    return phrases(span for name in event.attributions for span in said.get(name, ()))


def toll(count: Count, role: str) -> str:
    """A toll with its number, where the words do not spell it: "four (4)", "dozens (24 or more)"."""
    told = words(count.text)
    spelt = re.findall(r"\d+", told.replace(",", ""))
    number = "" if count.value is not None and str(count.value) in spelt else _number(count)
    return f"{told} ({number}) {role}" if number else f"{told} {role}"


def _number(count: Count) -> str:
    """The number of a toll, else its bounds; empty where there are neither."""
    if count.value is not None:
        return str(count.value)
    if count.low is not None and count.high is not None:
        return f"{count.low} to {count.high}"
    return f"{count.low} or more" if count.low is not None else f"up to {count.high}" if count.high else ""


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
