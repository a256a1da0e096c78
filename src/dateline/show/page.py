"""Readings as one self-contained page: the articles, their words lit, the event reports beside them.

Nothing is fetched: style and script stand in the page, and its security policy names their digests
and allows nothing else. ``page.css`` and ``page.js`` beside this module hold them.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

from dateline.show import wording
from dateline.show.segments import Mark, Segment, marks, paragraphs, segments
from dateline.show.wording import REPORT_LABELS, Entry, Phrase, Row, counted, visible, words
from dateline.types import Attribution, Furniture, Range, Reading

ROLE_LABELS = REPORT_LABELS | {"dates": "date", "places": "place", "actors": "actor"}
"""What each role is called above its words (a cue speaks for itself). Of a stretch's roles the first
in this order gives it its look."""


def page(readings: Sequence[Reading]) -> str:
    """The page of the readings, as HTML."""
    style, script = _file("page.css"), _file("page.js")
    return Template(_file("page.html")).substitute(
        policy=_policy(style, script),
        style=style,
        script=script,
        title=_text(wording.title(readings[0].article) if len(readings) == 1 else "Dateline: readings"),
        tally=_tally(readings),
        labels=escape(json.dumps(ROLE_LABELS)),
        index=_index(readings) if len(readings) > 1 else "",
        articles="\n".join(_article(number, reading) for number, reading in enumerate(readings, 1)),
    )


def _file(name: str) -> str:
    return files("dateline.show").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """A policy that allows this style, this script and nothing else."""
    digests = [b64encode(sha256(part.encode()).digest()).decode() for part in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _text(text: str) -> str:
    return escape(visible(text))


def _tally(readings: Sequence[Reading]) -> str:
    reports = sum(len(reading.events) for reading in readings)
    return f"{counted(len(readings), 'article')}, {counted(reports, 'event report')}"


def _index(readings: Sequence[Reading]) -> str:
    entries = "\n".join(
        f'<li><a href="#r{number}">{_text(wording.title(reading.article))}</a>'
        f"<p>{_byline(reading)}</p>{_strip(reading)}</li>"
        for number, reading in enumerate(readings, 1)
    )
    return f'<nav class="index" aria-label="Articles"><ol>\n{entries}\n</ol></nav>'


def _byline(reading: Reading) -> str:
    article = reading.article
    reports = counted(len(reading.events), "event report").replace(" ", "\N{NO-BREAK SPACE}")
    known = (article.publisher, wording.published(article), reports)
    return " · ".join(_text(words(each)) for each in known if each)


def _strip(reading: Reading) -> str:
    """A block for each event report, coloured by its tenor: an article's temper at a glance."""
    blocks = "".join(f'<i class="t{wording.tenor(event)}"></i>' for event in reading.events)
    return f'<div class="strip" aria-hidden="true">{blocks}</div>'


def _article(number: int, reading: Reading) -> str:
    """An article of the page: its text, and beside it its reports and attributions."""
    prefix, article = f"r{number}", reading.article
    words_of = Words(reading, prefix)
    title = words_of.lit(article.headline) if article.headline else _text(wording.title(article))
    body = "\n".join(f"<p>{words_of.lit(where)}</p>" for where in paragraphs(article))
    return f"""<article class="reading" id="{prefix}" aria-labelledby="{prefix}-title">
<div class="text">
<header><p class="publisher">{_text(words(article.publisher or "Publisher unknown"))}</p>
<h2 id="{prefix}-title">{title}</h2>
<p class="credits">{" · ".join(map(_text, wording.credits(article)[1:]))}</p>{_address(article.url)}</header>
{body}
{_set_apart(article.furniture, wording.furniture(article))}
</div>
<aside aria-label="What was read">
{_key()}
{_reports(reading, prefix)}
{_entries(reading, prefix)}
{_attributions(reading, prefix)}
</aside>
</article>"""


def _address(url: str | None) -> str:
    return f'<p class="address">{_text(words(url))}</p>' if url else ""


class Words:
    """An article's words with their marks, and for each owner one anchor that its card links to."""

    def __init__(self, reading: Reading, prefix: str) -> None:
        self.reading = reading
        self.prefix = prefix
        self.marks = marks(reading)
        self.anchors = _anchors(self.marks)

    def lit(self, where: Range) -> str:
        """A range of the article, as HTML."""
        return "".join(self._stretch(segment) for segment in segments(where, self.marks))

    def _stretch(self, segment: Segment) -> str:
        """One stretch: plain, marked, or, under a trigger, a link to its report."""
        told = _text(re.sub(r"\s", " ", self.reading.article.text[segment.start : segment.end]))
        if not segment.marks:
            return told
        owners = self.anchors.pop(segment.start, [])
        anchors = "".join(f'<span id="{self.prefix}-{owner}-w"></span>' for owner in owners)
        carried = " ".join(
            f"{mark.owner}:{mark.role}{'^' if mark.start == segment.start else ''}" for mark in segment.marks
        )
        trigger = next((mark for mark in segment.marks if mark.role == "trigger"), None)
        if trigger is None:
            return f'{anchors}<span class="{_look(segment)}" data-m="{carried}">{told}</span>'
        return f'{anchors}<a {self._report(trigger, segment)} data-m="{carried}">{told}</a>'

    def _report(self, trigger: Mark, segment: Segment) -> str:
        """The attributes of a link from a trigger to its report, numbered where the trigger ends."""
        number = trigger.owner[1:]
        event = self.reading.events[int(number) - 1]
        shown = f' data-n="{number}"' if segment.end == trigger.end else ""
        look = f"{_look(segment)} t{wording.tenor(event)} {event.status}"
        return f'href="#{self.prefix}-{trigger.owner}" class="{look}"{shown}'


