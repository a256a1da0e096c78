"""What a page says about itself, from named fields only: nothing is guessed from its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "originalpublicationdate",
    "date",
)
"""Meta names that hold the time of publication, the surest first; JSON-LD comes after the first."""
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
ARTICLE_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "analysisnewsarticle")
MAX_FIELD = 500
MAX_NODES = 20_000
TITLE_MARKS = "|-\u2013\u2014»·:"
TITLE_SEPARATOR = re.compile(rf"\s+[{re.escape(TITLE_MARKS)}]\s+")


class Metadata(NamedTuple):
    """Fields of a page; null where the page does not name them. Times are ISO 8601."""

    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    url: str | None = None
    language: str | None = None


def read_metadata(tree: Any) -> Metadata:
    """The metadata of an lxml tree: meta elements, JSON-LD, microdata and links."""
    metas, data = read_metas(tree), read_json_ld(tree)
    publisher = first(metas.get("og:site_name"), name_of(data.get("publisher")), metas.get("publisher"))
    published, published_from = publication(tree, metas, data)
    changed = (
        iso_time(value) for value in (*(metas.get(name) for name in MODIFIED), data.get("dateModified"))
    )
    return Metadata(
        title=title_of(tree, metas, data, publisher),
        byline=byline_of(tree, metas, data),
        publisher=publisher,
        published=published,
        published_from=published_from,
        modified=next((value for value in changed if value), None),
        url=canonical(tree, metas),
        language=first(tree.get("lang"), next(iter(tree.xpath("//html/@lang")), None)),
    )


def clean(value: object) -> str | None:
    """One line of text without lone surrogates, or None when empty or not text."""
    if not isinstance(value, str):
        return None
    line = " ".join(value[:MAX_FIELD].encode("utf-8", "ignore").decode().split())
    return line or None


def first(*values: object) -> str | None:
    """The first value that is text and is no address (publishers put profile links in names)."""
    lines = (clean(value) for value in values)
    return next((line for line in lines if line and not line.startswith(("http://", "https://"))), None)


def read_metas(tree: Any) -> dict[str, str]:
    """``<meta>`` contents by lower-case name, property or itemprop; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = clean(element.get("content"))
        for key in ("property", "name", "itemprop"):
            if content and element.get(key):
                found.setdefault(element.get(key).strip().lower(), content)
    return found


def read_json_ld(tree: Any) -> dict[str, Any]:
    """The first JSON-LD object whose type is an article, or an empty one."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            root = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for node in objects(root):
            kinds = node.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(str(kind).lower() in ARTICLE_TYPES for kind in kinds):
                return node
    return {}


def objects(root: Any) -> Iterator[dict[str, Any]]:
    """Every JSON object inside a value, outermost first, at most MAX_NODES values looked at."""
    queue = [root]
    for node in queue:
        if isinstance(node, dict):
            yield node
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        queue.extend(value for value in inner if isinstance(value, dict | list))
        if len(queue) > MAX_NODES:
            return


def name_of(value: Any) -> str | None:
    """The name in a JSON-LD person or organisation: text, object, or a list of them."""
    if isinstance(value, list):
        names = [name for name in (name_of(item) for item in value[:20]) if name]
        return ", ".join(dict.fromkeys(names)) or None
    return first(value.get("name") if isinstance(value, dict) else value)


def publication(tree: Any, metas: dict[str, str], data: dict[str, Any]) -> tuple[str | None, str | None]:
    """Time of publication and the field that names it; (None, None) when no field does."""
    fields: list[tuple[str, object]] = [(f"meta {name}", metas.get(name)) for name in PUBLISHED]
    fields.insert(1, ("json-ld datePublished", data.get("datePublished")))
    marked = tree.xpath("//*[@itemprop='datePublished' or @pubdate]")
    fields += [
        ("itemprop datePublished", e.get("datetime") or e.get("content") or e.text) for e in marked[:1]
    ]
    fields += [("time datetime", stamp) for stamp in headline_times(tree)]
    for name, value in fields:
        time = iso_time(value)
        if time:
            return time, name
    return None, None


def headline_times(tree: Any) -> list[str]:
    """``<time datetime>`` that can only be the article's: all times of the page, if they share a day,
    else the one right after the only ``<h1>``."""
    times = [str(stamp) for stamp in tree.xpath("//time/@datetime")]
    if len({stamp[:10] for stamp in times}) <= 1 or len(tree.xpath("//h1")) != 1:
        return times[:1] if len({stamp[:10] for stamp in times}) <= 1 else []
    return [str(stamp) for stamp in tree.xpath("(//h1/following::time[@datetime])[1]/@datetime")]


def iso_time(value: object) -> str | None:
    """An ISO 8601 date or date-time as given, with its zone; an RFC 5322 date is rewritten.

    None for anything else and for place-holders (the year 1, the epoch).
    """
    text = clean(value)
    if text is None:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        try:
            time = parsedate_to_datetime(text)
        except ValueError:
            return None
        text = time.isoformat()
    if time.year < 1800 or time.date() == date(1970, 1, 1):
        return None
    if not re.match(r"\d{4}-\d\d-\d\d", text):
        text = time.isoformat() if len(text) > len("20240204") else time.date().isoformat()
    return text.replace(" ", "T", 1)


def title_of(tree: Any, metas: dict[str, str], data: dict[str, Any], publisher: str | None) -> str | None:
    """The headline: an ``<h1>`` that the page's title repeats, else the title without the publisher."""
    head = next((clean(element.text_content()) for element in tree.iter("title")), None)
    told = first(metas.get("og:title"), data.get("headline"), metas.get("twitter:title"), head)
    for element in tree.xpath("//h1")[:10]:
        heading = clean(element.text_content())
        if heading and (told is None or alike(heading, told)):
            return heading
    return without_publisher(told, publisher) if told else None


def alike(heading: str, title: str) -> bool:
    """Whether half of the words of either are in the other."""
    a, b = (set(re.findall(r"\w+", text.lower())) for text in (heading, title))
    return len(a & b) * 2 >= max(len(a), min(len(b), 2 * len(a)), 1)


def without_publisher(title: str, publisher: str | None) -> str:
    """A title without its last part when that is the publisher, or looks like a name after a headline."""
    parts = TITLE_SEPARATOR.split(title)
    last = parts[-1]
    is_publisher = publisher is not None and last.lower() in publisher.lower()
    names = last.split()
    is_name = len(names) <= 4 and all(name[0].isupper() for name in names)
    if len(parts) > 1 and (is_publisher or (is_name and len(title.split()) >= 4 + len(names))):
        return title[: title.rindex(last)].rstrip(f" {TITLE_MARKS}")
    return title


def byline_of(tree: Any, metas: dict[str, str], data: dict[str, Any]) -> str | None:
    """The authors' names, without "By"."""
    marked = tree.xpath("//*[@itemprop='author' or @rel='author' or contains(@class, 'byline')]")[:1]
    shown = (text for text in (element.text_content() for element in marked) if not re.search(r"\d", text))
    told = first(name_of(data.get("author")), metas.get("author"), metas.get("article:author"), *shown)
    name = re.sub(r"^by:?\s+", "", told or "", flags=re.IGNORECASE)
    return name if 0 < len(name) <= 100 else None


def canonical(tree: Any, metas: dict[str, str]) -> str | None:
    """The page's own address: ``<link rel=canonical>`` or ``og:url``, absolute ones only."""
    for value in (*tree.xpath("//link[@rel='canonical']/@href"), metas.get("og:url")):
        address = clean(value)
        try:
            parts = urlsplit(address or "")
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and parts.netloc:
            return address
    return None
