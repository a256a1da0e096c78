from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from logs import claims, first_reading, tie

from dateline.record import candidates
from dateline.record.candidates import key_number, settled
from dateline.record.decisions import standing
from dateline.record.ids import decision_id
from dateline.record.linking import Document, Unlinked
from dateline.record.record import Record
from dateline.types import Claim, Decision

ONE, TWO, THREE = claims(first_reading())


def test_keys_are_numbers_that_a_database_takes() -> None:
    numbers = [key_number(f"ASSAULT 2024-W{week}") for week in range(200)]
    assert len(set(numbers)) == 200
    assert all(-(1 << 63) <= number < 1 << 63 for number in numbers)


def test_what_is_decided_as_before_is_not_appended_again() -> None:
    old = replace(tie(ONE, TWO, score=0.8), id="d1")
    assert settled([tie(TWO, ONE, score=0.8)], [old]) == []


def test_a_new_answer_supersedes_the_old() -> None:
    old = replace(tie(ONE, TWO, score=0.8), id="d1")
    (new,) = settled([tie(ONE, TWO, "different", score=0.9)], [old])
    assert (new.kind, new.supersedes) == ("different", ("d1",))


def test_what_is_no_longer_found_is_withdrawn() -> None:
    old = replace(tie(ONE, TWO, score=0.8), id="d1")
    new, gone = settled([tie(ONE, THREE, score=0.7)], [old])
    assert (new.supersedes, gone.kind, gone.supersedes) == ((), "withdrawal", ("d1",))


def test_answers_have_a_direction() -> None:
    old = replace(tie(ONE, TWO, "answers", score=0.8), id="d1")
    assert [each.kind for each in settled([tie(TWO, ONE, "answers", score=0.8)], [old])] == [
        "answers",
        "withdrawal",
    ]


class Curious(Unlinked):
    """Has one key for all, and notes how many candidates it was offered."""

    def __init__(self) -> None:
        self.offered: list[int] = []

    def claim_keys(self, claim: Claim) -> list[str]:
        return [claim.event.type]

    def decide(self, claim: Claim, candidates: Sequence[Claim]) -> list[Decision]:  # noqa: ARG002
        self.offered.append(len(candidates))
        return []


def test_only_those_published_nearest_under_a_key_are_offered(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "MOST", 4)
    linker = Curious()
    with Record.open(target) as record:
        for day, name in ((12, "a"), (14, "b"), (16, "c"), (13, "d")):
            published = f"2024-03-{day}"
            record.add(first_reading(f"https://{name}.example/", published=published), linker=linker)
    assert linker.offered == [3] * 3 + [4] * 3 + [3 + 4] * 3  # before the last there are three, after it four


def test_those_with_most_keys_in_common_are_offered_first(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Seeing(Unlinked):
        def __init__(self) -> None:
            self.seen: list[str | None] = []

        def claim_keys(self, claim: Claim) -> list[str]:
            both = claim.citation.publisher in ("far", "new")
            return [claim.event.trigger.text, *(["rare " + claim.event.trigger.text] if both else [])]

        def decide(self, claim: Claim, candidates: Sequence[Claim]) -> list[Decision]:  # noqa: ARG002
            self.seen = [other.citation.publisher for other in candidates]
            return []

    monkeypatch.setattr(candidates, "OFFERED", 2)
    linker = Seeing()
    with Record.open(target) as record:
        for day, name in ((10, "far"), (14, "near"), (12, "middle"), (16, "new")):
            facts = {"publisher": name, "published": f"2024-03-{day}"}
            record.add(first_reading(f"https://{name}.example/", **facts), linker=linker)
    assert sorted(map(str, linker.seen)) == ["far", "near"]


def test_articles_that_share_a_phrase_are_not_compared(target: str) -> None:
    class Looking(Unlinked):
        def __init__(self) -> None:
            self.seen: list[list[str]] = []

        def article_keys(self, document: Document) -> list[str]:
            return (document.citation.publisher or "").split()

        def copies(self, document: Document, candidates: Sequence[Document]) -> list[Decision]:  # noqa: ARG002
            self.seen.append(sorted(str(other.citation.publisher) for other in candidates))
            return []

    linker = Looking()
    with Record.open(target) as record:
        for keys in ("a b c d", "a b x y", "b c d z", "a"):
            record.add(first_reading(f"https://{keys[-1]}.example/", publisher=keys), linker=linker)
    assert linker.seen == [["a b c d"], ["a b c d", "a b x y"]]  # of few keys all are enough


def test_keys_that_ask_meet_those_that_have(target: str) -> None:
    class Asking(Curious):
        def claim_keys(self, claim: Claim) -> list[str]:
            return ["brenik <" if claim.event.trigger.text == "killed" else "brenik >"]

    linker = Asking()
    with Record.open(target) as record:
        record.add(first_reading(), linker=linker)
        record.add(first_reading("https://c.example/"), linker=linker)
    assert linker.offered == [2, 1, 1]  # the one that has, two that ask; and these the one


def test_what_a_person_took_back_is_not_decided_again() -> None:
    old = replace(tie(ONE, TWO, score=0.8), id="d1")
    undone = replace(tie(ONE, TWO, "withdrawal", "Ana", supersedes=("d1",)), id="d2")
    assert settled([tie(ONE, TWO, score=0.9)], [], [old, undone]) == []


def test_what_was_withdrawn_and_is_found_again_stands_again() -> None:
    old = tie(ONE, TWO, score=0.8)
    old = replace(old, id=decision_id(old))
    (gone,) = settled([], [old], [old])
    gone = replace(gone, id=decision_id(gone))
    (again,) = settled([replace(old, id="")], [], [old, gone])
    assert again.supersedes == (gone.id,)
    again = replace(again, id=decision_id(again))
    assert standing([old, gone, again]) == [again]
    (once_more,) = settled([], [again], [old, gone, again])
    assert once_more.supersedes == (again.id,)
