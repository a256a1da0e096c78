"""Readings as JSON lines, and back.

``encode`` and ``decode`` are inverses; ``reading.schema.json`` beside this module says what a line
holds. Offsets count Unicode code points of ``text``, as in Python, not UTF-16 units as in JavaScript.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, TypeVar, cast

from dateline.errors import InputError
from dateline.ontology import COUNTS, FILLERS
from dateline.types import (
    Actor,
    Article,
    Attribution,
    Count,
    DatePhrase,
    EventReport,
    Evidence,
    Filler,
    Furniture,
    Place,
    Range,
    Reading,
    Span,
    Toponym,
    When,
)

SCHEMA = "dateline.reading/2"
Json = dict[str, Any]
Resolved = When | Place | Actor

_FACTS = ("url", "title", "byline", "publisher", "published", "published_from", "modified", "language")
# What a resolved value holds beside its basis, evidence and reason; by these keys its kind is known.
_KEYS: dict[type[Resolved], tuple[str, ...]] = {
    When: ("start", "end", "precision", "time"),
    Place: ("name", "lat", "lon", "radius_km", "country", "admin1", "geonameid", "precision", "kind"),
    Actor: ("id", "name", "country", "sector", "sponsor"),
}
_NEEDED = {kind: frozenset(keys) for kind, keys in _KEYS.items()}
# Legal in JSON, but NEL and the Unicode separators end a line for some readers, and a lone surrogate
# (which a JSON input may bring) has no UTF-8.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")

S = TypeVar("S", bound=Span)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Printed:
    """A line of JSON that holds a reading, its newline included, of which only the article was decoded.

    ``where`` is its place, which errors name.
    """

    where: str
    line: str
    article: Article

    def reading(self) -> Reading:
        """The whole. Raises ``InputError`` when it does not fit the schema."""
        return _fitting(self.where, json.loads(self.line), _reading)


def schema() -> str:
    """The JSON Schema (draft 2020-12) of a line, as text."""
    return files("dateline.show").joinpath("reading.schema.json").read_text(encoding="utf-8")


def line(reading: Reading) -> str:
    """The reading as one line of JSON, its newline included, that UTF-8 can always encode."""
    return dumped(encode(reading))


def dumped(record: Json) -> str:
    """An object as one line of JSON, its newline included, that UTF-8 can always encode."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def encode(reading: Reading) -> Json:
    """The reading as a JSON object with every key of the schema."""
    article = reading.article
    headline = article.headline
    return {
        "schema": SCHEMA,
        "model": reading.model,
        "id": article.id,
        **{fact: getattr(article, fact) for fact in _FACTS},
        "text": article.text,
        "headline": None if headline is None else encode_span(article.span(*headline)),
        "body": [{"start": start, "end": end} for start, end in article.body],
        "sentences": [[start, end] for start, end in reading.sentences],
        "furniture": [{**encode_span(line), "kind": line.kind} for line in article.furniture],
        "attributions": [encode_attribution(attribution) for attribution in reading.attributions],
        "events": [encode_event(event) for event in reading.events],
        "dates": [_date(phrase) for phrase in reading.dates],
        "places": [_toponym(toponym) for toponym in reading.places],
        "actors": [{**_resolved(actor), "mentions": _spans(actor.mentions)} for actor in reading.actors],
    }


def decode(record: Json) -> Reading:
    """The reading of a JSON object that ``encode`` made.

    Raises ``InputError`` for another schema, or for an object that does not fit its own.
    """
    return _fitting(str(record.get("id", "reading")), record, _reading)


def printed(where: str, line: str, record: Json) -> Printed:
    """A line at some place, and the JSON object that it is, to be decoded only if need be.

    Raises ``InputError`` for another schema, or when its article does not fit it.
    """
    return Printed(where, line.strip() + "\n", _fitting(where, record, _article))


def _fitting(name: str, record: Json, decoded: Callable[[Json], T]) -> T:
    """A JSON object decoded. Raises ``InputError`` where it does not fit the schema."""
    if record.get("schema") != SCHEMA:
        reason = f"its schema is {record.get('schema')!r}, not {SCHEMA!r}"
        raise InputError(name, reason, "read the page again with this version")
    try:
        return decoded(record)
    except (KeyError, TypeError, ValueError) as error:
        reason = f"does not fit {SCHEMA} ({type(error).__name__}: {error})"
        raise InputError(name, reason, "compare it with `dateline schema`") from error


def encode_span(span: Span) -> Json:
    """Offsets and words."""
    return {"start": span.start, "end": span.end, "text": span.text}


def _spans(spans: Iterable[Span]) -> list[Json]:
    return [encode_span(span) for span in spans]


def encode_filler(filler: Filler) -> Json:
    """A filler with its confidence and, where it is resolved, what it stands for."""
    resolved = {} if filler.resolved is None else {"resolved": _resolved(filler.resolved)}
    return {**encode_span(filler), "confidence": filler.confidence, **resolved}


def _count(count: Count) -> Json:
    return {**encode_filler(count), "value": count.value, "low": count.low, "high": count.high}


def _resolved(value: Resolved) -> Json:
    """A value with what it rests on. An actor's mentions stand with the article's actors alone."""
    told = {key: getattr(value, key) for key in _KEYS[type(value)]}
    return {**told, "basis": value.basis, "evidence": _evidence(value.evidence), "reason": value.reason}


