from __future__ import annotations

import pytest
from logs import COURIER, WIRE, claims, first_reading, tie

from dateline.errors import RecordError
from dateline.record import lookup
from dateline.record.ids import article_id
from dateline.record.record import Record
from dateline.types import Decision

KILLED, _, SHELLED = claims(first_reading())
KILLED_TOO, _, SHELLED_TOO = claims(first_reading(COURIER))


def test_what_surrounds_an_incident_is_loaded_as_far_as_asked(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        record.decide(tie(KILLED_TOO, SHELLED, "answers", "Ana"))
        with record.reading() as connection:
            counts = [
                len(lookup.around(connection, record.shelf, SHELLED_TOO.id, steps)[1])
                for steps in (0, 1, 2, None)
            ]
    assert counts == [1, 3, 3, 4]  # with what a decision tells of besides


def test_those_in_answer_to_each_other_are_told_apart_from_the_rest(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER))
        record.decide(tie(KILLED_TOO, SHELLED, "answers", "Ana"))
        ids = [each.id for each in record.incidents()]
        apart = [record.incident(claim.id).id for claim in (KILLED, KILLED_TOO)]
        with record.reading() as connection:
            tied = lookup.in_answer(connection, record.shelf, ids)
            assert tied == lookup.several(connection, record.shelf, [each.id for each in tied])
            assert {each.id for each in tied} == set(ids)
            assert lookup.in_answer(connection, record.shelf, apart) == []


def test_origins_are_told_without_words(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(first_reading(COURIER, publisher="Courier"))
        record.decide(tie(KILLED, KILLED_TOO))
        copy, whole = (article_id(first_reading(each).article) for each in (COURIER, WIRE))
        record.decide(Decision("copy", "Ana", (copy,), (whole,), "the same words"))
        known = record.incidents()
        ids = [each.id for each in known]
        with record.reading() as connection:
            assert lookup.origins_of(connection, record.shelf, ids) == [each.origins for each in known]
        assert any(len(origin.articles) == 2 for each in known for origin in each.origins)


def test_an_unknown_article_is_told(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        with record.reading() as connection:
            assert lookup.latest_reading(connection, article_id(first_reading().article)) == 1
            with pytest.raises(RecordError, match="a9: no article of the record has this id"):
                lookup.latest_reading(connection, "a9")
            assert not lookup.is_redacted(connection, record.shelf, article_id(first_reading().article))


def test_beginnings_that_several_ids_share_are_refused(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "LEAST", 1)
    with Record.open(target) as record:
        for name in "abcdefgh":
            record.add(first_reading(f"https://{name}.example/"))
        with pytest.raises(RecordError, match="more than one claim begins so; give more digits"):
            for digit in "0123456789abcdef":
                record.full_id(f"c{digit}")
