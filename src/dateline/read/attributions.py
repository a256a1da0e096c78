"""Attributions: a cue, and the words for the source and the content that it joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dateline.read import bio, frames, spans
from dateline.read.encoder import Encoded, Encoder
from dateline.read.frames import ATTRIBUTION_REACH
from dateline.read.tokens import Pieces
from dateline.types import Article, Attribution, AttributionKind, Span

_OPENS, _CLOSES = "“\"‘«„'", "”\"’»“'"
_QUOTE = re.compile('[“”"«»„]')


def attributions(
    encoder: Encoder, article: Article, pieces: Pieces, encoded: Encoded, settings: dict[str, Any]
) -> list[Attribution]:
    """All attributions of an article, in the order of their cues.

    A cue for which neither source nor content is found is none.
    """
    cues = bio.decode(encoded.cues, settings["cue"])
    if not cues:
        return []
    laid = frames.candidates(pieces, [(c.start, c.end) for c in cues], ATTRIBUTION_REACH)
    chances = encoder.attributions(encoded.vectors, [c.start for c in cues], [c.end - 1 for c in cues], laid)
    out: list[Attribution] = []
    for i, cue in enumerate(cues):
        source = frames.decode(laid, i, chances[i, :, 0], settings["source"])
        content = frames.decode(laid, i, chances[i, :, 1], settings["content"])
        if content:
            words = [spans.words(article, pieces, f) for f in (*source, *content, cue)]
            said = tuple(words[len(source) : -1])
            out.append(
                Attribution(
                    id=f"a{len(out) + 1}",
                    source=tuple(words[: len(source)]),
                    cue=(words[-1],),
                    content=said,
                    kind=kind(article.text, said),
                    confidence=round(cue.confidence, 4),
                )
            )
    return out


def kind(text: str, content: Sequence[Span]) -> AttributionKind:
    """Direct where all of the content stands in quotation marks, mixed where a part does, else indirect."""
    quoted = [_quoted(text, span) for span in content]
    if all(quoted):
        return "direct"
    if any(quoted) or any(_QUOTE.search(span.text) for span in content):
        return "mixed"
    return "indirect"


def _quoted(text: str, span: Span) -> bool:
    """Whether a span opens with a quotation mark, or right behind one, and no quotation ends within it."""
    opened = span.text[0] in _OPENS or text[max(0, span.start - 1) : span.start] in tuple(_OPENS)
    inner = span.text.strip(_OPENS + _CLOSES + ".,;:!? ")
    return opened and not re.search("[“”]", inner) and inner.count('"') % 2 == 0


def holders(found: Sequence[Attribution], trigger: Span) -> tuple[str, ...]:
    """The attributions whose content holds a trigger, innermost (shortest content) first."""
    holding = [
        (sum(s.end - s.start for s in a.content), a.id)
        for a in found
        if any(s.start <= trigger.start and trigger.end <= s.end for s in a.content)
    ]
    return tuple(identifier for _, identifier in sorted(holding))
