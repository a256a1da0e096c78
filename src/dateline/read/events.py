"""Event reports: triggers with their types, and the words that fill each trigger's roles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.grouping import grouped, label
from dateline.ontology import COUNTS, FILLERS, FLAT_MODES, ROLES, STATUSES, TYPES
from dateline.read import bio, frames, pairs, spans
from dateline.read.attributions import holders
from dateline.read.encoder import Encoded, Encoder, EventScores
from dateline.read.frames import EVENT_REACH, Candidates
from dateline.read.tokens import Pieces
from dateline.read.vectors import vectors
from dateline.types import Article, Attribution, Count, EventReport, Filler, Span, Status

LED = tuple(role for role in FILLERS if role != "date")
"""Roles whose words begin after a preposition; of days it is a part ("in 2020")."""
PARTIES = ("actor", "recipient", "source")
"""Roles that somebody fills, whose words are taken whole."""
_MOST_PAIRED = 256
_OF_TYPE = {kind: [i for i, (k, _) in enumerate(FLAT_MODES) if k == kind] for kind in TYPES}


def events(
    encoder: Encoder,
    article: Article,
    pieces: Pieces,
    encoded: Encoded,
    found: Sequence[Attribution],
    settings: dict[str, Any],
) -> list[EventReport]:
    """All event reports of an article, in text order, with happenings and answers."""
    triggers = bio.decode(encoded.triggers, settings["trigger"])
    if not triggers:
        return []
    laid = frames.candidates(pieces, [(t.start, t.end) for t in triggers], EVENT_REACH)
    first, last = [t.start for t in triggers], [t.end - 1 for t in triggers]
    scores = encoder.events(encoded.vectors, first, last, laid)
    labels, answered, alike = _happenings(encoder, article, pieces, triggers, scores, settings)
    seen = vectors(encoded, [(t.start, t.end) for t in triggers])
    out: list[EventReport] = []
    for i, trigger in enumerate(triggers):
        kind = TYPES[trigger.kind]
        words = spans.words(article, pieces, trigger)
        out.append(
            EventReport(
                id=f"e{i + 1}",
                trigger=words,
                type=kind,
                mode=_mode(kind, scores.mode[i]),
                status=_status(scores.status[i], settings["actual"]),
                confidence=trigger.confidence,
                happening=label(labels[i]),
                attributions=holders(found, words),
                answers=tuple(label(a) for a in answered.get(labels[i], ())),
                vector=seen[i].tobytes(),
                alike=alike[i].tobytes(),
                **_fillers(article, pieces, laid, i, words, scores.roles[i], settings),  # type: ignore[arg-type]
            )
        )
    return inherit(out, settings["inherit"])


def inherit(reports: Sequence[EventReport], least: float) -> list[EventReport]:
    """Give a report that names no place or date the surest one of another mention of its happening."""
    told: dict[str, list[EventReport]] = {}
    for report in reports:
        told.setdefault(report.happening, []).append(report)
    out: list[EventReport] = []
    for report in reports:
        lent: dict[str, tuple[Filler, ...]] = {}
        for role in ("place", "date"):
            sure = [f for r in told[report.happening] for f in getattr(r, role) if f.confidence >= least]
            if sure and not getattr(report, role):
                lent[role] = (max(sure, key=lambda f: f.confidence),)
        out.append(replace(report, **lent))  # type: ignore[arg-type]
    return out


def _status(chances: NDArray[np.float32], weight: float) -> Status:
    """The likeliest status, ``actual`` counting ``weight`` times: rare ones are easily overrated."""
    best = int((chances * np.where(np.arange(len(STATUSES)) == 0, weight, 1.0)).argmax())
    return STATUSES[best]  # type: ignore[return-value]


def _mode(kind: str, chances: NDArray[np.float32]) -> str:
    choices = _OF_TYPE[kind]
    return FLAT_MODES[choices[int(chances[choices].argmax())]][1]


def _fillers(
    article: Article,
    pieces: Pieces,
    laid: Candidates,
    frame: int,
    trigger: Span,
    chances: NDArray[np.float32],
    settings: dict[str, Any],
) -> dict[str, tuple[Filler, ...]]:
    """The fillers of one trigger, role by role."""
    out: dict[str, tuple[Filler, ...]] = {}
    peaks = 1.0 - chances[laid.known[frame], :, 0].min(0)
    for r, role in enumerate(ROLES):
        first, more = settings["roles"][role]
        if peaks[r] < first:
            continue
        spanned = frames.decode(laid, frame, chances[:, r], first, settings["member"])
        found = choose(spanned, more, partial(_words, article, pieces, trigger, role))
        if role in FILLERS:
            out[role] = tuple(found)
        elif role in COUNTS:
            out[role] = tuple(Count(f.start, f.end, f.text, f.confidence) for f in found)
    return out | dict(zip(COUNTS, either(*(out.get(role, ()) for role in COUNTS)), strict=True))


def either(killed: Sequence[Filler], injured: Sequence[Filler]) -> tuple[tuple[Filler, ...], ...]:
    """Both tolls, but that a number counts those killed or those injured, whichever is surer."""
    dead, hurt = ({(f.start, f.end): f.confidence for f in toll} for toll in (killed, injured))
    return (
        tuple(f for f in killed if f.confidence >= hurt.get((f.start, f.end), 0)),
        tuple(f for f in injured if f.confidence > dead.get((f.start, f.end), 0)),
    )


def _words(article: Article, pieces: Pieces, trigger: Span, role: str, found: bio.Found) -> Span | None:
    """The words that some pieces fill a role with, None if they fill none."""
    if role in PARTIES:
        span = spans.party(article, pieces, found, trigger)
    else:
        span = spans.words(article, pieces, found)
    if span and role in LED:
        span = article.span(*spans.led(article.text, (span.start, span.end)))
    return None if span is None or spans.plain(span.text) in spans.FUNCTION_WORDS else span


def choose(
    found: Sequence[bio.Found], more: float, words: Callable[[bio.Found], Span | None]
) -> list[Filler]:
    """The best span, and further ones whose chance reaches ``more``; the same words count once.

    In text order. Spans have already reached the lower threshold; ``words`` are those of a span, if any.
    """
    kept: dict[str, Filler] = {}
    for f in sorted(found, key=lambda f: -f.confidence):
        if kept and f.confidence < more:
            break
        if span := words(f):
            filler = Filler(span.start, span.end, span.text, round(f.confidence, 4))
            kept.setdefault(spans.plain(filler.text), filler)
    return _apart(kept.values())


def _apart(fillers: Iterable[Filler]) -> list[Filler]:
    """In text order, without those that lie in a longer one."""
    kept: list[Filler] = []
    for filler in sorted(fillers, key=lambda f: f.start - f.end):
        if all(filler.end <= other.start or other.end <= filler.start for other in kept):
            kept.append(filler)
    return sorted(kept, key=lambda f: f.start)


def _happenings(
    encoder: Encoder,
    article: Article,
    pieces: Pieces,
    triggers: Sequence[bio.Found],
    scores: EventScores,
    settings: dict[str, Any],
) -> tuple[list[int], dict[int, list[int]], NDArray[np.float32]]:
    """The number of each trigger's happening, which happenings each one answers, and the chances [t, t] that
    two are one.

    All pairs of an article's triggers are compared, up to a length that no news article has;
    beyond that, those of each part.
    """
    words = [article.text[slice(*spans.characters(pieces, t))].lower() for t in triggers]
    mentions = [
        pairs.Mention(w, TYPES[t.kind], int(pieces.sentence[t.start]))
        for w, t in zip(words, triggers, strict=True)
    ]
    numbers: list[int] = []
    answered: dict[int, list[int]] = {}
    alike = np.zeros((len(mentions), len(mentions)), dtype=np.float32)
    for low in range(0, len(mentions), _MOST_PAIRED):
        high, base = low + _MOST_PAIRED, max(numbers, default=-1) + 1
        same, answer = _compared(encoder, mentions[low:high], scores.vectors[low:high])
        alike[low:high, low:high] = same
        groups = grouped(same, settings["same"])
        numbers += [base + g for g in groups]
        for group, others in pairs.answers(answer, groups, settings["answers"]).items():
            answered[base + group] = [base + o for o in others]
    return numbers, answered, alike


def _compared(
    encoder: Encoder, mentions: Sequence[pairs.Mention], vectors: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Chances [2, t, t] that two mentions are one happening, and that the first answers the second."""
    count = len(mentions)
    chances = np.zeros((2, count, count), dtype=np.float32)
    if count > 1:
        left, right = pairs.ordered(count)
        found = encoder.pairs(vectors, left, right, pairs.features(mentions, left, right))
        chances[:, left, right] = found.T
    return chances
