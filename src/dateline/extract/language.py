"""The language of a text: told by the text when it is sure, else by the page, else unknown."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

MIN_CHARACTERS = 40
SAMPLE_CHARACTERS = 4_000
SURE = 0.9
"""The probability from which py3langid overrules the page's own ``lang``."""

ENGLISH = frozenset(
    (
        "the",
        "of",
        "and",
        "to",
        "that",
        "was",
        "with",
        "for",
        "by",
        "from",
        "said",
        "has",
        "have",
        "were",
        "which",
        "this",
        "are",
        "be",
        "an",
        "at",
        "on",
        "as",
        "it",
        "not",
        "but",
    )
)
MIN_WORDS = 20
ENGLISH_SHARE = 0.25
"""English prose has a third of its words in ENGLISH; of its neighbours, Dutch has under a tenth."""


def detect(text: str, declared: str | None = None) -> str | None:
    """ISO 639-1 code of a text's language, or ``declared`` (such as "en-GB") when the text is unsure."""
    said = (declared or "").strip().lower().replace("_", "-").split("-")[0] or None
    sample = text[:SAMPLE_CHARACTERS].strip()
    if len(sample) < MIN_CHARACTERS:
        return said
    if is_plainly_english(sample):
        return "en"
    code, probability = identifier().classify(sample)
    return str(code) if probability >= SURE else said


def is_plainly_english(text: str) -> bool:
    """Whether function words alone settle it, which spares loading py3langid (0.4 s)."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) >= MIN_WORDS and sum(word in ENGLISH for word in words) >= ENGLISH_SHARE * len(words)


@cache
def identifier() -> Any:
    """py3langid's identifier with probabilities in [0, 1]."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