def _evidence(evidence: Evidence) -> list[Json]:
    return [*_spans(evidence.spans), *([] if evidence.field is None else [{"field": evidence.field}])]


def _maybe(value: Resolved | None) -> Json | None:
    return None if value is None else _resolved(value)


def _date(phrase: DatePhrase) -> Json:
    return {**encode_span(phrase), "when": _maybe(phrase.when), "reason": phrase.reason}


def _toponym(toponym: Toponym) -> Json:
    return {
        **encode_span(toponym),
        "kind": toponym.kind,
        "confidence": toponym.confidence,
        "place": _maybe(toponym.place),
        "reason": toponym.reason,
    }


def encode_attribution(attribution: Attribution) -> Json:
    """An attribution with every key of the schema."""
    return {
        "id": attribution.id,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "kind": attribution.kind,
        "confidence": attribution.confidence,
    }


def encode_event(event: EventReport) -> Json:
    """An event report with every key of the schema."""
    return {
        "id": event.id,
        "trigger": encode_span(event.trigger),
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "confidence": event.confidence,
        **{role: [encode_filler(filler) for filler in getattr(event, role)] for role in FILLERS},
        **{role: [_count(count) for count in getattr(event, role)] for role in COUNTS},
        "when": _maybe(event.when),
        "attributions": list(event.attributions),
        "incident": event.happening,
        "answers": list(event.answers),
    }


def _article(record: Json) -> Article:
    headline = record["headline"]
    if not all(isinstance(each, str) for each in (record["id"], record["text"], record["url"] or "")):
        raise TypeError("its id, text or url is not text")
    return Article(
        id=record["id"],
        text=record["text"],
        **{fact: record[fact] for fact in _FACTS},
        headline=None if headline is None else (headline["start"], headline["end"]),
        body=tuple((part["start"], part["end"]) for part in record["body"]),
        furniture=_of(Furniture, record["furniture"], "kind"),
    )


def _reading(record: Json) -> Reading:
    return Reading(
        article=_article(record),
        model=record["model"],
        sentences=tuple(cast(Range, tuple(sentence)) for sentence in record["sentences"]),
        attributions=tuple(map(decode_attribution, record["attributions"])),
        events=tuple(map(decode_event, record["events"])),
        dates=tuple(map(_date_of, record["dates"])),
        places=tuple(map(_toponym_of, record["places"])),
        actors=tuple(map(_actor_of, record["actors"])),
    )


def _of(kind: type[S], records: Iterable[Json], *more: str) -> tuple[S, ...]:
    """Spans of a kind, with the further fields that it has."""
    return tuple(
        kind(record["start"], record["end"], record["text"], **{key: record[key] for key in more})
        for record in records
    )


def decode_attribution(record: Json) -> Attribution:
    """The attribution that ``encode_attribution`` took."""
    return Attribution(
        id=record["id"],
        source=_of(Span, record["source"]),
        cue=_of(Span, record["cue"]),
        content=_of(Span, record["content"]),
        kind=record["kind"],
        confidence=record["confidence"],
    )


def decode_event(record: Json) -> EventReport:
    """The event report that ``encode_event`` took; what does not fit raises as a dictionary would."""
    fillers: Json = {role: tuple(map(decode_filler, record[role])) for role in FILLERS}
    counts: Json = {role: _of(Count, record[role], "confidence", "value", "low", "high") for role in COUNTS}
    return EventReport(
        id=record["id"],
        trigger=_of(Span, [record["trigger"]])[0],
        type=record["type"],
        mode=record["mode"],
        status=record["status"],
        confidence=record["confidence"],
        happening=record["incident"],
        **fillers,
        **counts,
        attributions=tuple(record["attributions"]),
        answers=tuple(record["answers"]),
        when=cast(When | None, _maybe_of(record["when"])),
    )


def decode_filler(record: Json) -> Filler:
    """The filler that ``encode_filler`` took."""
    resolved = _maybe_of(record.get("resolved"))
    return Filler(record["start"], record["end"], record["text"], record["confidence"], resolved)


def _date_of(record: Json) -> DatePhrase:
    (phrase,) = _of(DatePhrase, [record], "reason")
    return replace(phrase, when=cast(When | None, _maybe_of(record["when"])))


def _toponym_of(record: Json) -> Toponym:
    (toponym,) = _of(Toponym, [record], "kind", "confidence", "reason")
    return replace(toponym, place=cast(Place | None, _maybe_of(record["place"])))


def _actor_of(record: Json) -> Actor:
    return replace(cast(Actor, _resolved_of(record)), mentions=_of(Span, record["mentions"]))


def _maybe_of(record: Json | None) -> Resolved | None:
    return None if record is None else _resolved_of(record)


def _resolved_of(record: Json) -> Resolved:
    kind = next((kind for kind, keys in _NEEDED.items() if record.keys() >= keys), None)
    if kind is None:
        raise ValueError(f"a resolved value has the keys {', '.join(record)}")
    told: Json = {key: record[key] for key in _KEYS[kind]}
    return kind(
        **told, basis=record["basis"], evidence=_evidence_of(record["evidence"]), reason=record["reason"]
    )


def _evidence_of(records: Iterable[Json]) -> Evidence:
    """The spans, and the field that stands behind them."""
    *spans, last = records
    if "field" in last:
        return Evidence(_of(Span, spans), last["field"])
    return Evidence(_of(Span, [*spans, last]))
