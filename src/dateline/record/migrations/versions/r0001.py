"""The log, append-only; the words beside it, erased by redaction alone; what is computed from both."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

LOG = {
    "log": ("entry",),
    "pages": ("page", "id"),
    "articles": ("article", "id"),
    "readings": ("reading", "id"),
    "claims": ("claim",),
    "decisions": ("decision", "id"),
    "erasures": ("content",),
}
"""The tables of the log with what no second row may have."""

ERASED = {
    "contents": "SELECT 1 FROM erasures WHERE content = OLD.content",
    "claim_words": "SELECT 1 FROM claims JOIN readings ON readings.reading = claims.reading"
    " JOIN erasures ON erasures.content = readings.id WHERE claims.claim = OLD.claim",
    "decision_words": "SELECT 1 FROM decisions JOIN erasures ON erasures.content = decisions.id"
    " WHERE decisions.decision = OLD.decision",
}
"""The tables of words with what finds a row's tombstone."""


def upgrade() -> None:
    """Make all tables, and the triggers that keep the log."""
    _log()
    _words()
    _computed()
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _of(name: str, table: str, **more: Any) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{table}.{name}"), **{"nullable": False} | more)


def _text(name: str, nullable: bool = False, **more: Any) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable, **more)


def _log() -> None:
    op.create_table("log", _number("entry"), _text("recorded"))
    op.create_table(
        "pages",
        _number("page"),
        _text("id", unique=True),
        _of("entry", "log"),
        _text("address"),
        _text("media_type", nullable=True),
        _text("content"),
    )
    op.create_table(
        "articles",
        _number("article"),
        _text("id", unique=True),
        _of("entry", "log"),
        _text("address", index=True),
        _text("content", index=True),
    )
    op.create_table(
        "readings",
        _number("reading"),
        _text("id", unique=True),
        _of("entry", "log", index=True),
        _of("article", "articles", index=True),
        _of("page", "pages", nullable=True),
        _text("model"),
    )
    op.create_table(
        "claims",
        _number("claim"),
        _text("id", index=True),
        _of("reading", "readings"),
        sa.Column("place", sa.Integer, nullable=False),
        _text("type"),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.UniqueConstraint("reading", "place"),
    )
    op.create_table(
        "decisions",
        _number("decision"),
        _text("id", unique=True),
        _of("entry", "log", index=True),
        _text("kind"),
        _text("by", index=True),
        _text("subject"),
        _text("object"),
        _text("supersedes"),
        sa.Column("score", sa.Float),
        _text("field", nullable=True),
    )
    op.create_table("erasures", _text("content", primary_key=True), _of("decision", "decisions"))


def _words() -> None:
    def data(name: str) -> sa.Column[bytes]:
        return sa.Column(name, sa.LargeBinary, nullable=False)

    op.create_table("contents", _text("content", primary_key=True), data("data"))
    op.create_table("claim_words", _of("claim", "claims", primary_key=True), data("data"), data("vector"))
    op.create_table(
        "decision_words",
        _of("decision", "decisions", primary_key=True),
        _text("reason"),
        _text("value", nullable=True),
    )


def _computed() -> None:
    facts = ("title", "byline", "publisher", "published", "modified", "language")
    op.create_table("citations", _number("reading"), *(_text(fact, nullable=True) for fact in facts))
    op.create_table(
        "heads",
        _text("address", primary_key=True),
        sa.Column("article", sa.Integer, nullable=False),
        sa.Column("reading", sa.Integer, nullable=False),
    )
    op.create_table(
        "membership",
        _number("claim"),
        sa.Column("component", sa.Integer, nullable=False, index=True),
        sa.Column("incident", sa.Integer, index=True),
        sa.Column("live", sa.Boolean, nullable=False),
    )
    tolls = [f"{role}_{bound}" for role in ("killed", "injured") for bound in ("low", "best", "high")]
    op.create_table(
        "incidents",
        _number("incident"),
        _text("id", unique=True),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("entry", "claims", "articles", "origins")),
        _text("first_day", nullable=True, index=True),
        _text("last_day", nullable=True, index=True),
        _text("first_told", index=True),
        _text("last_told"),
        *(sa.Column(name, sa.Integer) for name in tolls),
        *(sa.Column(name, sa.Float) for name in ("lat", "lon", "radius_km")),
        sa.Column("disputed", sa.Boolean, nullable=False),
        _text("kind"),
        _text("place"),
        _text("headline"),
    )
    op.create_table(
        "facets", _text("kind", primary_key=True), _text("value", primary_key=True), _number("incident")
    )
    op.create_index("facets_incident", "facets", ["incident"])
    for name in ("claim", "article"):
        key = sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False)
        op.create_table(f"{name}_keys", key, _number(name))
        op.create_index(f"{name}_keys_{name}", f"{name}_keys", [name])
    op.create_table("decision_ends", _text("target", primary_key=True), _number("decision"))


def _sqlite() -> None:
    for table, keys in LOG.items():
        refused = f"SELECT RAISE(ABORT, 'the log is append-only: nothing in {table} is changed');"
        for act in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN {refused} END")
        # INSERT OR REPLACE would delete without asking the trigger above.
        there = " OR ".join(f"{key} = NEW.{key}" for key in keys)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {there}) BEGIN {refused} END"
        )
    for table, tombstone in ERASED.items():
        refused = f"SELECT RAISE(ABORT, 'only a redaction erases words in {table}');"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refused} END")
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
            f" WHEN NOT EXISTS ({tombstone}) BEGIN {refused} END"
        )
    op.execute(
        "CREATE VIRTUAL TABLE claim_search USING fts5"
        "(words, content='', tokenize=\"unicode61 remove_diacritics 2\")"
    )


def _postgresql() -> None:
    for table in LOG:
        _refuse(table, "UPDATE OR DELETE", "ROW", f"the log is append-only: nothing in {table} is changed")
        _refuse(table, "TRUNCATE", "STATEMENT", f"the log is append-only: nothing in {table} is changed")
    for table, tombstone in ERASED.items():
        told = f"only a redaction erases words in {table}"
        _refuse(table, "UPDATE", "ROW", told)
        _refuse(table, "TRUNCATE", "STATEMENT", told)
        op.execute(
            f"CREATE FUNCTION {table}_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF NOT EXISTS ({tombstone}) THEN RAISE EXCEPTION '{told}'; END IF; RETURN OLD; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_erased()"
        )
    op.execute("CREATE TABLE claim_search (claim INTEGER PRIMARY KEY, words TSVECTOR NOT NULL)")
    op.execute("CREATE INDEX claim_search_words ON claim_search USING gin (words)")


def _refuse(table: str, acts: str, each: str, told: str) -> None:
    name = f"{table}_no_{acts.split()[0].lower()}"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" RAISE EXCEPTION '{told}'; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {acts} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
