"""The forms in which the API tells things, and how they are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from typing_extensions import TypedDict  # pydantic asks for it before Python 3.12

from dateline.record.claims import cited, sentence_of
from dateline.record.codec import encode_decision, encode_incident, encode_whole_claim
from dateline.record.ids import decision_id
from dateline.record.spreads import spread
from dateline.record.summary import Summary, summary
from dateline.record.times import LAST
from dateline.site import speakers
from dateline.site.settings import SiteSettings
from dateline.types import Answer, Citation, Claim, Decision, Incident, Reading

Json = dict[str, Any]


class Toll(TypedDict):
    """The least, the best and the most that are told."""

    low: int | None
    best: int | None
    high: int | None


class Place(TypedDict):
    """The most precise place told: degrees (WGS 84), and within which distance it lies."""

    name: str
    lat: float
    lon: float
    radius_km: float | None


class Brief(TypedDict):
    """An incident in brief. ``sentence`` is that of one of its reports."""

    id: str
    url: str
    type: str
    mode: str
    first_day: str | None
    last_day: str | None
    first_told: str | None
    last_told: str | None
    place: Place | None
    killed: Toll
    injured: Toll
    claims: int
    articles: int
    origins: int
    disputed: bool
    sentence: str


class Incidents(TypedDict):
    """A page of incidents; ``next`` is the address of the one that follows, null on the last."""

    incidents: Sequence[Brief]
    next: str | None


class Whole(TypedDict):
    """An incident with its claims, their values side by side, and what was decided."""

    brief: Brief
    claims: list[Json]
    former: list[Json]
    origins: list[Json]
    answers: list[Json]
    decisions: list[Json]
    values: Json


class Claims(TypedDict):
    """A page of claims, each with its ``incident``."""

    claims: Sequence[Json]
    next: str | None


class Article(TypedDict):
    """An article: what it is cited by, its claims, and its text where readers may see that."""

    id: str
    url: str
    address: str
    title: str | None
    byline: str | None
    publisher: str | None
    published: str | None
    modified: str | None
    language: str | None


class WholeArticle(Article):
    """An article with the sentences that its claims rest on."""

    claims: list[str]
    incidents: list[str]
    evidence: list[str]
    text: str | None


class Articles(TypedDict):
    """A page of articles."""

    articles: Sequence[Article]
    next: str | None


class Said(TypedDict):
    """Who says what in an article: an attribution as ``read --jsonl`` prints it, its spans with offsets.

    ``speaker`` is the name of the one who is cited, where that is known; ``claims`` are what it tells.
    """

    article: str
    attribution: Json
    speaker: str | None
    claims: list[str]


class Attributions(TypedDict):
    """A page of attributions."""

    attributions: Sequence[Said]
    next: str | None


class Speaker(TypedDict):
    """Somebody who is cited, and for how many incidents."""

    name: str
    incidents: int


class Speakers(TypedDict):
    """Who is cited most, without private persons."""

    speakers: Sequence[Speaker]


class Statement(TypedDict):
    """What somebody said of an incident, in which words of an article; who else is cited for it."""

    incident: str
    claim: str
    article: str
    published: str | None
    kinds: list[str]
    cue: str
    words: str
    others: list[str]


class Statements(TypedDict):
    """What somebody said of the latest incidents for which they are cited, the latest first."""

    speaker: str
    statements: Sequence[Statement]


class Decided(TypedDict):
    """A decision of the log."""

    id: str
    kind: str
    by: str
    subject: list[str]
    object: list[str]
    reason: str
    score: float | None
    field: str | None
    value: str | None
    supersedes: list[str]
    entry: int
    recorded: str


class Decisions(TypedDict):
    """A page of decisions, the latest first."""

    decisions: Sequence[Decided]
    next: str | None


class Entry(TypedDict):
    """An entry of the log: the reading that was added with it, and the decisions."""

    number: int
    recorded: str
    article: str | None
    reading: str | None
    model: str | None
    decisions: list[str]


class Log(TypedDict):
    """A page of the log, the latest entry first."""

    entries: Sequence[Entry]
    next: str | None


class Link(TypedDict):
    """An incident of a chain: how many answers away it is, before (negative) or after; what it answers."""

    incident: str
    steps: int
    answers: list[str]
    decisions: list[Json]


class Chain(TypedDict):
    """What led to an incident, and what followed from it; ``cut`` is whether what is farthest is left out."""

    incident: str
    links: Sequence[Link]
    cut: bool


class Made(TypedDict):
    """What became of a decision: the incidents of now that it concerns, and the log's last entry."""

    incidents: list[str]
    entry: int


