from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from logs import COURIER, TEXT, WIRE, article, claims, first_reading, log, read, report, tie

from dateline.record.decisions import implied
from dateline.record.holdings import gathered
from dateline.record.incidents import incidents, redirects, stranded
from dateline.types import Claim, Decision, Incident, Reading

READING = first_reading()
OTHER = first_reading(COURIER, publisher="Courier", published="2024-03-12T12:00:00+00:00")
KILLED, DENIED, SHELLED = claims(READING)
KILLED_TOO, _, SHELLED_TOO = claims(OTHER)
LINK = tie(KILLED, KILLED_TOO, score=0.9)


def triggers(found: tuple[Incident, ...]) -> list[list[str]]:
    return sorted([claim.event.trigger.text for claim in incident.claims] for incident in found)


def of(found: tuple[Incident, ...], claim: Claim) -> Incident:
    (incident,) = (each for each in found if claim.id in {member.id for member in each.claims})
    return incident


def test_a_reading_alone_makes_incidents_of_its_happenings() -> None:
    found = incidents(log(READING))
    assert triggers(found) == [["killed", "attack"], ["shelled"]]
    assert of(found, SHELLED).answers[0].incident == of(found, KILLED).id
    assert of(found, KILLED).id == "i" + min(KILLED.id, DENIED.id)[1:]
    assert [incident.id for incident in found] == sorted(incident.id for incident in found)


def test_the_linker_brings_articles_together() -> None:
    incident = of(incidents(log(READING, OTHER, LINK)), KILLED)
    assert [claim.citation.publisher for claim in incident.claims] == ["Kestrel Wire"] * 2 + ["Courier"] * 2
    assert [origin.name for origin in incident.origins] == ["Kestrel Wire", "Courier"]
    assert incident.decisions == (LINK,)


def test_a_person_s_split_outranks_reader_and_linker() -> None:
    split = Decision("different", "Ana", (KILLED.id,), (DENIED.id, KILLED_TOO.id), "another post")
    found = incidents(log(READING, OTHER, split, LINK))
    assert [claim.id for claim in of(found, KILLED).claims] == [KILLED.id]
    merged = Decision("same", "Ben", (KILLED.id,), (KILLED_TOO.id,), "the same post")
    found = incidents(log(READING, OTHER, split, LINK, merged))
    assert of(found, KILLED) == of(found, KILLED_TOO)
    assert of(found, KILLED) != of(found, DENIED)


def test_a_correction_shows_in_the_incident() -> None:
    fixed = Decision("correction", "Ana", (KILLED.id,), (), "seen", None, "status", json.dumps("future"))
    (claim, *_) = of(incidents(log(READING, fixed)), KILLED).claims
    assert (claim.event.status, claim.corrections) == ("future", (fixed,))


def test_answers_cross_articles_and_a_person_may_deny_them() -> None:
    answers = tie(SHELLED_TOO, KILLED, "answers", score=0.8, reason="in retaliation")
    found = incidents(log(READING, OTHER, LINK, answers))
    (answer,) = of(found, SHELLED_TOO).answers
    assert answer.incident == of(found, KILLED).id
    assert [decision.by for decision in answer.decisions] == ["reader", "linker"]
    denied = tie(SHELLED, KILLED, "not-answers", "Ana")
    found = incidents(log(READING, OTHER, LINK, answers, denied))
    assert of(found, SHELLED).answers == ()
    assert of(found, SHELLED_TOO).answers != ()


def test_copies_are_folded_into_their_origin() -> None:
    copy = Decision("copy", "linker", (KILLED_TOO.citation.article,), (KILLED.citation.article,), "copy", 0.9)
    incident = of(incidents(log(READING, OTHER, [LINK, copy])), KILLED)
    assert [(origin.name, len(origin.articles)) for origin in incident.origins] == [("Kestrel Wire", 2)]


def test_after_a_new_reading_people_s_decisions_go_over_and_the_linker_s_end() -> None:
    merged = tie(KILLED, KILLED_TOO, "same", "Ana")
    events = [report(TEXT, "killed six", "A"), report(TEXT, "shelled", "B")]
    again = read(article(WIRE), events, model="m2")
    found = incidents(log(READING, OTHER, LINK, again))
    assert len(of(found, KILLED_TOO).claims) == 2
    found = incidents(log(READING, OTHER, merged, again))
    assert "killed six" in [claim.event.trigger.text for claim in of(found, KILLED_TOO).claims]


def test_former_claims_stay_with_their_incident_and_their_ids_redirect() -> None:
    again = read(article(WIRE), [report(TEXT, "killed six", "A")], model="m2")
    (incident,) = incidents(log(READING, again))
    assert [claim.id for claim in incident.former] == [KILLED.id, DENIED.id]
    assert {redirects([incident])["i" + claim.id[1:]] for claim in (KILLED, DENIED)} == {incident.id}


def test_a_revised_toll_is_shown_with_what_was_said_before() -> None:
    text = TEXT.replace("six", "nine")
    revised = read(article(WIRE, text), [report(text, "killed"), report(text, "attack", status="negated")])
    (incident,) = incidents(log(READING, revised))
    assert [claim.sentence.text.split()[2] for claim in incident.claims] == ["nine", "Front"]
    assert [claim.event.trigger.text for claim in incident.former] == ["killed", "attack"]


def test_decisions_whose_claims_are_gone_are_left_for_a_person() -> None:
    human = Decision("correction", "Ana", (SHELLED.id,), (), "seen", None, "status", '"future"')
    again = read(article(WIRE), [report(TEXT, "killed")], model="m2")
    assert stranded(gathered(log(READING, human))) == []
    assert stranded(gathered(log(READING, human, again))) == [human]


READINGS: list[Reading] = [
    first_reading(f"https://{name}.example/post", publisher=name, published=f"2024-03-1{day}")
    for day, name in enumerate(("Wire", "Courier", "Herald", "Post"))
]
EVERY = [claim for reading in READINGS for claim in claims(reading)]
TIES = st.lists(
    st.builds(
        lambda kind, by, one, other, score: tie(one, other, kind, by, score=score),
        st.sampled_from(("same", "same", "different", "unsure", "answers", "not-answers")),
        st.sampled_from(("linker", "linker", "Ana")),
        st.sampled_from(EVERY),
        st.sampled_from(EVERY),
        st.sampled_from((0.5, 0.9)),
    ),
    max_size=10,
)


@settings(deadline=None)
@given(TIES)
def test_every_claim_is_in_one_incident(ties: list[Decision]) -> None:
    found = incidents(log(*READINGS, ties))
    assert sorted(claim.id for each in found for claim in each.claims) == sorted(c.id for c in EVERY)
    assert len(implied(EVERY)) == 8
    assert all(each.id not in {answer.incident for answer in each.answers} for each in found)


@settings(deadline=None)
@given(TIES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(ties: list[Decision], random: Any) -> None:
    """Of articles and of the linker's decisions; what people decide has an order of its own."""
    ties = [decision for decision in ties if decision.by == "linker"]
    one = incidents(log(*READINGS, ties))
    other = incidents(log(*random.sample(READINGS, 4), random.sample(ties, len(ties))))
    assert [(i.id, i.claims, i.origins) for i in one] == [(i.id, i.claims, i.origins) for i in other]
    assert [[a.incident for a in i.answers] for i in one] == [[a.incident for a in i.answers] for i in other]
