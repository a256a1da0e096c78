from __future__ import annotations

from dataclasses import replace

from logs import TEXT, WIRE, article, claims, first_reading, log, read, report

from dateline.record.incidents import incidents
from dateline.site.people.anchors import adrift, claim_under, subjects
from dateline.site.people.comments import Comment
from dateline.types import Incident, Reading

KILLED, DENIED, _ = claims(first_reading())
COMMENT = Comment(1, "m1", "", None, None, None, None, "Rosa", "w", "2024", "shown", None, None, None)


def on(about: str, words: str) -> Comment:
    start = TEXT.index(words)
    return replace(COMMENT, about=about, start=start, end=start + len(words))


def only(*readings: Reading) -> Incident:
    (found,) = (each for each in incidents(log(*readings)) if len(each.claims) > 1)
    return found


def test_a_comment_belongs_to_the_claim_that_it_overlaps() -> None:
    told = only(first_reading())
    about = KILLED.citation.article
    assert claim_under(on(about, "killed six"), told) == KILLED.id
    assert claim_under(on(about, "the ministry"), told) == KILLED.id
    assert claim_under(on(about, "denied the attack"), told) == DENIED.id
    assert claim_under(on(about, "shelled Ostrel"), told) is None
    assert claim_under(on("a0", "killed six"), told) is None
    assert claim_under(replace(COMMENT, about=about), told) is None


def test_it_follows_when_the_article_is_read_again() -> None:
    wider = read(
        article(), [report(TEXT, "killed six guards"), report(TEXT, "denied", status="negated")], model="m2"
    )
    told = only(first_reading(), wider)
    now = claim_under(on(KILLED.citation.article, "killed"), told)
    assert now in {claim.id for claim in told.claims} and now != KILLED.id


def test_it_is_adrift_when_nothing_took_the_place_of_its_claim() -> None:
    again = read(article(), [report(TEXT, "killed")], model="m2")
    told = Incident("", claims(again), (DENIED,))
    about = KILLED.citation.article
    assert adrift(on(about, "denied the attack"), told) == DENIED
    assert adrift(on(about, "killed six"), told) is None
    assert adrift(on(about, "shelled Ostrel"), told) is None


def test_it_follows_to_another_text_at_the_address() -> None:
    text = "Corrected on Wednesday. " + TEXT
    again = read(article(WIRE, text), [report(text, "killed"), report(text, "denied", status="negated")])
    told = only(first_reading(), again)
    now = claim_under(on(KILLED.citation.article, "killed six"), told)
    assert now in {claim.id for claim in told.claims}


def test_comments_on_an_incident_follow_its_ids() -> None:
    told = only(first_reading())
    assert {"i" + KILLED.id[1:], "i" + DENIED.id[1:], KILLED.citation.article} == set(subjects(told))
