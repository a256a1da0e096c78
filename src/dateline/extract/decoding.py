"""Bytes to text: a byte order mark, else strict UTF-8, else what is declared, else a guess."""

from __future__ import annotations

import codecs
import re

from dateline.errors import InputError
from dateline.types import Page

MAX_BYTES = 20_000_000
"""The most bytes of one page that are read."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
SAMPLE_BYTES = 65_536
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MAX_CONTROLS = 0.01
"""The share of control characters above which bytes are not text."""


def decode(page: Page) -> str:
    """The page's bytes as text, without its byte order mark.

    Raises InputError when the page is empty, larger than MAX_BYTES or not text.
    """
    content = page.content
    if len(content) > MAX_BYTES:
        raise InputError(page.address, f"larger than {MAX_BYTES // 1_000_000} MB", "give a smaller page")
    if not content.strip():
        raise InputError(page.address, "empty", "give a page with text")
    for encoding in encodings(content, page.media_type):
        text = attempt(content, encoding)
        if text is not None and is_text(text):
            return text
    raise InputError(page.address, "not text", "give HTML, plain text or JSON lines")


def encodings(content: bytes, media_type: str | None) -> list[str]:
    """Names of encodings to try, the surest first; a declared one may lie, so UTF-8 precedes it."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return [encoding]
    declared = DECLARED.findall((media_type or "").encode() + b"\n" + content[:4096])
    # Windows-1252 stands for Latin-1 on the web, as the WHATWG encoding standard has it.
    names = [name.decode("ascii", "replace").lower() for name in declared]
    names = ["windows-1252" if name in ("iso-8859-1", "latin-1", "us-ascii") else name for name in names]
    return ["utf-8", *names, *guess(content[:SAMPLE_BYTES]), "utf-8-replace"]


def guess(sample: bytes) -> list[str]:
    """The encoding that charset_normalizer finds in a sample, if any; asked only for non-UTF-8."""
    if attempt(sample, "utf-8") is not None:
        return []
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return [best.encoding] if best else []


def attempt(content: bytes, encoding: str) -> str | None:
    """The text if every byte fits the encoding; "utf-8-replace" forgives one byte in a hundred."""
    try:
        if encoding != "utf-8-replace":
            return content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None
    text = content.decode("utf-8", "replace")
    return text if text.count("\ufffd") <= len(text) / 100 else None


def is_text(text: str) -> bool:
    """Whether a decoded text has no NUL and next to no control characters or lone surrogates."""
    if "\0" in text:
        return False
    sample = text[:SAMPLE_BYTES]
    return len(CONTROLS.findall(sample)) <= MAX_CONTROLS * len(sample)
