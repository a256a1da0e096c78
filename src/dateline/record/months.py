"""What weighs of a record in PostgreSQL, kept in parts by the month of its recording.

Texts, pages and readings, the words of claims and their full text are most of a record's bytes, and but for
redactions they never change. Their tables are partitioned by numbers that only grow. The last part has no
end; once a month has begun, the first who writes ends that part at the number that comes next and makes
another. So the parts of months gone by are not written to any more.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

log = logging.getLogger(__name__)

PARTED = {
    "contents": "nextval('contents_number')",
    "claim_words": "max(claim) + 1 FROM {last}",
    "claim_search": "max(claim) + 1 FROM {last}",
}
"""The tables with what gives the number that comes after those of the last part."""
KEPT = ("contents", "claim_words")
"""Those that a trigger keeps from being emptied; those on rows come with the table."""
_NAME = "to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')"
_DUE = text(
    f"SELECT {_NAME} FROM pg_class WHERE oid = to_regclass('contents') AND relkind = 'p'"
    f" AND to_regclass('contents_' || {_NAME}) IS NULL"
)
_LAST = text(
    "SELECT relname, pg_get_expr(relpartbound, oid) AS bounds FROM pg_class"
    " JOIN pg_inherits ON inhrelid = oid AND inhparent = to_regclass(:table)"
    " WHERE pg_get_expr(relpartbound, oid) LIKE '%TO (MAXVALUE)'"
)


def turn(connection: Connection) -> None:
    """Make the parts of this month if there are none, in a transaction in which nobody else writes.

    It is put off while others read these tables, or where the user may not: what is appended then goes
    into the parts of the month before.
    """
    month = connection.execute(_DUE).scalar()
    if month is None:
        return
    try:
        with connection.begin_nested():
            connection.execute(text(f"LOCK TABLE {', '.join(PARTED)} IN ACCESS EXCLUSIVE MODE NOWAIT"))
            begin(connection, month)
    except DBAPIError as error:
        log.info("the parts of %s are made later: %s", month, error.orig)


def begin(connection: Connection, month: str) -> None:
    """Have what comes from now on lie in parts of a month, "2026_11"."""
    for table, following in PARTED.items():
        last: Any = connection.execute(_LAST, {"table": table}).one()
        part = f"{table}_{month}"
        if connection.execute(text(f"SELECT 1 FROM {last.relname} LIMIT 1")).first() is None:
            connection.execute(text(f"ALTER TABLE {last.relname} RENAME TO {part}"))
            continue
        number = connection.execute(text("SELECT " + following.format(last=last.relname))).scalar_one()
        bounds = last.bounds.replace("MAXVALUE", str(number))
        connection.execute(text(f"ALTER TABLE {table} DETACH PARTITION {last.relname}"))
        connection.execute(text(f"ALTER TABLE {table} ATTACH PARTITION {last.relname} {bounds}"))
        connection.execute(
            text(f"CREATE TABLE {part} PARTITION OF {table} FOR VALUES FROM ({number}) TO (MAXVALUE)")
        )
        if table in KEPT:
            connection.execute(text(truncation(table, part)))


def truncation(table: str, part: str) -> str:
    """The statement that has a part refuse to be emptied: such triggers do not come with the table."""
    return (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {part}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_truncate()"
    )
