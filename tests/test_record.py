"""The record, in either database: what is appended, what it comes to, and that this is the pure function."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from logs import COURIER, TEXT, WIRE, article, claims, count, first_reading, read, report, tie
from readings import RESOLVED

from dateline.errors import RecordError
from dateline.record.chains import chain
from dateline.record.engine import writing
from dateline.record.ids import article_id, decision_id, digest, printed_id
from dateline.record.incidents import incidents, redirects
from dateline.record.linking import Document, Unlinked
from dateline.record.record import Record
from dateline.record.search import Wanted, among
from dateline.show import jsonl
from dateline.show.jsonl import Printed
from dateline.types import Claim, Decision, Page, Reading

OTHER = first_reading(COURIER, publisher="Courier", published="2024-03-12T12:00:00+00:00")
KILLED, DENIED, SHELLED = claims(first_reading())
KILLED_TOO, _, SHELLED_TOO = claims(OTHER)


class Alike(Unlinked):
    """Links claims of one type whose triggers are the same words, and articles of the same text."""

    def claim_keys(self, claim: Claim) -> Iterable[str]:
        return [claim.event.trigger.text, claim.event.type]

    def article_keys(self, document: Document) -> Iterable[str]:
        return [document.text[:20]]

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterator[Decision]:
        for other in candidates:
            if other.event.trigger.text == claim.event.trigger.text:
                yield Decision("same", "linker", (claim.id,), (other.id,), "same words", 0.9)

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterator[Decision]:
        for other in candidates:
            if other.text == document.text:
                ends = (document.citation.article,), (other.citation.article,)
                yield Decision("copy", "linker", *ends, "same text", 1.0)


@pytest.fixture
def record(target: str) -> Iterator[Record]:
    with Record.open(target) as made:
        yield made


def is_the_pure_function(record: Record) -> None:
    """The tables say what the log comes to."""
    pure = incidents(record.entries())
    assert record.find(Wanted()) == [replace(brief, facets={}) for brief in among(pure, Wanted())]
    for incident in pure:
        assert record.incident(incident.id) == incident
    for former, now in redirects(pure).items():
        assert record.incident(former).id == now
    assert record.placed() == {claim.id: incident.id for incident in pure for claim in incident.claims}


def test_a_reading_is_added_once(record: Record) -> None:
    added = record.add(first_reading())
    assert (added.outcome, added.claims, added.article) == ("new", 3, article_id(first_reading().article))
    digest = record.digest()
    assert record.add(first_reading()).outcome == "known"
    assert record.digest() == digest
    assert len(record.entries()) == 1
    is_the_pure_function(record)


def test_a_known_reading_is_neither_looked_at_nor_waits_for_who_writes(record: Record) -> None:
    record.add(first_reading(), linker=Alike())
    name = printed_id(Printed("in:1", jsonl.line(first_reading()), first_reading().article))
    assert record.known([name, "r" + 32 * "0"]) == {name}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Alike, "kept", None)
        with writing(record.engine):
            assert record.add(first_reading(), linker=Alike()).outcome == "known"


def test_a_reading_comes_back_as_it_was(record: Record) -> None:
    page = Page("https://courier.example/orlin-raid", b"<p>Raid", "text/html")
    added = record.add(RESOLVED, page, vectors=[b"%d" % n for n in range(6)])
    assert record.reading_of(added.article) == RESOLVED
    assert record.page_of(added.article) == b"<p>Raid"
    (entry,) = record.entries()
    assert entry.claims == tuple(replace(c, vector=b"%d" % n) for n, c in enumerate(claims(RESOLVED)))
    is_the_pure_function(record)


def test_when_a_page_was_fetched_is_kept_and_is_not_of_the_digest(record: Record, tmp_path: Path) -> None:
    page = Page(WIRE, b"<p>Raid", "text/html", "2031-05-04T10:00:00Z")
    name = record.add(first_reading(), page).article
    kept = record.capture_of(name)
    assert (kept.fetched, kept.page) == (page.fetched, digest("bytes", page.content))
    assert (kept.added, kept.model) == (record.entries()[0].recorded, "m1")
    record.add(first_reading(model="m2"), replace(page, fetched="2031-05-05T10:00:00Z"))
    assert record.capture_of(name).fetched == page.fetched  # when these bytes came first
    record.add(OTHER)
    assert record.capture_of(article_id(OTHER.article)).fetched is None
    with Record.open(tmp_path / "other.db", create=True) as other:
        other.add(first_reading(), replace(page, fetched=None))
        other.add(first_reading(model="m2"))
        other.add(OTHER)
        assert other.digest() == record.digest()


def test_what_was_made_of_a_page_is_known_by_what_made_it(record: Record) -> None:
    page = Page(WIRE, b"<p>Raid", "text/html")
    name = record.add(first_reading(title="Raid"), page, made_by="code and options").article
    assert record.made_of(page, "code and options") == (name, "Raid")
    assert record.made_of(replace(page, fetched="2031-05-04T10:00:00Z"), "code and options") == (name, "Raid")
    others = replace(page, content=b"<p>"), replace(page, address=COURIER), replace(page, media_type=None)
    assert [record.made_of(other, "code and options") for other in others] == [None] * 3
    assert record.made_of(page, "other code") is None
    record.add(OTHER, plain := Page(COURIER, b"Raid"), made_by="code and options")
    assert record.made_of(plain, "code and options") == (article_id(OTHER.article), COURIER)


def test_the_linker_meets_what_shares_a_key(record: Record) -> None:
    record.add(first_reading(), linker=Alike())
    added = record.add(OTHER, linker=Alike())
    assert added.links == 4
    incident = record.incident(KILLED.id)
    assert len(incident.claims) == 4
    assert [(origin.name, len(origin.articles)) for origin in incident.origins] == [("Kestrel Wire", 2)]
    is_the_pure_function(record)


def test_an_earlier_original_that_comes_later_becomes_the_origin(record: Record) -> None:
    record.add(OTHER, linker=Alike())
    record.add(first_reading(), linker=Alike())
    assert record.incident(SHELLED.id).origins[0].name == "Kestrel Wire"
    is_the_pure_function(record)


def test_a_newer_model_supersedes_and_the_links_are_made_anew(record: Record) -> None:
    record.add(first_reading(), linker=Alike())
    record.add(OTHER, linker=Alike())
    again = read(article(WIRE), [report(TEXT, "killed six"), report(TEXT, "shelled", "B")], model="m2")
    added = record.add(again, linker=Alike())
    assert (added.outcome, added.claims) == ("reread", 2)
    found = record.incident(KILLED.id)
    assert [claim.event.trigger.text for claim in found.claims] == ["killed six"]
    assert {claim.id for claim in found.former} == {KILLED.id, DENIED.id}
    assert len(record.incident(SHELLED.id).claims) == 2
    is_the_pure_function(record)


def test_what_the_linker_no_longer_finds_is_withdrawn(record: Record) -> None:
    record.add(first_reading(), linker=Alike())
    record.add(OTHER, linker=Alike())
    events = [replace(event, confidence=0.5) for event in first_reading().events]
    record.add(read(article(WIRE), events, model="m2"))
    kinds = [decision.kind for decision in record.entries()[-1].decisions]
    assert kinds == ["withdrawal", "withdrawal", "withdrawal"]
    assert len(record.incident(SHELLED.id).claims) == 1
    is_the_pure_function(record)


def test_a_revision_supersedes_and_shows_what_was_said(record: Record) -> None:
    text = TEXT.replace("six", "nine")
    nine = count(text, "nine", 9, 9)
    record.add(first_reading())
    added = record.add(read(article(WIRE, text), [report(text, "killed", killed=(nine,))]))
    assert added.outcome == "revised"
    incident = record.incident(KILLED.id)
    assert incident.claims[0].event.killed[0].low == 9
    assert incident.former[0].event.killed[0].low == 6
    old = read(article(WIRE), [report(TEXT, "killed six")], model="m2")
    assert record.add(old).outcome == "reread"
    assert [claim.event.trigger.text for claim in record.incident(KILLED.id).claims] == ["killed"]
    is_the_pure_function(record)


def test_people_decide_and_take_back(record: Record) -> None:
    record.add(first_reading())
    record.add(OTHER)
    merge = tie(KILLED, KILLED_TOO, "same", "Ana", reason="one raid")
    assert record.decide(merge) == 3
    assert record.decide(merge) == 0
    assert len(record.incident(KILLED.id).claims) == 4
    is_the_pure_function(record)
    split = Decision("different", "Ben", (KILLED.id,), (DENIED.id, KILLED_TOO.id), "another post")
    record.decide(split)
    is_the_pure_function(record)
    gone = Decision("withdrawal", "Ben", split.subject, (), "mistaken", supersedes=(decision_id(split),))
    record.decide(gone)
    assert len(record.incident(KILLED.id).claims) == 4
    fixed = Decision("correction", "Ana", (KILLED.id,), (), "seen", None, "status", json.dumps("future"))
    record.decide(fixed)
    assert record.incident(KILLED.id).claims[0].event.status == "future"
    is_the_pure_function(record)


def test_what_is_not_there_cannot_be_decided_about(record: Record) -> None:
    with pytest.raises(RecordError, match=f"{KILLED.id}: is not in the record"):
        record.decide(tie(KILLED, KILLED_TOO, "same", "Ana"))
    assert record.entries() == []


def test_decisions_without_a_claim_wait_for_a_person(record: Record) -> None:
    record.add(first_reading())
    fixed = Decision("correction", "Ana", (SHELLED.id,), (), "seen", None, "status", json.dumps("future"))
    record.decide(fixed)
    assert record.stranded() == []
    record.add(read(article(WIRE), [report(TEXT, "killed")], model="m2"))
    assert record.stranded() == [fixed]
    is_the_pure_function(record)


def test_chains_cross_articles(record: Record) -> None:
    record.add(first_reading())
    record.add(OTHER)
    record.decide(tie(KILLED_TOO, SHELLED, "answers", "Ana", reason="in revenge"))
    links = record.chain(SHELLED_TOO.id)
    assert [link.steps for link in links] == [-3, -2, -1, 0]
    assert links == chain(incidents(record.entries()), record.incident(SHELLED_TOO.id).id)
    with pytest.raises(RecordError, match="no incident of the record has this id"):
        record.chain("i00000")


def test_the_past_is_what_was_published_and_appended_by_then(record: Record) -> None:
    record.add(first_reading())
    record.add(replace(OTHER, article=replace(OTHER.article, published="2024-03-20")))
    record.decide(tie(KILLED, KILLED_TOO, "same", "Ana"))
    assert len(record.find(Wanted())) == 3
    assert len(record.find(Wanted(), as_of="2024-03-15")) == 2
    assert record.find(Wanted(), recorded="2020-01-01") == []
    assert max(brief.articles for brief in record.find(Wanted(), as_of="2024-03-20")) == 2


def test_incidents_are_found(record: Record) -> None:
    record.add(RESOLVED)
    record.add(first_reading())
    pure = record.incidents()
    every = [
        Wanted(),
        Wanted(since="2031-05-01"),
        Wanted(until="2024-03-12"),
        Wanted(until="2024-03-11"),
        Wanted(since="2031-05-03", until="2031-05-03"),
        Wanted(place="orlin"),
        Wanted(place="XMV"),
        Wanted(place="100%"),
        Wanted(actor="army"),
        Wanted(actor="XMV-MIL"),
        Wanted(type="THREATEN"),
        Wanted(type="assault", status="negated"),
        Wanted(query="Merovar guards"),
        Wanted(query='"guards killed"'),
        Wanted(query='"army shelled"'),
        Wanted(query="Army of Merovar"),
        Wanted(query="“ - "),
        Wanted(query='NEAR(a b) "'),
    ]
    counts = []
    for wanted in every:
        here = [brief.id for brief in record.find(wanted)]
        assert here == [brief.id for brief in among(pure, wanted)], wanted
        counts.append(len(here))
    assert counts[:4] == [5, 3, 2, 0] and counts[5] and counts[7] == 0 and counts[14] == 1
    assert len(record.find(Wanted(), limit=2)) == 2


def test_an_id_may_be_shortened(record: Record) -> None:
    record.add(first_reading())
    assert record.full_id(KILLED.id[:9]) == KILLED.id
    incident = record.incident(KILLED.id).id
    assert record.full_id(incident[:9]) == incident
    for start, reason in (("c", "is no id"), ("x12345", "is no id"), ("c00000", "no claim of the record")):
        with pytest.raises(RecordError, match=reason):
            record.full_id(start)


def test_redaction_erases_the_words_and_leaves_a_tombstone(record: Record) -> None:
    page = Page(WIRE, b"<p>Gunmen killed six", "text/html")
    record.add(first_reading(title="Six killed"), page, Alike())
    record.add(OTHER, linker=Alike())
    record.decide(tie(KILLED, KILLED_TOO, "same", "Ana", reason="Gunmen at Merovar"))
    name = article_id(first_reading().article)
    done = record.redact(name, "Ana", "a court order")
    assert (done.claims, done.same_text) == (3, (article_id(OTHER.article),))
    assert record.reading_of(name) is None and record.page_of(name) is None
    assert record.entries()[0].claims == () and len(record.entries()[0].erased) == 3
    assert "Gunmen" not in "".join(d.reason for e in record.entries() for d in e.decisions)
    assert [brief.articles for brief in record.find(Wanted(query="Gunmen"))] == [1]
    assert record.incident(KILLED.id).claims[0].id == KILLED_TOO.id
    assert record.add(first_reading(title="Six killed")).outcome == "known"
    assert record.add(first_reading(model="m2")).outcome == "redacted"
    is_the_pure_function(record)
    other = article_id(OTHER.article)
    assert record.redact(other, "Ana", "as well").same_text == ()
    assert record.find(Wanted()) == []
    assert record.reading_of(other) is None


OLD_EYES, NEW_EYES = (("killed", "A"), ("attack", "A"), ("shelled", "B")), (("killed", "A"), ("attack", "B"))
READINGS: list[Reading] = [
    read(
        article(address, text, publisher=address, published=f"2024-03-1{day}"),
        [report(text, words, label, answers=("A",) if label == "B" else ()) for words, label in events],
        model=model,
    )
    for address in (WIRE, COURIER)
    for day, text in enumerate((TEXT, TEXT.replace("six", "nine")))
    for model, events in (("m1", OLD_EYES), ("m2", NEW_EYES))
]
EVERY = sorted({claim.id for each in READINGS for claim in claims(each)})
STEPS = st.lists(
    st.sampled_from(READINGS)
    | st.builds(
        lambda kind, one, other: Decision(kind, "Ana", (one,), (other,), "seen"),
        st.sampled_from(("same", "same", "different", "answers", "not-answers")),
        st.sampled_from(EVERY),
        st.sampled_from(EVERY),
    )
    | st.builds(
        lambda kind, one, other: Decision(kind, "Ana", (one,), (other,), "seen"),
        st.sampled_from(("copy", "not-copy")),
        st.sampled_from([article_id(each.article) for each in READINGS]),
        st.sampled_from([article_id(each.article) for each in READINGS]),
    )
    | st.integers(0, 9),
    max_size=12,
)


@settings(
    max_examples=20,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data(), st.booleans())
def test_whatever_happens_the_tables_say_what_the_log_comes_to(
    tmp_path: Path, empty_file: Path, data: Any, links: bool
) -> None:
    made: list[Decision] = []
    for path in tmp_path.iterdir():
        path.unlink()
    with Record.open(shutil.copy(empty_file, tmp_path / "record.db")) as record:
        for step in data.draw(STEPS):
            if isinstance(step, Reading):
                record.add(step, linker=Alike() if links else None)
            elif isinstance(step, Decision):
                known = {c.id for e in record.entries() for c in e.claims}
                known |= {e.citation.article for e in record.entries() if e.citation}
                if known >= {*step.subject, *step.object}:
                    record.decide(step)
                    made.append(step)
            elif made:
                old = made[step % len(made)]
                ends = old.subject, old.object
                record.decide(Decision("withdrawal", "Ana", *ends, supersedes=(decision_id(old),)))
        is_the_pure_function(record)
