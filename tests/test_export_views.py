"""What the rows of an export are about, from a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from exported import KNOWN, courier, tied, wire
from logs import COURIER, TEXT, WIRE, article, claims, first_reading, read, report
from readings import RESOLVED

from dateline.export.views import Asked, Held, articles, attributions, incidents
from dateline.export.views import claims as all_claims
from dateline.record.ids import article_id
from dateline.record.record import Record
from dateline.record.search import Wanted
from dateline.types import Decision

KILLED, DENIED, SHELLED = claims(wire())


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """Three articles, two of them about one attack; one is revised, and one erased."""
    with Record.open(tmp_path_factory.mktemp("views") / "record.db", create=True) as made:
        made.add(wire())
        made.add(courier())
        made.decide(tied())
        made.add(RESOLVED)
        lone = read(article("https://lone.example/", "A lone report."), [report("A lone report.", "report")])
        made.add(lone)
        made.redact(article_id(lone.article), "Ana", "at their wish")
        yield made


def test_incidents_come_as_the_record_finds_them(record: Record) -> None:
    found = list(incidents(record, Asked(), KNOWN))
    assert [told.incident for told in found] == [record.incident(each.id) for each in record.find(Wanted())]
    attack = next(told for told in found if KILLED in told.incident.claims)
    assert attack.when and attack.place and attack.spread.killed.best == 9
    assert [told.incident.id for told in incidents(record, Asked(Wanted(actor="gunmen")), KNOWN)] == [
        attack.incident.id
    ]
    answer = next(told for told in found if SHELLED in told.incident.claims)
    assert [each.incident for each in answer.incident.answers] == [attack.incident.id]


def test_the_rule_is_asked_for(record: Record) -> None:
    (told,) = incidents(record, Asked(Wanted(actor="gunmen"), rule="lowest"), KNOWN)
    assert told.spread.killed.best == 6


def test_the_past_has_the_same_rows_as_the_day(record: Record) -> None:
    now, then = (list(incidents(record, asked, KNOWN)) for asked in (Asked(), Asked(as_of="2040-01-01")))
    assert now == then
    early = list(incidents(record, Asked(as_of="2024-03-12"), KNOWN))
    assert [told.spread.killed.best for told in early if KILLED in told.incident.claims] == [6]
    assert list(incidents(record, Asked(recorded="2020-01-01"), KNOWN)) == []


def test_each_claim_of_now_comes_once_with_its_incident(record: Record) -> None:
    found = [(each.claim.id, each.incident) for each in all_claims(record, Asked())]
    assert dict(found) == record.placed()
    assert len(found) == len(dict(found))


def test_attributions_are_those_of_the_articles(record: Record) -> None:
    found = list(attributions(record, Asked(), KNOWN))
    assert [said.attribution.id for said in found] == ["a1", "a2", "a1", "a2", "a3"]
    ministry, _, _, rebels, _ = found
    assert ministry.article.citation.address == WIRE and ministry.claims == (KILLED.id,)
    assert rebels.source is not None and rebels.source.id == "orlin-rebels"
    asked = Asked(Wanted(type="THREATEN"))
    assert {said.article.citation.publisher for said in attributions(record, asked, KNOWN)} == {
        "The Orlin Courier"
    }
    assert list(attributions(record, Asked(as_of="2024-03-11"), KNOWN)) == []


def test_articles_are_all_there_the_erased_as_a_tombstone(record: Record) -> None:
    found = articles(record, Asked(), KNOWN)
    addresses = [held.citation.address for held in found]
    assert addresses == [WIRE, COURIER, "https://courier.example/orlin-raid", "https://lone.example/"]
    assert [held.claims for held in found] == [3, 1, 6, 1]
    assert [held.redacted for held in found] == [False, False, False, True]
    assert found[3].citation.title is None
    some = articles(record, Asked(Wanted(query="nine guards OR Orlin")), KNOWN)
    assert some == []
    assert len(articles(record, Asked(Wanted(query="guards")), KNOWN)) == 3
    assert len(articles(record, Asked(as_of="2024-03-12"), KNOWN)) == 1


def test_texts_that_are_superseded_and_copies_are_told(tmp_path: Path) -> None:
    with Record.open(tmp_path / "record.db", create=True) as made:
        text = TEXT.replace("six", "nine")
        first = made.add(first_reading()).article
        second = made.add(read(article(WIRE, text), [report(text, "killed")])).article
        later = replace(first_reading(COURIER).article, published="2024-03-13")
        copy = made.add(replace(first_reading(COURIER), article=later)).article
        made.decide(Decision("copy", "Ana", (copy,), (second,)))
        held = {each.citation.article: each for each in articles(made, Asked(), KNOWN)}

    def state(each: Held) -> tuple[bool, str]:
        return each.current, each.origin

    assert {name: state(each) for name, each in held.items()} == {
        first: (False, first),
        second: (True, second),
        copy: (True, second),
    }
