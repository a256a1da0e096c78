from __future__ import annotations

import pytest
from logs import claims, first_reading
from post import raid

from dateline.errors import InputError
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.site.faces import pages
from dateline.site.filters import Filter
from dateline.types import Decision

KILLED, DENIED, SHELLED = claims(first_reading())


def test_lists_are_paged_by_what_was_added_last(target: str) -> None:
    with Record.open(target) as record:
        record.add(first_reading())
        record.add(raid(1))
        (told,) = claims(raid(1))
        correction = Decision("correction", "Ana", (SHELLED.id,), (), "misread", None, "mode", '"aerial"')
        record.decide(correction)
        with record.reading() as connection:
            first = pages.claims(connection, record.shelf, Wanted(), 2, None)
            rest = pages.claims(connection, record.shelf, Wanted(), 2, first.next)
            assert [each.id for each, _ in first.items] == [told.id, SHELLED.id]
            assert [each.id for each, _ in rest.items] == [DENIED.id, KILLED.id] and rest.next is None
            assert first.items[1][0].event.mode == "aerial", "as it is corrected"
            assert first.items[0][1] == "i" + told.id[1:]
            some = pages.articles(connection, record.shelf, Wanted(place="Ostrel"), 5, None)
            assert [cited.article for _, cited in some.items] == [KILLED.citation.article]
            every = pages.articles(connection, record.shelf, Wanted(), 1, None)
            assert every.items[0][1].article == told.citation.article and every.next is not None
            log = pages.log(connection, 2, None)
            assert [(each["number"], each["article"]) for each in log.items] == [
                (3, None),
                (2, told.citation.article),
            ]
            (decided,) = pages.decisions(connection, 5, None, {SHELLED.id}).items
            assert (decided["entry"], decided["by"]) == (3, "Ana")
            assert pages.decisions(connection, 5, None, {told.id}).items == ()
            placed = pages.incidents_of(connection, KILLED.citation.article)
        incidents, cursor = pages.incidents(record, Filter(), 2)
        assert len(incidents) == 2 and cursor
        assert len(pages.incidents(record, Filter(cursor=cursor), 2)[0]) == 1
    assert list(placed) == [KILLED.id, DENIED.id, SHELLED.id]


def test_attributions_have_who_says_so_and_what_they_tell() -> None:
    (said,) = pages.attributions(first_reading(), KILLED.citation.article, full=False)
    assert (said["article"], said["claims"], said["speaker"]) == (KILLED.citation.article, [KILLED.id], None)
    assert said["attribution"]["source"][0]["text"] == "the ministry"


def test_a_past_day_is_refused() -> None:
    with pytest.raises(InputError, match="as_of=2024-01-01: is for pages alone"):
        pages.of_now(Filter(as_of="2024-01-01"))
