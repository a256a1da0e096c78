"""The visible lines of an HTML tree, each with hints from the elements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple


class Line(NamedTuple):
    """A line of a page and the hints of its elements, nearest first (none in plain text)."""

    text: str
    hints: tuple[str, ...] = ()


MAX_LINES = 3_000
INVISIBLE = ("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "select", "math")
INLINE = frozenset(
    (
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    )
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LABELS = frozenset(("label", "button", "input", "textarea", "legend"))
HINTS: dict[str, str] = {
    "comment": r"comment|respond|disqus|reply|discussion",
    "human-check": r"captcha|human-?check|turnstile",
    "related": r"relat|recommend|more-?(stories|news|articles|from)|most-?(read|popular)|trending|popular"
    r"|outbrain|taboola|also-?(read|like)|teaser|latest",
    "share": r"shar(e|ing)|social|follow-?us|addthis|facebook|twitter|whatsapp",
    "subscribe": r"newsletter|subscri|sign-?up|mailing|paywall|premium-?box",
    "advertisement": r"(^|[-_])(ad|ads|advert\w*|sponsor\w*|promo\w*|dfp|gpt)([-_]|$)",
    "copyright": r"copyright|legal|colophon",
    "author-bio": r"author|byline|contributor|bio($|[-_])",
    "navigation": r"(^|[-_])(nav\w*|menu\w*|breadcrumb\w*|pagination|pager|topbar|footer|header|masthead"
    r"|sidebar|widget|tags?|categor\w*)([-_]|$)",
    "content": r"(article|entry|post|story)[-_]?(body|content|text)|articlebody",
}
"""What class, id and role say, the first two that match; "content" is the article itself."""
PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in HINTS.items()}
TAGS = {
    "nav": "navigation",
    "footer": "navigation",
    "header": "header",
    "aside": "aside",
    "article": "article",
    "main": "article",
}
LINK_SHARE = 0.8
"""A line is a link when this share of its characters is inside ``<a>``."""


def visible_lines(tree: Any) -> list[Line]:
    """Block-level lines in page order, at most MAX_LINES; empties the tree of what is not visible."""
    from lxml import etree  # type: ignore[import-untyped]

    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, *INVISIBLE, with_tail=False)
    lines: list[Line] = []
    for pieces, hints in blocks(tree):
        text = " ".join("".join(piece for piece, _ in pieces).split())
        if text:
            linked = sum(len(piece.strip()) for piece, is_link in pieces if is_link)
            link = ("link",) if linked >= LINK_SHARE * len(text) else ()
            lines.append(Line(text, (*hints, *link)))
        if len(lines) == MAX_LINES:
            break
    return lines


Piece = tuple[str, bool]


def blocks(tree: Any) -> Iterator[tuple[list[Piece], tuple[str, ...]]]:
    """Runs of text unbroken by a block element: pieces with whether each is linked, and hints."""
    from lxml import etree

    stack: list[tuple[str, ...]] = [()]
    pieces: list[Piece] = []
    links = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if event == "end":
            links -= tag == "a"
        if tag not in INLINE:
            yield pieces, stack[-1]
            pieces = []
        if event == "start":
            stack.append(hints_within(stack[-1], element))
            links += tag == "a"
            pieces.append((own_text(element), links > 0))
        else:
            stack.pop()
            pieces.append((element.tail or "", links > 0))
    yield pieces, ()


def own_text(element: Any) -> str:
    """The text that opens an element; for a form field what it shows while empty."""
    if element.tag in ("input", "textarea"):
        kind = element.get("type", "text").lower()
        shown = element.get("value") if kind in ("submit", "button") else element.get("placeholder")
        return str(shown or "") if kind != "hidden" else ""
    return str(element.text or "")


def hints_within(outer: tuple[str, ...], element: Any) -> tuple[str, ...]:
    """The hints of an element: those of its parents, with its own nearest and first."""
    tag = str(element.tag)
    own = [TAGS[tag]] if tag in TAGS else []
    own += ["heading"] if tag in HEADINGS else ["label"] if tag in LABELS else []
    own += named_hints(" ".join(element.get(key, "") for key in ("class", "id", "role", "itemprop"))[:300])
    return (*own, *(hint for hint in outer if hint not in own))[:6] if own else outer


@lru_cache(maxsize=4_096)
def named_hints(names: str) -> tuple[str, ...]:
    """What the names of an element say, at most two hints; pages repeat their names, hence the cache."""
    words = names.split()
    return tuple(hint for hint, pattern in PATTERNS.items() if any(map(pattern.search, words)))[:2]
