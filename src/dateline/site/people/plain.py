"""What a reader wrote, as HTML: plain text, its lines kept, its addresses made links that promise nothing."""

from __future__ import annotations

import re

import nh3
from markupsafe import Markup, escape

from dateline.show.wording import visible

ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]]*[^\s<>\"'`{}|\\^\[\].,;:!?()]", re.IGNORECASE)


def links(words: str) -> list[str]:
    """The web addresses in some words."""
    return ADDRESS.findall(words)


def html(words: str) -> Markup:
    """Paragraphs, as an empty line parts them. Whatever looks like markup is shown as it was typed."""
    paragraphs = re.split(r"\n\s*\n", words.replace("\r\n", "\n").expandtabs(4).strip())
    made = "".join(f"<p>{_lines(paragraph)}</p>" for paragraph in paragraphs)
    return Markup(
        nh3.clean(
            made,
            tags={"p", "br", "a"},
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            link_rel="nofollow ugc noopener noreferrer",
        )
    )


def _lines(paragraph: str) -> str:
    return "<br>".join(_linked(line) for line in paragraph.split("\n"))


def _linked(line: str) -> str:
    made, start = "", 0
    for match in ADDRESS.finditer(line):
        before, address = visible(line[start : match.start()]), escape(visible(match[0]))
        made += f'{escape(before)}<a href="{address}">{address}</a>'
        start = match.end()
    return made + str(escape(visible(line[start:])))
