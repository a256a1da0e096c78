"""The example pages, read, linked and asked: in answer to what, across articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.ingest.files import open_inputs
from dateline.pipeline import Options, linker, pipeline
from dateline.record.record import Record
from dateline.types import Incident

PAGES = Path(__file__).parent.parent / "examples" / "pages"
Report = tuple[str, str]
"""A report by words of its sentence, and its trigger."""

ANSWERS: dict[str, tuple[Report, Report]] = {
    "Brenik: Merovar's air force answers the attack on the post, told by others": (
        ("bombed two weapons depots", "bombed"),
        ("Gunmen stormed a border post", "stormed"),
    ),
    "Brenik: Dostrea protests against being blamed for it": (
        ("handed him a note of protest", "protest"),
        ("no part in the shooting", "shooting"),
    ),
    "Brenik: the council's secretary-general condemns it": (
        ("Lindqvist condemned the killings", "condemned"),
        ("Gunmen stormed a border post", "stormed"),
    ),
    "Brenik: Merovar regrets the bombing": (
        ("Castellan expressed regret", "regret"),
        ("bombed two weapons depots", "bombed"),
    ),
    "Corrin: Lothmark condemns the clearing of the terminal, told by another": (
        ("condemned what it called the brutal clearing", "condemned"),
        ("riot police cleared protesters", "cleared"),
    ),
    "Corrin: Lothmark suspends patrols in answer to an expulsion": (
        ("In response to the expulsion", "suspended"),
        ("In response to the expulsion", "expulsion"),
    ),
    "Kasseru: soldiers burn houses in answer to the raid, told by others": (
        ("soldiers burned at least 20 houses", "burned"),
        ("Gunmen blew open the gate", "blew open"),
    ),
}


@pytest.fixture(scope="module")
def record(empty_file: Path) -> Iterator[Record]:
    with (
        Record.open(empty_file.with_name("stories.db"), create=True) as made,
        pipeline(Options(threads=1)) as read,
    ):
        shipped = linker()
        for item in open_inputs([str(PAGES)]):
            assert not isinstance(item, Exception)
            made.add(read(item), linker=shipped)
        made.relink(shipped)
        yield made


@pytest.fixture(scope="module")
def incidents(record: Record) -> tuple[Incident, ...]:
    return record.incidents()


def of(incidents: tuple[Incident, ...], report: Report) -> Incident:
    words, trigger = report
    found = [
        incident
        for incident in incidents
        for claim in incident.claims
        if words in claim.sentence.text and claim.event.trigger.text == trigger
    ]
    assert found, f"nobody reads {trigger!r} in {words!r}"
    return found[0]


@pytest.mark.parametrize("answering, answered", ANSWERS.values(), ids=ANSWERS.keys())
def test_what_is_in_answer_to_what(
    record: Record, incidents: tuple[Incident, ...], answering: Report, answered: Report
) -> None:
    one, other = of(incidents, answering), of(incidents, answered)
    assert one.id != other.id
    (reasons,) = [answer.decisions for answer in one.answers if answer.incident == other.id]
    assert all(decision.reason for decision in reasons)
    steps = {link.incident: link.steps for link in record.chain(one.id)}
    assert steps[one.id] == 0 and steps[other.id] < 0
    assert {link.incident: link.steps for link in record.chain(other.id)}[one.id] > 0


def test_the_chain_of_brenik_goes_from_the_attack_to_the_regret(
    record: Record, incidents: tuple[Incident, ...]
) -> None:
    attack, bombing = (
        of(incidents, ("Gunmen stormed a border post", "stormed")),
        of(incidents, ("bombed two weapons depots", "bombed")),
    )
    regret = of(incidents, ("Castellan expressed regret", "regret"))
    chain = [link.incident for link in record.chain(attack.id)]
    assert chain.index(attack.id) < chain.index(bombing.id)
    assert {attack.id, bombing.id, regret.id} <= set(chain)
    assert len(chain) == len(set(chain))


def test_the_attack_is_told_by_several_and_claimed(incidents: tuple[Incident, ...]) -> None:
    from dateline.record.spreads import spread

    attack = of(incidents, ("Gunmen stormed a border post", "stormed"))
    assert {claim.citation.publisher for claim in attack.claims} >= {"Kestrel Wire", "The Lunova Post"}
    told = spread(attack)
    assert {value.value for value in told.killed.values} >= {"6"}
    assert "Highland Front" in {value.value for value in told.claimed_by} | {
        value.value.removeprefix("the ") for value in told.claimed_by
    }


TOGETHER: dict[str, tuple[Report, Report]] = {
    "Brenik: the attack, as told the same day and a week after": (
        ("Gunmen stormed a border post", "stormed"),
        ("Merovar says six of its guards were killed there", "killed"),
    ),
    "Brenik: the bombing near Lunova, as told by both sides": (
        ("bombed two weapons depots", "bombed"),
        ("How many died in the bombing of the railway quarter", "bombing"),
    ),
    "Corrin: the clearing of the terminal, told at home and abroad": (
        ("One person was killed and 12 were injured", "killed"),
        ("condemned what it called the brutal clearing", "killed"),
    ),
    "Kasseru: the raid and its toll in another paper": (
        ("Gunmen blew open the gate", "blew open"),
        ("At least 26 people were killed", "killed"),
    ),
    "Kasseru: the raid and the correction of its toll": (
        ("Gunmen blew open the gate", "blew open"),
        ("Twelve guards were killed in Saturday", "killed"),
    ),
    "Kasseru: the raid as told when the hostages were freed": (
        ("Gunmen blew open the gate", "blew open"),
        ("The raid on 10 May left", "raid"),
    ),
}
APART: dict[str, tuple[Report, Report]] = {
    "the attack on Brenik and the raid on Kasseru": (
        ("Gunmen stormed a border post", "stormed"),
        ("Gunmen blew open the gate", "blew open"),
    ),
    "the attack on Brenik and the bombing that answered it": (
        ("Gunmen stormed a border post", "stormed"),
        ("bombed two weapons depots", "bombed"),
    ),
    "the raid on Kasseru and the burning of Ndori": (
        ("Gunmen blew open the gate", "blew open"),
        ("soldiers burned at least 20 houses", "burned"),
    ),
    "the raid on Kasseru and the kidnapping of 2019": (
        ("Gunmen blew open the gate", "blew open"),
        ("It kidnapped 14 engineers", "kidnapped"),
    ),
    "the blockade of Port Corrin and the clearing of its terminal": (
        ("Boats block Port Corrin", "strike"),
        ("One person was killed and 12 were injured", "killed"),
    ),
}


@pytest.mark.parametrize("one, other", TOGETHER.values(), ids=TOGETHER.keys())
def test_reports_of_one_happening_are_one_incident(
    incidents: tuple[Incident, ...], one: Report, other: Report
) -> None:
    assert of(incidents, one).id == of(incidents, other).id


@pytest.mark.parametrize("one, other", APART.values(), ids=APART.keys())
def test_different_happenings_are_different_incidents(
    incidents: tuple[Incident, ...], one: Report, other: Report
) -> None:
    assert of(incidents, one).id != of(incidents, other).id
