"""The rows of a record once more, moved back in time: what is older than what a benchmark looks at.

Copies have numbers behind those that are there, other ids of the same form, and times before. They lie under
other keys, as other days have; but keys that hold for all days stay. So a table has as many rows, and a query
as much to pass by, as if all had been told; the words of a copy are those of its original. SQLite does it
alone, in microseconds for a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from sqlalchemy import Connection, text

from dateline.record.engine import writing
from dateline.record.projection import search_words
from dateline.record.record import Record

TURN = 86_400 << 29
"""A day, as the order of publication counts."""
IDS = "substr({0}, 1, 27) || printf('%06x', :copy)"
LISTS = "substr({0}, 1, 29) || printf('%06x', :copy) || '\"]'"
"""Another id, and the JSON list of one, from those of a row."""
TIMES = "strftime('%Y-%m-%dT%H:%M:%S', {0}, :back)"
DAYS = "date({0}, :back)"
KEYS = "(key | :other) - (key & :other)"
COPIED = {
    "log": {"entry": "entry"},
    "articles": {"article": "article", "id": IDS, "entry": "entry", "address": "address || '?' || :copy"},
    "readings": {"reading": "reading", "id": IDS, "entry": "entry", "article": "article"},
    "claims": {"claim": "claim", "id": IDS, "reading": "reading"},
    "claim_words": {"claim": "claim"},
    "decisions": {"decision": "decision", "id": IDS, "entry": "entry", "subject": LISTS, "object": LISTS},
    "decision_words": {"decision": "decision"},
    "decision_ends": {"decision": "decision", "target": IDS},
    "citations": {"reading": "reading", "published": TIMES},
    "heads": {"address": "address || '?' || :copy", "article": "article", "reading": "reading"},
    "membership": {"claim": "claim", "component": "claim", "incident": "claim"},
    "incidents": {
        "incident": "claim",
        "id": IDS,
        "entry": "entry",
        **dict.fromkeys(("first_day", "last_day", "latest"), DAYS),
        **dict.fromkeys(("first_told", "last_told"), TIMES),
    },
    "facets": {"incident": "claim"},
    "incident_changes": {"incident": "claim", "entry": "entry"},
    "article_keys": {"key": KEYS, "turn": "turn - :turns", "article": "article"},
    "claim_keys": {
        "key": f"CASE WHEN key IN (SELECT key FROM lasting) THEN key ELSE {KEYS} END",
        "turn": "turn - :turns",
        "claim": "claim",
    },
}
"""The columns of each table that differ in a copy; by the name of a kind of number, so many behind."""
COUNTED = {
    "entry": "log",
    "article": "articles",
    "reading": "readings",
    "claim": "claims",
    "decision": "decisions",
}


def multiply(record: Record, copies: int, days: int, lasting: Iterable[int]) -> None:
    """Copy all rows so many times, each copy so many days before the last one.

    ``lasting`` are the keys that hold for all days.
    """
    with writing(record.engine) as connection:
        most = _prepare(connection, record, lasting)
        for copy in range(1, copies + 1):
            values: dict[str, int | str] = {name: copy * number for name, number in most.items()}
            values |= {"copy": copy, "back": f"-{copy * days} days", "turns": copy * days * TURN}
            values["other"] = Random(copy).getrandbits(63)
            for table in COPIED:
                _copy(connection, table, values)
            words = "INSERT INTO claim_search (rowid, words) SELECT claim + :claim, words FROM said"
            connection.execute(text(words), values)
        connection.execute(text("UPDATE facet_values SET incidents = incidents * :n"), {"n": copies + 1})
        for table in (*COPIED, "said", "lasting", "reading_words"):
            name = table if table in ("said", "lasting") else f"first_{table}"
            connection.execute(text(f"DROP TABLE temp.{name}"))


def _prepare(connection: Connection, record: Record, lasting: Iterable[int]) -> dict[str, int]:
    """Keep the first rows where they do not grow; the greatest number of each kind."""
    most = {}
    for name, table in COUNTED.items():
        most[name] = connection.execute(text(f"SELECT max({name}) FROM {table}")).scalar_one() or 0
    for table in COPIED:
        order = " ORDER BY key, turn" if table.endswith("_keys") else ""
        connection.execute(text(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}{order}"))
    read = "SELECT * FROM contents WHERE content IN (SELECT id FROM readings)"
    connection.execute(text(f"CREATE TEMP TABLE first_reading_words AS {read}"))
    connection.execute(text("CREATE TEMP TABLE lasting (key INTEGER PRIMARY KEY)"))
    connection.execute(text("INSERT INTO lasting VALUES (:key)"), [{"key": key} for key in sorted(lasting)])
    connection.execute(text("CREATE TEMP TABLE said (claim INTEGER PRIMARY KEY, words TEXT)"))
    claims = record.shelf.claims(connection, range(1, most["claim"] + 1))
    said = [{"n": number, "w": search_words(claim)} for number, claim in claims.items()]
    connection.execute(text("INSERT INTO said VALUES (:n, :w)"), said)
    return most


def _copy(connection: Connection, table: str, values: Mapping[str, int | str]) -> None:
    columns = [row.name for row in connection.execute(text(f"PRAGMA table_info({table})"))]
    given = [_given(column, COPIED[table].get(column)) for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    copied = f"INSERT INTO {table} ({names}) SELECT {', '.join(given)} FROM first_{table}"
    connection.execute(text(copied), values)
    if table == "readings":
        words = f"INSERT INTO contents SELECT {IDS.format('content')}, data FROM first_reading_words"
        connection.execute(text(words), values)


def _given(column: str, form: str | None) -> str:
    """What a copy has in a column."""
    if form is None:
        return f'"{column}"'
    return f"{column} + :{form}" if form in COUNTED else form.format(column)
