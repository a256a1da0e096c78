"""Claims and decisions as JSON, and back. An event has the form that ``read --jsonl`` prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from dateline.record.ids import decision_id
from dateline.show.jsonl import (
    decode_attribution,
    decode_event,
    decode_filler,
    encode_attribution,
    encode_event,
    encode_filler,
    encode_span,
)
from dateline.types import Citation, Claim, Decision, Incident, Span

Json = dict[str, Any]


def encode_claim(claim: Claim) -> Json:
    """A claim's event, sentence, speakers and attributions; the rest are columns of the log."""
    return {
        "event": encode_event(claim.event),
        "sentence": encode_span(claim.sentence),
        "speakers": [encode_filler(speaker) for speaker in claim.speakers],
        "attributions": [encode_attribution(said) for said in claim.attributions],
    }


def decode_claim(record: Json, id: str, reading: str, citation: Citation, vector: bytes = b"") -> Claim:
    """The claim that ``encode_claim`` took, as it was read: corrections are the log's."""
    return Claim(
        id=id,
        reading=reading,
        citation=citation,
        event=decode_event(record["event"]),
        sentence=Span(**record["sentence"]),
        speakers=tuple(map(decode_filler, record["speakers"])),
        attributions=tuple(map(decode_attribution, record["attributions"])),
        vector=vector,
    )


def encode_incident(incident: Incident) -> Json:
    """An incident with all its claims; decisions with their ids."""
    return {
        "id": incident.id,
        "claims": [encode_whole_claim(claim) for claim in incident.claims],
        "former": [encode_whole_claim(claim) for claim in incident.former],
        "origins": [asdict(origin) for origin in incident.origins],
        "answers": [
            {"incident": answer.incident, "decisions": _decisions(answer.decisions)}
            for answer in incident.answers
        ],
        "decisions": _decisions(incident.decisions),
    }


def encode_whole_claim(claim: Claim) -> Json:
    """A claim with everything about it but its vector."""
    head = {"id": claim.id, "reading": claim.reading, "citation": asdict(claim.citation)}
    return {**head, **encode_claim(claim), "corrections": _decisions(claim.corrections)}


def _decisions(decisions: Iterable[Decision]) -> list[Json]:
    return [{**encode_decision(decision), "id": decision_id(decision)} for decision in decisions]


def encode_decision(decision: Decision) -> Json:
    """A decision with the keys of its type."""
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in asdict(decision).items()
    }


def decode_decision(record: Json) -> Decision:
    """The decision that ``encode_decision`` took."""
    lists = {key: tuple(record[key]) for key in ("subject", "object", "supersedes")}
    return Decision(**{**record, **lists})
