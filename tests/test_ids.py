from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from logs import article, first_reading

from dateline.record import ids
from dateline.types import Decision

PARTS = st.lists(st.text() | st.binary(), max_size=4)


@given(PARTS, PARTS)
def test_parts_that_differ_have_digests_that_differ(one: list[str | bytes], other: list[str | bytes]) -> None:
    def data(parts: list[str | bytes]) -> list[bytes]:
        return [part.encode() if isinstance(part, str) else part for part in parts]

    assert (ids.digest(*one) == ids.digest(*other)) == (data(one) == data(other))


def test_a_copy_at_another_address_is_another_article() -> None:
    assert ids.article_id(article()) == ids.article_id(article(title="Other title"))
    assert ids.article_id(article()) != ids.article_id(article("https://courier.example/post"))
    assert ids.article_id(article()) != ids.article_id(article(text="Other text."))
    assert ids.address_of(replace(article(), url=None, id="orlin-1")) == "orlin-1"


def test_a_better_reading_keeps_the_ids_of_claims() -> None:
    events = first_reading().events
    better = [replace(event, confidence=0.1, mode="firearms", status="future", killed=()) for event in events]
    assert ids.claim_ids("a1", events) == ids.claim_ids("a1", better)
    assert ids.claim_ids("a1", events) != ids.claim_ids("a2", events)


def test_reports_alike_in_type_and_trigger_are_numbered() -> None:
    event = first_reading().events[0]
    one, other, third = ids.claim_ids("a1", [event, event, replace(event, type="COERCE")])
    assert len({one, other, third}) == 3
    assert ids.claim_ids("a1", [event]) == [one]


def test_each_kind_has_its_letter() -> None:
    decision = Decision("same", "Ana", ("c1",), ("c2",), "seen")
    made = (
        ids.article_id(article()),
        ids.reading_id("a1", "{}"),
        ids.claim_ids("a1", first_reading().events)[0],
        ids.decision_id(decision),
        ids.incident_id(["c9", "c8"]),
        ids.page_id("x", b""),
    )
    assert "".join(each[0] for each in made) == "".join(ids.KINDS)
    assert made[4] == "i8"
    assert ids.decision_id(replace(decision, reason="other")) != made[3]
