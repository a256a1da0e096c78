"""What people write, aligned with the text, and back: words and sentence numbers, offsets.

A person names the words of a span, and the number of their sentence; training and evaluation want offsets.
``aligned`` goes there and names every mistake on the way, ``noted`` goes back. They are inverses but for
words that stand twice in a sentence, of which the ones nearest to the trigger are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from itertools import chain
from typing import Any

from dateline.annotation.words import Mistake, Record, Refusal, Text, sentences_of
from dateline.ontology import COUNTS, FILLERS, MODES, ROLES, STATUSES, TYPES
from dateline.types import Range

KEYS = ("id", "s", "trigger", "type", "mode", "status", *ROLES, "incident", "answers")
"""The fields of an event report."""
DESCRIBED = ("what", "start", "end", "places")
"""The fields of a happening's description."""

# ---- from words to offsets


def aligned(note: Mapping[str, Any]) -> tuple[Record, list[Mistake]]:
    """An annotated article with offsets, events in text order, as training and evaluation read it.

    What was refused is left out, so that the record is whole only where there is no mistake.
    """
    text = note.get("text")
    if not isinstance(text, str) or not text.strip():
        return dict(note), [Mistake("text", "there is none", "give the article's text as one string")]
    article = Text(text)
    with article.field("sentences"):
        article.sentences = sentences_of(text, note.get("sentences"))
    with article.field("published"):
        _day(note.get("published"), datetime.fromisoformat)
    given, incidents = _events(article, note.get("events")), _incidents(article, note.get("incidents"))
    events = [_event(article, event, _name(event, place), incidents) for place, event in enumerate(given, 1)]
    _unique(article, [_name(event, place) for place, event in enumerate(given, 1)])
    _descriptions(article, given, incidents)
    out = {
        **note,
        "sentences": [list(each) for each in article.sentences],
        "events": sorted((e for e in events if e), key=lambda event: event["trigger"]["start"]),
        "incidents": incidents,
    }
    return out, article.mistakes


def _events(article: Text, given: Any) -> list[Record]:
    with article.field("events"):
        if isinstance(given, list) and all(isinstance(event, dict) for event in given):
            return given
        raise Refusal("they are no list of objects", "write [] where the article has none")
    return []


def _incidents(article: Text, given: Any) -> Record:
    with article.field("incidents"):
        if isinstance(given, dict) and all(isinstance(each, dict) for each in given.values()):
            return given
        raise Refusal("they are no object of objects", 'write {"A": {"what": "…"}}, or {} for none')
    return {}


def _name(event: Record, place: int) -> str:
    return str(event.get("id") or f"event {place}")


def _event(article: Text, given: Record, name: str, incidents: Record) -> Record | None:
    """One event report with offsets; None where its trigger is not found."""
    _known(article, name, given, KEYS)
    out: Record = {"id": name, "mode": given.get("mode") or "", "incident": given.get("incident")}
    with article.field(f"{name} trigger"):
        out["trigger"] = _trigger(article, given)
    for key, allowed in (("type", TYPES), ("status", STATUSES)):
        with article.field(f"{name} {key}"):
            out[key] = _one_of(given.get(key), allowed)
    with article.field(f"{name} mode"):
        _one_of(out["mode"], ("", *MODES.get(str(given.get("type")), (out["mode"],))))
    with article.field(f"{name} incident"):
        _described(out["incident"], incidents)
    with article.field(f"{name} answers"):
        out["answers"] = _answers(given, incidents)
    if "trigger" not in out:
        return None
    for role in ROLES:
        out[role] = list(_spans(article, f"{name} {role}", given, role, out["trigger"]["start"]))
    return out


def _trigger(article: Text, given: Record) -> Record:
    span = article.locate(given.get("trigger"), given.get("s"))
    if len(article.occurrences(span["text"], given["s"])) > 1:
        reason = f"{span['text']!r} stands twice in sentence {given['s']}"
        raise Refusal(reason, "lengthen it until it is unique")
    return span


def _spans(article: Text, field: str, given: Record, role: str, near: int) -> Iterator[Record]:
    read = _toll if role in COUNTS else _filler
    with article.field(field):
        spans = given.get(role) or []
        if not isinstance(spans, list):
            raise Refusal(f"{spans!r} is no list", "write [] for none, and one entry for each party")
        for span in spans:
            with article.field(field):
                yield read(article, given.get("s"), span, near)


def _filler(article: Text, number: Any, filler: Any, near: int) -> Record:
    """Words of the trigger's sentence, the nearest, or [sentence, words], the first."""
    if not isinstance(filler, list):
        return article.locate(filler, number, near)
    if len(filler) != 2:
        raise Refusal(f"{filler!r} is no filler", 'write "words" or [sentence, "words"]')
    return article.locate(filler[1], filler[0], near if filler[0] == number else None)


