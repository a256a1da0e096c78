from __future__ import annotations

from typing import Any

from logs import article, claims, first_reading, read, report

from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.site.changes import Change, changes
from dateline.types import Decision, Reading

KILLED, DENIED, SHELLED = claims(first_reading())


def changed(record: Record, **asked: Any) -> list[Change]:
    with record.reading() as connection:
        return changes(connection, Wanted(), **asked)


def other() -> Reading:
    text = "Six guards died in a raid on a post near Ostrel."
    return read(article("https://other.example/1", text), [report(text, "raid")])


def test_the_latest_change_comes_first(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(other())
        found = changed(record)
    assert [(each.began, each.changed) for each in found] == [(2, 2), (1, 1), (1, 1)]
    assert found[0].began_at == found[0].changed_at


def test_a_joined_incident_keeps_the_name_of_what_was_recorded_first(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        (raid,) = claims(other())
        before = {each.first for each in changed(record)}
        record.add(other())
        record.decide(Decision("same", "Ana", (KILLED.id,), (raid.id,), "one raid"))
        found = changed(record)
    assert {each.first for each in found} == before
    assert (found[0].first, found[0].began, found[0].changed) == (KILLED.id[1:], 1, 3)


def test_a_neighbour_that_is_only_touched_has_not_changed(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        (raid,) = claims(other())
        record.add(other())
        record.decide(Decision("same", "Ana", (KILLED.id,), (raid.id,), "one raid"))
        record.insist(Decision("different", "Ana", (KILLED.id, DENIED.id), (raid.id,), "another raid"))
        record.decide(Decision("correction", "Ana", (raid.id,), (), "misread", None, "mode", '"aerial"'))
        found = {each.first: each.changed for each in changed(record)}
        assert found == {KILLED.id[1:]: 4, raid.id[1:]: 5, SHELLED.id[1:]: 1}
        assert [each.first for each in changed(record, since=4)] == [raid.id[1:]]


def test_some_are_picked_by_their_ids(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        one = record.incident(SHELLED.id).id
        assert [each.brief.id for each in changed(record, ids=[one, "i" + "0" * 32])] == [one]


def test_a_later_reading_changes_what_it_tells(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(model="m2"))
        assert {(each.began, each.changed) for each in changed(record)} == {(1, 2)}
