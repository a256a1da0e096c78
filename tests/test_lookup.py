from __future__ import annotations

import pytest
from logs import COURIER, claims, first_reading, tie

from dateline.errors import RecordError
from dateline.record import lookup
from dateline.record.ids import article_id
from dateline.record.record import Record

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
