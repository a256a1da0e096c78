"""HTML to its parts: metadata, visible lines, article paragraphs. Runs in the worker."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from dateline.extract.blocks import Line, visible_lines
from dateline.extract.metadata import Metadata, read_metadata

MAX_TAG = 65_536
"""The most characters of one tag: libxml2 takes a minute over 100,000 attributes."""
TAG = re.compile(r"<[a-zA-Z][^>]*+")
DATA_ADDRESS = re.compile(r"data:[\w.+/-]*(?:;[\w.=-]+)*,[\w+/=%-]{200,}")


class TagTooLong(ValueError):
    """A tag that no honest page has."""


class Parts(NamedTuple):
    """A web page taken apart; ``paragraphs`` are trafilatura's, in order, without markup."""

    metadata: Metadata
    paragraphs: list[str]
    lines: list[Line]


def take_apart(html: str) -> Parts:
    """Parse a page and find its article.

    Raises TagTooLong before parsing; an unparsable page has empty parts.
    """
    from trafilatura.utils import load_html

    html = DATA_ADDRESS.sub("data:,", html)  # inlined pictures are long, but harmless
    if any(tag.end() - tag.start() > MAX_TAG for tag in TAG.finditer(html)):
        raise TagTooLong
    tree = load_html(html)
    if tree is None:
        return Parts(Metadata(), [], [])
    metadata = read_metadata(tree)
    return Parts(metadata, find_paragraphs(tree), visible_lines(tree))


def find_paragraphs(tree: Any) -> list[str]:
    """The article's paragraphs by trafilatura, whose fast mode lost nothing on the training half."""
    from trafilatura import extract

    text = extract(tree, fast=True, include_comments=False) or ""
    return [line.strip() for line in text.splitlines() if line.strip()]
