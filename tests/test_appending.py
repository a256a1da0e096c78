from __future__ import annotations

from collections.abc import Iterator

import pytest
from logs import claims, first_reading, tie
from sqlalchemy import Connection, select

from dateline.record import appending, schema
from dateline.record.engine import writing
from dateline.record.record import Record
from dateline.types import Page

KILLED, DENIED, _ = claims(first_reading())
PAGE = Page("page.html", b"<p>")


@pytest.fixture
def connection(target: str) -> Iterator[Connection]:
    with Record.open(target) as record:
        record.add(first_reading())
        with writing(record.engine) as connection:
            yield connection


def test_entries_are_never_before_the_one_before(connection: Connection) -> None:
    connection.execute(schema.log.insert().values(entry=2, recorded="9999-01-01T00:00:00+00:00"))
    entry = appending.append_entry(connection)
    times = connection.execute(select(schema.log.c.recorded).order_by(schema.log.c.entry)).scalars().all()
    assert entry == 3 and times[1] == times[2]


def test_content_is_appended_once(connection: Connection) -> None:
    assert appending.append_page(connection, 1, PAGE) == appending.append_page(connection, 1, PAGE) == 1
    assert appending.append_page(connection, 1, Page("copy.html", b"<p>")) == 2
    assert appending.append_article(connection, 1, appending.told(first_reading(model="m2"))) == 1
    tied = tie(KILLED, DENIED)
    (new,) = appending.append_decisions(connection, 1, [tied, tied])
    assert new.id.startswith("d") and appending.append_decisions(connection, 1, [tied]) == []


def test_what_supersedes_is_found_with_what_it_supersedes(connection: Connection) -> None:
    (old,) = appending.append_decisions(connection, 1, [tie(KILLED, DENIED)])
    appending.append_decisions(connection, 1, [tie(KILLED, KILLED, "withdrawal", supersedes=(old.id,))])
    ends = schema.decision_ends.c
    found = connection.execute(select(ends.decision).where(ends.target == DENIED.id)).scalars().all()
    assert sorted(found) == [1, 2]


def test_texts_are_made_fit_for_any_database() -> None:
    assert appending.clean("a\x00b\ud800c") == "ab?c"
    assert appending.clean(None) is None