def brief(settings: SiteSettings, told: Summary) -> Brief:
    """An incident in brief."""
    type, _, mode = told.kind.partition(" ")
    return Brief(
        id=told.id,
        url=f"{settings.base_url}/incidents/{told.id}",
        type=type,
        mode=mode,
        first_day=told.first_day,
        last_day=told.last_day,
        first_told=None if told.first_told == LAST else told.first_told,
        last_told=None if told.last_told == LAST else told.last_told,
        place=_place(told),
        killed=_toll(told.killed),
        injured=_toll(told.injured),
        claims=told.claims,
        articles=told.articles,
        origins=told.origins,
        disputed=told.disputed,
        sentence=told.headline,
    )


def _place(told: Summary) -> Place | None:
    if told.lat is None or told.lon is None:
        return None
    return Place(name=told.place, lat=told.lat, lon=told.lon, radius_km=told.radius_km)


def _toll(bounds: tuple[int | None, int | None, int | None]) -> Toll:
    low, best, high = bounds
    return Toll(low=low, best=best, high=high)


def whole(settings: SiteSettings, incident: Incident) -> Whole:
    """An incident with all that is told of it."""
    told = encode_incident(incident)
    return Whole(
        brief=brief(settings, summary(incident)),
        claims=told["claims"],
        former=told["former"],
        origins=told["origins"],
        answers=told["answers"],
        decisions=told["decisions"],
        values=asdict(spread(incident)),
    )


def article(settings: SiteSettings, cited: Citation) -> Article:
    """What an article is cited by."""
    return Article(
        id=cited.article,
        url=f"{settings.base_url}/articles/{cited.article}",
        address=cited.address,
        title=cited.title,
        byline=cited.byline,
        publisher=cited.publisher,
        published=cited.published,
        modified=cited.modified,
        language=cited.language,
    )


def whole_article(
    settings: SiteSettings, reading: Reading, placed: Mapping[str, str], full: bool
) -> WholeArticle:
    """An article with the incidents of its claims by these; ``full`` is whether its text may be shown."""
    told = reading.article
    found = {sentence_of(event.trigger, reading.sentences) for event in reading.events}
    return WholeArticle(
        **article(settings, cited(told)),
        claims=list(placed),
        incidents=sorted(set(placed.values())),
        evidence=[told.text[start:end] for start, end in sorted(found)],
        text=told.text if full else None,
    )


def claim(told: Claim, incident: str | None) -> Json:
    """A claim with the id of its incident, null when it has none any more."""
    return {**encode_whole_claim(told), "incident": incident}


def statement(told: speakers.Statement) -> Statement:
    """What somebody said."""
    cited = told.claim.citation
    return Statement(
        incident=told.incident,
        claim=told.claim.id,
        article=cited.article,
        published=cited.published,
        kinds=list(told.kinds),
        cue=told.cue,
        words=told.words,
        others=list(told.others),
    )


def decided(told: Decision, entry: int, recorded: str) -> Decided:
    """A decision with the entry of the log that has it."""
    return Decided(
        id=decision_id(told),
        kind=told.kind,
        by=told.by,
        subject=list(told.subject),
        object=list(told.object),
        reason=told.reason,
        score=told.score,
        field=told.field,
        value=told.value,
        supersedes=list(told.supersedes),
        entry=entry,
        recorded=recorded,
    )


def link(incident: str, steps: int, to: Iterable[Answer]) -> Link:
    """An incident of a chain."""
    answers = list(to)
    reasons = [
        {**encode_decision(each), "id": decision_id(each)} for answer in answers for each in answer.decisions
    ]
    answered = [answer.incident for answer in answers]
    return Link(incident=incident, steps=steps, answers=answered, decisions=reasons)
