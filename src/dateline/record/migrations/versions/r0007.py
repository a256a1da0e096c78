"""What weighs is kept in parts by month, in PostgreSQL; see ``months.py``."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0005"

PARTED = {
    "contents": ("number", "content, number"),
    "claim_words": ("claim", "claim"),
    "claim_search": ("claim", "claim"),
}
"""The tables with what they are parted by, and their primary keys."""
REFUSED = {"UPDATE": "no_update", "DELETE": "erased"}
"""What is done row by row and refused, with the function that refuses it."""


def upgrade() -> None:
    """Make each table the first part of a partitioned one."""
    if op.get_bind().dialect.name != "postgresql":
        return
    _numbered()
    for table, (by, key) in PARTED.items():
        _parted(table, by, key)


def _numbered() -> None:
    """Number the contents as they come: a digest has no order."""
    op.execute("CREATE SEQUENCE contents_number AS BIGINT")
    op.execute("ALTER TABLE contents ADD COLUMN number BIGINT NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE contents DROP CONSTRAINT contents_pkey, ADD PRIMARY KEY (content, number)")
    op.execute("ALTER TABLE contents ALTER COLUMN number SET DEFAULT nextval('contents_number')")


def _parted(table: str, by: str, key: str) -> None:
    month = op.get_bind().exec_driver_sql("SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')").scalar_one()
    part = f"{table}_{month}"
    op.execute(f"ALTER TABLE {table} RENAME TO {part}")
    op.execute(f"ALTER TABLE {part} RENAME CONSTRAINT {table}_pkey TO {part}_pkey")
    op.execute(f"CREATE TABLE {table} (LIKE {part} INCLUDING DEFAULTS) PARTITION BY RANGE ({by})")
    op.execute(f"ALTER TABLE {table} ADD PRIMARY KEY ({key})")
    if table == "claim_words":
        op.execute("ALTER TABLE claim_words ADD FOREIGN KEY (claim) REFERENCES claims (claim)")
    if table == "claim_search":
        op.execute(f"ALTER INDEX claim_search_words RENAME TO {part}_words_idx")
        op.execute("CREATE INDEX claim_search_words ON claim_search USING gin (words)")
    else:
        _refuse(table, part)
    op.execute(f"ALTER TABLE {table} ATTACH PARTITION {part} FOR VALUES FROM (MINVALUE) TO (MAXVALUE)")


def _refuse(table: str, part: str) -> None:
    """Triggers on rows come from the table; that on emptying is the part's own."""
    for act, function in REFUSED.items():
        name = f"{table}_no_{act.lower()}"
        op.execute(f"DROP TRIGGER {name} ON {part}")
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_{function}()"
        )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_truncate()"
    )
