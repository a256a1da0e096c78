"""An article read at given triggers, as if the reader had found these and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dateline.read.encoder import Encoded, Encoder
from dateline.read.events import events
from dateline.read.tokens import Pieces
from dateline.types import Article, EventReport, Range, Reading, Span


def read_at(
    encoder: Encoder, article: Article, sentences: Sequence[Range], triggers: Sequence[Span]
) -> Reading:
    """One event report for each trigger, in their order, of the likeliest type.

    Each is a happening of its own. Triggers that overlap are read in turn, and ``alike`` is 0 between them.
    """
    pieces = encoder.worker.pieces(article.text, sentences)
    encoded = encoder.encode(pieces)
    reports: dict[int, EventReport] = {}
    left = sorted(
        (n for n, span in enumerate(triggers) if any(_range(pieces, span))),
        key=lambda number: _range(pieces, triggers[number]),
    )
    while left:
        now = _disjoint(pieces, triggers, left)
        told = replace(encoded, triggers=_marked(pieces, encoded, [triggers[n] for n in now]))
        found = events(encoder, article, pieces, told, [], encoder.settings)
        for number, report in zip(now, found, strict=True):
            alike = np.zeros(len(triggers), dtype=np.float32)
            alike[now] = np.frombuffer(report.alike, dtype=np.float32)
            reports[number] = replace(report, trigger=triggers[number], alike=alike.tobytes())
        left = [number for number in left if number not in reports]
    named = (replace(reports[n], id=f"e{n}", happening=f"{n}", answers=()) for n in range(len(triggers)))
    return Reading(article, encoder.digest, tuple(sentences), events=tuple(named))


def _range(pieces: Pieces, span: Span) -> Range:
    return pieces.inside(span.start, span.end)


def _disjoint(pieces: Pieces, spans: Sequence[Span], numbers: Sequence[int]) -> list[int]:
    """Those that overlap no earlier one, in text order."""
    kept: list[int] = []
    for number in numbers:
        if not kept or _range(pieces, spans[kept[-1]])[1] <= _range(pieces, spans[number])[0]:
            kept.append(number)
    return kept


def _marked(pieces: Pieces, encoded: Encoded, spans: Sequence[Span]) -> NDArray[np.float32]:
    """Chances of trigger labels that leave no doubt: these spans, each of its likeliest type."""
    chances = np.zeros_like(encoded.triggers)
    chances[:, 0] = 1.0
    for span in spans:
        start, end = _range(pieces, span)
        kinds = encoded.triggers[start:end, 1::2] + encoded.triggers[start:end, 2::2]
        kind = int(kinds.sum(0).argmax())
        chances[start:end, 0] = 0.0
        chances[start:end, 2 * kind + 2] = 1.0
        chances[start, 2 * kind + 1 : 2 * kind + 3] = 1.0, 0.0
    return chances
