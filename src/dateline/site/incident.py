"""An incident: its values side by side, who says so in which words, and how it came to be told so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Query, Request
from sqlalchemy import Connection
from starlette.responses import RedirectResponse, Response

from dateline.errors import InputError, RecordError
from dateline.record.chains import Link, chain
from dateline.record.decisions import rank
from dateline.record.facets import folded
from dateline.record.ids import decision_id
from dateline.record.loading import Shelf
from dateline.record.lookup import around
from dateline.record.past import incident_on, recorded
from dateline.record.search import in_brief
from dateline.record.spreads import Spread, Value, apart, day, kind, named, number, speaker, spread
from dateline.record.summary import Summary, summary
from dateline.record.times import LAST, instant
from dateline.site import titles, wording
from dateline.site.filters import understood
from dateline.site.people.anchors import subjects
from dateline.site.publishing import Moved, published
from dateline.site.rendering import render
from dateline.site.state import record_of
from dateline.types import Citation, Claim, Count, Incident, Origin

router = APIRouter()

PAGE = 40
"""Claims on a page."""
NEAR = 3
"""Answers that an incident of the chain is away at most."""
FAR = 12
"""Incidents of a chain that are listed before and after."""
ROWS = {
    "killed": "Killed",
    "injured": "Injured",
    "kinds": "What happened",
    "statuses": "Whether it happened",
    "actors": "Who",
    "recipients": "To whom",
    "places": "Where",
    "dates": "When",
    "weapons": "With what",
    "claimed_by": "Claimed by",
    "denied_by": "Denied by",
}
"""The values of an incident in the order of the page."""
CONTRADICTING = ("killed", "injured", "kinds", "statuses", "dates")
"""Those of which two cannot both be right."""
TOLLS = ("killed", "injured")
"""But of these a number may fit both: "six" and "at least five"."""
NEWS = ("killed", "injured", "kinds", "statuses", "places", "dates", "claimed_by", "denied_by")
"""Those of which it is told when they were first said."""
FIRST = 4
"""New values of a question that are told of a day."""
DECISIONS = {
    "same": "one and the same",
    "different": "not the same",
    "unsure": "unsure whether the same",
    "answers": "in answer to",
    "not-answers": "not in answer to",
    "correction": "corrected",
    "copy": "a copy",
    "not-copy": "no copy",
    "withdrawal": "taken back",
    "redaction": "erased",
}
"""What decisions say."""
FIELDS = {"actor": "who", "recipient": "to whom", "place": "where", "weapon": "with what"}


@dataclass(frozen=True, slots=True)
class Row:
    """One question with the answers told, and whether they contradict each other."""

    key: str
    title: str
    values: tuple[Value, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class News:
    """What was said for the first time on a day: by question its key, some values, and how many more."""

    day: str
    said: tuple[tuple[str, str, tuple[str, ...], int], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim on the page: its values by question, each with whether another one is more widely told."""

    claim: Claim
    speaker: str
    speaker_key: str
    kind: str
    values: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its claims, and the articles that are copies of it."""

    citation: Citation
    claims: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """An origin: its name, the articles that have claims, and those that are its copies."""

    name: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """An incident of the chain: how far it is, its id, its words, why it answers what."""

    steps: int
    id: str
    headline: str
    kind: str
    when: str
    reasons: tuple[str, ...]


@router.get("/incidents/{identity}")
def incident(
    request: Request,
    identity: str,
    as_of: str = "",
    page: int = Query(1, ge=1, le=100_000),
) -> Response:
    """An incident, as of now or of the end of a day."""
    key = "incident", identity, as_of, page
    query = f"?{request.url.query}" if request.url.query else ""

    def make(connection: Connection) -> dict[str, Any]:
        shelf = record_of(request).shelf
        now, near = found(connection, shelf, identity)
        if now.id != identity:
            raise Moved(f"/incidents/{now.id}{query}")
        return shown(connection, shelf, now, near, as_of, page)

    return published(request, "incident.html", key, make)


def shown(
    connection: Connection, shelf: Shelf, now: Incident, near: Sequence[Incident], as_of: str, page: int
) -> dict[str, Any]:
    """What the page of an incident shows but for its comments; ``near`` are those of its chain."""
    told = past(connection, shelf, now, as_of)
    chained = steps(connection, now, near)
    values, brief = spread(told), summary(told)
    return {
        "incident": told,
        "now": now,
        "brief": brief,
        "as_of": as_of,
        "title": titles.title(brief),
        "rows": rows(values),
        "values": values,
        "groups": groups(told, values, page),
        "page": page,
        "pages": -(-len(told.claims) // PAGE),
        "moments": moments(now),
        "news": news(values),
        "before": [step for step in chained if step.steps < 0],
        "after": [step for step in chained if step.steps > 0],
        "decisions": decided(connection, told),
        "voices": voices(told),
        "former": told.former[:PAGE],
        "subject": now.id,
        "subjects": subjects(now),
        "subject_title": titles.title(brief),
    }


@router.get("/claims/{identity}")
def claim(request: Request, identity: str) -> Response:
    """A claim: where it stands in its incident."""
    record = record_of(request)
    try:
        full = record.full_id(identity)
        return RedirectResponse(f"/incidents/{record.incident(full).id}#{full}", 302)
    except RecordError as error:
        raise HTTPException(404, str(error)) from error


@router.get("/incidents/{identity}/compare")
def compare(request: Request, identity: str, one: str = "", other: str = "") -> Response:
    """What two speakers say of an incident, side by side."""
    record = record_of(request)
    with record.reading() as connection:
        now, _ = found(connection, record.shelf, identity)
    names = voices(now)
    asked = dict.fromkeys(key for key in (one, other, *names) if key in names)
    values, brief = spread(now), summary(now)
    sides = [
        (key, names[key], [told(each, values) for each in now.claims if key == key_of(each)])
        for key in list(asked)[:2]
    ]
    context = {"incident": now, "brief": brief, "voices": names, "sides": sides, "title": titles.title(brief)}
    return render(request, "compare.html", context)


def found(connection: Connection, shelf: Shelf, identity: str) -> tuple[Incident, tuple[Incident, ...]]:
    """An incident of now with those of its chain. Refuses what is in none."""
    if not identity.startswith("i"):
        raise HTTPException(404, f"{identity[:40]} is no incident")
    try:
        return around(connection, shelf, identity, NEAR)
    except RecordError as error:
        raise HTTPException(404, str(error)) from error


def past(connection: Connection, shelf: Shelf, now: Incident, as_of: str) -> Incident:
    """The incident as known at the end of a day, else as it is now."""
    if not as_of:
        return now
    try:
        day = understood({"as_of": as_of}).as_of
    except InputError as error:
        raise HTTPException(400, str(error)) from error
    assert day is not None
    then = incident_on(connection, shelf, now.id, day)
    if then is None:
        raise HTTPException(404, f"nothing of this incident was known on {wording.day(day)}")
    return then


def rows(values: Spread) -> list[Row]:
    """The questions that have answers."""
    made = []
    for key, title in ROWS.items():
        told = getattr(values, key)
        answers = in_order(told.values) if key in TOLLS else told
        if key == "statuses" and [each.value for each in answers] == ["actual"]:
            continue
        if answers:
            many = key in CONTRADICTING and len({each.value for each in answers}) > 1
            differs = many and (key not in TOLLS or apart(answers))
            made.append(Row(key, title, answers, differs))
    return made


def in_order(tolls: Iterable[Value]) -> tuple[Value, ...]:
    """Numbers, the most widely told first; those that one report alone tells by size."""
    return tuple(
        sorted(tolls, key=lambda each: (1, each.low or each.high or 0) if len(each.tellings) == 1 else (0, 0))
    )


def news(values: Spread) -> list[News]:
    """What was said for the first time on each day on which something was, the first day first."""
    found: dict[str, dict[str, list[str]]] = {}
    for key in NEWS:
        told = getattr(values, key)
        for each in in_order(told.values) if key in TOLLS else told:
            first = min(instant(telling.citation.published) for telling in each.tellings)
            if first != LAST and each.value != "actual":
                found.setdefault(first[:10], {}).setdefault(key, []).append(each.value)
    return [
        News(
            on, tuple((ROWS[key], key, tuple(some[:FIRST]), len(some[FIRST:])) for key, some in told.items())
        )
        for on, told in sorted(found.items())
    ]


def groups(told_of: Incident, values: Spread, page: int) -> list[Group]:
    """A page of the claims by origin and article, copies with what they copy."""
    some = told_of.claims[(page - 1) * PAGE : page * PAGE]
    by_article: dict[str, list[Claim]] = {}
    for each in some:
        by_article.setdefault(each.citation.article, []).append(each)
    made = []
    for origin in told_of.origins:
        articles = tuple(_articles(origin, by_article, values))
        if articles:
            made.append(Group(_named(origin), articles))
    return made


def _articles(origin: Origin, by_article: dict[str, list[Claim]], values: Spread) -> Iterable[Article]:
    for cited in origin.articles:
        if cited.article in by_article:
            yield Article(cited, tuple(told(each, values) for each in by_article[cited.article]))


def _named(origin: Origin) -> str:
    return wording.publisher(origin.articles[0]) if origin.name == origin.articles[0].address else origin.name


def told(claim: Claim, values: Spread) -> Told:
    """A claim with its values, those marked that others contradict."""
    event = claim.event
    made = [(label, named(f), False) for role, label in FIELDS.items() for f in getattr(event, role)]
    for role in TOLLS:
        most = getattr(values, role).values[:1]
        made += [(role, _count(count), apart((*most, count))) for count in getattr(event, role)]
    if event.when is not None:
        most = values.dates[0].value if values.dates else ""
        days = wording.days(event.when.start, event.when.end)
        made.append(("when", days, len(values.dates) > 1 and day(event.when) != most))
    if event.status != "actual":
        made.append(("status", wording.STATUSES[event.status], len(values.statuses) > 1))
    return Told(claim, speaker_name(claim), key_of(claim), kind(claim), tuple(dict.fromkeys(made)))


def _count(count: Count) -> str:
    figures = number(count)
    return figures if figures in count.text else f"{figures} (“{' '.join(count.text.split())}”)"


def speaker_name(claim: Claim) -> str:
    """Who says so, the outlet where the article speaks for itself."""
    return speaker(claim) if claim.speakers else wording.publisher(claim.citation)


def key_of(claim: Claim) -> str:
    """By what the speaker of a claim is found; empty where the article speaks for itself."""
    return folded(named(claim.speakers[0])) if claim.speakers else ""


def voices(told_of: Incident) -> dict[str, str]:
    """The speakers of an incident by their keys, whoever says most first."""
    count: dict[str, int] = {}
    names: dict[str, str] = {}
    for each in told_of.claims:
        if each.speakers:
            key = key_of(each)
            count[key] = count.get(key, 0) + 1
            names.setdefault(key, speaker(each))
    return {key: names[key] for key in sorted(count, key=lambda key: (-count[key], key))}


def moments(told_of: Incident) -> list[str]:
    """The days on which something of the incident was published."""
    times = {instant(each.citation.published)[:10] for each in (*told_of.claims, *told_of.former)}
    times |= {instant(each.citation.modified)[:10] for each in told_of.claims if each.citation.modified}
    return sorted(time for time in times if time != LAST)


def steps(connection: Connection, start: Incident, near: Sequence[Incident]) -> list[Step]:
    """The chain before and after an incident, the nearest of it."""
    links = sorted((link for link in chain(near, start.id) if link.steps), key=lambda link: abs(link.steps))
    kept = [link for side in (-1, 1) for link in [n for n in links if n.steps * side > 0][:FAR]]
    briefs = {each.id: each for each in in_brief(connection, [link.incident for link in kept])}
    return [_step(link, briefs[link.incident]) for link in sorted(kept, key=lambda link: link.steps)]


def _step(link: Link, brief: Summary) -> Step:
    reasons = dict.fromkeys(d.reason or d.kind for d in link.reasons())
    return Step(link.steps, brief.id, brief.headline, brief.kind, wording.when(brief), tuple(reasons))


def decided(connection: Connection, told_of: Incident) -> list[dict[str, Any]]:
    """What was decided about an incident, with when, by whom and why; people's first, the latest first."""
    times = recorded(connection, told_of.decisions)
    made = [
        {
            "id": decision_id(each),
            "kind": DECISIONS.get(each.kind, each.kind),
            "field": each.field,
            "by": each.by,
            "person": rank(each.by) > 0,
            "reason": each.reason,
            "score": each.score,
            "time": times.get(each.id, ""),
            "claims": len(each.subject) + len(each.object),
        }
        for each in told_of.decisions
    ]
    return sorted(made, key=lambda each: (each["person"], each["time"]), reverse=True)
