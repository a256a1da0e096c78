"""Linked anew, a record comes to the same whatever the order in which its articles came."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from logs import article, claims, count, read, report

from dateline.record import candidates
from dateline.record.incidents import incidents
from dateline.record.linking import Document, Unlinked
from dateline.record.record import Record
from dateline.types import Claim, Decision, Reading

TOLLS = ("two", "three", "four", "five")


class Similar(Unlinked):
    """Joins attacks at a place by the share of words they have in common, parts those of other tolls."""

    def __init__(self, least: float = 0.5) -> None:
        self.least = least

    def claim_keys(self, claim: Claim) -> Iterable[str]:
        place = claim.sentence.text.split(" at ")[1]
        return [place, f"{claim.event.trigger.text} {place}"]

    def article_keys(self, document: Document) -> Iterable[str]:
        return document.text.split()[:1]

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> Iterator[Decision]:
        for other in candidates:
            one, two = (set(each.sentence.text.split()) for each in (claim, other))
            share = len(one & two) / len(one | two)
            if share >= self.least:
                kind = "same" if share > 0.6 or claim.event.killed == other.event.killed else "different"
                ends = (claim.id,), (other.id,)
                yield Decision(kind, "linker", *ends, f"{share:.2f}", round(share, 2))  # type: ignore[arg-type]

    def copies(self, document: Document, candidates: Sequence[Document]) -> Iterator[Decision]:
        for other in candidates:
            if other.text.split()[3:] == document.text.split()[3:]:
                ends = (document.citation.article,), (other.citation.article,)
                yield Decision("copy", "linker", *ends, "the same but for its beginning", 1.0)


def told(number: int) -> Reading:
    """An attack with a toll, told on some day or none: of a few kinds, so that they meet."""
    toll, place = TOLLS[number % 4], "Brenik" if number % 3 else "Orlin"
    manner = "Gunmen" if number % 5 else "Rebels"
    text = f"{manner} {'killed' if number % 2 else 'shot'} {toll} guards on the road at {place}."
    published = None if number % 7 == 0 else f"2024-03-{10 + number % 4}"
    event = report(text, text.split()[1], killed=(count(text, toll, None, None),))
    return read(article(f"https://n{number}.example/", text, published=published), [event])


READINGS = [told(number) for number in range(12)]
FIRST, SECOND = claims(READINGS[1])[0], claims(READINGS[5])[0]
"""Two of one toll and place."""


def decided(record: Record) -> int:
    return sum(len(entry.decisions) for entry in record.entries())


@pytest.mark.parametrize("most", [64, 2])
@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # to shrink takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(READINGS), linked=st.booleans())
def test_the_order_of_arrival_does_not_matter(
    tmp_path: Path,
    empty_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    order: list[Reading],
    linked: bool,
) -> None:
    monkeypatch.setattr(candidates, "MOST", most)
    digests = set()
    for readings in (order, READINGS):
        path = shutil.copy(empty_file, tmp_path / "record.db")
        with Record.open(path) as record:
            for reading in readings:
                record.add(reading, linker=Similar() if linked else None)
            record.relink(Similar())
            digests.add(record.digest())
            assert record.placed() == {
                claim.id: each.id for each in incidents(record.entries()) for claim in each.claims
            }
            assert {len(each.origins) for each in record.incidents()} == {1}  # all of one outlet
        for left in tmp_path.iterdir():
            left.unlink()
    assert len(digests) == 1


def test_in_either_database_and_once_is_enough(target: str) -> None:
    with Record.open(target) as record:
        for reading in READINGS[::-1]:
            record.add(reading)
        apart = len(record.incidents())
        steps: list[tuple[int, int]] = []
        done = record.relink(Similar(), lambda *step: steps.append(step))
        assert done.articles == 12 and done.decided > 0 and done.withdrawn == 0
        assert steps[-1] == (12, 12)
        assert len(record.incidents()) < apart
        number, digest = decided(record), record.digest()
        again = record.relink(Similar())
        assert (again.decided, again.withdrawn) == (0, 0)
        assert (decided(record), record.digest()) == (number, digest)


def test_another_linker_supersedes_and_back_again(target: str) -> None:
    with Record.open(target) as record:
        for reading in READINGS:
            record.add(reading, linker=Similar())
        record.relink(Similar())
        digest = record.digest()
        stricter = record.relink(Similar(0.9))
        assert stricter.withdrawn > 0 and record.digest() != digest
        record.relink(Similar())
        assert record.digest() == digest
        assert (record.relink(Unlinked()).decided, len(record.incidents())) == (0, 12)


def test_what_people_decided_stays_and_outranks(target: str) -> None:
    ends = (FIRST.id,), (SECOND.id,)
    with Record.open(target) as record:
        for reading in READINGS:
            record.add(reading, linker=Similar())
        (made,) = [
            decision
            for entry in record.entries()
            for decision in entry.decisions
            if {*decision.subject, *decision.object} == {FIRST.id, SECOND.id}
        ]
        record.decide(Decision("withdrawal", "Ana", *ends, "not sure", supersedes=(made.id,)))
        record.decide(Decision("different", "Ana", *ends, "two raids"))
        record.relink(Similar(0.4))
        assert record.incident(FIRST.id).id != record.incident(SECOND.id).id
        assert not any(
            decision.by == "linker" and {*decision.subject, *decision.object} == {FIRST.id, SECOND.id}
            for decision in record.incident(FIRST.id).decisions
        )


def work(target: str, writer: int, answers: multiprocessing.Queue[str]) -> None:
    with Record.open(target) as record:
        if writer == 0:
            for reading in READINGS[6:]:
                record.add(reading, linker=Similar())
        else:
            record.relink(Similar())
    answers.put("done")


def test_several_processes_may_add_and_link_anew(target: str) -> None:
    with Record.open(target) as record:
        for reading in READINGS[:6]:
            record.add(reading)
    spawned = multiprocessing.get_context("spawn")
    answers = spawned.Queue()
    processes = [spawned.Process(target=work, args=(target, n, answers)) for n in range(3)]
    for process in processes:
        process.start()
    assert [answers.get(timeout=120) for _ in processes] == ["done"] * 3
    for process in processes:
        process.join()
    with Record.open(target) as record:
        record.relink(Similar())
        assert record.placed() == {
            claim.id: each.id for each in incidents(record.entries()) for claim in each.claims
        }
        names = [decision.id for entry in record.entries() for decision in entry.decisions]
        assert len(names) == len(set(names))
        assert record.relink(Similar()).decided == 0
