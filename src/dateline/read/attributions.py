"""Attributions: a cue, and the words for the source and the content that it joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dateline.read import bio, frames, spans
from dateline.read.encoder import Encoded, Encoder
from dateline.read.frames import ATTRIBUTION_REACH
from dateline.read.tokens import Pieces
from dateline.types import Article, Attribution, AttributionKind, Range, Span

_OPENS, _CLOSES = "“\"‘«„'", "”\"’»“'"
_GAP = 3
_GAP_IN_SOURCE = 1
_SURELY = 0.6
"""What one piece of a source reaches, while the others reach the setting."""
_QUOTE = re.compile('[“”"«»„]')
_QUOTATION = re.compile(r"“[^“”]{1,3000}”|\"[^\"\n]{1,3000}\"|''.{1,3000}?''|«[^«»]{1,3000}»")
_MOST = 0.6
"""The share of a quotation that has to be found for all of it to be content."""


def attributions(
    encoder: Encoder, article: Article, pieces: Pieces, encoded: Encoded, settings: dict[str, Any]
) -> list[Attribution]:
    """All attributions of an article, in the order of their cues.

    A cue for which no content is found is none.
    """
    cues = bio.decode(encoded.cues, settings["cue"])
    if not cues:
        return []
    first, last = [c.start for c in cues], [c.end - 1 for c in cues]
    laid = frames.candidates(pieces, [(c.start, c.end) for c in cues], ATTRIBUTION_REACH)
    laid = encoder.screens["attributions"].passing(encoded.vectors, first, last, laid)
    chances = encoder.attributions(encoded.vectors, first, last, laid)
    quotations = [m.span() for m in _QUOTATION.finditer(article.text)]
    least, most = settings["source"], settings["content"]
    sure = max(least, _SURELY)
    out: list[Attribution] = []
    for i, cue in enumerate(cues):
        by = [spans.words(article, pieces, cue, edge="")]
        source = frames.decode(laid, i, chances[i, :, 0], sure, least, _GAP_IN_SOURCE, [cue])[:1]
        who = [whole for f in source if (whole := _party(article, pieces, f, by[0]))]
        taken = [bio.Found(*pieces.inside(s.start, s.end), 0, 1.0) for s in who]
        found = frames.decode(laid, i, chances[i, :, 1], most, most, _GAP, [cue, *taken])
        said = [spans.words(article, pieces, f, edge="") for f in _content(found, settings)]
        said = _whole_quotations(article, said, quotations, [*who, *by])
        if said:
            identifier, manner = f"a{len(out) + 1}", kind(article.text, said)
            confidence = round(cue.confidence, 4)
            out.append(Attribution(identifier, tuple(who), tuple(by), tuple(said), manner, confidence))
    return out


def _party(article: Article, pieces: Pieces, found: bio.Found, cue: Span) -> Span | None:
    words = spans.party(article, pieces, found, cue, edge="")
    if words is None:
        return None
    start, end = spans.led(article.text, (words.start, words.end))
    return article.span(start, _set_off(article.text, (start, end)))


def _set_off(text: str, span: Range) -> int:
    """Where a source ends: what a comma sets off within it ("Brandt, a baker,") a comma closes, too."""
    start, end = spans.trim(text, *span, edge=", ")
    closed = "," in text[start:end] and text[end : end + 1] == ","
    return end + closed


def _content(found: Sequence[bio.Found], settings: dict[str, Any]) -> list[bio.Found]:
    """The best span, and others sure enough of themselves (the words around "he said"), in text order."""
    kept = [f for i, f in enumerate(found) if not i or f.confidence >= settings["more content"]]
    return sorted(kept, key=lambda f: f.start)


def _whole_quotations(
    article: Article, said: Sequence[Span], quotations: Sequence[Range], others: Sequence[Span]
) -> list[Span]:
    """Content with the quotations that it mostly covers taken whole, marks included.

    A quotation that holds the cue or the source stays as it was found.
    """
    out: list[Span] = []
    for span in said:
        start, end = span.start, span.end
        for low, high in quotations:
            covered = min(end, high) - max(start, low)
            mostly = covered >= _MOST * (high - low)
            if mostly and all(o.end <= low or high <= o.start for o in others):
                start, end = min(start, low), max(end, high)
        if not out or start >= out[-1].end:
            out.append(article.span(start, end))
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
