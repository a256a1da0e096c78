"""The tables of a record: the log, the words beside it, and what is computed from both.

The log is append-only: triggers refuse every update and deletion. It holds ids, offsets and digests.
The words lie beside it, so that a redaction can erase them; nothing else can, as a trigger asks for the
tombstone in ``erasures`` first. The rest is computed from these two and may be dropped and built again.

Ids are text, as in ``ids.py``; each table has a number of its own besides, by which rows refer to one
another. Changes go through ``migrations/``; a test holds both to be the same.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()


def _number(name: str) -> Column[int]:
    """The number of a row. Given by the one who writes, so that none is skipped."""
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _of(name: str, table: str) -> Column[int]:
    return Column(name, ForeignKey(f"{table}.{name}"), nullable=False)


# The log.

log = Table(
    "log",
    metadata,
    _number("entry"),
    Column("recorded", Text, nullable=False),  # ISO 8601, UTC, never before the entry before it
)
pages = Table(
    "pages",
    metadata,
    _number("page"),
    Column("id", Text, nullable=False, unique=True),
    _of("entry", "log"),
    Column("address", Text, nullable=False),
    Column("media_type", Text),
    Column("content", Text, nullable=False),  # digest of the bytes
    Column("fetched", Text),  # when these came first from the web, ISO 8601 in UTC; null when unknown
)
articles = Table(
    "articles",
    metadata,
    _number("article"),
    Column("id", Text, nullable=False, unique=True),
    _of("entry", "log"),
    Column("address", Text, nullable=False, index=True),
    Column("content", Text, nullable=False, index=True),  # digest of the text
)
readings = Table(
    "readings",
    metadata,
    _number("reading"),
    Column("id", Text, nullable=False, unique=True),  # its words lie under this id
    Column("entry", ForeignKey("log.entry"), nullable=False, index=True),
    Column("article", ForeignKey("articles.article"), nullable=False, index=True),
    Column("page", ForeignKey("pages.page")),
    Column("model", Text, nullable=False),
    Column("made_by", Text),  # digest of the code, and of what was asked of it; null when unknown
)
claims = Table(
    "claims",
    metadata,
    _number("claim"),
    Column("id", Text, nullable=False, index=True),
    _of("reading", "readings"),
    Column("place", Integer, nullable=False),  # among the event reports of the reading, from 0
    Column("type", Text, nullable=False),
    Column("start", Integer, nullable=False),  # of the trigger, in code points of the article's text
    Column("end", Integer, nullable=False),
    UniqueConstraint("reading", "place"),
)
decisions = Table(
    "decisions",
    metadata,
    _number("decision"),
    Column("id", Text, nullable=False, unique=True),
    Column("entry", ForeignKey("log.entry"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("by", Text, nullable=False, index=True),
    Column("subject", Text, nullable=False),  # JSON lists of ids
    Column("object", Text, nullable=False),
    Column("supersedes", Text, nullable=False),
    Column("score", Float),
    Column("field", Text),
)
erasures = Table(
    "erasures",
    metadata,
    Column("content", Text, primary_key=True),  # a tombstone: what lay under this is gone
    _of("decision", "decisions"),
)

# The words beside the log.

contents = Table(
    "contents",
    metadata,
    Column("content", Text, primary_key=True),  # digest of a text or of a page's bytes, or a reading's id
    Column("data", LargeBinary, nullable=False),
)
claim_words = Table(
    "claim_words",
    metadata,
    Column("claim", ForeignKey("claims.claim"), primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)
decision_words = Table(
    "decision_words",
    metadata,
    Column("decision", ForeignKey("decisions.decision"), primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
    Column("value", Text),
)

# What is computed from both.

citations = Table(
    "citations",
    metadata,
    Column("reading", Integer, primary_key=True, autoincrement=False),
    Column("title", Text),
    Column("byline", Text),
    Column("publisher", Text),
    Column("published", Text),
    Column("modified", Text),
    Column("language", Text),
)
heads = Table(
    "heads",
    metadata,
    Column("address", Text, primary_key=True),
    Column("article", Integer, nullable=False),  # the latest text at the address
    Column("reading", Integer, nullable=False),  # its latest reading
)
membership = Table(
    "membership",
    metadata,
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("component", Integer, nullable=False, index=True),  # what any "same" has ever tied to it
    Column("incident", Integer, index=True),  # number of the smallest claim; null where it has none now
    Column("live", Boolean, nullable=False),  # in the latest reading of the latest text
)
incidents = Table(
    "incidents",
    metadata,
    Column("incident", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("entry", Integer, nullable=False, index=True),  # that touched it last
    Column("claims", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("first_day", Text, index=True),  # the span of the days told, either null when unknown
    Column("last_day", Text, index=True),
    Column("first_told", Text, nullable=False, index=True),  # publication, in UTC, "9999" when unknown
    Column("last_told", Text, nullable=False),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_best", Integer),
    Column("injured_high", Integer),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("disputed", Boolean, nullable=False),
    Column("kind", Text, nullable=False),  # type and mode
    Column("place", Text, nullable=False),  # its name, empty when unknown
    Column("headline", Text, nullable=False),  # the words of one claim's sentence
    Column("latest", Text, nullable=False, server_default=""),  # last_day, else first_told, else empty
    Column("speakers", Text, nullable=False, server_default="[]"),  # JSON: the first few who say so
    Index("incidents_latest", "latest", "first_told", "id"),
)
facets = Table(
    "facets",
    metadata,
    Column("kind", Text, primary_key=True),  # as in facets.py
    Column("value", Text, primary_key=True),
    Column("incident", Integer, primary_key=True, autoincrement=False),
    Index("facets_incident", "incident"),
)
facet_values = Table(
    "facet_values",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("incidents", Integer, nullable=False),  # how many have it
    Column("label", Text),  # how it is shown to the public; null where it is not
)
_shown = facet_values.c.label.is_not(None)
Index(
    "facet_values_shown",
    facet_values.c.kind,
    facet_values.c.incidents,
    sqlite_where=_shown,
    postgresql_where=_shown,
)
incident_changes = Table(
    "incident_changes",
    metadata,
    Column("incident", Integer, primary_key=True, autoincrement=False),  # also of one that is no more
    Column("entry", Integer, nullable=False, index=True),  # that changed it last
)
claim_keys = Table(
    "claim_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("turn", BigInteger, primary_key=True, autoincrement=False),  # in the order of publication
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Index("claim_keys_claim", "claim"),
)
article_keys = Table(
    "article_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("turn", BigInteger, primary_key=True, autoincrement=False),  # in the order of publication
    Column("article", Integer, primary_key=True, autoincrement=False),
    Index("article_keys_article", "article"),
)
decision_ends = Table(
    "decision_ends",
    metadata,
    Column("target", Text, primary_key=True),  # a claim or an article that a decision is about
    Column("decision", Integer, primary_key=True, autoincrement=False),
    Index("decision_ends_decision", "decision"),
)
answers = Table(
    "answers",
    metadata,
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("other", Integer, primary_key=True, autoincrement=False),  # what its reading says it answers
    Index("answers_other", "other"),
)

LOG = (log, pages, articles, readings, claims, decisions, erasures)
WORDS = (contents, claim_words, decision_words)
COMPUTED = (
    citations,
    heads,
    membership,
    incidents,
    facets,
    facet_values,
    incident_changes,
    claim_keys,
    article_keys,
    decision_ends,
    answers,
)
"""Beside these lies the full text of the claims, ``claim_search``, whose form is each database's own."""