def _anchors(over: Iterable[Mark]) -> dict[int, list[str]]:
    """Owners by the place where their words begin: a report's trigger, an attribution's cue, or the first."""
    roles = ("trigger", "cue", "content", "source", "dates", "places", "actors")
    mine = sorted((mark for mark in over if mark.role in roles), key=lambda mark: roles.index(mark.role))
    places: dict[str, int] = {}
    for mark in mine:
        places.setdefault(mark.owner, mark.start)
    anchors: dict[int, list[str]] = {}
    for owner, place in places.items():
        anchors.setdefault(place, []).append(owner)
    return anchors


def _look(segment: Segment) -> str:
    """The classes of a stretch: its first role by the order of ``ROLE_LABELS``, and whether it is quoted."""
    roles = {mark.role for mark in segment.marks}
    look = min(roles, key=list(ROLE_LABELS).index)
    return f"m {look} quoted" if "content" in roles else f"m {look}"


def _key() -> str:
    roles = ("actor", "recipient", "place", "date", "weapon", "killed", "source")
    names = {**ROLE_LABELS, "killed": "toll"}
    entries = "".join(f'<li><span class="m {role}">{names[role]}</span></li>' for role in roles)
    tenors = "".join(f'<li><i class="t{n}"></i>{label}</li>' for n, label in wording.TENOR.items())
    return f'<div class="key" role="group" aria-label="Key"><ul>{entries}</ul><ul>{tenors}</ul></div>'


def _reports(reading: Reading, prefix: str) -> str:
    cards = "\n".join(_card(row, prefix) for row in wording.rows(reading))
    heading = counted(len(reading.events), "event report")
    return f'<h3>{heading}</h3>{_strip(reading)}\n<ol class="cards">\n{cards}\n</ol>'


def _card(row: Row, prefix: str) -> str:
    """An event report, its heading a link to its words."""
    event, card = row.event, f"{prefix}-e{row.number}"
    status = "" if event.status == "actual" else f'<span class="status">{event.status}</span>'
    fields = "".join(_field(row, key, prefix) for key in row.fields)
    return f"""<li class="card t{wording.tenor(event)}" id="{card}" data-id="e{row.number}">
<h4><a href="#{card}-w"><span class="no">{row.number}</span>{_text(words(event.trigger.text))}</a></h4>
<p class="type">{_text(wording.kind(event))}{status}{_confidence(event.confidence)}</p>
<dl>{fields}{_same(row, prefix)}</dl></li>"""


def _field(row: Row, key: str, prefix: str) -> str:
    phrases = [_phrase(phrase) for phrase in row.fields[key]]
    if key == "answers":
        phrases = [
            f'<a href="#{prefix}-e{number}">{phrase}</a>'
            for number, phrase in zip(row.answers, phrases, strict=True)
        ]
    told = "".join(f"<span>{phrase}</span>" for phrase in phrases)
    return f'<div class="{key}"><dt>{wording.ASKED[key]}</dt><dd>{told}</dd></div>'


def _phrase(phrase: Phrase) -> str:
    """Words, and what they stand for with its reason."""
    if not phrase.value:
        return _text(phrase.words)
    value = f'<b class="value" title="{_text(phrase.reason)}">{_text(phrase.value)}</b>'
    return f"{_text(phrase.words)} {value}".lstrip()


def _same(row: Row, prefix: str) -> str:
    links = "".join(f'<span><a href="#{prefix}-e{number}">#{number}</a></span>' for number in row.same)
    return f'<div class="same"><dt>also told in</dt><dd>{links}</dd></div>' if links else ""


def _confidence(confidence: float) -> str:
    return f'<span class="confidence" title="confidence">{confidence:.0%}</span>'


def _attributions(reading: Reading, prefix: str) -> str:
    if not reading.attributions:
        return ""
    cards = "\n".join(_said(n, said, prefix) for n, said in enumerate(reading.attributions, 1))
    heading = counted(len(reading.attributions), "attribution")
    return f'<h3>{heading}</h3>\n<ul class="cards">\n{cards}\n</ul>'


def _said(number: int, said: Attribution, prefix: str) -> str:
    source, cue, content = map(_text, wording.attributed(said))
    card = f"{prefix}-a{number}"
    return f"""<li class="card said" id="{card}" data-id="a{number}">
<h4><a href="#{card}-w">{source or "unnamed"} <em>{cue}</em></a></h4>
<p>{content}</p>
<p class="type">{said.kind}{_confidence(said.confidence)}</p></li>"""


def _entries(reading: Reading, prefix: str) -> str:
    """The article's dates, places and actors, each linked to its first words."""
    return "\n".join(
        f'<h3>{counted(len(told), kind[:-1])}</h3>\n<ul class="cards named">'
        + "".join(_entry(entry, kind, number, prefix) for number, entry in enumerate(told, 1))
        + "</ul>"
        for kind, told in wording.entries(reading).items()
        if told
    )


def _entry(entry: Entry, kind: str, number: int, prefix: str) -> str:
    card, times = f"{prefix}-{kind}{number}", len(entry.spans)
    often = f'<span class="confidence" title="mentions">×{times}</span>' if times > 1 else ""
    return f"""<li class="card {kind}" id="{card}" data-id="{kind}{number}">
<h4><a href="#{card}{"-w" if times else ""}">{_text(entry.phrase.words)}</a></h4>
<p>{_phrase(replace(entry.phrase, words=""))}{often}</p></li>"""


def _set_apart(lines: Sequence[Furniture], summary: str) -> str:
    if not lines:
        return ""
    entries = "".join(f"<li><span>{line.kind}</span>{_text(words(line.text))}</li>" for line in lines)
    return f'<details class="furniture"><summary>{_text(summary)}</summary><ul>{entries}</ul></details>'
