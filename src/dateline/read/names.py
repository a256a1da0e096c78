"""Names: places as LGL annotates them, and re3d's organisations, persons, times and arms."""

from __future__ import annotations

from typing import Any

from dateline.ontology import MENTIONS
from dateline.read import bio, spans
from dateline.read.encoder import Encoded
from dateline.read.tokens import Pieces
from dateline.types import Article, Mention

_TOPONYM, _NAMES = MENTIONS[0], MENTIONS[1:]


def mentions(article: Article, pieces: Pieces, encoded: Encoded, settings: dict[str, Any]) -> list[Mention]:
    """All names of an article in text order; a place may stand there as toponym and as location."""
    places = [(f, _TOPONYM) for f in bio.decode(encoded.toponyms, settings["toponym"])]
    others = [(f, _NAMES[f.kind]) for f in bio.decode(encoded.names, settings["name"])]
    out = []
    for found, kind in places + others:
        span = spans.words(article, pieces, found)
        out.append(Mention(span.start, span.end, span.text, kind, round(found.confidence, 4)))
    return sorted(out, key=lambda m: (m.start, -m.end))
