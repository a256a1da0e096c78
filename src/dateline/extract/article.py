"""A page's article: its text fixed for good, what is body and what is furniture, and its metadata.

Page ── decoding.decode ──┬── plain text ── plain.rows ────────────────────────┐
                          └── HTML ── worker (webpage.take_apart) ── lines ── Article
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import PurePath
from types import TracebackType

from dateline.errors import InputError
from dateline.extract import plain
from dateline.extract.blocks import Line
from dateline.extract.decoding import decode
from dateline.extract.furniture import LIKELY, guesses, is_prose
from dateline.extract.language import detect
from dateline.extract.plain import Row
from dateline.extract.webpage import Parts
from dateline.extract.worker import PageRefused, Worker
from dateline.types import Article, Furniture, FurnitureKind, Page, Range

MIN_PARAGRAPH = 40
"""Characters that one line of a web page's article must have: menus and error pages have none such."""
MAX_FURNITURE = 200
MAX_FURNITURE_CHARACTERS = 300
HTML = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:<!--(?>.{0,2000}?-->)\s*+)*+"
    r"<(!doctype\s+html|html|head|body|title|meta|div|p|article|main|section|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
BLANK = "\n\n"

Block = tuple[str, FurnitureKind | None]


class Extractor:
    """Turns pages into articles; owns the worker process that HTML is parsed in.

    Used as a context manager, so that the process starts at once and ends for sure.
    """

    def __init__(self) -> None:
        self._worker = Worker()

    def __enter__(self) -> Extractor:
        self._worker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.close()

    def extract(self, page: Page, published: str | None = None) -> Article:
        """The article of a page; ``published`` is taken when the page names no time.

        Raises InputError when the page is empty, too large, not text, refused by the worker, or has
        no article. The extractor stays usable.
        """
        text = decode(page)
        article = self._from_html(page, text) if is_html(page, text) else from_plain(page, text)
        if article.published is None and published is not None:
            return replace(article, published=published, published_from="option")
        return article

    def _from_html(self, page: Page, html: str) -> Article:
        try:
            parts = self._worker.take_apart(html)
        except PageRefused as refusal:
            raise InputError(
                page.address, str(refusal), "save the article as plain text and read that"
            ) from None
        article = from_parts(page, parts)
        if not any(len(line) >= MIN_PARAGRAPH for line in page_body(article).splitlines()):
            raise InputError(page.address, "no article was found", "give the page of a single article")
        return article


def is_html(page: Page, text: str) -> bool:
    """Whether a page is HTML: by its media type, else by how it begins."""
    kind = (page.media_type or "").split(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml"):
        return True
    return kind != "text/plain" and HTML.match(text, 0, 4_096) is not None


def from_plain(page: Page, text: str) -> Article:
    """The article in a plain text, which is kept exactly."""
    rows = plain.rows(text)
    head = plain.headline(text, [(row.start, row.end) for row in rows])
    article = assemble(page, text, rows, head)
    title = " ".join(text[slice(*head)].split()) if head else None
    return replace(article, title=title, language=detect(body_text(article)))


def from_parts(page: Page, parts: Parts) -> Article:
    """The article of a web page: headline, paragraphs, then the page's furniture, a blank line between."""
    metadata = parts.metadata
    headline = metadata.title
    paragraphs = [text for text in parts.paragraphs if not headline or squeeze(text) != squeeze(headline)]
    blocks: list[Block] = [(headline, None)] if headline else []
    blocks += trimmed(paragraphs)
    blocks += around(parts.lines, [text for text, _ in blocks])
    text = BLANK.join(text for text, _ in blocks)
    head = (0, len(headline)) if headline else None
    article = assemble(page, text, located(blocks), head, url=metadata.url)
    return replace(
        article,
        title=metadata.title,
        byline=metadata.byline,
        publisher=metadata.publisher,
        published=metadata.published,
        published_from=metadata.published_from,
        modified=metadata.modified,
        language=detect(body_text(article), metadata.language),
    )


def trimmed(paragraphs: list[str]) -> list[Block]:
    """Paragraphs, those at either end that likely are furniture, or rows of a layout's table, marked as
    such; when all are, none is."""
    lines = [Line(text.strip("| ")) for text in paragraphs]
    found = guesses(lines)
    kept = [
        i
        for i, (text, line, guess) in enumerate(zip(paragraphs, lines, found, strict=True))
        if guess.body >= LIKELY and (is_prose(line.text) or not text.startswith("|"))
    ]
    first, last = (kept[0], kept[-1]) if kept else (0, len(paragraphs))
    return [
        (text, None) if first <= i <= last else (lines[i].text, found[i].kind)
        for i, text in enumerate(paragraphs)
    ]


def around(lines: Sequence[Line], kept: Iterable[str]) -> list[Block]:
    """The page's lines that are not among those kept and look like furniture, in page order.

    At most MAX_FURNITURE of MAX_FURNITURE_CHARACTERS each; navigation goes first when there are more.
    """
    shown = [squeeze(text) for text in kept]
    seen, whole = set(shown), " | ".join(shown)
    chosen: list[tuple[int, Block]] = []
    for i, (line, guess) in enumerate(zip(lines, guesses(lines), strict=True)):
        words = squeeze(line.text)
        inside = words in seen or (words.count(" ") >= 3 and words in whole)
        if words and guess.body < 0.5 and not inside:
            seen.add(words)
            chosen.append((i, (line.text[:MAX_FURNITURE_CHARACTERS].rstrip(), guess.kind)))
    chosen.sort(key=lambda item: item[1][1] == "navigation")
    return [block for _, block in sorted(chosen[:MAX_FURNITURE], key=lambda item: item[0])]


def squeeze(text: str) -> str:
    """The words of a text, in lower case, with single blanks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def located(blocks: Iterable[Block]) -> list[Row]:
    """The offsets of blocks in their text joined by BLANK."""
    rows: list[Row] = []
    start = 0
    for text, kind in blocks:
        rows.append(Row(start, start + len(text), kind))
        start += len(text) + len(BLANK)
    return rows


def assemble(
    page: Page, text: str, rows: list[Row], headline: Range | None, url: str | None = None
) -> Article:
    """An article of rows in text order; neighbouring rows of the article are one range."""
    body: list[Range] = []
    for is_body, group in groupby(rows, key=lambda row: row.kind is None):
        if is_body:
            run = list(group)
            body.append((run[0].start, run[-1].end))
    furniture = (
        Furniture(row.start, row.end, text[row.start : row.end], row.kind) for row in rows if row.kind
    )
    if url is None and page.address.startswith(("http://", "https://")):
        url = page.address
    identity = f"{url or PurePath(page.address).name}\n{text}".encode("utf-8", "replace")
    return Article(
        id=hashlib.sha256(identity).hexdigest()[:16],
        text=text,
        url=url,
        headline=headline,
        body=tuple(body),
        furniture=tuple(furniture),
    )


def with_language(article: Article) -> Article:
    """An article that came ready (from JSON lines) with its language, as far as its text tells."""
    return article if article.language else replace(article, language=detect(body_text(article)))


def body_text(article: Article) -> str:
    """The words of the body, headline included, one range a line."""
    return "\n".join(article.text[start:end] for start, end in article.body)


def page_body(article: Article) -> str:
    """The words of the body without the headline, as ``evaluate pages`` answers."""
    head = article.headline[1] if article.headline else 0
    pieces = (article.text[max(start, head) : end].strip() for start, end in article.body)
    return "\n".join(piece for piece in pieces if piece)
