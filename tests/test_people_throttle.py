from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from peopled import ARTICLE, INCIDENT, Visitor
from sqlalchemy import Connection, event, select
from steps import Clock

from dateline.record.engine import open_engine, retrying, writing
from dateline.site.people.tables import tries
from dateline.site.people.throttle import CODES_OF_ACCOUNT, Limit, codes, reached, sign_ins, used_up

KEY = b"k" * 32
TWICE = Limit("tea", 2, 60)


def passes(connection: Connection, *who: str) -> bool:
    return reached(connection, KEY, TWICE.by(*who)) is None


def test_tries_are_counted_for_all_processes(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two engines are as two processes; a third as one that was started anew."""
    clock = Clock(monkeypatch)
    found = []
    for _ in range(3):
        engine = open_engine(target, create=False)
        with writing(engine) as connection:
            found.append(passes(connection, "a"))
        engine.dispose()
    assert found == [True, True, False]
    engine = open_engine(target, create=False)
    with writing(engine) as connection:
        assert passes(connection, "b")
        clock.pass_by(61)
        assert passes(connection, "a") and passes(connection, "a") and not passes(connection, "a")
        assert len(connection.execute(select(tries)).all()) == 1
    engine.dispose()


def test_beyond_a_limit_nothing_is_written(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, engine = Clock(monkeypatch), open_engine(target, create=False)
    other = Limit("milk", 1, 60)
    tried = (TWICE.by("a"), other.by("b"))
    with writing(engine) as connection:
        assert used_up(connection, KEY, *tried) is None
        assert passes(connection, "a") and used_up(connection, KEY, *tried) is None
        assert reached(connection, KEY, other.by("b")) is None
        assert used_up(connection, KEY, *tried) == other
        assert passes(connection, "a") and used_up(connection, KEY, *tried) == TWICE
        assert used_up(connection, KEY, TWICE.by("b")) is None
        clock.pass_by(60)
        assert used_up(connection, KEY, *tried) is None
    engine.dispose()


def test_of_many_at_once_no_more_pass_than_may(target: str) -> None:
    engines = [open_engine(target, create=False) for _ in range(2)]
    limit = Limit("tea for many", 7, 60)

    def try_once(number: int) -> bool:
        def act() -> bool:
            with writing(engines[number % 2]) as connection:
                return reached(connection, KEY, limit.by("a")) is None

        return retrying(act)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_once, range(16))) == 7
    for engine in engines:
        engine.dispose()


def test_reading_counts_nothing(visitor: Visitor) -> None:
    """No page asks the table, let alone writes to it."""
    asked: list[str] = []
    event.listen(visitor.record.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    pages = ("/", "/timeline", "/speakers", f"/incidents/{INCIDENT}", f"/articles/{ARTICLE}", "/sign-in")
    for path in (*pages, "/incidents.atom", "/incidents.csv", "/api/v1/incidents", "/proof", "/subscribe"):
        assert visitor.get(path).status_code == 200, path
    assert len(asked) > 20 and not [each for each in asked if re.search(r"\btries\b", each)]


def test_who_tries_is_kept_as_a_digest(target: str) -> None:
    engine = open_engine(target, create=False)
    with writing(engine) as connection:
        reached(connection, KEY, *sign_ins("ana brill", "192.0.2.1"))
        kept = str(connection.execute(select(tries)).all())
    engine.dispose()
    assert "ana" not in kept and "192" not in kept


def test_sign_ins_are_limited_by_name_and_address(target: str) -> None:
    engine = open_engine(target, create=False)
    with writing(engine) as connection:

        def may(name: str, address: str) -> bool:
            return reached(connection, KEY, *sign_ins(name, address)) is None

        assert [may("ana", "192.0.2.1") for _ in range(11)] == [True] * 10 + [False]
        assert may("mo", "192.0.2.1") and may("ana", "192.0.2.2")
        assert sum(may(f"name {n}", "192.0.2.1") for n in range(60)) < 60
    engine.dispose()


def test_codes_are_limited_by_account_and_day(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, engine = Clock(monkeypatch), open_engine(target, create=False)
    with writing(engine) as connection:
        for _ in range(10):
            found = [reached(connection, KEY, *codes("1")) for _ in range(11)]
            assert found == [None] * 10 + [CODES_OF_ACCOUNT]
            clock.pass_by(16 * 60)
        beyond = reached(connection, KEY, *codes("1"))
        assert beyond and beyond.seconds == 24 * 3600
        assert reached(connection, KEY, *codes("2")) is None
    engine.dispose()
