"""The words of the field as frozen types. This module imports no stage.

Offsets count Unicode code points of ``Article.text``; ends are exclusive. No type here
can hold a value that does not point at its words: a ``Span`` carries the text it covers,
and ``Article.span`` is the way to make one.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as field_
from typing import Literal

Range = tuple[int, int]
Status = Literal["actual", "future", "hypothetical", "negated"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Basis = Literal["stated", "inherited", "inferred"]
"""Whether the article says a value of this very thing, of another mention of it, or only bounds it."""
DatePrecision = Literal["minute", "day", "week", "month", "season", "year", "decade", "open"]
PlacePrecision = Literal["site", "settlement", "district", "province", "country", "region"]
ToponymKind = Literal["literal", "modifier", "metonym", "demonym"]
FurnitureKind = Literal[
    "subscribe",
    "comment",
    "human-check",
    "related",
    "share",
    "advertisement",
    "copyright",
    "navigation",
    "author-bio",
]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article: ``text == article.text[start:end]``."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.text):
            raise ValueError(f"span {self.start}-{self.end} cannot hold {self.text!r}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a resolved value rests on: words of the article, or a named metadata field ("published")."""

    spans: tuple[Span, ...] = ()
    field: str | None = None

    def __post_init__(self) -> None:
        if not self.spans and not self.field:
            raise ValueError("a value needs the words or the field that it rests on")


@dataclass(frozen=True, slots=True)
class When:
    """An interval of calendar days (ISO 8601), both inclusive, in the publisher's zone.

    Either end may be null (open); not both. ``time`` is a clock time "HH:MM" where one was told
    with ``precision`` minute.
    """

    start: str | None
    end: str | None
    precision: DatePrecision
    basis: Basis
    evidence: Evidence
    reason: str
    time: str | None = None

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise ValueError("an interval needs a first or a last day")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer that some words stand for.

    ``lat`` and ``lon`` in degrees (WGS 84); within ``radius_km`` of them it lies for certain;
    ``country`` ISO 3166-1 alpha-3; ``admin1`` the name of the first-level division.
    """

    name: str
    lat: float
    lon: float
    radius_km: float
    country: str | None
    admin1: str | None
    geonameid: int | None
    precision: PlacePrecision
    kind: ToponymKind
    basis: Basis
    evidence: Evidence
    reason: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who some words stand for.

    ``id`` is the table's ("USA-MIL", "hezbollah") or one made of the article's own name;
    ``country`` ISO 3166-1 alpha-3, null for an IGO, an NGO, or unknown; ``sector`` a code of
    ``ontology.SECTORS``, null when unknown; ``sponsor`` the country said to stand behind it.
    ``mentions`` are those of an article's actors; the actor of a filler has none.
    """

    id: str
    name: str
    country: str | None
    sector: str | None
    basis: Basis
    evidence: Evidence
    reason: str
    sponsor: str | None = None
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Filler(Span):
    """Words that fill a role of an event report, with the reader's confidence in [0, 1]."""

    confidence: float = 1.0
    resolved: Actor | Place | When | None = None