def _toll(article: Text, number: Any, toll: Any, near: int) -> Record:
    if not isinstance(toll, dict) or toll.keys() != {"t", "n"}:
        raise Refusal(f"{toll!r} is no toll", 'write {"t": "three", "n": 3}, n null for dozens or several')
    value = toll["n"]
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise Refusal(f"n is {value!r}", "give a whole number, or null where the words give no one number")
    return {**_filler(article, number, toll["t"], near), "value": value}


def _answers(given: Record, incidents: Record) -> list[str]:
    answers = list(given.get("answers") or ())
    for label in answers:
        _described(label, incidents)
        if label == given.get("incident"):
            raise Refusal(f"{label!r} is the report's own happening", "leave it out; nothing answers itself")
    return answers


def _described(label: Any, incidents: Record) -> None:
    if label not in incidents:
        raise Refusal(f"{label!r} is not described", "describe it under incidents, or correct the label")


def _descriptions(article: Text, events: Iterable[Record], incidents: Record) -> None:
    """Every description belongs to a report and makes sense."""
    used = [event.get("incident") for event in events]
    for label, described in incidents.items():
        _known(article, f"incident {label}", described, DESCRIBED)
        with article.field(f"incident {label}"):
            if label not in used:
                raise Refusal("no event report has this label", "give it to one, or take the description out")
            first, last = _day(described.get("start")), _day(described.get("end"))
            if first and last and last < first:
                raise Refusal(f"it ends on {last}, before it starts", "put the earlier day under start")
            for words in described.get("places") or ():
                if words not in article.text:
                    raise Refusal(f"{words!r} is not in the text", "copy words exactly as they stand")


def _day(given: Any, parse: Callable[[str], date] = date.fromisoformat) -> date | None:
    if given is None:
        return None
    try:
        return parse(given)
    except (TypeError, ValueError):
        raise Refusal(f"{given!r} is no day", "write YYYY-MM-DD, or null if it cannot be known") from None


def _one_of(given: Any, allowed: Sequence[str]) -> str:
    if given not in allowed:
        alike = get_close_matches(str(given), allowed, 1) or filter(None, allowed)
        raise Refusal(f"{given!r} is not one", f"write {', '.join(alike) or 'nothing'}")
    return str(given)


def _known(article: Text, name: str, given: Record, keys: Sequence[str]) -> None:
    for key in given.keys() - set(keys):
        with article.field(f"{name} {key}"):
            alike = get_close_matches(key, keys, 1) or keys
            raise Refusal("there is no such field", f"write {', '.join(alike)}")


def _unique(article: Text, names: Sequence[str]) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        with article.field(f"{name} id"):
            raise Refusal("it is used twice", "number the reports e1, e2, … in text order")


# ---- from offsets to words


def noted(record: Mapping[str, Any]) -> Record:
    """An annotated article with offsets as a person writes it, its sentences numbered.

    Of a record without annotations, the start of one.
    """
    text = record["text"]
    ranges = sentences_of(text, record.get("sentences"))
    events = [_noted(event, ranges) for event in record.get("events") or ()]
    labels = dict.fromkeys(chain.from_iterable([e["incident"], *e["answers"]] for e in events))
    undescribed: Record = {label: {"what": "", "start": None, "end": None, "places": []} for label in labels}
    return {
        "id": record["id"],
        **{key: record[key] for key in ("corpus", "title", "published") if key in record},
        "text": text,
        "sentences": {str(n): text[start:end] for n, (start, end) in enumerate(ranges, 1)},
        "events": events,
        "incidents": undescribed | (record.get("incidents") or {}),
    }


def _noted(event: Record, ranges: Sequence[Range]) -> Record:
    number = _number(event["trigger"], ranges)

    def words(span: Record) -> Any:
        other = _number(span, ranges)
        return span["text"] if other == number else [other, span["text"]]

    return {
        "id": event["id"],
        "s": number,
        "trigger": event["trigger"]["text"],
        **{key: event.get(key) or "" for key in ("type", "mode", "status")},
        **{role: [words(span) for span in event.get(role) or ()] for role in FILLERS},
        **{role: [{"t": words(s), "n": s.get("value")} for s in event.get(role) or ()] for role in COUNTS},
        "incident": event.get("incident"),
        "answers": list(event.get("answers") or ()),
    }


def _number(span: Record, ranges: Sequence[Range]) -> int:
    """The number of the sentence that a span begins in, the first being 1."""
    begun: list[bool] = [start <= span["start"] for start, _ in ranges]
    return max(1, sum(begun))
