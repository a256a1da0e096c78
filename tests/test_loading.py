from __future__ import annotations

from logs import COURIER, WIRE, claims, first_reading, tie

from dateline.record import loading
from dateline.record.loading import Kept, Shelf, chunks
from dateline.record.record import Record
from dateline.types import Decision

KILLED, DENIED, SHELLED = claims(first_reading())


def test_chunks_are_no_longer_than_asked() -> None:
    assert list(chunks(range(5), 2)) == [[0, 1], [2, 3], [4]]


def test_what_was_not_asked_for_longest_is_let_go() -> None:
    kept: Kept[str, int] = Kept(2)
    kept.put("a", 1)
    kept.put("b", 2)
    assert kept.get("a") == 1
    kept.put("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
    kept.forget()
    assert kept.get("a") is None


def test_entries_come_back_in_order_as_far_as_asked(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading(WIRE))
        record.add(first_reading(COURIER))
        record.decide(tie(KILLED, SHELLED, "different", "Ana", reason="seen"))
        with record.reading() as connection:
            entries = list(loading.entries(connection, Shelf()))
            early = list(loading.entries(connection, Shelf(), "2020-01-01"))
            today = list(loading.entries(connection, Shelf(), entries[0].recorded[:10]))
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [len(entry.claims) for entry in entries] == [3, 3, 0]
    assert entries[0].claims == (KILLED, DENIED, SHELLED) and entries[0].model == "m1"
    assert entries[2].decisions == (tie(KILLED, SHELLED, "different", "Ana", reason="seen"),)
    assert early == [] and len(today) == 3


def test_decisions_are_found_by_what_they_are_about(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.decide(tie(KILLED, DENIED, "different", "Ana"))
        record.decide(Decision("unsure", "linker", (DENIED.id,), (SHELLED.id,), "far apart", 0.5))
        with record.reading() as connection:
            about = Shelf().decisions_about(connection, [KILLED.id, DENIED.id])
            some = Shelf().decisions_about(connection, [DENIED.id], ["unsure"])
            people = loading.decisions_by_people(connection)
    assert [decision.kind for decision in about] == ["different", "unsure"]
    assert [(decision.reason, decision.score) for decision in some] == [("far apart", 0.5)]
    assert [decision.by for decision in people] == ["Ana"]
