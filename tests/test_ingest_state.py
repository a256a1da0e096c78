from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.ingest.feeds import Listed
from dateline.ingest.robots import Rules
from dateline.ingest.state import FORGOTTEN, Due, Health, Marks, State, state_path

FEED, OTHER = "https://kestrel.example/feed", "https://courier.example/feed"
NOW = 1_000_000.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dateline.watch.db"


@pytest.fixture
def state(path: Path) -> Iterator[State]:
    with State.open(path) as opened:
        yield opened


def pages(*names: str, host: str = "kestrel.example", day: int = 12) -> tuple[Listed, ...]:
    return tuple(Listed(f"https://{host}/{name}", f"2024-03-{day:02}T10:00:00Z") for name in names)


def found(state: State, listed: tuple[Listed, ...], source: str = FEED, **more: object) -> int:
    hosts = {page.address: page.address.split("/")[2] for page in listed}
    return state.looked(source, NOW, NOW + 60, listed, hosts, **more)  # type: ignore[arg-type]


def due(state: State, *busy: str, now: float = NOW) -> list[str]:
    return [each.address.rpartition("/")[2] for each in state.due(now, [FEED], busy)]


def test_a_page_is_due_until_it_is_done_and_new_once(state: State) -> None:
    assert found(state, pages("a", "b")) == 2
    assert found(state, pages("a", "b", "c")) == 1
    assert [each.host for each in state.due(NOW, [FEED], [])] == ["kestrel.example"]  # one a host
    for name in "abc":
        state.done(f"https://kestrel.example/{name}", "read")
    assert due(state) == [] and found(state, pages("a", "b", "c")) == 0
    assert state.is_read("https://kestrel.example/a") and not state.is_read("https://kestrel.example/x")
    assert state.known(["https://kestrel.example/a", "https://kestrel.example/x"]) == {
        "https://kestrel.example/a"
    }


def test_the_latest_page_of_each_host_that_is_not_busy(state: State) -> None:
    found(state, pages("old", day=1) + pages("new", day=13) + pages("other", host="b.example"))
    assert sorted(due(state)) == ["new", "other"]
    assert due(state, "kestrel.example") == ["other"] and due(state, "kestrel.example", "b.example") == []
    assert sorted(state.hosts_due(NOW, [FEED])) == ["b.example", "kestrel.example"]
    assert state.due(NOW, [OTHER], []) == [] and state.hosts_due(NOW, []) == []


def test_an_unwanted_page_is_known_but_never_due(state: State) -> None:
    assert found(state, pages("a", "b"), unwanted=["https://kestrel.example/a"]) == 1
    assert due(state) == ["b"]
    assert state.health([FEED])[0].pages == {"old": 1, "due": 1}


def test_a_changed_page_is_due_again_if_that_is_wanted(state: State) -> None:
    found(state, pages("a"))
    state.done("https://kestrel.example/a", "read")
    assert found(state, pages("a", day=13)) == 0
    assert found(state, pages("a", day=13), revisit=True) == 0
    assert found(state, pages("a", day=14), revisit=True) == 1


def test_a_page_is_put_off(state: State) -> None:
    found(state, pages("a"))
    state.put_off("https://kestrel.example/a", NOW + 600, "answered 500", 2)
    assert due(state) == [] and state.next_page(NOW, [FEED]) == NOW + 600
    (again,) = state.due(NOW + 600, [FEED], [])
    assert again == Due("https://kestrel.example/a", "kestrel.example", FEED, 2)
    assert state.next_page(NOW + 600, [FEED]) is None


def test_a_page_that_another_source_lists_too_goes_over_to_it_while_it_is_due(state: State) -> None:
    found(state, pages("a"))
    assert found(state, pages("a"), source=OTHER) == 1
    assert state.due(NOW, [FEED], []) == [] and len(state.due(NOW, [OTHER], [])) == 1


def test_what_a_look_found_and_its_marks_are_written_in_one_step(state: State) -> None:
    marks = {FEED: Marks('"e1"', "Tue, 12 Mar 2024 10:00:00 GMT", None)}
    found(state, pages("a"), marks=marks)
    assert state.marks(FEED) == marks[FEED] and state.marks(OTHER) == Marks()
    with pytest.raises(KeyError):  # a page without its host: nothing of this look is kept
        state.looked(FEED, NOW, NOW, pages("b"), {}, marks={FEED: Marks('"e2"')})
    assert state.marks(FEED) == marks[FEED] and due(state) == ["a"]


def test_the_health_of_sources(state: State) -> None:
    assert state.health([FEED]) == [Health(FEED)]
    state.failed(FEED, NOW, NOW + 60, "answered 500")
    state.failed(FEED, NOW + 60, NOW + 180, "cannot be reached")
    told = Health(FEED, NOW + 60, None, 2, NOW + 180, "cannot be reached")
    assert state.health([OTHER, FEED]) == [Health(OTHER), told]
    found(state, pages("a"))
    assert state.health([FEED]) == [Health(FEED, NOW, NOW, 0, NOW + 60, None, {"due": 1})]
    state.failed(FEED, NOW + 99, NOW + 199, "answered 500")
    assert state.health([FEED])[0].succeeded == NOW


def test_hosts_and_rules(state: State) -> None:
    state.hold("kestrel.example", NOW + 60)
    assert state.free_hosts(NOW) == {"kestrel.example": NOW + 60} and state.free_hosts(NOW + 60) == {}
    for rules in (Rules(None, NOW), Rules("Disallow: /", NOW + 5)):
        state.keep_rules("https://kestrel.example", rules)
        assert state.rules("https://kestrel.example") == rules
    assert state.rules("https://courier.example") is None


def test_pages_that_are_listed_no_more_are_forgotten(state: State) -> None:
    found(state, pages("a", "b", "c"))
    state.done("https://kestrel.example/a", "read")
    state.done("https://kestrel.example/b", "read")
    later = NOW + FORGOTTEN + 1
    state.looked(FEED, later, later, (), {})  # unchanged: nothing is known of what it lists
    assert state.is_read("https://kestrel.example/a")
    state.looked(FEED, later, later, pages("b"), {pages("b")[0].address: "kestrel.example"})
    assert not state.is_read("https://kestrel.example/a") and state.is_read("https://kestrel.example/b")
    assert due(state) == ["c"]


def test_all_is_there_when_it_is_opened_again_and_what_was_being_read_is_due(path: Path) -> None:
    with State.open(path) as state:
        found(state, pages("a"))
        state.done("https://kestrel.example/a", "reading")
        assert due(state) == []
    with State.open(path) as state:
        assert due(state) == ["a"]


def test_one_process_writes_and_others_may_look(path: Path, state: State) -> None:
    found(state, pages("a"))
    with pytest.raises(InputError, match="another dateline watch is using it"):
        State.open(path)
    with State.look(path) as other:
        assert due(other) == ["a"]


def test_a_look_at_what_is_not_there_makes_no_file(path: Path) -> None:
    with State.look(path) as state:
        assert state.health([FEED]) == [Health(FEED)]
    assert not path.exists()


def test_other_files_are_refused(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    with pytest.raises(InputError, match="cannot be used"):
        State.open(path)
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(InputError, match="another version"):
        State.open(path)


def test_the_file_lies_beside_the_record() -> None:
    assert state_path("/data/news.db") == Path("/data/news.watch.db")
    assert state_path("postgresql://user@host/news") == Path("dateline.watch.db")
