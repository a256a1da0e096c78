"""A view as an Atom feed (RFC 4287): the incidents that changed last.

An entry keeps its id for good: that of the claim by which the incident was recorded first, whatever is
joined to it since. ``updated`` is when a report was added or somebody decided about the incident.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from dateline import __version__
from dateline.record.ids import digest
from dateline.show.wording import counted, shortened, words
from dateline.site import titles
from dateline.site.changes import Change
from dateline.site.faces.answers import Answer
from dateline.site.filters import Filter
from dateline.site.settings import SiteSettings

ATOM = "http://www.w3.org/2005/Atom"
GEORSS = "http://www.georss.org/georss"
TYPE = "application/atom+xml"
LATEST = 100
"""Incidents of a feed at most."""
NEVER = "1970-01-01T00:00:00Z"
"""When a feed without incidents was changed."""
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def feed(settings: SiteSettings, asked: Filter, told: Sequence[Change], shown: Mapping[str, str]) -> Answer:
    """The feed of a view, of the changes in it, the latest first; ``shown`` as ``titles.feed`` has it."""
    query = asked.query() and f"?{asked.query()}"
    updated = max((_time(each.changed_at) for each in told), default=NEVER)
    root = Element("feed", {"xmlns": ATOM, "xmlns:georss": GEORSS, "xml:lang": "en"})
    _text(root, "id", urn(digest("feed", asked.query())))
    _text(root, "title", f"{settings.title}: {titles.feed(asked, shown)}")
    _text(root, "updated", updated)
    SubElement(root, "link", rel="self", type=TYPE, href=f"{settings.base_url}/incidents.atom{query}")
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{settings.base_url}/{query}")
    _text(SubElement(root, "author"), "name", settings.title)
    generator = SubElement(root, "generator", version=__version__)
    generator.text = "Dateline"
    for each in told:
        _entry(SubElement(root, "entry"), settings, each)
    body: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return Answer(body, f"{TYPE}; charset=utf-8", updated if told else None)


def urn(digits: str) -> str:
    """32 hexadecimal digits as a name that is the same in every record and at every address."""
    parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
    return f"urn:uuid:{'-'.join(parts)}"


def _entry(entry: Element, settings: SiteSettings, told: Change) -> None:
    brief = told.brief
    _text(entry, "id", urn(told.first))
    _text(entry, "title", titles.title(brief))
    _text(entry, "updated", _time(told.changed_at))
    _text(entry, "published", _time(told.began_at))
    SubElement(
        entry,
        "link",
        rel="alternate",
        type="text/html",
        href=f"{settings.base_url}/incidents/{brief.id}",
    )
    SubElement(entry, "category", term=brief.kind.split()[0])
    if brief.lat is not None:
        _text(entry, "georss:point", f"{brief.lat} {brief.lon}")
    _text(entry, "summary", summary(told))


def summary(told: Change) -> str:
    """A report's sentence, and by how many the incident is told."""
    brief = told.brief
    sources = counted(brief.origins, "independent source")
    disputed = " Disputed: somebody denies it." if brief.disputed else ""
    headline = shortened(words(brief.headline), 500)
    return f"“{headline}” – {counted(brief.articles, 'article')}, {sources}.{disputed}"


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _UNFIT.sub("\ufffd", text)


def _time(recorded: str) -> str:
    """A time of the log as RFC 3339 has it."""
    return recorded.replace("+00:00", "Z")
