"""XML of strangers: nothing is loaded from elsewhere, no entity of its own is taken."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from dateline.errors import InputError

DECLARATION = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["'][^>]*>""")
AMPERSAND = re.compile(r"&(?:(#\d+|#x[\da-fA-F]+|amp|lt|gt|quot|apos);|(\w+);)?")


def tree(name: str, content: bytes, base: str) -> Any:
    """The root element of a document, also of one with small faults.

    Addresses in it are relative to ``base``. Raises ``InputError`` for a document type that declares
    anything, and for what is no XML.
    """
    root = _parsed(content, base) if content.strip() else None
    if root is None:
        root = _parsed(repaired(content), base, recover=True)
    if root is None:
        raise InputError(name, "not XML", "give the address of a feed or a sitemap")
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and (any(declared.iterentities()) or any(declared.iterelements())):
        raise InputError(name, "declares a document type of its own", "give one that does not")
    return root


def repaired(content: bytes) -> bytes:
    """The document in UTF-8, its lone ampersands escaped and HTML's named characters written out."""
    found = DECLARATION.match(content)
    encoding = found[1].decode("ascii") if found else "utf-8"
    try:
        text = content.decode(encoding, "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text.lstrip("\ufeff"))
    return AMPERSAND.sub(_escaped, text).encode()


def local(element: Any) -> str:
    """An element's name without its namespace, "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    """The elements within one, by their name in whatever namespace."""
    return [each for each in element if local(each) == name]


def words(element: Any, name: str) -> str:
    """The text of the first element of a name within one, "" when there is none."""
    return next((text for each in children(element, name) if (text := (each.text or "").strip())), "")


def _parsed(content: bytes, base: str, *, recover: bool = False) -> Any | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )
    try:
        return etree.fromstring(content, parser, base_url=base)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _escaped(found: re.Match[str]) -> str:
    if found[1]:
        return found[0]
    character = html5.get(f"{found[2]};") if found[2] else None
    return character if character else f"&amp;{found[0][1:]}"