@dataclass(frozen=True, slots=True)
class Count(Filler):
    """A toll: the number words and what they count.

    ``value`` is null where the words give no one number ("dozens"); ``low`` and ``high`` bound
    it, either null where unbounded.
    """

    value: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """Words that name something, with their kind (``ontology.MENTIONS``) and confidence in [0, 1]."""

    kind: str = "Location"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Toponym(Span):
    """Words that name a place, how they use the name, and the place, null when none matches."""

    kind: ToponymKind = "literal"
    confidence: float = 1.0
    place: Place | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DatePhrase(Span):
    """Words that tell a time, and the days that they mean, null when that cannot be known."""

    when: When | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Furniture(Span):
    """A line of the page that is not the article, with its kind."""

    kind: FurnitureKind = "navigation"


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes from an address (a file name, a web address, or ``-``) as they came.

    ``fetched`` is when they came from the web, ISO 8601 in UTC, null when that is not known.
    """

    address: str
    content: bytes
    media_type: str | None = None
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """A page's text, fixed for good, and what the page says about itself.

    ``text`` is everything kept, furniture included; ``body`` are the ranges that are the
    article, headline included, in text order; only they are read for events. ``published``
    is an ISO 8601 date or date-time as the publisher gave it, ``published_from`` the named
    field that says so ("meta article:published_time", "option", "input"), null when unknown.
    """

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    language: str | None = None
    headline: Range | None = None
    body: tuple[Range, ...] = ()
    furniture: tuple[Furniture, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The words between two offsets."""
        return Span(start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, with which words (PolNeAR's source, cue, content)."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: AttributionKind
    confidence: float


@dataclass(frozen=True, slots=True)
class EventReport:
    """One mention of an event: its trigger, PLOVER type, mode, status and fillers.

    ``happening`` labels the real-world happening within the article ("A", "B", …);
    ``answers`` are the labels of happenings that this one is said to be in answer to;
    ``attributions`` are the ids of the attributions whose content holds the trigger,
    innermost first.

    What the reader saw beside the words, for linking alone and never printed: ``vector``, its view of the
    trigger, and ``alike``, the chances that this report and each of the article's are one happening, by
    their order; both float32, and empty where the reading came without.
    """

    id: str
    trigger: Span
    type: str
    mode: str
    status: Status
    confidence: float
    happening: str
    actor: tuple[Filler, ...] = ()
    recipient: tuple[Filler, ...] = ()
    place: tuple[Filler, ...] = ()
    date: tuple[Filler, ...] = ()
    weapon: tuple[Filler, ...] = ()
    source: tuple[Filler, ...] = ()
    killed: tuple[Count, ...] = ()
    injured: tuple[Count, ...] = ()
    attributions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    when: When | None = None
    vector: bytes = field_(default=b"", compare=False, repr=False)
    alike: bytes = field_(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one model read in one article.

    ``mentions`` are names as the reader found them; ``dates``, ``places`` and ``actors`` of the
    whole article are there once it is resolved.
    """

    article: Article
    model: str
    sentences: tuple[Range, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[EventReport, ...] = ()
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DatePhrase, ...] = ()
    places: tuple[Toponym, ...] = ()
    actors: tuple[Actor, ...] = ()


DecisionKind = Literal[
    "same",
    "different",
    "unsure",
    "answers",
    "not-answers",
    "copy",
    "not-copy",
    "correction",
    "redaction",
    "withdrawal",
]


@dataclass(frozen=True, slots=True)
class Citation:
    """What an article is cited by: its id in the record and what the page says about itself, no text.

    ``address`` is its URL, or the id it came with; articles of one address are versions of one.
    """

    article: str
    address: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An event report of an article in the record, with who says so.

    ``id`` is a digest of article, type and the trigger's place in the text: reading the article
    again does not change it. ``speakers`` are who the report is according to, innermost first;
    none when the article speaks for itself. ``sentence`` holds the trigger, ``attributions`` are
    those of the event. ``corrections`` are people's decisions that the event already follows.
    ``vector`` is the encoder's view of the trigger for the linker, empty when it was not kept.
    """

    id: str
    reading: str
    citation: Citation
    event: EventReport
    sentence: Span
    speakers: tuple[Filler, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    corrections: tuple[Decision, ...] = ()
    vector: bytes = b""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about claims or articles, with the reason. Appended, never changed.

    ``by`` is "reader", "linker" or a person's name. Of "same", "different" and "unsure" any claim
    of ``subject`` is meant with any of ``object``; ``subject`` "answers" ``object``; of "copy" and
    "not-copy" both are articles, of "redaction" the subject is. A "correction" gives ``field`` of
    the subject's event a new ``value``, JSON as ``read --jsonl`` prints it. ``supersedes`` are ids
    of decisions that no longer hold, by a "withdrawal" without anything in their stead.
    ``score`` in [0, 1] is how sure, null for a person. ``id`` is the record's, once it is there.
    """

    kind: DecisionKind
    by: str
    subject: tuple[str, ...]
    object: tuple[str, ...] = ()
    reason: str = ""
    score: float | None = None
    field: str | None = None
    value: str | None = None
    supersedes: tuple[str, ...] = ()
    id: str = field_(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was appended to the log at once: an article's reading with its links, or what a person decided.

    ``recorded`` is when, ISO 8601 in UTC. ``erased`` are the ids of the claims of ``reading`` whose
    words a redaction has erased; they are not among ``claims``.
    """

    number: int
    recorded: str
    citation: Citation | None = None
    reading: str | None = None
    model: str | None = None
    claims: tuple[Claim, ...] = ()
    erased: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """An outlet that reported on its own, and all articles that go back to it, earliest first."""

    name: str
    articles: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """That an incident is in answer to another, and the decisions that say so."""

    incident: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims about one happening, across articles; computed from the log, never stored as truth.

    ``id`` is made of the smallest claim's. ``claims`` are in the order of publication; ``former``
    are those of superseded readings and texts that belonged here. ``decisions`` are the standing
    ones that touch its claims.
    """

    id: str
    claims: tuple[Claim, ...]
    former: tuple[Claim, ...] = ()
    origins: tuple[Origin, ...] = ()
    answers: tuple[Answer, ...] = ()
    decisions: tuple[Decision, ...] = ()
