from __future__ import annotations

from dataclasses import replace

from peopled import PASSWORD, tables
from sqlalchemy import update

from dateline.site.people import accounts, storing
from dateline.site.people.comments import Proposal, Sent
from dateline.site.people.storing import Writer
from dateline.site.people.tables import comments

TOLD = Sent("i1", "Rosa", "Were they five?")
WRITER = Writer(None, "digest")


def test_what_is_sent_twice_is_there_once() -> None:
    with tables() as connection:
        first = storing.put(connection, TOLD, WRITER, "one", "shown", None)
        assert storing.put(connection, TOLD, WRITER, "one", "held", "why") == first
        changed = storing.put(connection, replace(TOLD, words="Or six?"), WRITER, "one", "shown", None)
        assert (changed.id, changed.words) == (first.id, "Or six?")
        other = storing.put(connection, TOLD, WRITER, "two", "shown", None)
        assert storing.about(connection, ["i1", "a1"]) == [changed, other]


def test_what_was_refused_or_erased_does_not_come_back() -> None:
    with tables() as connection:
        first = storing.put(connection, TOLD, WRITER, "one", "refused", "an attack")
        again = storing.put(connection, replace(TOLD, words="other"), WRITER, "one", "shown", None)
        assert (again.state, again.reason) == ("held", "an attack")
        storing.erase(connection, first, "the writer", "at the writer's request")
        new = storing.put(connection, TOLD, WRITER, "one", "shown", None)
        gone = storing.by_id(connection, first.id)
        assert gone and (gone.name, gone.words, gone.sender, gone.state) == (None, None, None, "erased")
        assert new.id != first.id and len(storing.about(connection, ["i1"])) == 2


def test_comments_are_found_by_state_and_writer() -> None:
    with tables() as connection:
        ana = accounts.add(connection, "Ana", PASSWORD, "analyst")
        held = [storing.put(connection, TOLD, WRITER, f"{n}", "held", "why") for n in range(3)]
        own = storing.put(connection, TOLD, Writer(ana.number, ""), "own", "shown", None)
        assert own.role == "analyst" and storing.of_account(connection, ana.number) == [own]
        assert storing.in_state(connection, "held", None, 2) == [held[2], held[1]]
        assert storing.in_state(connection, "held", held[1].number, 2) == [held[0]]
        assert storing.every(connection) == [*held, own] and storing.about(connection, ["i1"]) == [own]
        assert storing.by_id(connection, "m0") is None


def test_addresses_are_forgotten() -> None:
    with tables() as connection:
        old = storing.put(connection, TOLD, WRITER, "one", "shown", None)
        connection.execute(update(comments).values(written="2020-01-01T00:00:00+00:00"))
        storing.put(connection, TOLD, WRITER, "two", "shown", None)
        found = storing.by_id(connection, old.id)
        assert found and found.sender is None


def test_proposals_wait_until_they_are_settled() -> None:
    proposal = Proposal("c1", "killed", "5", "five", True)
    with tables() as connection:
        one, two = (
            storing.put(connection, replace(TOLD, proposal=proposal), WRITER, name, "shown", None)
            for name in ("one", "two")
        )
        storing.put(connection, TOLD, WRITER, "without", "shown", None)
        assert one.proposal == proposal and storing.proposing(connection, 9) == [one, two]
        storing.settle(connection, one, decision="d1")
        storing.settle(connection, two, declined="no")
        assert storing.proposing(connection, 9) == []
        settled = [each.proposal for each in storing.every(connection)]
        assert [(p.decision, p.declined) for p in settled if p] == [("d1", None), (None, "no")]
