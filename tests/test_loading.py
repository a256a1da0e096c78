from __future__ import annotations

from dataclasses import replace

import pytest
from logs import COURIER, TEXT, WIRE, claims, first_reading, tie

from dateline.record import loading
from dateline.record.loading import Kept, Shelf, chunks, document
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


def test_a_document_is_the_body() -> None:
    assert document(KILLED.citation, "Menu. Six killed. Share.", [(6, 17)]).text == "Six killed."


@pytest.mark.parametrize("title", ["Six killed", "Six\x00 killed"], ids=["plain", "with a NUL"])
def test_what_was_just_appended_is_at_hand_as_it_is_read_back(target: str, title: str) -> None:
    told = first_reading(title=title)
    seen = tuple(replace(event, vector=b"seen") for event in told.events)
    with Record.open(target) as record:
        record.add(replace(told, events=seen), vectors=(b"1", b"2", b"3"))
        with record.reading() as connection:
            for shelf in (record.shelf, Shelf()):
                kept = shelf.claims(connection, [1, 2, 3])
                assert {claim.citation.title for claim in kept.values()} == {title.replace("\x00", "")}
                assert [claim.vector for claim in kept.values()] == [b"1", b"2", b"3"]
                assert {claim.event.vector for claim in kept.values()} == {b""}
                (text,) = shelf.documents(connection, [1]).values()
                assert (text.text, text.citation) == (TEXT, kept[1].citation)
            assert record.shelf.claims(connection, [1, 2, 3]) == Shelf().claims(connection, [1, 2, 3])


def test_an_erased_text_is_let_go(target: str) -> None:
    with Record.open(target) as record:
        added = record.add(first_reading())
        record.redact(added.article, "Ana", "asked for")
        with record.reading() as connection:
            assert record.shelf.documents(connection, [1]) == {}


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
